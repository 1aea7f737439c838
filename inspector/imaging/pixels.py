"""Any pixels that a file may hold become grey or colour, by one stated rule that the recipe may widen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.sources.image_header import refusal
from inspector.wafer.recipe import ImageSection

Pixels = NDArray[np.uint8 | np.uint16]
Colours = Literal["grey", "white is zero", "rgb", "palette", "cmyk"]


@dataclass(frozen=True)
class Storage:
    """What a file's samples mean. alpha: the last sample is one. palette: uint8 (256, 3)."""

    colours: Colours
    alpha: bool = False
    palette: NDArray[np.uint8] | None = None

    @property
    def channels(self) -> int:
        """1 or 3: what `plain` makes of it."""
        return 1 if self.colours in ("grey", "white is zero") else 3


def plain(stored: NDArray[np.generic], storage: Storage, rule: ImageSection, path: Path) -> Pixels:
    """uint8 or uint16 (h, w, samples as stored) -> the same type (h, w, storage.channels), black is zero.

    ImageError for transparency where the rule doesn't drop it, and for values above the rule's bits.
    """
    band: Pixels = np.asarray(stored, dtype=np.uint8 if stored.dtype == np.uint8 else np.uint16)
    top = 255 if band.dtype == np.uint8 else (1 << rule.bits) - 1
    if storage.alpha:
        opaque = {int(np.iinfo(band.dtype).max), top}
        if rule.alpha == "refuse" and not any(np.all(band[:, :, -1] == value) for value in opaque):
            raise transparent(path)
        band = band[:, :, :-1]
    if top < np.iinfo(band.dtype).max and band.size and int(band.max()) > top:
        raise refusal(path, f"holds values above {rule.bits} bits", "correct bits under [image] in the recipe")
    if storage.palette is not None:
        return storage.palette[band[:, :, 0]]
    if storage.colours == "cmyk":
        return _without_inks(band, top)
    if storage.colours == "white is zero":
        return band.dtype.type(top) - band
    return band


def transparent(path: Path) -> Exception:
    """The refusal of real transparency."""
    return refusal(
        path, "has transparent pixels", 'save it without an alpha channel, or say alpha = "drop" in the recipe'
    )


def refuse_cmyk(path: Path, rule: ImageSection) -> None:
    """ImageError where the rule doesn't say how inks become colours."""
    if rule.cmyk == "refuse":
        fault = "holds printing inks (CMYK)"
        raise refusal(path, fault, 'save it as grey or RGB, or say cmyk = "convert" under [image] in the recipe')


def _without_inks(inks: Pixels, top: int) -> Pixels:
    """(h, w, 4) ink from 0 to top -> RGB: what each ink leaves, times what black leaves."""
    wide = np.dtype(np.uint16 if inks.dtype == np.uint8 else np.uint32)
    left: NDArray[np.unsignedinteger] = wide.type(top) - inks.astype(wide)
    colours = (left[:, :, :3] * left[:, :, 3:] + wide.type(top // 2)) // wide.type(top)
    return colours.astype(inks.dtype)


def to_bytes(band: Pixels, channels: int, bits: int) -> NDArray[np.uint8]:
    """uint8 or uint16 (h, w, 1 or 3) -> uint8 (h, w, channels); 16 bit pixels lose their lowest bits."""
    if band.dtype == np.uint8:
        eight = np.asarray(band, dtype=np.uint8)
    else:
        eight = (band >> np.uint16(bits - 8)).astype(np.uint8)
    if eight.shape[2] == channels:
        return np.ascontiguousarray(eight)
    if channels == 1:
        grey: NDArray[np.uint8] = cv2.cvtColor(np.ascontiguousarray(eight), cv2.COLOR_RGB2GRAY)
        return grey[:, :, None]
    return np.repeat(eight, 3, axis=2)
