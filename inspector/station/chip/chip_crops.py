"""Cuts chips out of the wafer's picture beside the window and keeps the last ones, whole or as thumbnails."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from inspector.imaging.chips import cut_chip, fit
from inspector.station.map.tiles import to_kept_qimage
from inspector.station.state.background import Background
from inspector.wafer.grid import ChipId, PlacedGrid

if TYPE_CHECKING:
    from inspector.imaging.wafer_image import WaferImage
    from inspector.station.state.session import Session

_THREADS = 2
_FEWEST = 5  # crops that are kept however large they are: the current one and two on each side


class ChipCrops(QObject):
    """Pictures of single chips of the session's wafer; `arrived(chip)` when one has come or could not be read.

    box: longest side of a thumbnail in pixels, None for the chip's exact pixels. kept_bytes: how much is kept.
    """

    arrived = Signal(object)

    def __init__(self, session: Session, parent: QObject, kept_bytes: int, box: int | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._box = box
        self._kept_bytes = kept_bytes
        self._background = Background(self, _THREADS)
        self._background.done.connect(self._keep)
        self._image: WaferImage | None = None
        self._placed: PlacedGrid | None = None
        self._turn = 0  # counts the wafers shown, so that late crops of an earlier one are known
        self._kept: OrderedDict[ChipId, QImage] = OrderedDict()
        self._problems: dict[ChipId, str] = {}
        self._wanted: list[ChipId] = []
        self._reading: set[ChipId] = set()

    @property
    def is_idle(self) -> bool:
        """True where nothing that was asked for is still to come."""
        return not self._wanted and not self._reading

    def get(self, chip: ChipId) -> QImage | None:
        """The picture if it is there."""
        image = self._kept.get(chip)
        if image is not None:
            self._kept.move_to_end(chip)
        return image

    def problem(self, chip: ChipId) -> str:
        """Why a chip can't be shown; empty where nothing is known against it."""
        return self._problems.get(chip, "")

    def want(self, chips: Sequence[ChipId]) -> None:
        """Cut these, the first first; earlier wishes are dropped."""
        self.follow_session()
        if self._image is None or self._placed is None:
            return
        known = self._kept.keys() | self._reading | self._problems.keys()
        self._wanted = [chip for chip in dict.fromkeys(chips) if chip not in known]
        self._cut_on()

    def follow_session(self) -> None:
        """Where the session has another image or grid now, everything of the old one is forgotten."""
        image, placed = self._session.image, self._session.placed
        if image is self._image and placed == self._placed:
            return
        self.stop()
        self._image, self._placed = image, placed
        self._turn += 1
        self._kept.clear()
        self._problems.clear()

    def stop(self) -> None:
        """Let no thread go on; what is there stays."""
        self._wanted.clear()
        self._background.stop()
        self._reading.clear()

    def _cut_on(self) -> None:
        assert self._image is not None
        assert self._placed is not None
        while self._wanted and len(self._reading) < _THREADS:
            chip = self._wanted.pop(0)
            self._reading.add(chip)
            self._background.run((self._turn, chip), partial(_cut, self._image, self._placed, chip, self._box))

    def _keep(self, token: tuple[int, ChipId], value: object) -> None:
        turn, chip = token
        if turn != self._turn:
            return
        self._reading.discard(chip)
        if isinstance(value, QImage):
            self._kept[chip] = value
            while len(self._kept) > _FEWEST and sum(i.sizeInBytes() for i in self._kept.values()) > self._kept_bytes:
                self._kept.popitem(last=False)
        else:
            self._problems[chip] = str(value)
        self._cut_on()
        self.arrived.emit(chip)


def _cut(image: WaferImage, placed: PlacedGrid, chip: ChipId, box: int | None) -> QImage:
    pixels = cut_chip(image, placed, chip)
    if box is not None:
        height, width, _ = pixels.shape
        factor = min(1.0, box / max(width, height))
        pixels = fit(pixels, (max(1, round(width * factor)), max(1, round(height * factor))))
    return to_kept_qimage(pixels)
