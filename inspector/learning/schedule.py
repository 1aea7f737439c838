"""How far a training is, and what follows from it: the learning rate, and crops first, whole chips last."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from inspector.learning.checkpoint import Standing

WARM_UP = 0.05
CROPS_UNTIL = 0.65
LAST_RATE = 0.01  # of the highest
GOING_ON = 0.35  # of the recipe's rate, for a model that learns more of its own classes: the full one undoes much first
DEFAULT_VIEWS = 60_000


def default_epochs(chips: int) -> int:
    """Epochs when neither epochs nor minutes are asked for: about 60,000 views of a chip, 20 to 150 epochs."""
    return min(150, max(20, round(DEFAULT_VIEWS / max(chips, 1))))


@dataclass
class Budget:
    """The whole of a training, in epochs, minutes or both, whichever ends first. spent_before: seconds, if resumed.

    from_epoch, from_seconds: where its schedule begins: not at 0 where a resumed training was given another budget.
    repeats: a training that had met its budget was given more: only the last part of the schedule comes again, whole
    chips.
    """

    epochs: int | None
    minutes: float | None
    spent_before: float = 0.0
    reserve: float = 0.0  # seconds of the minutes that calibration will need
    epoch: float = 0.0  # epochs done, with parts of the running one
    from_epoch: float = 0.0
    from_seconds: float = 0.0
    repeats: bool = False

    def __post_init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        """Spent so far."""
        return self.spent_before + time.monotonic() - self._start

    @property
    def done(self) -> float:
        """0 to 1 along the schedule."""
        return CROPS_UNTIL + (1.0 - CROPS_UNTIL) * self._share if self.repeats else self._share

    @property
    def _share(self) -> float:
        """0 to 1 of what was asked for."""
        parts = [] if self.epochs is None else [_share(self.epoch, self.from_epoch, self.epochs)]
        if self.minutes is not None:
            parts.append(_share(self.seconds, self.from_seconds, self.minutes * 60.0 - self.reserve))
        return min(1.0, max(parts, default=1.0))

    @property
    def is_spent(self) -> bool:
        return self.done >= 1.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate; None before anything is done."""
        done, spent = self._share, self.seconds - self.from_seconds
        return None if done <= 0 else max(0.0, spent / done - spent) + self.reserve


def plan(epochs: int | None, minutes: float | None, standing: Standing | None, chips: int) -> Budget:
    """The budget that is asked for; else the one that a stopped training had; else the default for so many chips.

    Another budget than the stopped training had lays its schedule out anew over what is left; where the training had
    met its budget, only the last part of the schedule.
    """
    asked = epochs is not None or minutes is not None
    if standing is None:
        return Budget(epochs if asked else default_epochs(chips), minutes)
    come = float(standing.epoch) if standing.progress is None else standing.progress
    had = Budget(
        standing.epochs,
        standing.minutes,
        standing.seconds,
        standing.reserve,
        come,
        standing.from_epoch,
        standing.from_seconds,
        standing.repeats,
    )
    if not asked or (epochs, minutes) == (had.epochs, had.minutes):
        return had
    return replace(
        had, epochs=epochs, minutes=minutes, from_epoch=come, from_seconds=standing.seconds, repeats=had.is_spent
    )


def _share(done: float, first: float, last: float) -> float:
    return 1.0 if last <= first else (done - first) / (last - first)


def learning_rate(highest: float, done: float) -> float:
    """A linear warm-up, then a cosine that ends when the budget ends."""
    if done < WARM_UP:
        return highest * (0.05 + 0.95 * done / WARM_UP)
    along = (done - WARM_UP) / (1.0 - WARM_UP)
    return highest * (LAST_RATE + (1.0 - LAST_RATE) * 0.5 * (1.0 + math.cos(math.pi * min(along, 1.0))))
