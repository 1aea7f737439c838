"""The time that the waiting chips will take, in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from inspector.wafer.review_pace import FEWEST_GAPS, PAUSE_SECONDS, minutes_left


def time_left(waiting: int, seconds: float | None) -> str:
    """Such as "9 min" or "2 h 5 min"; empty while the pace is not known."""
    minutes = minutes_left(waiting, seconds)
    if minutes is None:
        return ""
    whole = math.ceil(minutes)
    if whole < 60:
        return QCoreApplication.translate("Pace", "{minutes} min").format(minutes=whole)
    text = QCoreApplication.translate("Pace", "{hours} h {minutes} min")
    return text.format(hours=f"{whole // 60:,}", minutes=whole % 60)


def time_left_tip(waiting: int, seconds: float | None) -> str:
    """What the time is reckoned from."""
    if seconds is None:
        text = QCoreApplication.translate("Pace", "Not known yet: your pace shows after {count} decisions in a row")
        return text.format(count=FEWEST_GAPS + 1)
    text = QCoreApplication.translate(
        "Pace", "{waiting} waiting chips at your median pace of {seconds} s; breaks of more than {pause} min left out"
    )
    return text.format(waiting=f"{waiting:,}", seconds=f"{seconds:.1f}", pause=f"{PAUSE_SECONDS / 60:g}")
