"""The working copy holds the source's pixels at every level and is never seen half written."""

from __future__ import annotations

import itertools
import os
import shutil
import threading
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from pathlib import Path

import numpy as np
import pytest
import tifffile
from imaging_fakes import encoded, plain_recipe, textured, working_copy

from inspector.imaging import cv2
from inspector.imaging.part_file import clear_left_behind
from inspector.imaging.pixels import Pixels
from inspector.imaging.source import FileSource, fingerprint, read_image
from inspector.imaging.tiled_tiff import Layout, PyramidWriter
from inspector.imaging.wafer_image import WaferImage
from inspector.imaging.working_copy import make_working_copy
from inspector.wafer.errors import ImageChangedError, ImageError


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A striped TIFF of 1300 x 1700 pixels: more than one tile and odd sizes on each level."""
    tifffile.imwrite(tmp_path / "Größe.tif", textured(1700, 1301)[:, :, 0], rowsperstrip=64)
    return tmp_path / "Größe.tif"


@pytest.mark.parametrize("channels", [1, 3])
def test_that_the_copy_holds_the_exact_pixels(tmp_path: Path, channels: int) -> None:
    pixels = textured(1100, 700, channels)

    with working_copy(tmp_path, pixels[:, :, 0] if channels == 1 else pixels) as image:
        assert (image.width, image.height, image.channels) == (700, 1100, channels)
        assert np.array_equal(image.read(0, 0, 0, 700, 1100), pixels)


def test_that_a_rectangle_is_read_exactly_and_is_0_outside(tmp_path: Path) -> None:
    pixels = textured(1100, 700)[:, :, 0]
    padded = np.pad(pixels, 600)

    with working_copy(tmp_path, pixels) as image:
        for x, y, w, h in [
            (500, 500, 30, 30),
            (-7, -9, 20, 20),
            (690, 1090, 50, 60),
            (-600, 0, 10, 10),
            (0, 511, 700, 2),
        ]:
            expected = padded[y + 600 : y + 600 + h, x + 600 : x + 600 + w]
            assert np.array_equal(image.read(0, x, y, w, h)[:, :, 0], expected)
        assert not image.read(0, 5000, 5000, 4, 4).any()
        assert image.read(0, 3, 3, 0, 5).shape == (5, 0, 1)


def test_that_each_level_is_half_of_the_one_before_and_the_last_fits_one_tile(tmp_path: Path) -> None:
    pixels = textured(1100, 1301)[:, :, 0]

    with working_copy(tmp_path, pixels) as image:
        assert [image.level_size(n) for n in range(image.levels)] == [(1301, 1100), (651, 550), (326, 275)]
        small = image.read(1, 0, 0, 651, 550)[:, :, 0]
        mean = pixels[:, :1300].reshape(550, 2, 650, 2).mean(axis=(1, 3))
        assert np.abs(small[:, :650] - mean).max() <= 0.5
        last = pixels[:, 1300].reshape(550, 2).mean(axis=1)
        assert np.abs(small[:, 650] - last).max() <= 0.5


def test_that_the_copy_opens_in_other_programs(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "copy.tif"
    list(make_working_copy(source, target, plain_recipe()))
    pixels = read_image(source, 1)[:, :, 0]

    assert np.array_equal(tifffile.imread(target, key=0), pixels)
    assert np.array_equal(cv2.imdecode(np.fromfile(target, np.uint8), cv2.IMREAD_UNCHANGED), pixels)  # libtiff
    with tifffile.TiffFile(target) as file:
        assert file.is_ome
        assert [level.shape for level in file.series[0].levels] == [(1700, 1301), (850, 651), (425, 326)]
        assert file.pages[0].pages[1].is_reduced


def test_that_progress_counts_rows_and_ends_with_the_sources_fingerprint(tmp_path: Path, source: Path) -> None:
    steps = list(make_working_copy(source, tmp_path / "copy.tif", plain_recipe()))

    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert (steps[-1].done, steps[-1].total, steps[-1].found) == (1700, 1700, fingerprint(source))
    assert all(s.found is None for s in steps[:-1])


@pytest.fixture
def paused(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Image files give their first band, and the others only once this is set."""
    free = threading.Event()
    bands = FileSource.bands

    def slowly(source: FileSource) -> Iterator[Pixels]:
        for number, band in enumerate(bands(source)):
            if number:
                free.wait(30)
            yield band

    monkeypatch.setattr(FileSource, "bands", slowly)
    return free


