"""Opens the station: the application, the record, the session and the one window."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from inspector import __version__, paths
from inspector.engine.link import EngineLink
from inspector.records.record import Record
from inspector.station.look import theme
from inspector.station.look.i18n import use_language
from inspector.station.main_window import MainWindow
from inspector.station.quiet_memory import QuietMemory
from inspector.station.state.jobs import Link
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings
from inspector.station.uncaught import Uncaught
from inspector.wafer.grid import ChipId, WaferKey

_ENGINE_AFTER_MS = 300  # the window is painted first


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
    _open_first(session, wafer, chip)
    return app, window


def run(
    record_url: str | None,
    *,
    wafer: WaferKey | None = None,
    chip: ChipId | None = None,
    argv: list[str] | None = None,
    open_demo: Callable[[], object] | None = None,
) -> int:
    """Show the station and return its exit code when the window is closed."""
    app, window = build(record_url, wafer=wafer, chip=chip, argv=argv, open_demo=open_demo)
    net = Uncaught(app)
    net.happened.connect(window.session.failed)
    net.install()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())  # heard at the next poll of the engine
    window.show()
    window.activateWindow()  # without a window manager, nobody else gives it the keyboard
    memory = QuietMemory(window.session, window)
    QTimer.singleShot(_ENGINE_AFTER_MS, window.session, window.session.start_engine)
    try:
        return app.exec()
    finally:
        memory.stop()
        net.remove()


def _open_first(session: Session, wafer: WaferKey | None, chip: ChipId | None) -> None:
    key = wafer or session.settings.last_wafer(session.record.url)
    if key is None or session.record.wafer(key) is None:
        entries = session.record.wafers()
        key = wafer or (entries[-1].key if entries else None)
    if key is not None:
        session.show_wafer(key)
    if chip is not None:
        session.go_to(chip)
