from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile
from imaging_fakes import GRID, plain_recipe, textured, wafer_pixels

from inspector.imaging.source import open_source
from inspector.imaging.sources.light import Light, light_for
from inspector.imaging.synthetic.shots import Cutting, cut_shots, with_shots
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import Grid
from inspector.wafer.recipe import Recipe

Pixels = np.ndarray


def falling_off(height: int, width: int, loss: float = 0.4) -> Pixels:
    """float64 (height, width): the light of a lens that is not quite in the middle."""
    y, x = np.mgrid[:height, :width]
    return 1 - loss * (((x / width - 0.45) * 2) ** 2 + ((y / height - 0.55) * 2) ** 2) / 2


def even_wafer(grid: Grid, margin: int = 50) -> tuple[Pixels, Pixels]:
    """float64 (H, W): chips of nearly one brightness between dark streets; and bool, where chips lie."""
    rng = np.random.default_rng(8)
    width, height = (round(grid.origin[i] + grid.extent[i]) + margin for i in (0, 1))
    wafer, chips = np.full((height, width), 60.0), np.zeros((height, width), dtype=bool)
    for chip in grid.chip_ids():
        x, y = (round(v) for v in grid.corners(chip)[0])
        place = np.s_[y : y + round(grid.chip[1]), x : x + round(grid.chip[0])]
        wafer[place] = 130 + rng.uniform(-5, 5)
        chips[place] = True
    return wafer + rng.normal(0, 2, wafer.shape), chips


def spread(of: Pixels) -> float:
    """The ratio of the brightest to the darkest per cent."""
    return float(np.percentile(of, 99) / np.percentile(of, 1))


def corrected(path: Path, recipe: Recipe) -> Pixels:
    with open_source(path, recipe) as source:
        light = light_for(source, recipe)
        assert light is not None

        def bands() -> Iterator[Pixels]:
            top = 0
            for band in source.bands():
                yield light.correct(band, top)
                top += len(band)

        return np.concatenate(list(bands()))


def of_chips(grid: Grid, **light: object) -> Recipe:
    told = {"columns": grid.columns, "rows": grid.rows, "chip": grid.chip, "pitch": grid.pitch, "origin": grid.origin}
    return plain_recipe(grid=told, light=light or None)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_that_a_reference_takes_the_light_out_within_half_a_level(tmp_path: Path, kind: type, channels: int) -> None:
    scale = 1 if kind is np.uint8 else 257
    light = falling_off(300, 420)[:, :, None]
    flat = np.rint(200 * scale * light * np.ones(channels)).astype(kind)
    dark = np.full(flat.shape, 7 * scale, dtype=kind)
    even = textured(300, 420, channels) * 0.5 * scale
    wafer = np.rint(even * light + 7 * scale).astype(kind)
    for name, pixels in (("flat", flat + dark), ("dark", dark), ("wafer", wafer)):
        tifffile.imwrite(tmp_path / f"{name}.tif", pixels, photometric="rgb" if channels == 3 else "minisblack")
    section = {"reference": str(tmp_path / "flat.tif"), "dark": str(tmp_path / "dark.tif")}
    found = corrected(tmp_path / "wafer.tif", plain_recipe(channels, light=section))
    assert found.dtype == kind
    signal = flat.astype(float)
    exact = (wafer.astype(float) - dark) * (signal.mean(axis=(0, 1)) / signal)
    assert np.abs(found - np.clip(exact, 0, 255 * scale)).max() <= 0.51
    assert np.abs(found / (light.mean() * scale) - even / scale).max() < 2.0


def test_that_a_large_reference_is_kept_small_with_a_small_error() -> None:
    gain = 1 / falling_off(2000, 3000)
    block = 8
    means = gain.reshape(250, block, 375, block).mean(axis=(1, 3)).astype(np.float32)[:, :, None]
    light = Light((3000, 2000), means, block)
    band = np.full((96, 3000, 1), 120, dtype=np.uint8)
    for top in (0, 700, 1904):
        exact = np.clip(120 * gain[top : top + 96], 0, 255)
        assert np.abs(light.correct(band, top)[:, :, 0] - exact).max() <= 0.75
        assert np.array_equal(light.correct(band[:, 500:900], top, 500), light.correct(band, top)[:, 500:900])


