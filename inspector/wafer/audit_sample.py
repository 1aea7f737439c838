"""The random audit: which of the automatically accepted good chips a person looks at all the same."""

from __future__ import annotations

import hashlib
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from math import floor

from inspector.wafer.grid import ChipId, WaferKey


class AuditSample:
    """A share of one wafer's accepted chips, class by class; every station draws the same.

    Each chip has a number of its own, in [0, 1), from its lot, wafer and place. Of n accepted chips of a class the
    floor(share * n + u) with the smallest numbers are drawn, where u belongs to wafer and class: so the expected count
    is share * n exactly, however few chips a class has. Which chips those are is settled once the wafer is judged.
    """

    def __init__(self, wafer: WaferKey, share: float) -> None:
        self._wafer = wafer
        self._share = share
        self._numbers: defaultdict[str, list[tuple[float, ChipId]]] = defaultdict(list)
        self._class: dict[ChipId, str] = {}

    def put(self, chips: Iterable[tuple[ChipId, str | None]]) -> None:
        """Chips were accepted as a class, or are not accepted (any more)."""
        for chip, accepted_as in chips if self._share else ():
            before = self._class.pop(chip, None)
            entry = (_number(self._wafer, f"{chip.column}/{chip.row}"), chip)
            if before is not None and before != accepted_as:
                self._numbers[before].remove(entry)
            if accepted_as is not None:
                self._class[chip] = accepted_as
                if before != accepted_as:
                    insort(self._numbers[accepted_as], entry)

    def by_class(self) -> dict[str, list[ChipId]]:
        """The chips of the sample as it stands now, by the class that they were accepted as."""
        return {
            name: [chip for _, chip in entries[: floor(self._share * len(entries) + _number(self._wafer, name))]]
            for name, entries in self._numbers.items()
        }

    def drawn(self) -> frozenset[ChipId]:
        return frozenset(chip for chips in self.by_class().values() for chip in chips)


def _number(wafer: WaferKey, name: str) -> float:
    """In [0, 1), as good as random and always the same; SHA-256 of the names."""
    text = "\0".join((wafer.lot, wafer.wafer, name))
    return (int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]) >> 12) / 2**52
