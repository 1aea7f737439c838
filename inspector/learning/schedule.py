"""How far a training is, and what follows from it: the learning rate, and crops first, whole chips last."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

WARM_UP = 0.05
CROPS_UNTIL = 0.45
LAST_RATE = 0.01  # of the highest
DEFAULT_VIEWS = 60_000


def default_epochs(chips: int) -> int:
    """Epochs when neither epochs nor minutes are asked for: about 60,000 views of a chip, 20 to 150 epochs."""
    return min(150, max(20, round(DEFAULT_VIEWS / max(chips, 1))))


@dataclass
class Budget:
    """The whole of a training, in epochs, minutes or both, whichever ends first. spent_before: seconds, if resumed."""

    epochs: int | None
    minutes: float | None
    spent_before: float = 0.0
    reserve: float = 0.0  # seconds of the minutes that calibration will need
    epoch: float = 0.0  # epochs done, with parts of the running one

    def __post_init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        """Spent so far."""
        return self.spent_before + time.monotonic() - self._start

    @property
    def done(self) -> float:
        """0 to 1."""
        parts = [self.epoch / self.epochs] if self.epochs else []
        if self.minutes is not None:
            parts.append(self.seconds / max(self.minutes * 60.0 - self.reserve, 1e-3))
        return min(1.0, max(parts))

    @property
    def is_spent(self) -> bool:
        return self.done >= 1.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate; None before anything is done."""
        return None if self.done <= 0 else max(0.0, self.seconds / self.done - self.seconds) + self.reserve


def learning_rate(highest: float, done: float) -> float:
    """A linear warm-up, then a cosine that ends when the budget ends."""
    if done < WARM_UP:
        return highest * (0.05 + 0.95 * done / WARM_UP)
    along = (done - WARM_UP) / (1.0 - WARM_UP)
    return highest * (LAST_RATE + (1.0 - LAST_RATE) * 0.5 * (1.0 + math.cos(math.pi * min(along, 1.0))))
