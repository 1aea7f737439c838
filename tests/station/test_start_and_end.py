"""How the station starts and ends: the first screen, the last wafer, and what is left when the window closes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, FakeLink, judged_record

from inspector.station.main_window import MainWindow
from inspector.station.panels.buttons import KeyButton
from inspector.wafer.grid import WaferKey


def test_that_an_empty_record_shows_how_to_begin(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    window = open_window(f"sqlite:///{(tmp_path / 'empty.db').as_posix()}")

    assert window.welcome.isVisible()
    assert not window.work.isVisible()
    assert "inspector demo" in window.findChild(QLabel, "welcome_command").text()
    assert not window.named["confirm"].isEnabled()


def test_that_the_demo_button_calls_what_it_was_given(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    asked: list[bool] = []
    window = open_window(f"sqlite:///{(tmp_path / 'empty.db').as_posix()}", open_demo=lambda: asked.append(True))

    qtbot.mouseClick(window.findChild(KeyButton, "welcome_demo"), Qt.MouseButton.LeftButton)

    assert asked == [True]


def test_that_the_window_opens_at_the_chip_it_is_told(open_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    second = WaferKey("L1", "W02")
    url = judged_record(tmp_path, (KEY, second))

    window = open_window(url, wafer=second, chip=CHIPS[5])

    assert (window.session.key, window.session.current) == (second, CHIPS[5])


def test_that_the_last_wafer_is_open_again_at_the_next_start(
    open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    second = WaferKey("L1", "W02")
    url = judged_record(tmp_path, (KEY, second))
    first = open_window(url)
    first.session.show_wafer(KEY)
    first.close()

    assert open_window(url).session.key == KEY


def test_that_closing_stops_the_engine_and_keeps_the_layout(
    open_window: Callable[..., MainWindow], link: FakeLink, tmp_path: Path
) -> None:
    window = open_window(judged_record(tmp_path))
    window.close()

    assert link.closed
    assert not window.session.settings.geometry.isEmpty()
    assert not window.session.settings.panes("wide").isEmpty()


def test_that_the_window_never_loads_torch(tmp_path: Path) -> None:
    url = judged_record(tmp_path)
    script = (
        "import sys\n"
        "from inspector.station.app import build\n"
        f"app, window = build({url!r})\n"
        "window.show(); app.processEvents(); window.close()\n"
        "print([m for m in ('torch', 'torchvision', 'inspector.learning') if m in sys.modules])\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
