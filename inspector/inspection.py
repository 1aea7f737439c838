"""The pipeline on one page: image -> working copy -> grid -> chips -> classifier -> judgements."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from inspector.imaging.align import align
from inspector.imaging.chips import chip_batches
from inspector.imaging.source import Fingerprint
from inspector.imaging.wafer_image import WaferImage, make_working_copy
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.judgement import Classifier, Judgement
from inspector.wafer.progress import Job, Pace, Progress
from inspector.wafer.recipe import Recipe

Judged = tuple[tuple[ChipId, Judgement], ...]


@dataclass(frozen=True)
class Prepared:
    """An image that is ready to be judged: fingerprinted, copied into tiles, its grid found."""

    fingerprint: Fingerprint
    copy: Path
    placed: PlacedGrid


def prepare(source: Path, copy: Path, recipe: Recipe) -> Job[Prepared]:
    """Read an image once into its working copy and find the recipe's grid in it.

    The last Progress carries the Prepared wafer. ImageError where the image can't be judged; no copy is left then.
    """
    mark = None
    try:
        with closing(make_working_copy(source, copy, recipe.image.channels, recipe.image.bits)) as steps:
            for step in steps:
                mark = step.found or mark
                yield Progress(step.done, step.total, None, step.seconds_left, "reading")
        assert mark is not None, "make_working_copy ends with the fingerprint"
        yield Progress(0, 1, phase="aligning")
        with WaferImage.open(copy) as image:
            placed = place(image, recipe)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    yield Progress(1, 1, Prepared(mark, copy, placed), 0.0, "aligning")


def place(image: WaferImage, recipe: Recipe) -> PlacedGrid:
    """The recipe's grid as it lies in the image; for kind "whole" the one chip is the image itself."""
    if recipe.is_whole:
        size = (float(image.width), float(image.height))
        return PlacedGrid(Grid(1, 1, size, size, (0.0, 0.0)))
    return align(image, recipe.grid.grid(), search=recipe.grid.align)


def inspect(
    image: WaferImage,
    placed: PlacedGrid,
    classifier: Classifier,
    skip: Collection[ChipId] = (),
    batch: int | None = None,
) -> Job[Judged]:
    """Judge every chip that is not skipped, batch by batch, in reading order.

    Whoever iterates writes each batch to the record before asking for the next one. Peaks come out in chip pixels.
    """
    ids = [chip for chip in placed.chip_ids() if chip not in skip]
    total = len(placed.chip_ids())
    done = total - len(ids)
    pace = Pace(total, done)
    scale = (placed.grid.chip[0] / classifier.input_size[0], placed.grid.chip[1] / classifier.input_size[1])
    with closing(chip_batches(image, placed, ids, classifier.input_size, batch or classifier.batch_size)) as batches:
        for chips, pixels in batches:
            judgements = classifier.judge(pixels)
            found = tuple(
                (chip, replace(j, peak=(j.peak[0] * scale[0], j.peak[1] * scale[1])))
                for chip, j in zip(chips, judgements, strict=True)
            )
            done += len(chips)
            yield Progress(done, total, found, pace.seconds_left(done), "judging")
