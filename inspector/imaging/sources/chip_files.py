"""ChipFilesSource: one wafer as a folder with one picture per chip, laid out as the recipe's grid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from inspector.imaging.sources.image_header import refusal, within_budget
from inspector.imaging.sources.light import estimated_light, reference_light, thumbnail
from inspector.imaging.sources.mosaic import Mosaic, Piece
from inspector.imaging.sources.named_files import named_files
from inspector.imaging.sources.pictures import MosaicSource, Picture, checked_headers, one_kind
from inspector.imaging.sources.row_reader import whole
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, Grid
from inspector.wafer.recipe import Recipe

_THUMBNAIL = 64  # px, longer side


class ChipFilesSource(MosaicSource):
    """A folder of chips, each at its place of the recipe's upright grid; streets are black.

    A chip without a picture is not_imaged, as is the street beside it. Pictures are decoded by bands(), chip row by
    chip row; with damaged = "leave out" or an estimate of the light, each is decoded once before. ImageError for
    pictures of another size than the grid's chip, for chips outside the grid, and for damaged ones.
    """

    def __init__(self, path: Path, recipe: Recipe) -> None:
        section, grid = recipe.chip_files, recipe.grid.grid()
        assert section is not None, "only recipes with [chip_files] come here"
        shift = section.first
        found = {ChipId(c - shift, r - shift): file for (c, r), file in named_files(path, section.files).items()}
        _refuse_others(path, found, grid)
        headers, bad = checked_headers(path, list(found.values()), recipe, section.damaged)
        common = one_kind(path, headers)
        chip = (round(grid.chip[0]), round(grid.chip[1]))
        if (common.width, common.height) != chip:
            fault = (
                f"holds chips of {common.width} x {common.height} pixels, but the recipe's are {chip[0]} x {chip[1]}"
            )
            raise refusal(path, fault, "choose this product's recipe")
        pictures = {place: Picture(file, recipe) for place, file in found.items() if file in headers}
        pictures, notes = _with_light(pictures, recipe, chip)
        notes = [f"Left out: {text}" for text in bad.values()] + notes
        missing = sorted(set(grid.chip_ids()) - set(found))
        notes += [f"Chip column {c}, row {r} has no picture." for c, r in missing]
        pieces = [Piece(*_corner(grid, place), picture.opened) for place, picture in pictures.items()]
        size = (round(grid.origin[0] + grid.extent[0]), round(grid.origin[1] + grid.extent[1]))
        kind = np.uint8 if common.bits == 8 else np.uint16
        mosaic = Mosaic(tuple(pieces), chip, size, common.channels, kind)
        header = within_budget(replace(common, width=size[0], height=size[1]))
        super().__init__(path, header, mosaic, list(found.values()), notes)
        self.missing = tuple(f"column {c}, row {r}" for c, r in missing)
        lost = [place for place in grid.chip_ids() if place not in pictures]
        self.not_imaged = tuple((*_corner(grid, place), *chip) for place in lost)


def _corner(grid: Grid, place: ChipId) -> tuple[int, int]:
    x, y = grid.corners(place)[0]
    return round(x), round(y)


def _refuse_others(folder: Path, found: dict[ChipId, Path], grid: Grid) -> None:
    expected = set(grid.chip_ids())
    for place, path in sorted(found.items()):
        if place not in expected:
            fault = f"holds {path.name}, where the recipe's grid of {grid.columns} x {grid.rows} has no chip"
            raise refusal(folder, fault, "correct first under [chip_files], or the grid")


def _with_light(
    pictures: dict[ChipId, Picture], recipe: Recipe, chip: tuple[int, int]
) -> tuple[dict[ChipId, Picture], list[str]]:
    """The pictures that can be used, their light taken out, and what is said about the others."""
    section, notes = recipe.chip_files, []
    assert section is not None
    light = None
    if recipe.light is not None and recipe.light.reference is not None:
        with next(iter(pictures.values())).opened() as source:
            light = reference_light(recipe, source)
    estimate = recipe.light is not None and recipe.light.estimate
    if estimate or section.damaged == "leave out":
        thumbnails = []
        for place, picture in list(pictures.items()):
            try:
                with picture.opened() as source:
                    thumbnails.append(thumbnail(whole(source), _THUMBNAIL))
            except ImageError as error:
                if section.damaged == "refuse":
                    raise
                notes.append(f"Left out: {error}")
                del pictures[place]
        if estimate:
            light = estimated_light(np.median(thumbnails, axis=0), chip, recipe)
    return {place: replace(picture, light=light) for place, picture in pictures.items()}, notes
