"""What the working copy's format costs: writing, reading chips at random and size, per CPU-second, against others.

python tests/benchmarks/working_copy.py [--side 16384] [--askew] [--folder DIR]

One image of stripes and noise, files in the system's cache, every way interleaved with the others, the best of three
rounds. Reading is every chip of 1024 px once, in random order; with --askew they lie 100 px off the tiles. cv2.imread
must read it all first. OME-Zarr is measured where the package zarr can be imported.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path

import numpy as np
import tifffile
from numpy.typing import NDArray

from inspector.cli.show import find_recipe
from inspector.imaging import cv2
from inspector.imaging.source import open_source
from inspector.imaging.tiled_tiff import Layout, PyramidWriter
from inspector.imaging.wafer_image import WaferImage

CHIP, TILE = 1024, 512
Pixels = NDArray[np.uint8]
Places = list[tuple[int, int]]


def picture(side: int) -> Pixels:
    """uint8 (side, side): stripes as on a laser chip, with a camera's noise."""
    rng = np.random.default_rng(7)
    stripes = 110 + 40 * np.sin(np.arange(side) / 37.0)
    out = np.empty((side, side), np.uint8)
    for top in range(0, side, 1024):
        out[top : top + 1024] = np.clip(stripes + rng.normal(0, 2.5, (min(1024, side - top), side)), 0, 255)
    return out


def halves(pixels: Pixels) -> Iterator[Pixels]:
    """The smaller levels."""
    while max(pixels.shape) > TILE:
        pixels = cv2.resize(pixels, (pixels.shape[1] // 2, pixels.shape[0] // 2), interpolation=cv2.INTER_AREA)
        yield pixels


def write_ours(path: Path, pixels: Pixels) -> None:
    """As the program does, band by band."""
    with FileIO(path, "w") as file:
        writer = PyramidWriter(file, Layout(pixels.shape[1], pixels.shape[0], 1, 8, "benchmark"))
        for top in range(0, len(pixels), 512):
            writer.add(pixels[top : top + 512, :, None])


def write_packed(compression: str) -> Callable[[Path, Pixels], None]:
    """A tiled pyramid by tifffile."""

    def write(path: Path, pixels: Pixels) -> None:
        levels = list(halves(pixels))
        how = {"tile": (TILE, TILE), "compression": compression, "predictor": True, "maxworkers": 1}
        with tifffile.TiffWriter(path, bigtiff=True) as tiff:
            tiff.write(pixels, subifds=len(levels), **how)
            for level in levels:
                tiff.write(level, subfiletype=1, **how)

    return write


def write_deflate(path: Path, pixels: Pixels) -> None:
    """What cv2.imread is given: strips, deflate."""
    tifffile.imwrite(path, pixels, compression="zlib", rowsperstrip=64, maxworkers=1)


def write_zarr(path: Path, pixels: Pixels) -> None:
    """An OME-Zarr pyramid as zarr makes it by itself: zstd, chunks of 1024."""
    import zarr

    group = zarr.open_group(str(path), mode="w")
    for number, level in enumerate([pixels, *halves(pixels)]):
        array = group.create_array(str(number), shape=level.shape, chunks=(1024, 1024), dtype="uint8")
        array[:] = level


def read_ours(path: Path, places: Places) -> int:
    """Chips through WaferImage."""
    with WaferImage.open(path) as image:
        return sum(int(image.read(0, x, y, CHIP, CHIP)[0, 0, 0]) for x, y in places)


def read_source(path: Path, places: Places) -> int:
    """Chips through the reader of sources, which decodes the tiles that they touch."""
    with open_source(path, find_recipe("laser-wafer")) as source:
        return sum(int(source.read(x, y, CHIP, CHIP)[0, 0, 0]) for x, y in places)


def read_zarr(path: Path, places: Places) -> int:
    """Chips through zarr."""
    import zarr

    array = zarr.open_array(str(path / "0"), mode="r")
    return sum(int(array[y : y + CHIP, x : x + CHIP][0, 0]) for x, y in places)


def read_whole(path: Path, places: Places) -> int:
    """Chips out of cv2.imread's whole image: the usual way, here only to compare with."""
    whole = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    return sum(int(whole[y : y + CHIP, x : x + CHIP].copy()[0, 0]) for x, y in places)


WAYS: dict[str, tuple[Callable[[Path, Pixels], None], Callable[[Path, Places], int]]] = {
    "OME-TIFF, not compressed (ours)": (write_ours, read_ours),
    "OME-TIFF, zstd and predictor": (write_packed("zstd"), read_source),
    "OME-TIFF, deflate and predictor": (write_packed("zlib"), read_source),
    "OME-Zarr (zarr, zstd)": (write_zarr, read_zarr),
    "deflate strips, cv2.imread": (write_deflate, read_whole),
}


def size_of(path: Path) -> int:
    """Bytes of a file or of all files in a folder."""
    return sum(p.stat().st_size for p in path.rglob("*")) if path.is_dir() else path.stat().st_size


def main() -> None:
    """Write, read, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--side", type=int, default=16384)
    options.add_argument("--askew", action="store_true")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--folder", type=Path)
    asked = options.parse_args()
    cv2.setNumThreads(1)
    pixels = picture(asked.side)
    starts = range(100 * asked.askew, asked.side - CHIP + 1, CHIP)
    places = [(x, y) for y in starts for x in starts]
    np.random.default_rng(1).shuffle(places)
    ways = dict(WAYS)
    try:
        import zarr  # noqa: F401
    except ImportError:
        ways.pop("OME-Zarr (zarr, zstd)")
        sys.stdout.write("zarr is not here: OME-Zarr is left out\n")
    written, read, sizes, sums = dict.fromkeys(ways, 1e9), dict.fromkeys(ways, 1e9), {}, set()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for _ in range(asked.rounds):
            for number, (name, (write, reader)) in enumerate(ways.items()):
                path = Path(folder) / f"{number}.tif"
                start = time.process_time()
                write(path, pixels)
                written[name] = min(written[name], time.process_time() - start)
                sizes[name] = size_of(path)
                start = time.process_time()
                sums.add(reader(path, places))
                read[name] = min(read[name], time.process_time() - start)
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    if len(sums) > 1:
        raise SystemExit("the ways do not read the same pixels")
    peer = read["deflate strips, cv2.imread"]
    million = asked.side**2 / 1e6
    sys.stdout.write(f"{asked.side} x {asked.side} px, {len(places)} chips of {CHIP} px, per CPU-second\n")
    for name in ways:
        sys.stdout.write(
            f"  {name:34s} {million / written[name]:7.0f} Mpx written  {len(places) / read[name]:7.0f} chips read "
            f"({peer / read[name]:5.1f}x cv2.imread)  {sizes[name] / 1e6:6.0f} MB\n"
        )


if __name__ == "__main__":
    main()
