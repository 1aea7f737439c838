"""Which thumbnails are chosen, and which one has the keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from inspector.wafer.grid import ChipId


class Selection:
    """Chips in the order of the gallery. anchor: where a range begins. focus: the chip that the arrow keys move."""

    def __init__(self) -> None:
        self.chips: set[ChipId] = set()
        self.anchor: ChipId | None = None
        self.focus: ChipId | None = None
        self._order: Sequence[ChipId] = ()
        self._places: Mapping[ChipId, int] = {}

    def set_order(self, order: Sequence[ChipId], places: Mapping[ChipId, int]) -> None:
        """The gallery shows these now, each at its place; what it no longer shows is no longer chosen."""
        self._order, self._places = order, places
        self.chips = {chip for chip in self.chips if chip in places}
        self.anchor = self.anchor if self.anchor in self._places else None
        self.focus = self.focus if self.focus in self._places else None

    def place(self, chip: ChipId | None) -> int | None:
        return self._places.get(chip) if chip is not None else None

    def in_order(self) -> list[ChipId]:
        """The chosen chips as they lie in the gallery."""
        return sorted(self.chips, key=self._places.__getitem__)

    def toggle(self, chip: ChipId) -> None:
        """Choose a chip, or no longer; a range begins here."""
        self.chips ^= {chip}
        self.anchor = self.focus = chip

    def extend_to(self, chip: ChipId) -> None:
        """Choose everything from the anchor to a chip, both included."""
        start, end = self.place(self.anchor), self._places[chip]
        if start is None:
            self.anchor, start = chip, end
        self.chips.update(self._order[min(start, end) : max(start, end) + 1])
        self.focus = chip

    def add(self, chips: Iterable[ChipId]) -> None:
        self.chips.update(chips)

    def move_to(self, chip: ChipId) -> None:
        """The keyboard goes to a chip; nothing is chosen with it."""
        self.anchor = self.focus = chip

    def clear(self) -> None:
        self.chips.clear()
        self.anchor = self.focus
