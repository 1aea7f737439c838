"""ZarrSource: one wafer kept as OME-Zarr 0.4 or 0.5 (Zarr 2 or 3) in a local folder, read chunk row by chunk row."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import zarr
from numpy.typing import NDArray

from inspector.imaging.pixels import Pixels, Storage, plain, to_bytes
from inspector.imaging.source import Fingerprint
from inspector.imaging.sources.image_header import ImageHeader, refusal, refusing, within_budget
from inspector.imaging.sources.named_files import folder_fingerprint
from inspector.wafer.errors import ImageError
from inspector.wafer.recipe import Recipe

_BAND_ROWS = 256
_MAX_BAND_BYTES = 1 << 30  # decoded; one row of chunks is the least that can be read
_MAX_LEVEL_PIXELS = 64_000_000
_COLOURS = {1: Storage("grey"), 3: Storage("rgb"), 4: Storage("rgb", alpha=True)}


class ZarrSource:
    """The first multiscale image of an OME-Zarr group: one plane, grey (c = 1) or RGB (c = 3), 8 or 16 bit.

    t and z must have one plane each. A chunk that is not there holds the fill value by the standard; here nobody
    knows whether it was ever written, so its area is not_imaged. ImageError for a damaged chunk, by its name.
    """

    random_access = True

    def __init__(self, path: Path, recipe: Recipe) -> None:
        self.path, self._rule = path, recipe.image
        with refusing(path):
            group = _group(path)
            axes, names = _multiscale(path, dict(group.attrs))
            self._axes = axes
            self._levels = [(name, _array(path, group, name)) for name in names]
        self._name, self._array = self._levels[0]
        sizes = dict(zip(axes, self._array.shape, strict=True))
        self._storage = _storage(path, sizes)
        kind = np.dtype(self._array.dtype)
        if kind not in (np.uint8, np.uint16):
            raise refusal(path, f"has pixels of the type {kind}", "save it with 8 or 16 bits without sign")
        bits = 8 * kind.itemsize
        header = ImageHeader(path, sizes["x"], sizes["y"], self._storage.channels, bits, "ome-zarr")
        self.header = within_budget(header)
        self._chunk = dict(zip(axes, self._array.shards or self._array.chunks, strict=True))
        band = self._chunk["y"] * self.header.width * self._storage.channels
        if max(band, math.prod(self._chunk.values())) * kind.itemsize > _MAX_BAND_BYTES:
            raise refusal(path, "has chunks too large for memory", "save it with chunks of 512 x 512 pixels")
        self.not_imaged = tuple(self._unwritten())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def bands(self) -> Iterator[Pixels]:
        rows = self._chunk["y"] * max(1, _BAND_ROWS // self._chunk["y"])
        for top in range(0, self.header.height, rows):
            yield self.read(0, top, self.header.width, min(rows, self.header.height - top))

    def read(self, x: int, y: int, width: int, height: int) -> Pixels:
        with refusing(self.path):
            try:
                stored = _plane(self._array, self._axes, x, y, width, height)
            except Exception as error:
                raise self._damage(x, y, width, height, error) from error
            return plain(stored, self._storage, self._rule, self.path)

    def coarse(self, longest: int) -> NDArray[np.uint8] | None:
        at = (self._axes.index("y"), self._axes.index("x"))
        fitting = [a for _, a in self._levels[1:] if max(a.shape[i] for i in at) >= longest]
        fitting = [a for a in fitting if a.shape[at[0]] * a.shape[at[1]] <= _MAX_LEVEL_PIXELS]
        if not fitting:
            return None
        level = min(fitting, key=lambda a: int(a.shape[at[1]]))
        with refusing(self.path):
            stored = _plane(level, self._axes, 0, 0, level.shape[at[1]], level.shape[at[0]])
            pixels = plain(stored, self._storage, self._rule, self.path)
        return to_bytes(pixels, self.header.channels, self._rule.bits)

    def fingerprint(self) -> Fingerprint:
        with refusing(self.path):
            files = [file for file in self.path.rglob("*") if file.is_file()]
        return folder_fingerprint(self.path, files)

    def close(self) -> None:
        """Nothing is open between two calls."""

    def _chunks(self, x: int, y: int, width: int, height: int) -> Iterator[tuple[int, int]]:
        """(column, row) of the chunks (with shards: of the shards) that a rectangle touches."""
        w, h = self._chunk["x"], self._chunk["y"]
        rows, columns = range(y // h, (y + height - 1) // h + 1), range(x // w, (x + width - 1) // w + 1)
        return ((column, row) for row, column in product(rows, columns))

    def _file(self, column: int, row: int, channel: int = 0) -> Path:
        where = {"x": column, "y": row, "c": channel}
        key = self._array.metadata.encode_chunk_key(tuple(where.get(axis, 0) for axis in self._axes))
        return self.path / self._name / str(key)

    def _unwritten(self) -> Iterator[tuple[int, int, int, int]]:
        w, h = self._chunk["x"], self._chunk["y"]
        width, height = self.header.width, self.header.height
        samples = self._array.shape[self._axes.index("c")] if "c" in self._axes else 1
        deep = math.ceil(samples / self._chunk.get("c", 1))
        for column, row in self._chunks(0, 0, width, height):
            if not all(self._file(column, row, channel).is_file() for channel in range(deep)):
                x, y = column * w, row * h
                yield x, y, min(w, width - x), min(h, height - y)

    def _damage(self, x: int, y: int, width: int, height: int, error: Exception) -> ImageError:
        """Names the first chunk of a rectangle that can't be read by itself."""
        w, h = self._chunk["x"], self._chunk["y"]
        for column, row in self._chunks(x, y, width, height):
            left, top = column * w, row * h
            right, bottom = min(left + w, self.header.width), min(top + h, self.header.height)
            try:
                _plane(self._array, self._axes, left, top, right - left, bottom - top)
            except Exception:
                name = self._file(column, row).relative_to(self.path).as_posix()
                return refusal(self.path, f"has a damaged chunk ({name})", "copy it again from where it was taken")
        return refusal(self.path, f"can't be read ({error})", "copy it again from where it was taken")


