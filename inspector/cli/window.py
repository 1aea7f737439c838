"""Opens the station, after making sure that there is a screen to open it on."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from inspector import paths
from inspector.wafer.errors import InspectorError

_BLAS_THREADS = "OPENBLAS_NUM_THREADS"

if TYPE_CHECKING:  # loads numpy, which is better loaded with the station, in whose time no garbage is looked for
    from inspector.wafer.grid import ChipId, WaferKey


def has_screen() -> bool:
    """False on Linux without an X or Wayland display."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_open() -> bool:
    """True where a window can be made: on a screen, or on another platform that Qt was told to use."""
    return has_screen() or bool(os.environ.get("QT_QPA_PLATFORM"))


def open_station(
    record: str | None, wafer: WaferKey | None = None, chip: ChipId | None = None, *, tour: bool = False
) -> int:
    """Open the station on a record (the user's own when none is named); returns the window's exit code."""
    if not can_open():
        raise InspectorError(
            "The station needs a screen and there is none: set DISPLAY, or try inspector demo --headless."
        )
    try:
        return load_station()(record or paths.default_record_url(), wafer=wafer, chip=chip, tour=tour)
    finally:
        gc.enable()


def load_station() -> Callable[..., int]:
    """The station's `run`. No garbage is collected from here on: `run` sees to that once its window is there.

    Collections that look at what is only being loaded take 30 ms of the start. Qt's own import hook takes as much: it
    reads the source of each module that anybody imports, to see whether it uses PySide6. It is there for modules that
    say `from __feature__ import` or `from PySide6.x import *`; none here does, nor does pyqtgraph.
    """
    gc.disable()
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401 (puts its hook in place)

    builtins.__import__ = plain
    with _one_thread_for_numpy():
        from inspector.station.app import run
    return run


@contextmanager
def _one_thread_for_numpy() -> Generator[None]:
    """For modules that load numpy: its OpenBLAS starts a thread for each core, and those wait for work by spinning.

    The window multiplies no matrices, and on two idle cores they took 0.2 CPU-seconds of its start. The engine's
    process, which takes over what is set here, is left alone; and so is a number that somebody has set.
    """
    given = _BLAS_THREADS in os.environ
    os.environ.setdefault(_BLAS_THREADS, "1")
    try:
        yield
    finally:
        if not given:
            del os.environ[_BLAS_THREADS]
