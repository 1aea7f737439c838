"""One pass: chips are judged while the image is still read, each once, and nothing stands for an image that changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile
from grey_classifier import GreyClassifier, truth, wafer_pixels, wafer_recipe

from inspector.imaging.pixels import Pixels
from inspector.imaging.source import FileSource, Fingerprint, fingerprint
from inspector.imaging.sources.stamp import stamp
from inspector.imaging.wafer_image import WaferImage
from inspector.inspection import Before, Found, Note, Prepared, inspect_source
from inspector.wafer.errors import ImageChangedError, ImageError
from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.progress import Job, Progress

COLUMNS, ROWS = 12, 20
RECIPE = wafer_recipe(COLUMNS, ROWS)
CHIPS = RECIPE.grid.grid().chip_ids()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    tifffile.imwrite(tmp_path / "w.tif", wafer_pixels(COLUMNS, ROWS), tile=(256, 256))
    return tmp_path / "w.tif"


class Gate:
    """Holds back an image file's rows until they are let through."""

    def __init__(self) -> None:
        self._free = threading.Semaphore(0)

    def let(self, bands: int) -> None:
        self._free.release(bands)

    def held(self, bands: Iterator[Pixels]) -> Iterator[Pixels]:
        for band in bands:
            self._free.acquire(timeout=30)
            yield band


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Image files give bands of 256 rows, one for each that is let through."""
    gate, bands = Gate(), FileSource.bands

    def held(source: FileSource) -> Iterator[Pixels]:
        whole = np.concatenate(list(bands(source)))
        return gate.held(iter([whole[top : top + 256] for top in range(0, len(whole), 256)]))

    monkeypatch.setattr(FileSource, "bands", held)
    return gate


def _until_judged(job: Job[Found], found: list[Found], chips: int) -> None:
    """Takes steps until so many chips are judged."""
    while sum(len(f) for f in found if isinstance(f, tuple)) < chips:
        step = next(job)
        if step.found is not None:
            found.append(step.found)


def _answers(found: list[Found]) -> dict[ChipId, float]:
    pairs = [pair for f in found if isinstance(f, tuple) for pair in f]
    assert len({chip for chip, _ in pairs}) == len(pairs), "a chip was judged twice"
    return {chip: judgement.p_defect for chip, judgement in pairs}


def _found(steps: list[Progress[Found]]) -> list[Found]:
    return [step.found for step in steps if step.found is not None]


def test_that_chips_are_judged_before_the_image_has_been_read_and_each_once(source: Path, gate: Gate) -> None:
    copy = source.with_name("copy.tif")
    job = inspect_source(source, copy, RECIPE, GreyClassifier())
    found: list[Found] = []

    gate.let(1)
    _until_judged(job, found, 3 * COLUMNS)
    assert isinstance(found[0], Prepared)
    assert (found[0].sha256, found[0].stamp) == ("", str(stamp(source)))
    assert not copy.exists()
    assert not any(isinstance(f, Fingerprint) for f in found)

    gate.let(100)
    found += _found(list(job))

    assert _answers(found) == pytest.approx(truth(wafer_pixels(COLUMNS, ROWS), COLUMNS, ROWS))
    assert [f for f in found if isinstance(f, Fingerprint)] == [fingerprint(source)]
    with WaferImage.open(copy) as image:
        whole = image.read(0, 0, 0, image.width, image.height)
        assert np.array_equal(whole[:, :, 0], wafer_pixels(COLUMNS, ROWS))


def test_that_a_turned_grid_waits_for_the_lowest_pixel_of_its_chips(source: Path, gate: Gate) -> None:
    placed = PlacedGrid(RECIPE.grid.grid(), (0.9986, -0.0523, 40.0, 0.0523, 0.9986, 0.0))
    disturbed: list[Found] = []
    job = inspect_source(source, source.with_name("a.tif"), RECIPE, GreyClassifier(5), Before(placed, "", ()))
    for chips in range(COLUMNS, len(CHIPS), 5 * COLUMNS):
        gate.let(1)
        _until_judged(job, disturbed, min(chips, 2 * COLUMNS))
    gate.let(100)
    disturbed += _found(list(job))

    at_once = _found(
        list(inspect_source(source, source.with_name("b.tif"), RECIPE, GreyClassifier(), Before(placed, "", ())))
    )

    assert _answers(disturbed) == _answers(at_once)
    assert len(_answers(at_once)) == len(CHIPS)


@pytest.mark.parametrize("change", ["rewritten", "shortened", "touched"])
def test_that_an_image_that_changes_while_it_is_read_ends_with_the_reason_and_without_a_copy(
    source: Path, gate: Gate, change: str
) -> None:
    job = inspect_source(source, source.with_name("copy.tif"), RECIPE, GreyClassifier())
    gate.let(1)
    found: list[Found] = []
    _until_judged(job, found, COLUMNS)

    with source.open("r+b") as file:
        if change == "shortened":
            file.truncate(9_000)
        else:
            file.write(b"II*\0" if change == "touched" else b"0123456789")
    gate.let(100)

    with pytest.raises(ImageChangedError, match=r"w\.tif changed while it was read"):
        list(job)
    assert {p.name for p in source.parent.iterdir()} == {"w.tif"}


def test_that_an_image_that_vanishes_is_named_and_goes_on_later_where_it_stopped(source: Path, gate: Gate) -> None:
    copy = source.with_name("copy.tif")
    job = inspect_source(source, copy, RECIPE, GreyClassifier())
    gate.let(1)
    found: list[Found] = []
    _until_judged(job, found, COLUMNS)
    content, times = source.read_bytes(), source.stat()
    source.rename(source.with_name("away.tif"))
    gate.let(100)

    with pytest.raises(ImageError, match=r"w\.tif does not exist") as caught:
        _until_judged(job, found, len(CHIPS) + 1)
    assert not isinstance(caught.value, ImageChangedError)

    source.with_name("away.tif").rename(source)
    assert (source.read_bytes(), source.stat().st_mtime_ns) == (content, times.st_mtime_ns)
    assert isinstance(found[0], Prepared)
    gate.let(100)
    before = Before(found[0].placed, "", set(_answers(found)))
    found += _found(list(inspect_source(source, copy, RECIPE, GreyClassifier(), before)))

    assert _answers(found) == pytest.approx(truth(wafer_pixels(COLUMNS, ROWS), COLUMNS, ROWS))


def test_that_a_known_image_is_judged_on_only_when_it_is_proven_to_be_the_same(source: Path) -> None:
    copy = source.with_name("copy.tif")
    placed = PlacedGrid(RECIPE.grid.grid())
    other = Before(placed, "0" * 64, ())
    classifier = GreyClassifier()

    with pytest.raises(ImageError, match="another image than the record's"):
        list(inspect_source(source, copy, RECIPE, classifier, other))
    assert classifier.batches == []
    assert not copy.exists()

    same = Before(placed, fingerprint(source).sha256, set(CHIPS[5:]))
    found = _found(list(inspect_source(source, copy, RECIPE, classifier, same)))
    assert set(_answers(found)) == set(CHIPS[:5])


def test_that_a_grid_that_must_be_searched_for_is_found_in_the_whole_copy(source: Path) -> None:
    recipe = wafer_recipe(COLUMNS, ROWS, align=True, origin=(14, 3))
    found = _found(list(inspect_source(source, source.with_name("c.tif"), recipe, GreyClassifier())))

    assert [type(f) for f in found[:2]] == [Fingerprint, Prepared]
    assert isinstance(found[1], Prepared)
    assert np.abs(found[1].placed.corners(ChipId(0, 0))[0] - 8).max() < 0.5
    assert found[1].sha256 == fingerprint(source).sha256


def test_that_a_grid_is_found_in_a_level_that_the_file_holds_before_the_file_is_read(
    tmp_path: Path, gate: Gate
) -> None:
    # large enough that a smaller level is looked at first
    pixels = wafer_pixels(6, 32)
    recipe = wafer_recipe(6, 32, align=True, origin=(14, 3))
    path = tmp_path / "pyramid.tif"
    with tifffile.TiffWriter(path, bigtiff=True) as tiff:
        tiff.write(pixels, tile=(256, 256), subifds=2)
        for step in (2, 4):
            small = pixels.reshape(pixels.shape[0] // step, step, pixels.shape[1] // step, step).mean((1, 3))
            tiff.write(small.astype(np.uint8), tile=(256, 256), subfiletype=1)
    job = inspect_source(path, tmp_path / "copy.tif", recipe, GreyClassifier())
    gate.let(1)
    found: list[Found] = []

    _until_judged(job, found, 6)

    assert isinstance(found[0], Prepared)
    assert np.abs(found[0].placed.corners(ChipId(3, 3))[0] - (8 + 3 * 64)).max() < 0.5
    gate.let(100)
    found += _found(list(job))
    assert len(_answers(found)) == 6 * 32


def test_that_an_image_without_the_recipes_grid_leaves_no_copy(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "w.tif", np.random.default_rng(0).integers(0, 255, (1500, 900), np.uint8))
    recipe = wafer_recipe(COLUMNS, ROWS, align=True)

    with pytest.raises(ImageError):
        list(inspect_source(tmp_path / "w.tif", tmp_path / "copy.tif", recipe, GreyClassifier()))

    assert {p.name for p in tmp_path.iterdir()} == {"w.tif"}


def test_that_closing_while_the_image_is_read_leaves_no_copy_and_no_thread(source: Path, gate: Gate) -> None:
    job = inspect_source(source, source.with_name("copy.tif"), RECIPE, GreyClassifier())
    gate.let(1)
    _until_judged(job, [], 1)

    threading.Timer(0.2, gate.let, (100,)).start()  # by then the job is waiting for its reader to end
    job.close()

    assert {p.name for p in source.parent.iterdir()} == {"w.tif"}
    assert not [t for t in threading.enumerate() if t.name.startswith(("reading", "chips"))]


def test_that_pixels_of_fewer_bits_than_the_recipe_says_are_told_after_the_image(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "w.tif", wafer_pixels(COLUMNS, ROWS).astype(np.uint16) * 16, tile=(256, 256))

    found = _found(list(inspect_source(tmp_path / "w.tif", tmp_path / "copy.tif", RECIPE, GreyClassifier())))

    (note,) = [f for f in found if isinstance(f, Note)]
    assert "bits = 12" in note.text
    assert isinstance(found[found.index(note) - 1], Fingerprint)
