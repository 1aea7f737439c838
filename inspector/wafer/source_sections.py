"""The recipe's sections about where a wafer's pixels come from: partial shots, a folder of chips, and its light."""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, NonNegativeFloat, PositiveFloat, model_validator

from inspector.wafer.section import Section

_FIELDS = {"row": r"(?P<row>\d{1,6})", "column": r"(?P<column>\d{1,6})", "index": r"(?P<index>\d{1,9})", "any": r".*?"}
_Count = Annotated[int, Field(gt=0, le=1000)]
Damaged = Literal["refuse", "leave out"]


def compiled(pattern: str) -> re.Pattern[str]:
    """A file name's pattern as a regular expression for whole names; ValueError where it makes no sense.

    {row}, {column} and {index} stand for digits, {any} for anything; everything else stands for itself.
    """
    parts = re.split(r"\{([^{}]*)\}", pattern)
    literals, fields = parts[::2], parts[1::2]
    unknown = sorted(set(fields) - set(_FIELDS))
    if unknown or any(brace in text for text in literals for brace in "{}"):
        raise ValueError(f"{pattern!r} may hold {{row}}, {{column}}, {{index}} and {{any}} in braces, nothing else")
    if any(count > 1 for field, count in Counter(fields).items() if field != "any"):
        raise ValueError(f"{pattern!r} holds the same field twice")
    if any(mark in pattern for mark in "/\\"):
        raise ValueError(f"{pattern!r} names files of one folder: leave out slashes")
    pieces = [re.escape(literals[0])]
    for field, literal in zip(fields, literals[1:], strict=True):
        pieces += [_FIELDS[field], re.escape(literal)]
    return re.compile("".join(pieces))


def _by_row_and_column(pattern: str) -> str:
    if not {"row", "column"} <= set(compiled(pattern).groupindex):
        raise ValueError(f"{pattern!r} must hold {{row}} and {{column}}")
    return pattern


def _by_place(pattern: str) -> str:
    names = set(compiled(pattern).groupindex)
    if names not in ({"row", "column"}, {"index"}):
        raise ValueError(f"{pattern!r} must hold either {{row}} and {{column}} or {{index}}")
    return pattern


class ShotsSection(Section):
    """[shots]: a wafer is a folder of partial shots, equal in size.

    files: pattern of the shots' names. columns, rows: shots across and down. first: the number that counting begins
    with. order: of {index}; "serpentine" runs back in every second row. axes: where columns (or x) and rows (or y)
    grow to. positions: a CSV file in the folder (file,x,y) instead of a pattern; unit: of x and y, um needs um_per_px
    under [image]. overlap: share of a shot's side that its neighbour shows too; 0: the positions are taken as they
    are. stage_error: px that a shot lies off its place at most. max_residual: px, worse joints refuse the wafer.
    """

    files: Annotated[str, AfterValidator(_by_place)] = "shot_r{row}_c{column}.tif"
    columns: _Count | None = None
    rows: _Count | None = None
    first: Annotated[int, Field(ge=0)] = 0
    order: Literal["rows", "serpentine"] = "rows"
    axes: tuple[Literal["right", "left"], Literal["down", "up"]] = ("right", "down")
    positions: Annotated[str, Field(pattern=r"^[^/\\]+\.csv$")] | None = None
    unit: Literal["px", "um"] = "px"
    overlap: Annotated[float, Field(ge=0, le=0.5)] = 0.05
    stage_error: NonNegativeFloat = 8.0
    max_residual: PositiveFloat = 1.0
    damaged: Damaged = "refuse"

    @model_validator(mode="after")
    def _all_places_are_known(self) -> ShotsSection:
        if self.positions is None and (self.columns is None or self.rows is None):
            raise ValueError("columns and rows of the shots are needed, or positions, the name of a CSV file")
        if self.positions is not None and (self.columns is not None or self.rows is not None):
            raise ValueError("the positions say where the shots lie: leave out columns and rows")
        return self


class ChipFilesSection(Section):
    """[chip_files]: a wafer is a folder with one picture per chip, each exactly of the grid's chip size.

    files: pattern of the pictures' names. first: the number that counting begins with.
    """

    files: Annotated[str, AfterValidator(_by_row_and_column)] = "c{column}_r{row}.png"
    first: Annotated[int, Field(ge=0)] = 0
    damaged: Damaged = "refuse"


class LightSection(Section):
    """[light]: uneven illumination is taken out before anything is judged.

    reference: image of an even surface, as large as what is judged (with [shots] or [chip_files]: as one file of
    them), absolute or beside the recipe. dark: the same without light. estimate: a smooth surface is fitted to the
    wafer's own brightness instead.
    """

    reference: str | None = None
    dark: str | None = None
    estimate: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> LightSection:
        if (self.reference is None) != self.estimate:
            raise ValueError("either reference names an image or estimate is true")
        if self.dark is not None and self.reference is None:
            raise ValueError("a dark image needs a reference")
        return self
