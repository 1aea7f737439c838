"""How a person likes to see the gallery; kept from one start to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass

from inspector.station.gallery.sections import Grouping

SMALLEST, LARGEST, STEP = 64, 320, 8  # logical pixels of a thumbnail; whole pixels at 125 and 150 % too


@dataclass(frozen=True)
class GalleryLooks:
    """everything: all chips of the wafer, else the chosen queue. side: logical pixels of a thumbnail."""

    everything: bool = False
    grouping: Grouping = Grouping.CLASS
    side: int = 128
    heat: bool = False

    def to_text(self) -> str:
        return json.dumps([self.everything, self.grouping.value, self.side, self.heat])

    @classmethod
    def from_text(cls, text: str) -> GalleryLooks:
        """What `to_text` has written; whatever can't be understood reads as the default."""
        try:
            everything, grouping, side, heat = json.loads(text)
            size = min(max(int(side) // STEP * STEP, SMALLEST), LARGEST)
            return cls(everything is True, Grouping(grouping), size, heat is True)
        except (ValueError, TypeError):
            return cls()
