"""The screen in Japanese: the catalogue is complete and compiled, and no English is left on the screen."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from stations import QUEUE, judged_record, wafer_png

import inspector.station
from inspector.paths import data_root, resource
from inspector.station.dialogs.help_viewer import guide_pages, page_title
from inspector.station.dialogs.key_sheet import KeySheet
from inspector.station.dialogs.open_dialog import OpenDialog
from inspector.station.look.i18n import use_language
from inspector.station.main_window import MainWindow
from inspector.station.panels.buttons import KeyButton
from inspector.station.panels.rows import RowList
from inspector.station.state.words import device_words

SOURCES = Path(inspector.station.__file__).parent
CATALOGUE = resource("translations", "station_ja.ts")
WORDS = re.compile(r"[A-Za-z]{3,}")
# Names of things, formats, keys on the keyboard, words of the search line, and what the recipe, the file system and the
# tool itself call theirs.
KEPT = {
    "class",
    "pit",
    "state",
    "open",
    "zone",
    "edge",
    "Enter",
    "Esc",
    "Ctrl",
    "Shift",
    "Space",
    "Backspace",
    "PgDown",
    "PgUp",
    "PNG",
    "JPEG",
    "TIFF",
    "Kato",
    "English",
    "inspector",
    "demo",
    "labels",
}


def speak_japanese(window: MainWindow) -> None:
    """Switch the language, and let the old panels go as the event loop does."""
    window.use_language("ja")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not here")
    return found


def messages(path: Path) -> Iterator[tuple[str, str, ET.Element]]:
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            yield context.findtext("name", ""), message.findtext("source", ""), translation


@pytest.fixture
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    use_language(qapp, "en")


@pytest.mark.usefixtures("english_again")
def test_that_what_judged_is_named_in_the_language_of_the_screen(qapp: QApplication) -> None:
    use_language(qapp, "ja")
    assert device_words("CPU (x86_64, 1 threads)") == "CPU（x86_64、1 スレッド）"  # as older cards have it
    assert device_words("CPU (x86_64, 8 threads)") == "CPU（x86_64、8 スレッド）"
    assert device_words("NVIDIA L40") == "NVIDIA L40"

    use_language(qapp, "en")
    assert device_words("CPU (x86_64, 1 threads)") == "CPU (x86_64, 1 thread)"


def test_that_no_entry_of_the_catalogue_is_unfinished() -> None:
    bad = [source for _, source, translation in messages(CATALOGUE) if translation.get("type") or not translation.text]

    assert bad == []


def test_that_every_string_of_the_sources_is_in_the_catalogue_and_no_other(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = [str(path) for path in sorted(SOURCES.rglob("*.py"))]
    subprocess.run([tool("pyside6-lupdate"), *sources, "-ts", str(fresh)], check=True, capture_output=True)

    assert {m[:2] for m in messages(CATALOGUE)} == {m[:2] for m in messages(fresh)}


def test_that_translations_keep_the_places_for_numbers_and_names() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    wrong = [source for _, source, t in messages(CATALOGUE) if places(source) != places(t.text or "")]

    assert wrong == []


def test_that_the_compiled_catalogue_is_that_of_the_source(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    subprocess.run([tool("pyside6-lrelease"), str(CATALOGUE), "-qm", str(fresh)], check=True, capture_output=True)

    assert fresh.read_bytes() == CATALOGUE.with_suffix(".qm").read_bytes()


def shown_texts(root: QWidget) -> Iterator[str]:
    for widget in [root, *root.findChildren(QWidget)]:
        yield widget.toolTip()
        yield widget.accessibleName()
        yield widget.windowTitle()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, KeyButton):
            yield widget.face.title
        if isinstance(widget, RowList):
            for row in (widget.rows.row(n) for n in range(widget.rows.rowCount())):
                yield f"{row.text} {row.tip}"
    for action in root.actions():
        yield action.text()


def english_in(root: QWidget, *names: str) -> list[str]:
    kept = KEPT | {word for name in names for word in WORDS.findall(name)}
    return [text for text in shown_texts(root) if set(WORDS.findall(text)) - kept]


@pytest.mark.usefixtures("english_again")
def test_that_no_english_is_left_on_the_japanese_screen(window: MainWindow) -> None:
    speak_japanese(window)
    window.session.relabel("speck")
    window.session.undo_stack.undo()
    window.session.go_to(QUEUE[2])

    assert english_in(window, "tiny", str(window.session.settings.folder("open"))) == []
    menus = [action.text() for action in window.menuBar().actions()]
    assert menus == ["ファイル(&F)", "判断(&D)", "移動(&G)", "ウェハ(&W)", "表示(&V)", "担当(&P)", "ヘルプ(&H)"]


@pytest.mark.usefixtures("english_again")
def test_that_no_english_is_left_in_the_japanese_dialogs(window: MainWindow, tmp_path: Path) -> None:
    speak_japanese(window)
    session = window.session
    dialogs = [
        OpenDialog(session, [wafer_png(tmp_path, "W07.png")], window),
        KeySheet(session.classes, "ja", None, window),
    ]

    left = {
        type(d).__name__: english_in(
            d, str(tmp_path), str(data_root()), "W07.png models laser-wafer", str(session.settings.folder("export"))
        )
        for d in dialogs
    }

    assert left == {"OpenDialog": [], "KeySheet": []}


@pytest.mark.usefixtures("english_again")
def test_that_the_language_changes_at_once_and_the_work_goes_on(window: MainWindow) -> None:
    window.session.go_to(QUEUE[1])
    window.session.relabel("speck")

    window.switch_language()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    assert window.session.language == "ja"
    assert window.session.standing(QUEUE[1]).class_name == "speck"
    assert window.findChild(KeyButton, "class_pit").face.title == "ピット"
    assert window.findChild(QLabel, "odds").text().endswith("不良です。")
    window.session.undo_stack.undo()
    assert window.session.current == QUEUE[1]


@pytest.mark.usefixtures("english_again")
def test_that_the_language_is_remembered(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    url = judged_record(tmp_path)
    first = open_window(url)
    first.use_language("ja")
    first.close()

    assert "要確認" in open_window(url).findChild(RowList, "queues").rows.row(0).text


def test_that_the_guide_has_the_same_pages_in_both_languages() -> None:
    english, japanese = guide_pages("en"), guide_pages("ja")

    assert len(english) >= 4
    assert [page.name for page in english] == [page.name for page in japanese]
    assert all(page_title(page) for page in [*english, *japanese])


def test_that_the_guides_links_lead_to_pages_that_exist() -> None:
    links = re.compile(r"\]\(([^)]+)\)")
    broken = [
        f"{page.parent.name}/{page.name}: {link}"
        for page in [*guide_pages("en"), *guide_pages("ja")]
        for link in links.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link.split("#")[0]).is_file()
    ]

    assert broken == []
