"""Reads single chips of any wafer of the record, whichever wafer is open in the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from inspector.imaging.chips import cut_chip
from inspector.imaging.wafer_image import WaferImage
from inspector.records.record import Record
from inspector.station.map.tiles import to_qimage
from inspector.station.state.background import Background
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, WaferKey

Place = tuple[WaferKey, ChipId]
_KEPT = 4  # the chip in sight, the next ones, and the one before


class ChipReader(QObject):
    """`arrived(place)` when a chip's pixels have come, or can't be read."""

    arrived = Signal(object)

    def __init__(self, record: Record, parent: QObject) -> None:
        super().__init__(parent)
        self._record = record
        self._background = Background(self, 1)
        self._background.done.connect(self._keep)
        self._asked: set[Place] = set()
        self._found: dict[Place, QImage | str] = {}

    def want(self, *places: Place) -> None:
        """Cut these, the first first, unless they are there."""
        for place in places:
            if place not in self._found and place not in self._asked:
                self._asked.add(place)
                self._background.run(place, partial(read_chip, self._record, *place))

    def picture(self, place: Place) -> QImage | None:
        found = self._found.get(place)
        return found if isinstance(found, QImage) else None

    def problem(self, place: Place) -> str:
        """Why a chip can't be shown; empty where nothing is known against it."""
        found = self._found.get(place)
        return found if isinstance(found, str) else ""

    def stop(self) -> None:
        """No thread reads after this."""
        self._background.stop()
        self._asked.clear()

    def _keep(self, place: Place, value: object) -> None:
        self._asked.discard(place)
        self._found[place] = value if isinstance(value, QImage) else str(value)
        while len(self._found) > _KEPT:
            self._found.pop(next(iter(self._found)))
        self.arrived.emit(place)


def read_chip(record: Record, key: WaferKey, chip: ChipId) -> QImage:
    """The pixels of one chip at their own size. ImageError where the wafer or its picture is gone."""
    entry = record.wafer(key)
    if entry is None:
        raise ImageError(f"Wafer {key.wafer} of lot {key.lot} is not in the record any more.")
    image = WaferImage.open(record.images_folder / entry.copy_name)
    try:
        return to_qimage(cut_chip(image, entry.placed, chip))
    finally:
        image.close()
