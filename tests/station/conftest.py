"""A session and a window on a small real record; nothing may be left when a test ends."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stations import FakeLink, judged_record

from inspector.records.record import Record
from inspector.station.app import build
from inspector.station.main_window import MainWindow
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings

_LEFT = 30  # tests whose old garbage is left lying


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """As in the running station, no thread but this one collects garbage: there may be widgets in it."""
    gc.disable()
    yield
    gc.collect(2 if gc.get_count()[2] > _LEFT else 1)


@pytest.fixture(autouse=True, scope="session")
def collected_wholly() -> Iterator[None]:
    yield
    gc.enable()


@pytest.fixture
def link() -> FakeLink:
    return FakeLink()


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication, link: FakeLink) -> Iterator[Session]:
    """On a record with one judged wafer, not opened yet."""
    made = Session(Record.open(judged_record(tmp_path)), StationSettings(tmp_path / "station.ini"), link)
    made.set_operator("Kato")
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def open_window(qtbot: QtBot, link: FakeLink) -> Iterator[Callable[..., MainWindow]]:
    """Opens a window on a record and shows it; it is closed when the test ends."""
    windows: list[MainWindow] = []

    def open_on(url: str, **options: object) -> MainWindow:
        _, window = build(url, link=link, **options)  # type: ignore[arg-type]
        window.session.set_operator("Kato")
        window.resize(1600, 900)
        with qtbot.waitExposed(window):
            window.show()
        windows.append(window)
        return window

    yield open_on
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def window(tmp_path: Path, open_window: Callable[..., MainWindow]) -> MainWindow:
    """On a record with one judged wafer, which is open."""
    return open_window(judged_record(tmp_path))


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """A thread that goes on after its test would read images that are gone."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    assert not left, f"threads left by the test: {left}"


@pytest.fixture
def recipe_file(tmp_path: Path) -> Path:
    """A recipe in a file: the tiny wafer in TOML."""
    path = tmp_path / "tiny.toml"
    path.write_text(
        '[product]\nname = "tiny"\n[grid]\ncolumns = 4\nrows = 3\nchip = [40, 40]\npitch = [44, 44]\norigin = [4, 4]\n'
        'align = false\n[[classes]]\nname = "clean"\nverdict = "good"\n[[classes]]\nname = "pit"\nverdict = "defect"\n'
        "[model]\ninput = [40, 40]\n",
        encoding="utf-8",
    )
    return path
