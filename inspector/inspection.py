"""The pipeline on one page: image -> working copy -> grid -> chips -> classifier -> judgements, in one pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from inspector.imaging.alignment.align import GridDoubtError, align
from inspector.imaging.alignment.grid_search import search_level
from inspector.imaging.alignment.levels import CoarseLevels, Levels, Pixels
from inspector.imaging.chips import chip_batches, chips_touching
from inspector.imaging.pixels import to_bytes
from inspector.imaging.reading import Reading
from inspector.imaging.source import Fingerprint, Source, open_source
from inspector.imaging.sources.image_header import refusal
from inspector.imaging.wafer_image import WaferImage
from inspector.imaging.working_copy import begin_reading, reading_progress
from inspector.wafer.grid import ChipId, Grid, PlacedGrid
from inspector.wafer.judgement import Classifier, Judgement
from inspector.wafer.progress import Job, Pace, Progress
from inspector.wafer.recipe import Recipe

Judged = tuple[tuple[ChipId, Judgement], ...]
_LOOK_S = 0.1


@dataclass(frozen=True)
class Prepared:
    """An image whose grid is known, so that its chips can be judged.

    sha256: of its bytes; empty while they are still read, and until then the stamp tells it from a changed one.
    notes: what a person should know about its source, such as a missing shot.
    """

    placed: PlacedGrid
    sha256: str
    stamp: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """What the record knows of an image: its grid, the chips that are judged, and its sha256 if it was read whole."""

    placed: PlacedGrid
    sha256: str
    skip: Collection[ChipId]


@dataclass(frozen=True)
class Note:
    """One sentence that a person should know about an image that has been read whole."""

    text: str


Found = Prepared | Fingerprint | Note | Judged


def inspect_source(
    path: Path,
    copy: Path,
    recipe: Recipe,
    classifier: Classifier,
    before: Before | None = None,
    batch: int | None = None,
) -> Job[Found]:
    """Read an image once into its working copy, and judge its chips as soon as their rows are there.

    Finds Prepared, then batches of judgements and, once the copy is whole and the image proven unchanged, its
    Fingerprint and perhaps a Note. The grid is the one from before, or is looked for in a coarse level that the image
    itself holds, or in the copy when that is whole. ImageError where the image can't be judged or is not the one from
    before, ImageSpoiltError where it changed while it was read, or is damaged further down: then nothing that was
    judged on it may stand. No copy is left in any of these cases.
    """
    with open_source(path, recipe) as source, begin_reading(source, copy, recipe) as reading:
        whole = _Whole(reading)
        try:
            if before is not None and before.sha256:
                yield from whole.wait()
                if whole.sha256 != before.sha256:
                    raise refusal(path, "is another image than the record's", "give another lot or wafer name")
            placed = before.placed if before else _early_place(source, reading.image, recipe)
            if placed is None:
                yield from whole.wait()
                yield Progress(0, 1, phase="aligning")
                placed = _placed(reading.image, source, recipe)
            notes = tuple(getattr(source, "notes", ()))
            yield Progress(1, 1, Prepared(placed, whole.sha256, str(reading.stamp), notes), 0.0, "aligning")
        except BaseException:
            reading.discard()
            raise
        skip = before.skip if before else ()
        with closing(inspect(reading.image, placed, classifier, skip, batch, reading.wait)) as batches:
            for step in batches:
                yield from whole.announce()
                if step.found is None:
                    yield reading_progress(reading, whole.pace)
                else:
                    yield Progress(step.done, step.total, step.found, step.seconds_left, step.phase)
        yield from whole.wait()


class _Whole:
    """Says once that the copy is whole."""

    def __init__(self, reading: Reading) -> None:
        self.pace = Pace(reading.height)
        self.sha256 = ""
        self._reading = reading

    def announce(self, seconds: float = 0.0) -> Iterator[Progress[Found]]:
        """The step with the fingerprint, the first time after the copy has become whole."""
        found = None if self.sha256 else self._reading.found(seconds)
        if found is not None:
            self.sha256 = found.sha256
            yield Progress(self._reading.height, self._reading.height, found, 0.0, "reading")
            if self._reading.note:
                yield Progress(self._reading.height, self._reading.height, Note(self._reading.note), 0.0, "reading")

    def wait(self) -> Iterator[Progress[Found]]:
        """Progress until the copy is whole."""
        while not self.sha256:
            yield from self.announce(_LOOK_S)
            if not self.sha256:
                yield reading_progress(self._reading, self.pace)


def _early_place(source: Source, image: WaferImage, recipe: Recipe) -> PlacedGrid | None:
    """Where the grid lies, if that can be known before the image has been read; `image` has no pixels yet."""
    if recipe.is_whole or not recipe.grid.align:
        return _placed(image, source, recipe)
    longest = max(image.level_size(search_level(image, recipe.grid.grid())))
    held = source.coarse(longest) if source.random_access else None
    if held is None:
        return None
    level = round(math.log2(image.width / held.shape[1]))
    channels, bits = recipe.image.channels, recipe.image.bits

    def read_full(x: int, y: int, width: int, height: int) -> Pixels:
        return to_bytes(source.read(x, y, width, height), channels, bits)

    size = (image.width, image.height)
    return _placed(CoarseLevels(image.source_name, size, read_full, to_bytes(held, channels, 8), level), source, recipe)


def _placed(image: Levels, source: Source, recipe: Recipe) -> PlacedGrid:
    try:
        placed = place(image, recipe)
    except GridDoubtError as error:  # a missing shot may be all that is wrong with it
        notes = getattr(source, "notes", ())
        raise GridDoubtError(" ".join([str(error), *notes]), error.best) from error
    return replace(placed, not_imaged=chips_touching(placed, source.not_imaged))


def other_scale(recipe: Recipe, classifier: Classifier) -> str:
    """One sentence where the model sees chips at another size than the recipe says, else "": a pit may look a drop."""
    ours, theirs = recipe.model.input, classifier.input_size
    if ours == theirs:
        return ""
    return (
        f"The model looks at chips of {theirs[0]} x {theirs[1]} pixels, the recipe {recipe.name} at {ours[0]} x "
        f"{ours[1]}: they are stretched, the answers may mean little; train a model for it."
    )


def place(image: Levels, recipe: Recipe) -> PlacedGrid:
    """The recipe's grid as it lies in the image; for kind "whole" the one chip is the image itself."""
    if recipe.is_whole:
        size = (float(image.width), float(image.height))
        return PlacedGrid(Grid(1, 1, size, size, (0.0, 0.0)))
    grid, section = recipe.grid.grid(), recipe.grid
    return align(image, grid, search=section.align, area=recipe.wafer, um_per_px=recipe.image.um_per_px)


