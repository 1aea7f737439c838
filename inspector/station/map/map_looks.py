"""How a person likes to see the wafer map: its turn and how much each layer covers; kept as text between two starts."""

from __future__ import annotations

import json
from dataclasses import dataclass

from inspector.station.map.turning import UPRIGHT, Turn


@dataclass(frozen=True)
class MapLooks:
    """Opacities of the layers from 0 (not there) to 1."""

    turn: Turn = UPRIGHT
    outlines: float = 1.0
    answers: float = 1.0
    heat: float = 0.75

    def to_text(self) -> str:
        return json.dumps([self.turn.quarters, self.turn.mirrored, self.outlines, self.answers, self.heat])

    @classmethod
    def from_text(cls, text: str) -> MapLooks:
        """What `to_text` made; the defaults where the text says nothing that makes sense."""
        try:
            quarters, mirrored, outlines, answers, heat = json.loads(text)
            opacities = [min(max(float(v), 0.0), 1.0) for v in (outlines, answers, heat)]
            return cls(Turn(int(quarters) % 4, mirrored is True), *opacities)
        except (ValueError, TypeError, OverflowError):
            return cls()
