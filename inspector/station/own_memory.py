"""Lets the window's process hand large blocks back to the system as soon as they are free."""

from __future__ import annotations

import ctypes
import sys

_M_MMAP_THRESHOLD = -3
_LARGE = 512 << 10  # bytes: a tile of the map, a crop, a heat picture


def hand_back_large_blocks() -> None:
    """Keep pictures out of the C library's heap, where freed ones lie as holes: 30 MB after a minute on a large wafer.

    Only glibc has this setting, and moves it up by itself as pictures come and go; elsewhere nothing happens.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
