"""What the end-to-end tests speak of: a call's answer, a synthetic wafer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Answer:
    """What one call of the command line left behind."""

    code: int
    out: str
    err: str


Inspector = Callable[..., Answer]


@dataclass(frozen=True)
class Synthetic:
    """A synthetic wafer: its image, the recipe that fits it, and its truth."""

    image: Path
    recipe: Path
    truth: Path
