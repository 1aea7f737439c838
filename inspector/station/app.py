"""Opens the station: the application, the record, the session and the one window."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from inspector import __version__, paths
from inspector.engine.link import EngineLink
from inspector.program_pages import let_go
from inspector.records.record import Record
from inspector.station.look import theme
from inspector.station.look.i18n import use_language
from inspector.station.main_window import MainWindow
from inspector.station.own_memory import hand_back_large_blocks
from inspector.station.quiet_python import QuietPython
from inspector.station.state.jobs import Link
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings
from inspector.station.uncaught import Uncaught
from inspector.wafer.grid import ChipId, WaferKey

_ENGINE_AFTER_MS = 300  # the window is painted first
_FEW_CORES = 4


def build(
    record_url: str | None,
    *,
    wafer: WaferKey | None = None,
    chip: ChipId | None = None,
    argv: list[str] | None = None,
    link: Link | None = None,
    open_demo: Callable[[], object] | None = None,
) -> tuple[QApplication, MainWindow]:
    """The application and its window, not shown yet. RecordError where the record can't be opened.

    wafer: opened first, else the one that was open last. chip: looked at first, else the first of the queue.
    open_demo: what the first screen's demo button does; without it the screen names the command.
    """
    app, window = _build(record_url, argv, link, open_demo)
    _open_first(window.session, wafer, chip)
    return app, window


def _build(
    record_url: str | None, argv: list[str] | None, link: Link | None, open_demo: Callable[[], object] | None
) -> tuple[QApplication, MainWindow]:
    """The application and its window, on which no wafer is open yet."""
    hand_back_large_blocks()
    paint_in_one_thread()
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(argv or sys.argv[:1])
    app.setApplicationName("wafer-inspector")
    app.setApplicationVersion(__version__)
    settings = StationSettings()
    use_language(app, settings.language)
    theme.apply_theme(app, settings.scheme)
    record = Record.open(record_url or paths.default_record_url())
    session = Session(record, settings, link or EngineLink())
    window = MainWindow(session, open_demo)
    session.setParent(window)
    QTimer.singleShot(_ENGINE_AFTER_MS, window, let_go)  # while the engine's process holds most itself
    return app, window


def paint_in_one_thread() -> None:
    """On few cores: Qt shares large areas out to a pool of threads, and a busy core keeps the window waiting for them.

    To be called before Qt paints for the first time. On two cores beside a judging engine, the longest gap of the event
    loop was 41 ms with the pool and 35 ms without; beside another program that kept a core busy, 60 and 26 ms
    (tests/benchmarks/viewer.py).
    """
    if (os.cpu_count() or 1) <= _FEW_CORES:
        os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")


def run(
    record_url: str | None,
    *,
    wafer: WaferKey | None = None,
    chip: ChipId | None = None,
    argv: list[str] | None = None,
    open_demo: Callable[[], object] | None = None,
    tour: bool = False,
) -> int:
    """Show the station and return its exit code when the window is closed. tour: show a newcomer around, once."""
    app, window = _build(record_url, argv, None, open_demo)
    window.expect_wafer()
    QTimer.singleShot(0, window, lambda: _open_first(window.session, wafer, chip))  # behind the first painting
    net = Uncaught(app)
    net.happened.connect(window.session.failed)
    net.install()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())  # heard at the next poll of the engine
    window.show()
    window.activateWindow()  # without a window manager, nobody else gives it the keyboard
    quiet = QuietPython(lambda: window.gate.idle.seconds, window)
    window.session.wafer_opened.connect(quiet.keep_what_is_there)
    if tour and not window.session.settings.looks.tour_seen:
        QTimer.singleShot(_ENGINE_AFTER_MS, window, window.show_tour)
    QTimer.singleShot(_ENGINE_AFTER_MS, window.session, window.session.start_engine)
    try:
        return app.exec()
    finally:
        quiet.stop()
        net.remove()


def _open_first(session: Session, wafer: WaferKey | None, chip: ChipId | None) -> None:
    key = wafer or session.settings.last_wafer(session.record.url)
    if key is None or session.record.wafer(key) is None:
        key = wafer or session.newest_wafer()
    if key is not None:
        session.show_wafer(key)
    if chip is not None:
        session.go_to(chip)
