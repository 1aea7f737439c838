"""Which chips a person has really had before the eyes: whole, sharp, and for at least a moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Set

from inspector.wafer.grid import ChipId

DWELL_S = 0.25  # shorter than any look at a page of thumbnails: what only flies past is not seen


class SeenChips:
    """Is told what stands on the screen; a chip counts once it has stood there without a break for DWELL_S."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: set[ChipId] = set()
        self._since: dict[ChipId, float] = {}

    def __contains__(self, chip: object) -> bool:
        return chip in self._seen

    @property
    def chips(self) -> Set[ChipId]:
        """Those that count, as they grow."""
        return self._seen

    @property
    def waits(self) -> bool:
        """True while a chip stands on the screen that does not count yet."""
        return bool(self._since)

    def show(self, chips: Collection[ChipId]) -> frozenset[ChipId]:
        """These stand whole and sharp on the screen now, and nothing else does; returns those that count from now."""
        now = self._clock()
        self._since = {chip: self._since.get(chip, now) for chip in chips if chip not in self._seen}
        new = frozenset(chip for chip, since in self._since.items() if now - since >= DWELL_S)
        for chip in new:
            del self._since[chip]
        self._seen |= new
        return new

    def forget(self, chips: Iterable[ChipId] | None = None) -> None:
        """These (None: all) show something else now: they were judged anew, or another wafer is open."""
        gone = self._seen | self._since.keys() if chips is None else set(chips)
        self._seen -= gone
        for chip in gone:
            self._since.pop(chip, None)
