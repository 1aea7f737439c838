"""Opens the station, after making sure that there is a screen to open it on."""

from __future__ import annotations

import os
import sys

from inspector import paths
from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import ChipId, WaferKey


def has_display() -> bool:
    """False on Linux without an X or Wayland display, unless Qt was told to use another platform."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_station(record: str | None, wafer: WaferKey | None = None, chip: ChipId | None = None) -> int:
    """Open the station on a record (the user's own when none is named); returns the window's exit code."""
    if not has_display():
        raise InspectorError(
            "The station needs a screen and there is none: set DISPLAY, or try inspector demo --headless."
        )
    from inspector.station.app import run

    return run(record or paths.default_record_url(), wafer=wafer, chip=chip)
