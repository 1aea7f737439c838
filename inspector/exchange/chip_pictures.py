"""Chips as PNG files: exact pixels, and those that people have decided on kept when their working copy goes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.exchange.export_folder import replace_bytes
from inspector.imaging import cv2
from inspector.imaging.chips import cut_chip
from inspector.imaging.source import read_header, read_image
from inspector.imaging.wafer_image import WaferImage
from inspector.records.record import Record, WaferEntry
from inspector.wafer.errors import DatasetError
from inspector.wafer.grid import ChipId

# On camera noise run lengths pack better than the usual way, in half of its time.
_PNG = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]


def encode_png(pixels: NDArray[np.uint8]) -> bytes:
    """uint8 (h, w, 1 or 3; RGB) -> the bytes of a PNG that holds exactly these pixels."""
    ordered = pixels[:, :, 0] if pixels.shape[2] == 1 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    encoded, data = cv2.imencode(".png", ordered, _PNG)
    if not encoded:
        raise DatasetError(f"A chip of {pixels.shape} pixels can't be written as PNG: check the recipe's grid.")
    return bytes(data)


def keep_chips(record: Record, entry: WaferEntry, chips: Iterable[ChipId]) -> None:
    """Writes chips of a wafer beside its working copy, so that they outlive it."""
    copy = record.images_folder / entry.copy_name
    with WaferImage.open(copy) as image:
        for chip in chips:
            target = _kept(copy, chip)
            target.parent.mkdir(exist_ok=True)
            replace_bytes(target, encode_png(cut_chip(image, entry.placed, chip)))


@contextmanager
def chips_of(record: Record, entry: WaferEntry) -> Generator[Callable[[ChipId], NDArray[np.uint8]], None, None]:
    """Gives a wafer's chips, uint8 (h, w, C), from its working copy, else those that were kept of it.

    ImageError for a chip that neither holds.
    """
    copy = record.images_folder / entry.copy_name
    if not copy.exists() and _folder(copy).is_dir():
        yield lambda chip: read_image(kept := _kept(copy, chip), read_header(kept).channels)
    else:
        with WaferImage.open(copy) as image:
            yield lambda chip: cut_chip(image, entry.placed, chip)


def _folder(copy: Path) -> Path:
    return copy.with_suffix(".chips")


def _kept(copy: Path, chip: ChipId) -> Path:
    return _folder(copy) / f"c{chip.column}_r{chip.row}.png"
