"""The standing answers of a whole wafer as small arrays, one number per chip: what the map paints from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from inspector.station.look.chip_look import NO_CLASS, ChipLook, Standing, chip_look
from inspector.wafer.classes import ClassSet
from inspector.wafer.grid import ChipId, PlacedGrid

if TYPE_CHECKING:
    from inspector.station.state.session import Session

MISSING, PARTIAL, NOT_IMAGED, NOT_JUDGED, UNDECIDED, UNSURE, EXCLUDED, FIRST_CLASS = range(8)
_CODES = {
    Standing.NOT_JUDGED: NOT_JUDGED,
    Standing.UNDECIDED: UNDECIDED,
    Standing.UNSURE: UNSURE,
    Standing.EXCLUDED: EXCLUDED,
}
_TINTS_KEPT = 4
_SIGNS = {UNDECIDED: "!", UNSURE: "?", EXCLUDED: "×"}


class MapAnswers:
    """codes uint8, decided bool, changed bool, p_defect uint8 (0..255): each (rows, columns)."""

    def __init__(self, placed: PlacedGrid, classes: ClassSet | None) -> None:
        grid = placed.grid
        shape = (grid.rows, grid.columns)
        self.codes: NDArray[np.uint8] = np.full(shape, NOT_JUDGED, np.uint8)
        self.decided: NDArray[np.bool_] = np.zeros(shape, bool)
        self.changed: NDArray[np.bool_] = np.zeros(shape, bool)
        self.p_defect: NDArray[np.uint8] = np.zeros(shape, np.uint8)
        for chips, code in ((placed.partial, PARTIAL), (placed.not_imaged, NOT_IMAGED), (grid.missing, MISSING)):
            for chip in chips:
                if 0 <= chip.row < grid.rows and 0 <= chip.column < grid.columns:
                    self.codes[chip.row, chip.column] = code
        named = tuple(classes) if classes is not None else ()
        self.colours = [QColor(NO_CLASS)] * FIRST_CLASS + [QColor(c.colour) for c in named]
        self.glyphs = [_SIGNS.get(i, "") for i in range(FIRST_CLASS)] + ["" if c.is_good else c.glyph for c in named]
        self._tints: dict[tuple[float, float], QImage] = {}
        self.is_defect = np.array([False] * FIRST_CLASS + [not c.is_good for c in named])

    def read(self, session: Session, chips: Iterable[ChipId]) -> None:
        """Take over what the session says on these chips now."""
        rows, columns = self.codes.shape
        self._tints.clear()
        for chip in chips:
            column, row = chip
            if not (0 <= row < rows and 0 <= column < columns):
                continue
            look = chip_look(session, chip)
            self.codes[row, column] = _code(look)
            self.decided[row, column] = look.decided
            self.changed[row, column] = look.changed
            judgement = session.judgement(chip)
            p = judgement.p_defect if judgement is not None else 0.0
            self.p_defect[row, column] = round(255 * p) if 0.0 <= p <= 1.0 else 0

    def tint_image(self, good: float, defect: float) -> QImage:
        """One pixel per chip in its class's colour. good, defect: opacity 0 to 1; chips without a class stay clear."""
        kept = self._tints.get((good, defect))
        if kept is None:
            kept = self._tints[good, defect] = self._make_tint(good, defect)
            if len(self._tints) > _TINTS_KEPT:
                self._tints.pop(next(iter(self._tints)))
        return kept

    def _make_tint(self, good: float, defect: float) -> QImage:
        table = np.zeros((256, 4), np.uint8)
        for code in range(FIRST_CLASS, len(self.colours)):
            alpha = defect if self.is_defect[code] else good
            colour = self.colours[code]
            parts = (colour.blue(), colour.green(), colour.red())
            table[code] = [*(round(p * alpha) for p in parts), round(255 * alpha)]  # premultiplied BGRA
        pixels = np.ascontiguousarray(table[self.codes])
        rows, columns = self.codes.shape
        view = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied)
        return view.copy()


def _code(look: ChipLook) -> int:
    return FIRST_CLASS + look.class_index if look.standing is Standing.CLASS else _CODES[look.standing]
