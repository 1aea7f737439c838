"""The page of numbers: what it counts, what it draws, what it says where there is nothing, and what it writes."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLabel, QToolButton
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, QUEUE, judged_record

from inspector.station.look import theme
from inspector.station.main_window import MainWindow
from inspector.station.numbers.cards import Cards
from inspector.station.numbers.numbers_page import NumbersPage
from inspector.station.numbers.people_table import PeopleTable
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.grid import WaferKey

KEYS = [KEY, WaferKey("L1", "W02"), WaferKey("L2", "W01")]


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, open_window: Callable[..., MainWindow]) -> NumbersPage:
    """Shown on a record with two lots, one chip of each kind decided."""
    window = open_window(judged_record(tmp_path, KEYS))
    window.session.show_wafer(KEY)
    window.session.relabel("speck", [QUEUE[0]])
    window.session.relabel("pit", [CHIPS[-1]])
    return show(qtbot, window)


def show(qtbot: QtBot, window: MainWindow) -> NumbersPage:
    window.pages.show_page("numbers")
    page = window.pages.page
    assert isinstance(page, NumbersPage)
    settle(qtbot, page)
    return page


def settle(qtbot: QtBot, page: NumbersPage) -> None:
    """Until everything is counted and drawn."""
    counting = {panel.tr("Counting…") for panel in page.panels.values()}
    qtbot.waitUntil(lambda: not counting & {panel.chart.empty for panel in page.panels.values()}, timeout=20_000)
    progress = page.findChild(QLabel, "numbers_progress")
    qtbot.waitUntil(lambda: progress.text() == "" and page.lot_cards.isVisible(), timeout=20_000)


def values(cards: Cards) -> dict[str, str]:
    return {name: card.value for name, card in cards.cards.items()}


def test_that_wafer_and_lot_have_their_figures(page: NumbersPage) -> None:
    wafer, lot = values(page.wafer_cards), values(page.lot_cards)

    assert wafer["judged"] == "12 / 12"
    assert (wafer["decided"], wafer["waiting"]) == ("1 / 4", "3")
    assert wafer["yield"] == "75.0 % → 75.0 %"
    assert (wafer["overrides"], wafer["escapes"], wafer["overkills"]) == ("100.0 %", "100.0 %", "100.0 %")
    assert (lot["judged"], lot["waiting"]) == ("24 / 24", "7")
    assert wafer["left"] == "–"


def test_that_every_figure_says_what_it_counts_on_hover(page: NumbersPage) -> None:
    cards = page.wafer_cards.cards

    assert cards["overrides"].tip.startswith("2 of 2 confirmed or changed chips got another class")
    assert cards["yield"].tip.startswith("Good / (good + defect). Before: judgements alone, 9 good, 3 defect.")
    assert "after 6 decisions" in cards["left"].tip
    assert all(card.tip and card.accessibleName() for card in cards.values())


def test_that_another_lot_can_be_looked_at(qtbot: QtBot, page: NumbersPage) -> None:
    lots = page.findChild(QComboBox, "numbers_lot")
    assert [lots.itemText(n) for n in range(lots.count())] == ["Lot L1", "Lot L2"]

    lots.setCurrentIndex(1)
    lots.activated.emit(1)
    qtbot.waitUntil(lambda: values(page.lot_cards)["judged"] == "12 / 12", timeout=20_000)

    assert not page.wafer_cards.isVisible()
    assert values(page.lot_cards)["decided"] == "0 / 4"


def test_that_the_page_follows_what_others_decide(qtbot: QtBot, page: NumbersPage) -> None:
    session = page.window().session

    session.relabel("speck", [QUEUE[1]])

    qtbot.waitUntil(lambda: values(page.wafer_cards)["decided"] == "2 / 4", timeout=20_000)
    qtbot.waitUntil(lambda: page.panels["overrides"].chart.rows[0][:3] == ("L1", 3, 3), timeout=20_000)


def test_that_the_charts_hold_the_figures_of_the_record(page: NumbersPage) -> None:
    charts = {name: panel.chart for name, panel in page.panels.items()}

    assert charts["overrides"].rows[0][:3] == ("L1", 2, 2)
    assert "200 decided chips" in charts["overrides"].caption
    assert charts["classes"].rows == (("clean", "good", 18, 17), ("speck", "good", 0, 1), ("pit", "defect", 6, 6))
    assert sum(int(row[2]) for row in charts["p_defect"].rows) == 24
    assert [row[:3] for row in charts["yield"].rows] == [("W01", 9, 3), ("W02", 9, 3)]
    assert charts["targets"].rows == (("clean", 0, "", 0), ("speck", 1, "", 0), ("pit", 1, "", 0))
    assert "names no targets" in charts["targets"].caption


def test_that_a_panel_without_figures_says_why(page: NumbersPage) -> None:
    people = page.panels["people"]

    assert "answered by two people" in people.findChild(QLabel, "empty_people").text()
    assert not people.body.isVisible()
    assert not people.findChild(QToolButton, "save_people_png").isVisible()
    assert page.panels["subtypes"].chart.empty.startswith("The recipe knows no sub-types")


def test_that_an_empty_record_says_what_to_do_first(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    window = open_window(f"sqlite:///{(tmp_path / 'empty.db').as_posix()}")

    window.pages.show_page("numbers")

    page = window.pages.page
    assert isinstance(page, NumbersPage)
    assert {panel.chart.empty for panel in page.panels.values()} == {"Nothing is judged yet: open a wafer image first."}
    assert not page.lot_cards.isVisible()


def test_that_people_who_answered_the_same_chips_are_compared(qtbot: QtBot, window: MainWindow) -> None:
    record = window.session.record
    for name, answers in (("Kato", ("clean", "pit", "pit")), ("Sato", ("clean", "pit", "clean"))):
        news = [NewDecision(c, DecisionKind.RELABEL, name, None, a) for c, a in zip(CHIPS[5:8], answers, strict=True)]
        record.append(KEY, news)

    page = show(qtbot, window)

    table = page.findChild(PeopleTable)
    row = [table.item(0, column).text() for column in range(5)]
    assert row == ["Kato – Sato", "3", "66.7 %", "0.40", "0.40"]  # p_o 2/3, p_e 4/9
    assert page.panels["people"].chart.rows[0][:6] == ("Kato - Sato", 3, 2, 2, 0.4, 0.4)
    assert "0 of them blind" in page.panels["people"].chart.caption


def test_that_a_chart_is_written_as_a_table(page: NumbersPage, tmp_path: Path) -> None:
    said: list[str] = []
    page.window().session.said.connect(said.append)
    target = tmp_path / "classes.csv"

    page.panels["classes"].save(target)

    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["class", "verdict", "judged", "standing"]
    assert rows[3] == ["pit", "defect", "6", "6"]
    assert said == [f"Saved {target}"]
    assert list(tmp_path.glob("*.part")) == []


def test_that_a_chart_is_written_as_a_picture(page: NumbersPage, tmp_path: Path) -> None:
    panel, target = page.panels["classes"], tmp_path / "classes.png"

    panel.save(target)

    image = QImage(str(target)).convertToFormat(QImage.Format.Format_RGB888)
    assert image.width() >= 2 * panel.body.width()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : image.width() * 3].reshape(-1, 3)
    assert (pixels == (0xD5, 0x5E, 0x00)).all(axis=1).sum() > 100  # the bar of the defect class, in its own colour


def test_that_a_file_that_cannot_be_written_is_told_in_one_sentence(page: NumbersPage, tmp_path: Path) -> None:
    failed: list[str] = []
    page.window().session.failed.connect(failed.append)

    page.panels["classes"].save(tmp_path / "missing" / "classes.csv")

    assert len(failed) == 1
    assert failed[0].endswith("choose another folder.")


def test_that_nothing_is_counted_while_the_page_is_out_of_sight(qtbot: QtBot, page: NumbersPage) -> None:
    window = page.window()
    counted: list[object] = []
    page.numbers.counted.connect(counted.append)

    window.pages.toggle("numbers")
    window.session.relabel("clean", [QUEUE[1]])
    qtbot.wait(1)
    assert not page.isVisible()
    assert counted == []

    window.pages.toggle("numbers")
    qtbot.waitUntil(lambda: values(page.wafer_cards)["decided"] == "2 / 4", timeout=20_000)


def test_that_esc_leads_back_to_the_chips(qtbot: QtBot, page: NumbersPage) -> None:
    window = page.window()

    qtbot.keyClick(page, Qt.Key.Key_Escape)

    assert window.pages.page is None


def test_that_a_chart_leaves_the_wheel_to_the_page(page: NumbersPage) -> None:
    view = page.panels["overrides"].body.findChild(QAbstractScrollArea)
    place = QPointF(50, 50)
    wheel = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    wheel.accept()

    QApplication.sendEvent(view.viewport(), wheel)

    assert not wheel.isAccepted()  # so Qt hands it on to the page's scroll area


def test_that_the_charts_are_drawn_anew_in_the_dark(qtbot: QtBot, page: NumbersPage, qapp: QApplication) -> None:
    def ground() -> int:
        return page.panels["classes"].body.grab().toImage().pixelColor(2, 2).lightness()

    assert ground() > 128
    theme.apply_theme(qapp, "dark")
    qtbot.waitUntil(lambda: ground() < 128)
    theme.apply_theme(qapp, "light")


def test_that_the_window_opens_without_pyqtgraph() -> None:
    code = (
        "import sys\n"
        "import inspector.station.app, inspector.station.pages.table\n"
        "print([name for name in ('pyqtgraph', 'torch', 'matplotlib') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
