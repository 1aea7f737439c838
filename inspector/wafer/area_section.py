"""The recipe's section [wafer]: the wafer's own area, and what tells which chip is column 0, row 0."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, PositiveFloat, model_validator

from inspector.wafer.errors import RecipeError
from inspector.wafer.grid import Grid
from inspector.wafer.outline import Outline, Side
from inspector.wafer.section import Section

_Place = tuple[float, float]
NamesBy = Literal["chips", "missing", "edge", "notch", "flat", "fiducials", "place"]


class WaferSection(Section):
    """[wafer]: outline, edge exclusion, and what names the chips. Without the section, the chips name themselves.

    shape: the wafer's outline. circle: `diameter`, measured in the image where it is left out; ellipse: `size`;
    polygon: `points`, in order, counted from `centre`. unit: of all lengths here, px of the image or um (then [image]
    um_per_px is needed). centre: of the wafer, counted from the middle of the grid. edge_exclusion: chips that reach
    into this rim, or across the outline, are partial: not judged.

    names_by: what tells column 0, row 0 when a shift by whole chips would fit as well.
      chips      which places hold chips: the grid's outer lines and its missing places
      missing    the missing places alone: chips may go on beyond the grid
      edge       the wafer's outline
      notch      the outline, and its notch must lie on `side`: an image taken a quarter turn askew is refused
      flat       likewise
      fiducials  chips that look unlike all others (test or alignment patterns) lie at `fiducials`, [column, row]
      place      the stage: the wafer lies less than half a pitch from the recipe's origin
    mark_depth: how far the notch or the flat reaches into the wafer; chips that touch it are partial.
    max_partial: share of the expected chips that the image's border may cut; with more it is the wrong image.
    """

    shape: Literal["circle", "ellipse", "polygon", "none"] = "none"
    unit: Literal["px", "um"] = "px"
    diameter: PositiveFloat | None = None
    size: tuple[PositiveFloat, PositiveFloat] | None = None
    points: tuple[_Place, ...] = ()
    centre: _Place = (0.0, 0.0)
    edge_exclusion: NonNegativeFloat = 0.0
    names_by: NamesBy = "chips"
    side: Side = "bottom"
    mark_depth: NonNegativeFloat = 0.0
    fiducials: tuple[tuple[int, int], ...] = ()
    max_partial: Annotated[float, Field(ge=0, le=0.5)] = 0.05

    @model_validator(mode="after")
    def _complete(self) -> WaferSection:
        if self.shape == "ellipse" and self.size is None:
            raise ValueError("an ellipse needs its size = [width, height]")
        if self.shape == "polygon" and len(self.points) < 3:
            raise ValueError("a polygon needs three points or more")
        if self.names_by in ("edge", "notch", "flat") and self.shape == "none":
            raise ValueError(f'names_by = "{self.names_by}" needs the wafer\'s shape')
        if self.names_by in ("notch", "flat") and self.shape != "circle":
            raise ValueError(f"only a circle has a {self.names_by}")
        if self.names_by == "fiducials" and not self.fiducials:
            raise ValueError('names_by = "fiducials" needs fiducials = [[column, row], ...]')
        radius = (self.diameter or float("inf")) / 2
        if self.edge_exclusion >= radius or self.mark_depth >= radius:
            raise ValueError("edge_exclusion and mark_depth must be smaller than the wafer's radius")
        return self

    def outline(self, grid: Grid, um_per_px: float | None) -> Outline | None:
        """The outline in upright grid pixels; None for shape "none".

        A circle without diameter is as large as the expected chips need. RecipeError where um can't become pixels.
        """
        if self.shape == "none":
            return None
        if self.unit == "um" and um_per_px is None:
            raise RecipeError(
                'The recipe\'s [wafer] is in um, but [image] has no um_per_px: add it, or set unit = "px".'
            )
        px = 1.0 if self.unit == "px" or um_per_px is None else 1 / um_per_px
        middle = [grid.origin[i] + grid.extent[i] / 2 + self.centre[i] * px for i in (0, 1)]
        centre, exclusion = (middle[0], middle[1]), self.edge_exclusion * px
        if self.shape == "polygon":
            return Outline(centre, None, tuple((x * px, y * px) for x, y in self.points), exclusion)
        if self.shape == "ellipse" and self.size:
            return Outline(centre, (self.size[0] * px / 2, self.size[1] * px / 2), (), exclusion)
        radius = self.diameter * px / 2 if self.diameter else _around(grid, centre)
        depth = self.mark_depth * px
        flat = radius - depth if self.names_by == "flat" and depth else 0.0
        notch = depth if self.names_by == "notch" else 0.0
        return Outline(centre, (radius, radius), (), exclusion, self.side, flat, notch)


def _around(grid: Grid, centre: _Place) -> float:
    """px from the centre to the farthest corner of an expected chip."""
    corners = [corner for chip in grid.chip_ids() for corner in grid.corners(chip)]
    return float(max(((x - centre[0]) ** 2 + (y - centre[1]) ** 2) ** 0.5 for x, y in corners))
