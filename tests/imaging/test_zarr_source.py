from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zarr
from imaging_fakes import plain_recipe, textured

from inspector.imaging.source import open_source
from inspector.imaging.sources.zarr_source import ZarrSource
from inspector.wafer.errors import ImageError

Writer = Callable[..., Path]


@pytest.fixture
def ome(tmp_path: Path) -> Writer:
    """Writes an OME-Zarr of one picture (y, x or c, y, x), with a second level of half the size."""

    def write(pixels: np.ndarray, version: str = "0.5", axes: str = "yx", **options: Any) -> Path:
        path = tmp_path / f"wafer{len(list(tmp_path.iterdir()))}.zarr"
        group = zarr.open_group(path, mode="w", zarr_format=3 if version == "0.5" else 2)
        levels = [pixels, pixels[..., ::2, ::2]]
        for name, level in enumerate(levels):
            chunks = tuple(64 if axis in "yx" else 1 for axis in axes)
            array = group.create_array(
                str(name), shape=level.shape, dtype=level.dtype, **({"chunks": chunks} | options)
            )
            array[...] = level
        about = {
            "axes": [{"name": axis, "type": "space" if axis in "zyx" else "channel"} for axis in axes],
            "datasets": [{"path": str(n)} for n in range(len(levels))],
        }
        if version == "0.5":
            group.attrs["ome"] = {"version": "0.5", "multiscales": [about]}
        else:
            group.attrs["multiscales"] = [about | {"version": version}]
        return path

    return write


def whole(path: Path, **rule: Any) -> np.ndarray:
    with open_source(path, plain_recipe(**rule)) as source:
        assert isinstance(source, ZarrSource)
        bands = list(source.bands())
        assert all(len(band) <= 256 for band in bands)
        found = np.concatenate(bands)
        assert found.shape == (source.header.height, source.header.width, source.header.channels)
        assert np.array_equal(source.read(30, 70, 101, 33), found[70:103, 30:131])
        return found


@pytest.mark.parametrize("version", ["0.4", "0.5"])
@pytest.mark.parametrize("kind", ["grey", "rgb", "16 bit", "tczyx"])
def test_that_ome_zarr_is_read_to_the_pixel(ome: Writer, version: str, kind: str) -> None:
    pixels = textured(300, 200, 3 if kind == "rgb" else 1)
    if kind == "rgb":
        assert np.array_equal(whole(ome(pixels.transpose(2, 0, 1), version, "cyx"), channels=3), pixels)
    elif kind == "16 bit":
        deep = pixels.astype(np.uint16) * 16 + 5
        assert np.array_equal(whole(ome(deep[:, :, 0], version), bits=12), deep)
    elif kind == "tczyx":
        assert np.array_equal(whole(ome(pixels[None, None, None, :, :, 0], version, kind)), pixels)
    else:
        assert np.array_equal(whole(ome(pixels[:, :, 0], version)), pixels)


def test_that_shards_and_uncompressed_chunks_are_read(ome: Writer) -> None:
    pixels = textured(300, 200)
    assert np.array_equal(whole(ome(pixels[:, :, 0], shards=(128, 128))), pixels)
    assert np.array_equal(whole(ome(pixels[:, :, 0], compressors=None)), pixels)


def test_that_its_own_smaller_level_is_used(ome: Writer) -> None:
    pixels = textured(300, 200)
    with ZarrSource(ome(pixels[:, :, 0]), plain_recipe()) as source:
        assert source.random_access
        assert np.array_equal(source.coarse(150), pixels[::2, ::2])
        assert source.coarse(151) is None


@pytest.mark.parametrize("version", ["0.4", "0.5"])
def test_that_a_missing_chunk_is_not_imaged(ome: Writer, version: str) -> None:
    path = ome(textured(300, 200)[:, :, 0], version)
    with ZarrSource(path, plain_recipe()) as source:
        assert source.not_imaged == ()
    (path / ("0/2.1" if version == "0.4" else "0/c/2/1")).unlink()
    (path / ("0/4.3" if version == "0.4" else "0/c/4/3")).unlink()
    with ZarrSource(path, plain_recipe()) as source:
        assert source.not_imaged == ((64, 128, 64, 64), (192, 256, 8, 44))
        assert not source.read(64, 128, 64, 64).any()


@pytest.mark.parametrize("options", [{}, {"compressors": None}])
@pytest.mark.parametrize("left", [0, 40])
def test_that_a_damaged_chunk_is_named(ome: Writer, options: dict[str, Any], left: int) -> None:
    path = ome(textured(300, 200)[:, :, 0], **options)
    chunk = path / "0/c/2/1"
    chunk.write_bytes(chunk.read_bytes()[:left])
    with ZarrSource(path, plain_recipe()) as source, pytest.raises(ImageError, match=r"damaged chunk \(0/c/2/1\)"):
        list(source.bands())


def test_that_what_is_no_single_plane_is_refused(ome: Writer, tmp_path: Path) -> None:
    grey = textured(70, 80)[:, :, 0]
    refusals = [
        (ome(np.stack([grey, grey]), axes="zyx"), "2 planes along z"),
        (ome(np.stack([grey, grey]), axes="cyx"), "2 channels"),
        (ome(grey.astype(np.float32)), "type float32"),
        (ome(grey, version="0.3"), r"OME-Zarr 0\.3"),
    ]
    bare = tmp_path / "bare.zarr"
    zarr.open_group(bare, mode="w")
    empty = tmp_path / "empty.zarr"
    empty.mkdir()
    lacking = ome(grey)
    shutil.rmtree(lacking / "0")
    broken = ome(grey)
    (broken / "zarr.json").write_text(json.dumps({"zarr_format": 3})[:9])
    refusals += [
        (bare, "no OME-Zarr image"),
        (empty, "no Zarr group"),
        (lacking, "lacks its level 0"),
        (broken, "can't be decoded"),
    ]
    for path, match in refusals:
        with pytest.raises(ImageError, match=match):
            ZarrSource(path, plain_recipe())


def test_that_a_claim_of_a_huge_plane_is_refused_before_reading(ome: Writer) -> None:
    path = ome(textured(70, 80)[:, :, 0])
    facts = json.loads((path / "0/zarr.json").read_text())
    facts["shape"] = [1 << 24, 1 << 24]
    (path / "0/zarr.json").write_text(json.dumps(facts))
    with pytest.raises(ImageError, match="claims 16777216 x 16777216 pixels"):
        ZarrSource(path, plain_recipe())
    facts["shape"] = [70, 80]
    facts["chunk_grid"]["configuration"]["chunk_shape"] = [1 << 17, 1 << 17]
    (path / "0/zarr.json").write_text(json.dumps(facts))
    with pytest.raises(ImageError, match="chunks too large for memory"):
        ZarrSource(path, plain_recipe())


def test_that_the_fingerprint_follows_any_chunk(ome: Writer) -> None:
    path = ome(textured(70, 80)[:, :, 0])
    marks = []
    for _ in range(2):
        with ZarrSource(path, plain_recipe()) as source:
            marks.append(source.fingerprint())
        (path / "1/c/0/0").write_bytes(b"other")
    assert marks[0].sha256 != marks[1].sha256
