"""What every long job yields: how far it is, what it just found, how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

Found = TypeVar("Found")


@dataclass(frozen=True)
class Progress(Generic[Found]):
    """One step of a job.

    done, total: counted in what the job works through (chips, epochs, images, rows).
    found: what this step brought, already complete; None where a step only moved on.
    seconds_left: the job's own estimate, None while it has none.
    phase: a short word for what is going on ("reading", "judging", ...), a key that views translate.
    """

    done: int
    total: int
    found: Found | None = None
    seconds_left: float | None = None
    phase: str = ""


Job: TypeAlias = Generator[Progress[Found], None, None]  # closing it stops the job after its present step


class Pace:
    """Estimates the time left from the steps done so far (monotonic clock, seconds)."""

    def __init__(self, total: int, done: int = 0) -> None:
        self._start = time.monotonic()
        self._first = done
        self._total = total

    def seconds_left(self, done: int) -> float | None:
        """Seconds until `total` at the mean pace since the start; None before the first step."""
        made = done - self._first
        if made <= 0:
            return None
        return (time.monotonic() - self._start) / made * max(self._total - done, 0)
