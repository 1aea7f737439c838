"""The station's sentences about a chip: the machine's answer, why it is asked, who decided, how long it takes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from inspector.station.state.answer import Answer
from inspector.wafer.classes import ChipClass, ClassSet
from inspector.wafer.decision import Decision, DecisionKind
from inspector.wafer.grid import ChipId
from inspector.wafer.review import ReviewLimits, ReviewReason


def decision_in_words(chips: Sequence[ChipId], answer: Answer, classes: ClassSet, language: str) -> str:
    """A decision in one line, for the undo menu and the line at the bottom."""
    of = classes[answer.class_name] if answer.class_name is not None and answer.class_name in classes else None
    words = of.title(language) if of is not None else answer.class_name or ""
    if answer.kind is DecisionKind.UNSURE:
        words = QCoreApplication.translate("Session", "unsure")
    elif answer.kind is DecisionKind.EXCLUDE:
        words = QCoreApplication.translate("Session", "excluded")
    if answer.subtype:
        words += f" / {of.subtype_title(answer.subtype, language) if of is not None else answer.subtype}"
    if answer.reason:
        words += f" ({reason_word(answer.reason)})"
    if answer.point is not None:
        words += QCoreApplication.translate("Session", ", marked at {x} / {y}").format(
            x=round(answer.point[0]), y=round(answer.point[1])
        )
    if len(chips) > 1:
        text = QCoreApplication.translate("Session", "{count} chips: {answer}")
        return text.format(count=len(chips), answer=words)
    column, row = chips[0]
    text = QCoreApplication.translate("Session", "Chip {column} / {row}: {answer}")
    return text.format(column=column, row=row, answer=words)


REASONS = ("bad image", "wafer edge", "dirt on the optics", "handling mark", "test structure")


def reason_word(reason: str) -> str:
    """Why a chip was excluded, in the operator's language; what a person wrote stays as it is."""
    known = {
        "bad image": QCoreApplication.translate("Words", "Bad image"),
        "wafer edge": QCoreApplication.translate("Words", "Wafer's edge"),
        "dirt on the optics": QCoreApplication.translate("Words", "Dirt on the optics"),
        "handling mark": QCoreApplication.translate("Words", "Handling mark"),
        "test structure": QCoreApplication.translate("Words", "Test structure"),
    }
    return known.get(reason, reason)


def of_hundred(p_defect: float) -> str:
    """P(defect) as people count: out of a hundred chips like this one."""
    if not math.isfinite(p_defect):
        return QCoreApplication.translate("Words", "The machine has no answer for this chip.")
    count = p_defect * 100
    if count < 1:
        return QCoreApplication.translate("Words", "Of 100 chips like this, fewer than 1 is a defect.")
    if count > 99:
        return QCoreApplication.translate("Words", "Of 100 chips like this, more than 99 are defects.")
    if round(count) == 1:
        return QCoreApplication.translate("Words", "Of 100 chips like this, about 1 is a defect.")
    text = QCoreApplication.translate("Words", "Of 100 chips like this, about {count} are defects.")
    return text.format(count=round(count))


def why_asked(reason: ReviewReason | None, p_defect: float, limits: ReviewLimits) -> str:
    """Why the chip is in the queue; empty where nobody has to look."""
    if reason is ReviewReason.UNDECIDED:
        return QCoreApplication.translate("Words", "Asked because the machine could not decide.")
    if reason is ReviewReason.DEFECT:
        return QCoreApplication.translate("Words", "Asked because every defect is looked at.")
    if reason is ReviewReason.BORDERLINE:
        text = QCoreApplication.translate("Words", "Asked because P(defect) {p} is between {low} and {high}.")
        high = max(limits.high, 0.5) if p_defect < 0.5 else limits.high  # a good answer is never sure above `low`
        return text.format(p=_exact(p_defect), low=_exact(limits.low), high=_exact(high))
    if reason is ReviewReason.NOVEL:
        return QCoreApplication.translate("Words", "Asked because it is like nothing the machine has learned from.")
    return ""


def _exact(p: float) -> str:
    """Two digits behind the point, more where the number would else read 0 or 1."""
    return next((text for text in (f"{p:.{n}f}" for n in range(2, 6)) if 0 < float(text) < 1), f"{p:.2f}")


def verdict_word(chip_class: ChipClass) -> str:
    if chip_class.is_good:
        return QCoreApplication.translate("Words", "Good")
    return QCoreApplication.translate("Words", "Defect")


def decided_line(decision: Decision, machine: str) -> str:
    """When the standing decision was made and what the machine had said. machine: empty where it had no answer."""
    if not machine:
        return QCoreApplication.translate("Words", "Decided {time}.").format(time=clock(decision.time))
    text = QCoreApplication.translate("Words", "Decided {time}. The machine said {title}.")
    return text.format(time=clock(decision.time), title=machine)


def clock(time: datetime) -> str:
    """Local time of a moment in UTC, to the minute; with the date unless it is today."""
    local = time.astimezone()
    return local.strftime("%H:%M" if local.date() == datetime.now().astimezone().date() else "%Y-%m-%d %H:%M")


def duration(seconds: float | None) -> str:
    """Minutes and seconds, or hours and minutes, as a clock shows them; empty while nobody knows."""
    if seconds is None or not math.isfinite(seconds):
        return ""
    whole = math.ceil(seconds)
    if whole >= 3600:
        return QCoreApplication.translate("Words", "{hours} h {minutes:02d} min left").format(
            hours=whole // 3600, minutes=whole % 3600 // 60
        )
    text = QCoreApplication.translate("Words", "{minutes}:{seconds:02d} left")
    return text.format(minutes=whole // 60, seconds=whole % 60)


def phase_word(phase: str) -> str:
    """What the engine is doing, as the job bar says it; an unknown phase is shown as it is."""
    known = {
        "starting": QCoreApplication.translate("Words", "Starting the engine"),
        "loading": QCoreApplication.translate("Words", "Loading the model"),
        "reading": QCoreApplication.translate("Words", "Reading the image"),
        "aligning": QCoreApplication.translate("Words", "Finding the grid"),
        "judging": QCoreApplication.translate("Words", "Judging"),
        "stopping": QCoreApplication.translate("Words", "Stopping"),
    }
    return known.get(phase, phase)


def device_words(device: str) -> str:
    """What a model ran on, as the engine and the cards call it; the names of GPUs stay as they are."""
    cpu = re.fullmatch(r"CPU \((.+), (\d+) threads?\)", device)
    if cpu is None:
        return device
    machine, threads = cpu.groups()
    if threads == "1":
        return QCoreApplication.translate("Words", "CPU ({machine}, 1 thread)").format(machine=machine)
    text = QCoreApplication.translate("Words", "CPU ({machine}, {threads} threads)")
    return text.format(machine=machine, threads=threads)
