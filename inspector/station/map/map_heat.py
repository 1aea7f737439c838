"""Fetches the evidence of the chips that are seen, a little at a time, and keeps the small heat pictures."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from inspector.imaging.heat import defect_evidence, heat_rgba
from inspector.station.map.tiles import to_qimage
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_KEPT = 2048  # pictures of 64 x 64 pixels: 32 MB
_SLICE_S = 0.004  # so that a frame is never missed


class MapHeat(QObject):
    """`arrived(chips)` names the chips whose evidence can now be painted."""

    arrived = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: OrderedDict[ChipId, QImage | None] = OrderedDict()
        self._wanted: list[ChipId] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fetch)

    @property
    def images(self) -> dict[ChipId, QImage]:
        return {chip: image for chip, image in self._kept.items() if image is not None}

    @property
    def is_idle(self) -> bool:
        """True where nothing that was asked for is still to come."""
        return not self._wanted

    def want(self, chips: Iterable[ChipId]) -> None:
        """Fetch what is missing of these; earlier wishes are dropped."""
        self._wanted = [chip for chip in chips if chip not in self._kept][:_KEPT]
        if self._wanted:
            self._timer.start()

    def forget(self, chips: Iterable[ChipId] | None = None) -> None:
        """These chips (None: all) were judged anew or are of another wafer."""
        if chips is None:
            self._kept.clear()
            self._wanted.clear()
            return
        for chip in chips:
            self._kept.pop(chip, None)

    def stop(self) -> None:
        self._timer.stop()
        self._wanted.clear()

    def _fetch(self) -> None:
        end = time.monotonic() + _SLICE_S
        fetched = []
        while self._wanted and time.monotonic() < end:
            chip = self._wanted.pop(0)
            self._kept[chip] = self._picture(chip)
            fetched.append(chip)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if not self._wanted:
            self._timer.stop()
        if fetched:
            self.arrived.emit(tuple(fetched))

    def _picture(self, chip: ChipId) -> QImage | None:
        evidence, classes = self._session.evidence(chip), self._session.classes
        if evidence is None or classes is None or len(evidence) != len(classes):
            return None
        return to_qimage(heat_rgba(defect_evidence(evidence, classes.defect_mask), None))
