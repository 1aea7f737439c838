"""What folders of shots and folders of chips have in common: many picture files that together are one wafer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.pixels import Pixels
from inspector.imaging.source import Fingerprint, Source, open_source
from inspector.imaging.sources.image_header import ImageHeader, refusal
from inspector.imaging.sources.light import Light
from inspector.imaging.sources.mosaic import Mosaic, Rectangle
from inspector.imaging.sources.named_files import folder_fingerprint
from inspector.wafer.errors import ImageError
from inspector.wafer.recipe import Recipe
from inspector.wafer.source_sections import Damaged


@dataclass(frozen=True)
class Picture:
    """One file of a wafer, opened as the recipe says; `light` is taken out of it where there is one."""

    path: Path
    recipe: Recipe
    light: Light | None = None

    def opened(self) -> Source:
        source = open_source(self.path, self.recipe)
        return source if self.light is None else LitSource(source, self.light)


class LitSource:
    """A source whose uneven light is taken out."""

    def __init__(self, source: Source, light: Light) -> None:
        self._source, self._light = source, light
        self.path, self.header = source.path, source.header
        self.not_imaged, self.random_access = source.not_imaged, source.random_access

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def bands(self) -> Iterator[Pixels]:
        top = 0
        for band in self._source.bands():
            yield self._light.correct(band, top)
            top += len(band)

    def read(self, x: int, y: int, width: int, height: int) -> Pixels:
        return self._light.correct(self._source.read(x, y, width, height), y, x)

    def coarse(self, longest: int) -> NDArray[np.uint8] | None:
        return None

    def fingerprint(self) -> Fingerprint:
        return self._source.fingerprint()

    def close(self) -> None:
        self._source.close()


class MosaicSource:
    """A wafer whose pixels are those of a mosaic; a Source.

    But for `notes`, what a person should know about it, and `missing`, the pictures that are not in its folder (yet).
    """

    random_access = False
    missing: tuple[str, ...] = ()

    def __init__(self, path: Path, header: ImageHeader, mosaic: Mosaic, files: Sequence[Path], notes: Sequence[str]):
        self.path, self.header, self.notes = path, header, tuple(notes)
        self.not_imaged: tuple[Rectangle, ...] = mosaic.uncovered()
        self._mosaic, self._files = mosaic, tuple(files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def bands(self) -> Iterator[Pixels]:
        yield from self._mosaic.bands()

    def read(self, x: int, y: int, width: int, height: int) -> Pixels:
        return self._mosaic.read(x, y, width, height)

    def coarse(self, longest: int) -> NDArray[np.uint8] | None:
        return None

    def fingerprint(self) -> Fingerprint:
        return folder_fingerprint(self.path, self._files)

    def close(self) -> None:
        """Nothing is open between two calls."""


def checked_headers(
    folder: Path, paths: Sequence[Path], recipe: Recipe, damaged: Damaged
) -> tuple[dict[Path, ImageHeader], dict[Path, str]]:
    """(headers of the pictures that can be opened, why the others can't); ImageError for any at "refuse"."""
    headers: dict[Path, ImageHeader] = {}
    bad: dict[Path, str] = {}
    for path in paths:
        try:
            with open_source(path, recipe) as source:
                headers[path] = source.header
        except ImageError as error:
            if damaged == "refuse":
                raise
            bad[path] = str(error)
    if not headers:
        raise refusal(folder, "holds no picture that can be opened", "copy it again from where it was taken")
    return headers, bad


def one_kind(folder: Path, headers: dict[Path, ImageHeader]) -> ImageHeader:
    """What all pictures have in common; ImageError naming the odd one out."""
    kinds = {path: (h.width, h.height, h.channels, h.bits) for path, h in headers.items()}
    usual, _ = Counter(kinds.values()).most_common(1)[0]
    odd = next((path for path, kind in kinds.items() if kind != usual), None)
    if odd is not None:
        fault = f"holds {odd.name} with {_kind(kinds[odd])} among pictures with {_kind(usual)}"
        raise refusal(folder, fault, "take that picture again or put it where it belongs")
    first = next(iter(headers.values()))
    return replace(first, path=folder, format="folder")


def _kind(kind: tuple[int, int, int, int]) -> str:
    width, height, channels, bits = kind
    return f"{width} x {height} pixels, {'grey' if channels == 1 else 'colour'}, {bits} bits"