def test_that_closing_early_leaves_nothing_behind(tmp_path: Path, source: Path, paused: threading.Event) -> None:
    job = make_working_copy(source, tmp_path / "copy.tif", plain_recipe())
    next(job)
    assert (tmp_path / "copy.tif.part").exists()

    paused.set()
    job.close()

    assert {p.name for p in tmp_path.iterdir()} == {source.name}


@pytest.mark.parametrize("change", ["rewritten", "rewritten and set back", "grown", "shortened", "touched"])
def test_that_a_source_that_changes_meanwhile_is_refused_and_no_copy_is_left(
    tmp_path: Path, source: Path, change: str, paused: threading.Event
) -> None:
    job = make_working_copy(source, tmp_path / "copy.tif", plain_recipe())
    next(job)

    before = source.stat()
    with source.open("r+b") as file:
        if change.startswith("rewritten"):
            file.seek(5000)
            file.write(b"\0" * 2000)
        elif change == "grown":
            file.seek(0, os.SEEK_END)
            file.write(b"more")
        elif change == "shortened":
            file.truncate(300_000)
    if change == "touched":
        os.utime(source, ns=(1, 1))
    elif change == "rewritten and set back":
        os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    paused.set()

    with pytest.raises(ImageChangedError, match=r"Größe\.tif.*changed while it was read"):
        list(job)
    assert {p.name for p in tmp_path.iterdir()} == {source.name}


def test_that_a_source_that_vanishes_meanwhile_is_refused_but_did_not_change(
    tmp_path: Path, source: Path, paused: threading.Event
) -> None:
    job = make_working_copy(source, tmp_path / "copy.tif", plain_recipe())
    next(job)
    source.unlink()
    paused.set()

    with pytest.raises(ImageError, match=r"Größe\.tif does not exist") as caught:
        list(job)
    assert not isinstance(caught.value, ImageChangedError)
    assert not list(tmp_path.iterdir())


def test_that_a_copy_is_written_by_one_program_at_a_time_and_what_a_dead_one_left_is_cleared_away(
    tmp_path: Path, source: Path, paused: threading.Event
) -> None:
    job = make_working_copy(source, tmp_path / "copy.tif", plain_recipe())
    next(job)
    (tmp_path / "dead.tif.part").write_bytes(b"half of it")

    with pytest.raises(ImageError, match="another program"):
        next(make_working_copy(source, tmp_path / "copy.tif", plain_recipe()))
    assert clear_left_behind(tmp_path) == 1
    paused.set()
    list(job)

    assert {p.name for p in tmp_path.iterdir()} == {source.name, "copy.tif"}


def test_that_a_full_disk_is_said_before_anything_is_written(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda place: shutil._ntuple_diskusage(10 << 30, 10 << 30, 5 << 20))

    with pytest.raises(ImageError, match=r"needs 6\d MB, but .* has 5 MB left: free some space"):
        list(make_working_copy(source, tmp_path / "copy.tif", plain_recipe()))

    assert {p.name for p in tmp_path.iterdir()} == {source.name}


@pytest.mark.parametrize(("channels", "bits"), [(1, 12), (1, 16), (3, 16)])
def test_that_a_copy_keeps_all_bits_and_shows_the_highest_eight(tmp_path: Path, channels: int, bits: int) -> None:
    rng = np.random.default_rng(4)
    pixels = rng.integers(0, 1 << bits, (700, 900, channels), dtype=np.uint16)
    photometric = "rgb" if channels == 3 else "minisblack"
    tifffile.imwrite(tmp_path / "w.tif", pixels if channels == 3 else pixels[:, :, 0], photometric=photometric)
    list(make_working_copy(tmp_path / "w.tif", tmp_path / "copy.tif", plain_recipe(channels, bits)))

    with WaferImage.open(tmp_path / "copy.tif") as image:
        assert image.bits == bits
        assert np.array_equal(image.read_original(0, 0, 0, 900, 700), pixels)
        assert np.array_equal(image.read(0, 100, 200, 50, 60), (pixels >> (bits - 8))[200:260, 100:150])
        assert image.read(1, 0, 0, 450, 350).dtype == np.uint8
    assert np.array_equal(tifffile.imread(tmp_path / "copy.tif", key=0).reshape(pixels.shape), pixels)


