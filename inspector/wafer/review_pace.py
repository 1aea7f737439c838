"""How fast one person decides, and how long what is left will take at that pace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median

PAUSE_SECONDS = 120.0  # a longer gap is a break, not a chip
FEWEST_GAPS = 5  # the median of fewer says nothing


def seconds_per_decision(times: Sequence[datetime], pause: float = PAUSE_SECONDS) -> float | None:
    """Median seconds between the moments at which one person decided, in any order; gaps above `pause` are left out.

    None while fewer than five gaps are known. The median, because one chip that takes a minute of thought must not
    stretch the estimate for all that wait.
    """
    ordered = sorted(times)
    gaps = [(b - a).total_seconds() for a, b in pairwise(ordered)]
    kept = [gap for gap in gaps if gap <= pause]
    return median(kept) if len(kept) >= FEWEST_GAPS else None


def minutes_left(waiting: int, seconds: float | None) -> float | None:
    """Minutes for the waiting chips at this pace; 0 for none, None while the pace is not known."""
    if not waiting:
        return 0.0
    return None if seconds is None else waiting * seconds / 60.0
