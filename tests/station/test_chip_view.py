"""The chip view: its very pixels, at once, with heat on the model's fixed scale and the standing answer around it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from threading import get_ident

import numpy as np
import pytest
from fakes import FakeImage, FakeSession, judged, look, noise, settle, small_recipe, small_session
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from inspector.imaging.chips import cut_chip
from inspector.imaging.heat import heat_rgba
from inspector.station.chip.chip_view import ChipView
from inspector.station.chip.heat_scale import HeatScale
from inspector.station.state.background import Background
from inspector.wafer.decision import DecisionKind
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId

FIRST, SECOND, THIRD = ChipId(0, 0), ChipId(1, 0), ChipId(2, 1)


def shown(qtbot: QtBot, session: FakeSession, width: int = 420, height: int = 480) -> ChipView:
    view = ChipView(session)
    qtbot.addWidget(view, before_close_func=ChipView.shutdown)
    view.resize(width, height)
    view.show()
    settle(qtbot, view)
    return view


def grey(picture: QImage | None) -> NDArray[np.uint8]:
    """uint8 (h, w) of a grey picture."""
    assert picture is not None
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.width(), 4)
    return rows[:, :, 0].copy()


def hot_at(row: int, column: int, index: int, heat: int = 255) -> NDArray[np.uint8]:
    """uint8 (4, 8, 8), cold but for one cell of one class."""
    evidence = np.zeros((4, 8, 8), np.uint8)
    evidence[index, row, column] = heat
    return evidence


def text(view: ChipView, name: str) -> str:
    label = view.findChild(QLabel, name)
    assert label is not None
    return label.text()


def hottest(view: ChipView) -> tuple[float, float]:
    """(x, y) of the most opaque place of the heat, as parts of its size."""
    heat = view.canvas.heat
    assert heat is not None
    rows = np.frombuffer(heat.constBits(), np.uint8).reshape(heat.height(), heat.width(), 4)
    ys, xs = np.nonzero(rows[:, :, 3] == rows[:, :, 3].max())
    return float(xs.mean()) / heat.width(), float(ys.mean()) / heat.height()


class SlowImage(FakeImage):
    """Hands pixels out only when it is allowed to."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        super().__init__(pixels)
        self.allowed = threading.Event()

    def read(self, level: int, x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
        self.allowed.wait(5)
        return super().read(level, x, y, width, height)


@pytest.fixture
def slow() -> Iterator[SlowImage]:
    image = SlowImage(noise(small_recipe()))
    yield image
    image.allowed.set()


def test_that_painted_tells_the_chip_once_when_its_exact_pixels_are_on_the_screen(qtbot: QtBot) -> None:
    session = small_session()
    view = shown(qtbot, session)
    told: list[ChipId] = []
    view.painted.connect(told.append)

    with qtbot.waitSignal(view.painted):
        session.go_to(SECOND)
    for _ in range(3):
        view.canvas.repaint()
        QApplication.processEvents()

    assert told == [SECOND]
    assert np.array_equal(grey(view.canvas.picture), cut_chip(session.image, session.placed, SECOND)[:, :, 0])


def test_that_painted_is_not_told_before_the_pixels_are_there(qtbot: QtBot, slow: SlowImage) -> None:
    session = small_session()
    session.image = slow
    view = shown(qtbot, session)
    told: list[ChipId] = []
    view.painted.connect(told.append)

    session.go_to(FIRST)
    view.repaint()
    QApplication.processEvents()
    early = list(told)
    slow.allowed.set()
    qtbot.waitUntil(lambda: told == [FIRST])

    assert early == []


def test_that_another_chips_pixels_never_stand_under_a_chips_name(qtbot: QtBot, slow: SlowImage) -> None:
    session = small_session()
    slow.allowed.set()
    session.image = slow
    view = shown(qtbot, session)
    session.go_to(FIRST)
    settle(qtbot, view)
    slow.allowed.clear()

    session.go_to(THIRD)

    assert view.canvas.picture is None
    slow.allowed.set()
    settle(qtbot, view)
    assert np.array_equal(grey(view.canvas.picture), cut_chip(slow, session.placed, THIRD)[:, :, 0])


def test_that_a_chip_of_the_same_name_on_another_wafer_is_cut_anew(qtbot: QtBot) -> None:
    session = small_session()
    view = shown(qtbot, session)
    session.go_to(FIRST)
    settle(qtbot, view)
    recipe = small_recipe()

    session.open(recipe, session.placed, FakeImage(noise(recipe, seed=9)))
    with qtbot.waitSignal(view.painted):
        session.go_to(FIRST)

    assert np.array_equal(grey(view.canvas.picture), cut_chip(session.image, session.placed, FIRST)[:, :, 0])


def test_that_a_late_crop_of_the_wafer_before_is_not_shown(qtbot: QtBot) -> None:
    session = small_session()
    view = shown(qtbot, session)
    session.go_to(FIRST)
    background = view.findChild(Background)
    assert background is not None
    while background.running:  # cut, but not handed over: this loop lets no event through
        time.sleep(0.001)
    recipe = small_recipe()

    session.open(recipe, session.placed, FakeImage(noise(recipe, seed=9)))
    QApplication.processEvents()
    session.go_to(FIRST)
    settle(qtbot, view)

    assert np.array_equal(grey(view.canvas.picture), cut_chip(session.image, session.placed, FIRST)[:, :, 0])


def test_that_the_neighbours_in_the_queue_are_fetched_beside_the_window(qtbot: QtBot) -> None:
    session = small_session()
    chips = session.chips()
    session.set_queue(chips)
    view = shown(qtbot, session)

    session.go_to(chips[4])
    settle(qtbot, view)
    reads = len(session.image.reads)
    session.go_to(chips[5])

    assert reads == 5
    assert get_ident() not in session.image.threads
    assert np.array_equal(grey(view.canvas.picture), cut_chip(session.image, session.placed, chips[5])[:, :, 0])


def test_that_an_enlarged_chip_shows_only_its_own_pixel_values(qtbot: QtBot) -> None:
    recipe = small_recipe()
    session = small_session(recipe, np.where(noise(recipe) < 120, 40, 220).astype(np.uint8))
    view = shown(qtbot, session)
    session.go_to(FIRST)
    settle(qtbot, view)

    canvas = look(view.canvas)
    height, width, _ = canvas.shape
    middle = canvas[height // 2 - 100 : height // 2 + 100, width // 2 - 100 : width // 2 + 100]

    assert set(np.unique(middle)) == {40, 220}


def test_that_no_bright_dot_of_two_pixels_is_lost_where_a_chip_is_shown_small(qtbot: QtBot) -> None:
    recipe = small_recipe(1, 1, 1000)
    pixels = np.full_like(noise(recipe), 50)
    places = range(58, 958, 101)
    for x in places:
        for y in places:
            pixels[y : y + 2, x : x + 2] = 255
    session = small_session(recipe, pixels)
    view = shown(qtbot, session, 300, 360)
    session.go_to(FIRST)
    settle(qtbot, view)

    canvas, target = look(view.canvas)[:, :, 0], view.canvas.view
    dots = [target.to_screen(QPointF(x - 7, y - 7)).toPoint() for x in places for y in places]
    brightest = [canvas[d.y() - 2 : d.y() + 3, d.x() - 2 : d.x() + 3].max() for d in dots]

    assert min(brightest) > 50 + 12


def test_that_the_wheel_zooms_and_a_double_click_shows_the_whole_chip(qtbot: QtBot) -> None:
    session = small_session()
    view = shown(qtbot, session)
    session.go_to(FIRST)
    settle(qtbot, view)
    at, none = QPointF(150, 120), Qt.MouseButton.NoButton
    plain, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase

    QApplication.sendEvent(view.canvas, QWheelEvent(at, at, QPoint(), QPoint(0, 360), none, plain, phase, False))
    zoomed = view.canvas.view.scale / view.canvas.view.fit_scale
    qtbot.mouseDClick(view.canvas, Qt.MouseButton.LeftButton)

    assert zoomed == pytest.approx(1.25**3)
    assert view.canvas.view.is_fitted


def test_that_heat_is_of_the_judged_class_and_on_request_of_any_defect(qtbot: QtBot) -> None:
    session = small_session()
    evidence = hot_at(1, 2, index=2, heat=120)
    evidence[3, 6, 5] = 255
    session.judge([judged(FIRST, "pit", 0.9, evidence)])
    view = shown(qtbot, session)
    session.go_to(FIRST)

    view.set_heat_visible(True)
    of_class = hottest(view)
    view.set_any_defect(True)
    of_any = hottest(view)

    assert of_class == pytest.approx((2.5 / 8, 1.5 / 8), abs=0.05)
    assert of_any == pytest.approx((5.5 / 8, 6.5 / 8), abs=0.05)


def test_that_a_chip_judged_good_shows_the_evidence_for_any_defect(qtbot: QtBot) -> None:
    session = small_session()
    evidence = hot_at(6, 5, index=3)
    evidence[0] = 255
    session.judge([judged(FIRST, "clean", 0.2, evidence)])
    view = shown(qtbot, session)
    session.go_to(FIRST)

    view.set_heat_visible(True)

    assert hottest(view) == pytest.approx((5.5 / 8, 6.5 / 8), abs=0.05)


def test_that_weak_evidence_stays_cold_on_the_models_scale(qtbot: QtBot) -> None:
    session = small_session()
    session.judge([judged(FIRST, "pit", 0.6, hot_at(3, 3, 2, heat=20)), judged(SECOND, "pit", 0.9, hot_at(3, 3, 2))])
    view = shown(qtbot, session)
    view.set_heat_visible(True)
    alphas = []

    for chip in (FIRST, SECOND):
        session.go_to(chip)
        heat = view.canvas.heat
        assert heat is not None
        alphas.append(max(heat.pixelColor(x, 220).alpha() for x in range(heat.width())))

    assert alphas[0] <= heat_rgba(np.full((1, 1), 20, np.uint8), None)[0, 0, 3]
    assert alphas[1] > 3 * alphas[0]


def test_that_heat_comes_and_goes_and_says_so(qtbot: QtBot) -> None:
    session = small_session()
    session.judge([judged(FIRST, "pit", 0.9, hot_at(3, 3, 2))])
    view = shown(qtbot, session)
    session.go_to(FIRST)
    settle(qtbot, view)
    plain = look(view.canvas)
    button = view.findChild(QToolButton, "heat_button")
    assert button is not None

    with qtbot.waitSignal(view.heat_toggled, check_params_cb=lambda on: on is True):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    warm = look(view.canvas)
    view.set_heat_visible(False)

    assert not np.array_equal(plain, warm)
    assert np.array_equal(look(view.canvas), plain)
    assert not button.isChecked()


def test_that_more_opacity_shows_more_heat(qtbot: QtBot) -> None:
    session = small_session()
    session.judge([judged(FIRST, "pit", 0.9, np.full((4, 8, 8), 255, np.uint8))])
    view = shown(qtbot, session)
    session.go_to(FIRST)
    settle(qtbot, view)
    view.set_heat_visible(True)
    slider = view.findChild(QSlider, "heat_opacity")
    assert slider is not None
    spread = []

    for percent in (20, 100):
        slider.setValue(percent)
        canvas = look(view.canvas)
        spread.append(float(canvas[canvas.shape[0] // 2, 100:300, 0].std()))

    assert spread[1] < 1 < spread[0]


def test_that_the_scale_bar_names_the_models_limits(qtbot: QtBot) -> None:
    session = small_session()
    session.judge([judged(FIRST, "pit", 0.9)])
    view = shown(qtbot, session)
    session.go_to(FIRST)
    scale = view.findChild(HeatScale, "heat_scale")
    assert scale is not None

    judged_labels = scale.labels()
    session.go_to(SECOND)

    assert judged_labels == ("hot\n6.5", "0\ncold")
    assert scale.labels() == ("hot", "cold")


def test_that_the_verdict_says_the_standing_answer_and_whose_it_is(qtbot: QtBot) -> None:
    session = small_session()
    session.judge([judged(FIRST, "pit", 0.94)])
    view = shown(qtbot, session)
    session.go_to(FIRST)
    machine = text(view, "verdict"), text(view, "verdict_origin")

    session.decide(FIRST, DecisionKind.RELABEL, "clean")

    assert machine == ("Pit", "machine, P(defect) 0.94")
    assert (text(view, "verdict"), text(view, "verdict_origin")) == ("Clean", "changed by Kato")
    assert view.accessibleDescription() == "chip 0 / 0 - Clean, P(defect) 0.94, changed by Kato"


def test_that_the_class_is_named_in_the_operators_language(qtbot: QtBot) -> None:
    session = small_session()
    session.language = "ja"
    session.judge([judged(FIRST, "pit", 0.94)])
    view = shown(qtbot, session)

    session.go_to(FIRST)

    assert text(view, "verdict") == "ピット"


def test_that_the_frame_has_the_colour_of_the_answer_and_white_inside_when_decided(qtbot: QtBot) -> None:
    session = small_session()
    session.judge([judged(FIRST, "pit", 0.94)])
    view = shown(qtbot, session)
    session.go_to(FIRST)
    settle(qtbot, view)

    def count(colour: tuple[int, int, int]) -> int:
        return int((look(view.canvas) == colour).all(axis=2).sum())

    pit, white = (0xD5, 0x5E, 0x00), (255, 255, 255)
    machine = count(pit), count(white)
    session.decide(FIRST, DecisionKind.CONFIRM, "pit")

    assert machine[0] > 1000
    assert machine[1] == 0
    assert count(white) > 500


def test_that_a_chip_that_can_not_be_read_says_why(qtbot: QtBot) -> None:
    class Broken(FakeImage):
        def read(self, level: int, x: int, y: int, width: int, height: int) -> NDArray[np.uint8]:
            raise ImageError("The working copy is cut short: open the wafer's image again.")

    session = small_session()
    session.image = Broken(noise(small_recipe()))
    view = shown(qtbot, session)

    session.go_to(FIRST)
    settle(qtbot, view)

    assert view.canvas.picture is None
    assert view.canvas.text == "The working copy is cut short: open the wafer's image again."


def test_that_words_stand_where_there_is_nothing_to_show(qtbot: QtBot) -> None:
    session = small_session()
    session.image = None
    view = shown(qtbot, session)
    nothing = view.canvas.text

    session.go_to(FIRST)

    assert nothing == "Choose a chip on the map or in a queue."
    assert view.canvas.text == "The wafer's picture is still being read."


def test_that_the_chip_appears_when_the_image_comes(qtbot: QtBot) -> None:
    session = small_session()
    image, session.image = session.image, None
    view = shown(qtbot, session)
    session.go_to(FIRST)

    session.image = image
    with qtbot.waitSignal(view.painted):
        session.job_changed.emit(None)

    assert view.canvas.picture is not None


def test_that_no_thread_is_left_after_shutdown(qtbot: QtBot) -> None:
    session = small_session(small_recipe(4, 4, 512))
    session.set_queue(session.chips())
    view = shown(qtbot, session)
    session.go_to(FIRST)

    view.shutdown()
    reads = len(session.image.reads)

    assert view.is_settled
    assert len(session.image.reads) == reads


def test_that_the_line_under_the_chip_says_which_evidence_is_shown(qtbot: QtBot) -> None:
    session = small_session()
    session.judge([judged(FIRST, "pit", 0.9, hot_at(3, 3, 2)), judged(SECOND, "clean", 0.1, hot_at(3, 3, 2))])
    view = shown(qtbot, session)
    session.go_to(FIRST)

    hidden = text(view, "heat_caption")
    view.set_heat_visible(True)
    of_class = text(view, "heat_caption")
    with qtbot.waitSignal(view.any_defect_toggled, check_params_cb=lambda on: on is True):
        view.set_any_defect(True)
    of_any = text(view, "heat_caption")
    view.set_any_defect(False)
    session.go_to(SECOND)

    assert hidden == "Heat is hidden"
    assert of_class == "Heat: evidence for the judged class, Pit"
    assert of_any == "Heat: evidence for any defect"
    assert text(view, "heat_caption") == "Heat: evidence for any defect (judged good)"


def test_that_the_buttons_follow_the_chosen_evidence(qtbot: QtBot) -> None:
    view = shown(qtbot, small_session())
    button = view.findChild(QToolButton, "evidence_any")
    assert button is not None

    view.set_any_defect(True)
    followed = button.isChecked()
    other = view.findChild(QToolButton, "evidence_judged")
    assert other is not None
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)

    assert followed
    assert not view.any_defect
