"""How the view is turned and mirrored: only what is seen turns, a chip keeps its name."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTransform


@dataclass(frozen=True)
class Turn:
    """The image is mirrored (left to right) first, then turned clockwise by quarters of a full turn, 0 to 3."""

    quarters: int = 0
    mirrored: bool = False

    def further(self, quarters: int) -> Turn:
        """Turned clockwise by so many quarters more, as seen on the screen."""
        return replace(self, quarters=(self.quarters + quarters) % 4)

    def mirror(self) -> Turn:
        """Mirrored left to right, as seen on the screen."""
        return Turn(-self.quarters % 4, not self.mirrored)

    def size(self, width: float, height: float) -> tuple[float, float]:
        """Width and height of the turned image."""
        return (height, width) if self.quarters % 2 else (width, height)

    def transform(self, width: float, height: float) -> QTransform:
        """Image pixels -> pixels of the turned image, both from their top-left corner."""
        made = QTransform(-1, 0, 0, 1, width, 0) if self.mirrored else QTransform()
        for step in range(self.quarters):
            made = made * QTransform(0, 1, -1, 0, width if step % 2 else height, 0)
        return made

    def pixels(self, pixels: NDArray[np.generic]) -> NDArray[np.generic]:
        """(H, W, C) turned alike."""
        return np.rot90(pixels[:, ::-1] if self.mirrored else pixels, -self.quarters)

    @property
    def words(self) -> str:
        """How the view is turned, for the line at the bottom."""
        degrees = self.quarters * 90
        if self.mirrored:
            text = QCoreApplication.translate("Turn", "View mirrored and turned by {degrees}°: chips keep their names.")
        else:
            text = QCoreApplication.translate("Turn", "View turned by {degrees}°: chips keep their names.")
        if not degrees and not self.mirrored:
            return QCoreApplication.translate("Turn", "View upright.")
        return text.format(degrees=degrees)


UPRIGHT = Turn()
