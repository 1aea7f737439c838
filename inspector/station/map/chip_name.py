"""A chip's name as people type it: "c03 r05", "r5c3", "3,5", "3/5", "3 5", also in full-width figures."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QCoreApplication

from inspector.wafer.grid import ChipId, Grid

_NUMBERS = re.compile(r"(\d{1,4})\s*[,;/.:\- ]\s*(\d{1,4})")
_COLUMN_ROW = re.compile(r"c(?:ol(?:umn)?)?\s*(\d{1,4})\W*r(?:ow)?\s*(\d{1,4})")
_ROW_COLUMN = re.compile(r"r(?:ow)?\s*(\d{1,4})\W*c(?:ol(?:umn)?)?\s*(\d{1,4})")


def chip_called(text: str, grid: Grid) -> ChipId | str:
    """The chip of that name, or why there is none, as a sentence for the person who typed it."""
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    if match := _NUMBERS.fullmatch(typed) or _COLUMN_ROW.fullmatch(typed):
        chip = ChipId(int(match[1]), int(match[2]))
    elif match := _ROW_COLUMN.fullmatch(typed):
        chip = ChipId(int(match[2]), int(match[1]))
    else:
        return QCoreApplication.translate("ChipName", "Type column and row: 3/5 or c03 r05.")
    if chip.column >= grid.columns or chip.row >= grid.rows:
        return QCoreApplication.translate("ChipName", "Columns run from 0 to {columns}, rows from 0 to {rows}.").format(
            columns=grid.columns - 1, rows=grid.rows - 1
        )
    if chip in grid.missing:
        return QCoreApplication.translate("ChipName", "The recipe expects no chip at {column} / {row}.").format(
            column=chip.column, row=chip.row
        )
    return chip
