"""Seconds from `inspector demo` to the first chip that a newcomer has confirmed, as far as the machine takes them.

python tests/benchmarks/newcomer.py [--folder FOLDER]

The command runs as it is typed, in an empty folder and with nobody's settings: two wafers are made and judged, and the
station opens with its tour. Then keys are pressed as the screen says: Enter through the tour, Enter on the chip. Each
line is printed once it has happened: the last when the decision is read back from the record's file. Without a screen
the window is drawn offscreen. Reading and thinking are not in it, nor is the installation.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.cli import demo, main
from inspector.cli.window import load_station, open_station
from inspector.records.record import Record
from inspector.wafer.grid import ChipId, WaferKey

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from inspector.station.main_window import MainWindow

_BEGAN = time.monotonic()
_LOOK_MS = 10
_LONGEST_S = 300.0


def tell(what: str) -> None:
    """The seconds so far, by the clock and of the CPU, of this process and of those that judged."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in used)
    print(f"{time.monotonic() - _BEGAN:6.1f} s, {cpu:6.1f} CPU-s  {what}", flush=True)


def act(url: str, window: MainWindow) -> Generator[None, None, None]:
    """What a newcomer does, one look at the screen after the other."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from inspector.station.tour.tour import Tour

    tell("the window is shown")
    while not window.deciding.is_ready:
        yield
    tell("the first chip can be judged")
    while window.findChild(Tour) is None:
        yield
    while window.findChild(Tour) is not None:
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Return)
        yield
    tell("the tour has been walked through")
    chip, key = window.session.current, window.session.key
    assert chip is not None, "a chip is in sight"
    assert key is not None, "a wafer is open"
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Return)
    while not window.session.standing(chip).is_human:
        yield
    with Record.open(url, existing=True) as record:
        made = [decision.chip for entry in record.wafers() for decision in record.decisions(entry.key)]
    assert made == [chip], f"confirmed on disk: {made}, on the screen: {chip}"
    tell(f"chip {chip.column} / {chip.row} of {key.wafer} is confirmed on disk")


def open_and_act(url: str, wafer: WaferKey, chip: ChipId | None = None, *, tour: bool) -> int:
    """The station as the demo opens it, and a newcomer at its keys."""
    load_station()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from inspector.station.main_window import MainWindow

    application: QApplication = QApplication(sys.argv[:1])
    steps: list[Generator[None, None, None]] = []

    def look() -> None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        if not shown:
            return
        if not steps:
            steps.append(act(url, shown[0]))
        if time.monotonic() - _BEGAN > _LONGEST_S:
            print(f"given up after {_LONGEST_S:.0f} s", flush=True)
            shown[0].close()
        elif next(steps[0], "done") == "done":
            shown[0].close()

    eyes = QTimer(application)
    eyes.timeout.connect(look)
    eyes.start(_LOOK_MS)
    return open_station(url, wafer, chip, tour=tour)


def run(folder: Path) -> None:
    os.environ["XDG_CONFIG_HOME"] = str(folder / "settings")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        demo.has_screen = lambda: True
    demo.open_station = open_and_act
    sys.argv = ["inspector", "demo", str(folder / "demo")]
    main()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folder", type=Path, help="an empty folder; else one that is removed afterwards")
    chosen = arguments.parse_args()
    if chosen.folder is not None:
        run(chosen.folder.absolute())
    else:
        with tempfile.TemporaryDirectory() as made:
            run(Path(made))