def test_that_corrected_values_stay_within_their_bits() -> None:
    gain = np.full((4, 4, 1), 2.0, dtype=np.float32)
    bright = np.full((4, 4, 1), 4000, dtype=np.uint16)
    assert (Light((4, 4), gain, most=4095).correct(bright, 0) == 4095).all()
    assert (Light((4, 4), gain).correct(np.full((4, 4, 1), 200, dtype=np.uint8), 0) == 255).all()


def test_that_a_reference_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "wafer.tif", textured(60, 80)[:, :, 0])
    for pixels, match in (
        (np.full((60, 81), 100, np.uint8), "is 81 x 60 pixels, but wafer.tif has 80 x 60"),
        (np.full((60, 80), 100, np.uint16), "has 16 bits, but wafer.tif has 8"),
        (np.zeros((60, 80), np.uint8), "dark all over"),
    ):
        tifffile.imwrite(tmp_path / "flat.tif", pixels)
        recipe = plain_recipe(light={"reference": str(tmp_path / "flat.tif")})
        with open_source(tmp_path / "wafer.tif", recipe) as source, pytest.raises(ImageError, match=match):
            light_for(source, recipe)
    recipe = plain_recipe(light={"reference": str(tmp_path / "absent.tif")})
    with open_source(tmp_path / "wafer.tif", recipe) as source, pytest.raises(ImageError, match=r"absent.tif"):
        light_for(source, recipe)


@pytest.mark.parametrize("round_wafer", [False, True])
def test_that_the_light_is_estimated_from_a_wafer_with_streets_and_marks(tmp_path: Path, round_wafer: bool) -> None:
    grid = Grid(12, 12, (100, 80), (112, 90), (60, 54))
    even, chips = even_wafer(grid)
    height, width = even.shape
    even[300:420, 500:800] = 20  # a large dark mark
    chips[300:420, 500:800] = False
    y, x = np.mgrid[:height, :width]
    if round_wafer:
        chips &= ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) < 0.25
    seen = np.where(chips | (not round_wafer), even * falling_off(height, width), 4)
    tifffile.imwrite(tmp_path / "wafer.tif", np.rint(seen).astype(np.uint8), tile=(256, 256))
    found = corrected(tmp_path / "wafer.tif", of_chips(grid, estimate=True))[:, :, 0]
    assert spread(seen[chips] / even[chips]) > 1.2
    assert spread(found[chips] / even[chips]) < 1.07


def test_that_an_even_wafer_stays_as_it_is(tmp_path: Path) -> None:
    even, chips = even_wafer(GRID)
    pixels = np.rint(even).astype(np.uint8)
    tifffile.imwrite(tmp_path / "wafer.tif", pixels)
    found = corrected(tmp_path / "wafer.tif", of_chips(GRID, estimate=True))[:, :, 0]
    assert spread(found[chips] / pixels[chips]) < 1.06


@pytest.mark.parametrize("way", ["reference", "estimate"])
def test_that_each_shot_is_freed_from_its_own_light(tmp_path: Path, way: str) -> None:
    grid = Grid(14, 10, (100, 80), (112, 90), (40, 34))
    tifffile.imwrite(tmp_path / "wafer.tif", wafer_pixels(grid))
    cutting = Cutting(4, 3)
    even_recipe = with_shots(of_chips(grid), cutting)
    shots = cut_shots(tmp_path / "wafer.tif", tmp_path / "W1", even_recipe, cutting, seed=2)
    with open_source(tmp_path / "W1", even_recipe) as source:
        even = np.concatenate(list(source.bands())).astype(float)
        assert light_for(source, even_recipe) is None
    for shot in shots:
        pixels = tifffile.imread(shot.path)
        light = falling_off(*pixels.shape, loss=0.3)
        tifffile.imwrite(shot.path, np.rint(pixels * light).astype(np.uint8))
    tifffile.imwrite(tmp_path / "flat.tif", np.rint(220 * light).astype(np.uint8))
    section = {"estimate": True} if way == "estimate" else {"reference": str(tmp_path / "flat.tif")}
    with open_source(tmp_path / "W1", with_shots(of_chips(grid, **section), cutting)) as source:
        found = np.concatenate(list(source.bands())).astype(float)
    bright = (even > 90) & (even < 200)
    assert spread(found[bright] / even[bright]) < (1.05 if way == "reference" else 1.15)