def _group(path: Path) -> Any:
    try:
        return zarr.open_group(path, mode="r")
    except FileNotFoundError as error:
        fault = "holds no Zarr group (.zgroup or zarr.json)"
        raise refusal(path, fault, "name the folder of an OME-Zarr image") from error


def _multiscale(path: Path, attributes: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Names of the axes, and of the arrays from the largest down (OME-NGFF 0.4, and 0.5 where they lie in "ome")."""
    about = attributes.get("ome", attributes)
    found = about.get("multiscales")
    if not isinstance(found, list) or not found:
        remedy = "name the folder of one image, the one with multiscales in its metadata"
        raise refusal(path, "is no OME-Zarr image", remedy)
    if len(found) > 1:
        raise refusal(path, f"holds {len(found)} images", "save each as an OME-Zarr of its own")
    version = str(about.get("version", found[0].get("version", "")))
    if version not in ("0.4", "0.5"):
        raise refusal(path, f"is OME-Zarr {version or 'without a version'}", "save it as OME-Zarr 0.4 or 0.5")
    axes = [axis["name"] for axis in found[0]["axes"]]
    if not {"y", "x"} <= set(axes) or not set(axes) <= set("tczyx") or len(set(axes)) != len(axes):
        raise refusal(path, f"has the axes {', '.join(axes)}", "save it with y and x, and no others but t, c and z")
    return axes, [level["path"] for level in found[0]["datasets"]]


def _array(path: Path, group: Any, name: str) -> Any:
    try:
        return group[name]
    except KeyError as error:
        raise refusal(path, f"lacks its level {name}", "copy it again from where it was taken") from error


def _storage(path: Path, sizes: dict[str, int]) -> Storage:
    for axis in ("t", "z"):
        if sizes.get(axis, 1) != 1:
            raise refusal(path, f"holds {sizes[axis]} planes along {axis}", "save one plane as an OME-Zarr of its own")
    samples = sizes.get("c", 1)
    if samples not in _COLOURS:
        raise refusal(path, f"has {samples} channels", "save it as grey (1 channel) or RGB (3 channels)")
    return _COLOURS[samples]


def _plane(array: Any, axes: list[str], x: int, y: int, width: int, height: int) -> NDArray[np.generic]:
    """(height, width, samples) of a level, as stored."""
    wanted = {"x": slice(x, x + width), "y": slice(y, y + height), "c": slice(None)}
    pixels = np.asarray(array[tuple(wanted.get(axis, 0) for axis in axes)])
    left = [axis for axis in axes if axis in wanted]
    if "c" not in left:
        pixels, left = pixels[..., None], [*left, "c"]
    stored: NDArray[np.generic] = np.ascontiguousarray(pixels.transpose([left.index(axis) for axis in "yxc"]))
    return stored