def inspect(
    image: WaferImage,
    placed: PlacedGrid,
    classifier: Classifier,
    skip: Collection[ChipId] = (),
    batch: int | None = None,
    wait: Callable[[int, float], bool] = lambda rows, seconds: True,
) -> Job[Judged]:
    """Judge every chip that is not skipped, batch by batch, in reading order.

    Whoever iterates writes each batch to the record before asking for the next one. Peaks come out in chip pixels.
    wait: as `chip_batches`; a step that finds nothing says that it waits for the image.
    """
    ids = [chip for chip in placed.chip_ids() if chip not in skip]
    total = len(placed.chip_ids())
    done = total - len(ids)
    pace = Pace(total, done)
    scale = (placed.grid.chip[0] / classifier.input_size[0], placed.grid.chip[1] / classifier.input_size[1])
    size, count = classifier.input_size, batch or classifier.batch_size
    with closing(chip_batches(image, placed, ids, size, count, wait)) as batches:
        for read in batches:
            if read is None:
                yield Progress(done, total, None, None, "judging")
                continue
            chips, pixels = read
            found = tuple(
                (chip, replace(j, peak=(j.peak[0] * scale[0], j.peak[1] * scale[1])))
                for chip, j in zip(chips, classifier.judge(pixels), strict=True)
            )
            done += len(chips)
            yield Progress(done, total, found, pace.seconds_left(done), "judging")
