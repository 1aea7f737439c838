"""Opens the station, after making sure that there is a screen to open it on."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable

from inspector import paths
from inspector.wafer.errors import InspectorError
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
    gc.disable()  # until the window is there: looks at what is only being built, of 80 ms each
    try:
        return load_station()(record or paths.default_record_url(), wafer=wafer, chip=chip, tour=tour)
    finally:
        gc.enable()


def load_station() -> Callable[..., int]:
    """The station's `run`. What is not Qt is imported first: from then on Qt reads the source of each new module."""
    importlib.import_module("inspector.exchange.retention")  # with it the record, and all that reads images
    from inspector.station.app import run

    return run
