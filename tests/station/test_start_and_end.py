"""How the station starts and ends: the first screen, the last wafer, and what is left when the window closes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
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
    assert not window.session.settings.panes("wide", "Kato").isEmpty()


def _said_once_shown(url: str, expression: str) -> str:
    """What an expression is worth right behind the first painting, in a process that opens the station."""
    script = (
        "import builtins, gc, sys\n"
        "plain = builtins.__import__\n"
        "collected = gc.get_stats()[2]['collections']\n"
        "from inspector.cli.window import load_station, open_station\n"
        "load_station()\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication(sys.argv[:1])\n"
        f"QTimer.singleShot(0, app, lambda: (print({expression}), app.closeAllWindows()))\n"
        f"open_station({url!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_that_the_window_is_shown_before_anything_is_loaded_that_it_does_not_show(tmp_path: Path) -> None:
    later = (
        *("torch", "torchvision", "inspector.learning", "pyqtgraph", "matplotlib", "alembic", "argon2", "zarr"),
        *("typer", "rich", "xml.sax", "inspector.station.dialogs.open_dialog", "inspector.station.dialogs.key_sheet"),
        *("inspector.station.dialogs.help_viewer", "inspector.station.gallery", "inspector.station.numbers"),
        *("inspector.station.export", "inspector.station.models"),
    )

    said = _said_once_shown(judged_record(tmp_path), f"[m for m in {later!r} if m in sys.modules]")

    assert said == "[]"


def test_that_qt_reads_no_source_and_no_garbage_is_looked_for_while_the_window_comes(tmp_path: Path) -> None:
    said = _said_once_shown(
        judged_record(tmp_path), "builtins.__import__ is plain, gc.get_stats()[2]['collections'] - collected"
    )

    assert said == "True 0"


@pytest.mark.skipif(sys.platform != "linux", reason="finds the loaded library in /proc")
@pytest.mark.parametrize("given", [None, "2"])
def test_that_numpy_has_one_thread_in_the_window_unless_somebody_set_another_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if given is not None:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", given)
    loaded = "next(line.split()[-1] for line in open('/proc/self/maps') if 'scipy_openblas' in line)"
    threads = f"__import__('ctypes').CDLL({loaded}).scipy_openblas_get_num_threads64_()"

    said = _said_once_shown(judged_record(tmp_path), f"{threads}, __import__('os').environ.get('OPENBLAS_NUM_THREADS')")

    assert said == f"{given or 1} {given}", "the engine's process takes over what it was before"


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


@pytest.mark.skipif(sys.platform != "linux", reason="counts the process's threads in /proc")
@pytest.mark.parametrize(("cores", "alone"), [(2, True), (16, False)])
def test_that_on_few_cores_the_window_waits_for_no_other_thread_while_it_paints(cores: int, alone: bool) -> None:
    script = (
        "import os, pathlib\n"
        f"os.cpu_count = lambda: {cores}\n"
        "from inspector.station.app import paint_in_one_thread\n"
        "paint_in_one_thread()\n"
        "from PySide6.QtGui import QGuiApplication, QImage, QPainter\n"
        "app = QGuiApplication(['painting'])\n"
        "image = QImage(4000, 4000, QImage.Format.Format_ARGB32_Premultiplied)\n"
        "painter = QPainter(image)\n"
        "painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)\n"
        "painter.drawImage(image.rect(), QImage(999, 999, QImage.Format.Format_RGB32))\n"
        "names = [p.read_text().strip() for p in pathlib.Path('/proc/self/task').glob('*/comm')]\n"
        "print(not any('pooled' in name for name in names))\n"
    )
    own = {name: value for name, value in os.environ.items() if name != "QT_NO_GUI_THREADPOOL"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, env=own)

    assert done.stdout.strip() == str(alone), done.stderr
