"""A program of its own: opens the station, starts the engine, confirms one chip, says so and waits to be killed."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.engine.link import EngineLink
from inspector.station.app import build


def main(url: str) -> None:
    """Print "decided <column> <row> <engine's process id>" once the decision is on disk, then stay."""
    link = EngineLink()
    app, window = build(url, argv=["inspector"], link=link)
    window.show()
    window.session.start_engine()
    window.session.choose_queue("everything")
    decided: list[tuple[int, int]] = []
    window.session.decided.connect(lambda chips: decided.extend(chips))
    end = time.monotonic() + 60
    while not window.deciding.is_ready and time.monotonic() < end:
        app.processEvents()
    QTest.keyClick(window, Qt.Key.Key_Return)
    while not decided and time.monotonic() < end:
        app.processEvents()
    sys.stdout.write(f"decided {decided[0][0]} {decided[0][1]} {link.pid}\n")
    sys.stdout.flush()
    while True:
        app.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main(sys.argv[1])
