"""Which chip lies where in the whole gallery: the sections' chips on the places of the layout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from PySide6.QtCore import QPoint, QRect

from inspector.station.gallery.layout import GalleryLayout
from inspector.station.gallery.sections import Section
from inspector.wafer.grid import ChipId


class Arrangement:
    """Points and areas are those of the whole gallery, in logical pixels, however far it is scrolled."""

    def __init__(self) -> None:
        self.sections: Sequence[Section] = ()
        self.order: list[ChipId] = []
        self.layout = GalleryLayout((), 1, 1)
        self.places: dict[ChipId, int] = {}

    def show(self, sections: Sequence[Section]) -> None:
        """Other chips; `fit` lays them out."""
        self.sections = list(sections)
        self.order = list(chain.from_iterable(section.chips for section in sections))
        self.places = {chip: place for place, chip in enumerate(self.order)}

    def fit(self, width: int, side: int) -> None:
        self.layout = GalleryLayout([len(section.chips) for section in self.sections], width, side)

    def rect(self, chip: ChipId) -> QRect:
        """A chip's square; empty where the gallery does not hold it."""
        place = self.places.get(chip)
        return self.layout.rect(place) if place is not None else QRect()

    def chips_in(self, top: int, bottom: int) -> list[ChipId]:
        """The chips of which any part lies in a strip."""
        return [self.order[n] for n in self.layout.places_in(top, bottom)]

    def whole_in(self, area: QRect) -> list[ChipId]:
        """The chips that lie whole in an area."""
        places = self.layout.places_in(area.top(), area.bottom() + 1)
        return [self.order[n] for n in places if area.contains(self.layout.rect(n))]

    def under(self, area: QRect) -> list[ChipId]:
        """The chips that an area touches."""
        return [self.order[n] for n in self.layout.places_under(area)]

    def chip_at(self, point: QPoint) -> ChipId | None:
        place = self.layout.place_at(point.x(), point.y())
        return self.order[place] if place is not None else None

    def section_at(self, point: QPoint) -> Section | None:
        """The section whose heading is under a point."""
        found = next(iter(self.layout.headings(point.y(), point.y() + 1)), None)
        return self.sections[found[0]] if found is not None else None

    def after(self, chip: ChipId | None, across: int, down: int, to: int) -> ChipId:
        """Where a key leads from a chip; from nowhere, to the first."""
        place = self.places.get(chip) if chip is not None else None
        return self.order[self.layout.after(place, across, down, to)]

    def repainted(self, chips: Iterable[ChipId], frame: int) -> list[QRect]:
        """What has to be painted anew where these look different, with so many pixels around each."""
        rects = [self.rect(chip) for chip in chips]
        return [rect.adjusted(-frame, -frame, frame, frame) for rect in rects if rect.isValid()]
