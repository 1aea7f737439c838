"""A person at the real window, opened through `main()`: a script whose every yield is something to wait for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from inspector.cli import main
from inspector.station.main_window import MainWindow

_STEP_S = 180.0
Steps = Generator[Callable[[], bool], None, None]
Script = Callable[[MainWindow], Steps]


class Person(QTimer):
    """Acts while the application runs: each yield of the script is something to wait for."""

    def __init__(self, script: Script) -> None:
        super().__init__()
        self._script = script
        self._steps: Steps | None = None
        self._sees = False
        self._until: Callable[[], bool] = lambda: True
        self._since = time.monotonic()
        self.fault: BaseException | None = None
        self.setInterval(10)
        self.timeout.connect(self._act)

    def _act(self) -> None:
        window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()), None)
        if window is None:
            return
        if self._steps is None and not self._sees:
            self._sees = True  # the first wafer opens right behind the first painting
            return
        self._steps = self._steps or self._script(window)
        try:
            if self._until():
                self._since = time.monotonic()
                self._until = next(self._steps)
            elif time.monotonic() - self._since > _STEP_S:
                raise AssertionError(
                    f"waited {_STEP_S:.0f} s in line {self._steps.gi_frame.f_lineno}; {window.banner.text}"
                )
        except StopIteration:
            self._end(window)
        except BaseException as fault:
            self.fault = fault
            self._end(window)

    def _end(self, window: MainWindow) -> None:
        self.stop()
        window.close()


def run_station(record_url: str, script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opens the station on a record, lets the script act in it, and closes it; what went wrong in it is raised here."""
    monkeypatch.setattr(sys, "argv", ["inspector", "station", "--record", record_url])
    person = Person(script)
    person.start()
    with pytest.raises(SystemExit) as end:
        main()
    if person.fault is not None:
        raise person.fault
    assert end.value.code == 0