@pytest.mark.parametrize("heights", [[1], [7, 513, 2], [512], [511, 1024, 3]])
def test_that_bands_of_any_height_give_the_same_copy(tmp_path: Path, heights: list[int]) -> None:
    pixels = textured(1700, 601)
    layout = Layout(601, 1700, 1, 8, "w")
    with FileIO(tmp_path / "whole.tif", "w") as file:
        PyramidWriter(file, layout).add(pixels)
    with FileIO(tmp_path / "bands.tif", "w") as file:
        writer, top = PyramidWriter(file, layout), 0
        for height in itertools.cycle(heights):
            writer.add(pixels[top : top + height])
            top += height
            if top >= 1700:
                break
        assert writer.rows == 1700

    assert (tmp_path / "bands.tif").read_bytes() == (tmp_path / "whole.tif").read_bytes()


def test_that_rows_can_be_read_while_later_ones_are_written(tmp_path: Path) -> None:
    pixels = textured(1700, 1301)
    with FileIO(tmp_path / "part.tif", "w") as file:
        writer = PyramidWriter(file, Layout(1301, 1700, 1, 8, "w"))
        with WaferImage.open(tmp_path / "part.tif", lambda: writer.rows) as image:
            for top in range(0, 1700, 100):
                writer.add(pixels[top : top + 100])
                assert np.array_equal(image.read(0, 0, 0, 1301, top + 100), pixels[: top + 100])


def test_that_an_older_copy_survives_a_failed_one(tmp_path: Path, source: Path) -> None:
    target = tmp_path / "copy.tif"
    list(make_working_copy(source, target, plain_recipe()))
    before = target.read_bytes()
    (tmp_path / "bad.png").write_bytes(encoded(".png", textured(50, 50))[:-9])

    with pytest.raises(ImageError):
        list(make_working_copy(tmp_path / "bad.png", target, plain_recipe()))

    assert target.read_bytes() == before


def test_that_a_folder_that_is_not_there_gives_one_sentence(tmp_path: Path, source: Path) -> None:
    with pytest.raises(ImageError, match="can't be written"):
        list(make_working_copy(source, tmp_path / "nowhere" / "copy.tif", plain_recipe()))


def test_that_many_threads_read_the_same_pixels(tmp_path: Path) -> None:
    pixels = textured(1600, 1600)[:, :, 0]
    rng = np.random.default_rng(0)
    places = [tuple(rng.integers(0, 1500, 2)) for _ in range(200)]

    with working_copy(tmp_path, pixels) as image, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda p: image.read(0, int(p[0]), int(p[1]), 100, 100)[:, :, 0], places))

    assert all(np.array_equal(f, pixels[y : y + 100, x : x + 100]) for f, (x, y) in zip(found, places, strict=True))


def test_that_what_is_no_working_copy_is_refused(tmp_path: Path, source: Path) -> None:
    (tmp_path / "text.tif").write_text("text")

    for path in (source, tmp_path / "text.tif", tmp_path / "missing.tif"):
        with pytest.raises(ImageError):
            WaferImage.open(path)


def test_that_a_copy_that_is_cut_short_is_refused_when_opened_and_when_read(tmp_path: Path) -> None:
    image = working_copy(tmp_path, textured(1600, 1600)[:, :, 0])
    whole = image.path.read_bytes()

    os.truncate(image.path, 300_000)
    with pytest.raises(ImageError, match="open the wafer's image again"):
        image.read(0, 1000, 1000, 100, 100)
    image.close()

    image.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ImageError):
        WaferImage.open(image.path)


def test_that_reading_after_close_is_an_image_error(tmp_path: Path) -> None:
    image = working_copy(tmp_path, textured(600, 600)[:, :, 0])
    image.close()

    with pytest.raises(ImageError):
        image.read(0, 0, 0, 10, 10)


def test_that_a_large_image_is_copied_in_bounded_memory(tmp_path: Path) -> None:
    height, width = 8192, 2048
    rows = np.tile(textured(64, width)[:, :, 0], (height // 64, 1))
    tifffile.imwrite(tmp_path / "w.tif", rows, tile=(256, 256))
    del rows

    tracemalloc.start()
    list(make_working_copy(tmp_path / "w.tif", tmp_path / "copy.tif", plain_recipe()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < height * width / 2
