"""Finds out beside the window which chips of a wafer look alike, a few hundred chips at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from inspector.imaging.likeness import alike_groups, chip_traits, usual_chip
from inspector.station.gallery.sections import Likeness
from inspector.station.state.background import Background
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_AT_ONCE = 32
_MOST_GROUPS = 24


class LikenessSearch(QObject):
    """`progressed(share)`: 0 to 1. `found(Likeness)`; `failed(text)` where the picture can't be read."""

    progressed = Signal(float)
    found = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self, threads=1)
        self._background.done.connect(self._go_on)
        self._turn = 0
        self._busy = False
        self._chips: list[ChipId] = []
        self._missing: list[ChipId] = []  # traits to work out, the last one first
        self._usual: NDArray[np.float32] | None = None
        self._traits: dict[ChipId, NDArray[np.float32]] = {}
        self._of: tuple[object, object] = (None, None)  # image and grid to which the traits belong

    @property
    def is_idle(self) -> bool:
        """True where nothing is being compared."""
        return not self._busy

    def search(self, chips: Sequence[ChipId]) -> None:
        """Compare these chips, as far as they are judged; traits that are known are not worked out again."""
        self.stop()
        of = (self._session.image, self._session.placed)
        if of != self._of:
            self._of, self._usual, self._traits = of, None, {}
        self._chips = [chip for chip in chips if self._session.judgement(chip) is not None]
        self._missing = [chip for chip in reversed(self._chips) if chip not in self._traits]
        if self._session.image is None or self._session.placed is None or not self._chips:
            self.found.emit(Likeness({}, {}))
            return
        self._busy = True
        if self._usual is None:
            every = [chip for chip in self._session.chips() if self._session.judgement(chip) is not None]
            self._run("usual", partial(usual_chip, self._session.image, self._session.placed, every))
        else:
            self._read_on()

    def stop(self) -> None:
        """Compare no further; what a thread is just working out is not waited for, and not taken."""
        self._turn += 1
        self._busy = False
        self._background.stop(0)

    def shutdown(self) -> None:
        """Let no thread go on."""
        self.stop()
        self._background.stop()

    def _run(self, what: object, work: object) -> None:
        self._background.run((self._turn, what), work)  # type: ignore[arg-type]

    def _read_on(self) -> None:
        image, placed = self._session.image, self._session.placed
        self.progressed.emit(1 - len(self._missing) / len(self._chips))
        missing = self._missing[-_AT_ONCE:]
        del self._missing[-_AT_ONCE:]
        if not missing:
            self._group()
        elif image is not None and placed is not None and self._usual is not None:
            self._run(tuple(missing), partial(chip_traits, image, placed, missing, self._usual))

    def _group(self) -> None:
        """As many groups as the root of half their number says, a common rule, so that a screen holds a few of them."""
        judged = [self._session.judgement(chip) for chip in self._chips]
        rows = [j.probabilities for j in judged if j is not None]
        traits = np.stack([self._traits[chip] for chip in self._chips])
        count = min(_MOST_GROUPS, max(1, round(math.sqrt(len(self._chips) / 2))))
        self._run("groups", partial(alike_groups, traits, np.stack(rows), count))

    def _go_on(self, token: tuple[int, object], value: object) -> None:
        turn, what = token
        if turn != self._turn:
            return
        if isinstance(value, Exception):
            self._busy = False
            self.failed.emit(str(value))
        elif what == "usual":
            assert isinstance(value, np.ndarray)
            self._usual = value
            self._read_on()
        elif what == "groups":
            assert isinstance(value, tuple)
            self._busy = False
            groups, distances = (dict(zip(self._chips, found.tolist(), strict=True)) for found in value)
            self.found.emit(Likeness(groups, distances))
        else:
            assert isinstance(what, tuple)
            assert isinstance(value, np.ndarray)
            self._traits.update(zip(what, value, strict=True))
            self._read_on()
