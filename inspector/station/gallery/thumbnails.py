"""Reads thumbnails and their heat beside the window: the whole wafer coarsely at first, then each chip sharp."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage

from inspector.imaging.chips import small_chip
from inspector.imaging.heat import heat_rgba, shown_evidence
from inspector.station.map.tiles import to_qimage
from inspector.station.state.background import Background
from inspector.wafer.grid import ChipId, PlacedGrid

if TYPE_CHECKING:
    from inspector.imaging.wafer_image import WaferImage
    from inspector.station.state.session import Session

_THREADS = 2
_AT_ONCE = 6  # chips in one piece of work: few enough to turn to other wishes soon
_WHOLE = 1024  # pixels of the longest side of the coarse picture
_KEPT_BYTES = 32 * 2**20  # of thumbnails, and as much of heat

Pictures = list[tuple[ChipId, QImage | None]]


@dataclass(frozen=True)
class ThumbLook:
    """longest: physical pixels of a thumbnail's longest side. any_defect: heat for any defect, not the judged class."""

    longest: int = 128
    heat: bool = False
    any_defect: bool = False


class _Token(NamedTuple):
    turn: int  # counts the wafers shown, so that late pictures of an earlier one are known
    kind: str
    look: ThumbLook
    chips: tuple[ChipId, ...]


class _Shelf:
    """Pictures of chips, the last used kept; what is wanted now is never thrown out."""

    def __init__(self) -> None:
        self._kept: OrderedDict[ChipId, tuple[ThumbLook, QImage | None]] = OrderedDict()
        self._bytes = 0

    def get(self, chip: ChipId) -> tuple[ThumbLook, QImage | None] | None:
        found = self._kept.get(chip)
        if found is not None:
            self._kept.move_to_end(chip)
        return found

    def has(self, chip: ChipId, look: ThumbLook) -> bool:
        found = self._kept.get(chip)
        return found is not None and found[0] == look

    def put(self, chip: ChipId, look: ThumbLook, image: QImage | None, wanted: frozenset[ChipId]) -> None:
        self.drop([chip])
        self._kept[chip] = (look, image)
        self._bytes += _bytes(image)
        for old in list(self._kept) if self._bytes > _KEPT_BYTES else ():
            if self._bytes <= _KEPT_BYTES:
                break
            if old not in wanted:
                self.drop([old])

    def drop(self, chips: Iterable[ChipId]) -> None:
        for chip in chips:
            found = self._kept.pop(chip, None)
            self._bytes -= _bytes(found[1]) if found is not None else 0

    def clear(self) -> None:
        self._kept.clear()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        return self._bytes


class Thumbnails(QObject):
    """`arrived(chips)`: their pictures came. `whole_arrived()`: the coarse one did. `failed(str)`: none can be read."""

    arrived = Signal(object)
    whole_arrived = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self, _THREADS)
        self._background.done.connect(self._keep)
        self._image: WaferImage | None = None
        self._placed: PlacedGrid | None = None
        self._turn = 0
        self._look = self._plain = ThumbLook()
        self._whole: QImage | None = None
        self._whole_level = 0
        self._whole_rects: dict[ChipId, QRectF] = {}
        self._pictures, self._heats = _Shelf(), _Shelf()
        self._problems: set[ChipId] = set()
        self._wanted: list[tuple[str, ChipId]] = []
        self._wish: frozenset[ChipId] = frozenset()
        self._reading: set[tuple[str, ChipId]] = set()
        self._running = 0

    @property
    def is_idle(self) -> bool:
        """True where nothing that was asked for is still to come."""
        return not self._wanted and not self._running

    @property
    def kept_bytes(self) -> int:
        return self._pictures.bytes + self._heats.bytes

    @property
    def whole(self) -> QImage | None:
        """The whole wafer, coarsely."""
        return self._whole

    def whole_rect(self, chip: ChipId) -> QRectF:
        """Where a chip lies in the coarse picture."""
        assert self._placed is not None, "there is a picture"
        found = self._whole_rects.get(chip)
        if found is None:
            corners = self._placed.corners(chip) / 2**self._whole_level
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            found = self._whole_rects[chip] = QRectF(left, top, right - left, bottom - top)
        return found

    def picture(self, chip: ChipId) -> tuple[QImage | None, bool]:
        """The chip's thumbnail, and whether it is as large as it is shown now."""
        found = self._pictures.get(chip)
        return (found[1], found[0] == self._plain) if found else (None, False)

    def heat(self, chip: ChipId) -> QImage | None:
        """The chip's heat to lay over it; None where there is none, or not yet."""
        found = self._heats.get(chip)
        return found[1] if found and found[0].any_defect == self._look.any_defect else None

    def is_complete(self, chip: ChipId) -> bool:
        """True where the thumbnail is as sharp as it is shown, with its heat where heat is shown."""
        sharp = self._pictures.has(chip, self._plain) and chip not in self._problems
        return sharp and (not self._look.heat or self._heats.has(chip, self._look))

    def set_look(self, look: ThumbLook) -> None:
        """What is there stays until it has been read as it is wanted now."""
        self._look, self._plain = look, _of_picture(look)

    def want(self, seen: Sequence[ChipId], ahead: Sequence[ChipId] = ()) -> None:
        """Read what these lack, those that are seen first; earlier wishes are dropped."""
        self.follow_session()
        if self._image is None:
            return
        self._wish = frozenset(seen) | frozenset(ahead)
        plain = self._plain
        wanted = [("picture", c) for c in seen if not self._pictures.has(c, plain)]
        if self._look.heat:
            wanted += [("heat", c) for c in seen if not self._heats.has(c, self._look)]
        wanted += [("picture", c) for c in ahead if not self._pictures.has(c, plain)]
        self._wanted = [w for w in wanted if w not in self._reading and w[1] not in self._problems]
        self._read_on()

    def follow_session(self) -> None:
        """Where the session has another image or grid now, everything of the old one is forgotten."""
        image, placed = self._session.image, self._session.placed
        if image is self._image and placed == self._placed:
            return
        self.stop()
        self.forget()
        self._image, self._placed, self._whole = image, placed, None
        self._whole_rects.clear()
        self._turn += 1
        if image is not None:
            self._whole_level = _coarse_level(image)
            self._run("whole", (), partial(_read_whole, image, self._whole_level))

    def forget(self) -> None:
        """Let every thumbnail go, so that they take no memory while the gallery is not in sight."""
        self._wanted.clear()
        self._wish = frozenset()
        self._pictures.clear()
        self._heats.clear()
        self._problems.clear()

    def forget_heat(self, chips: Iterable[ChipId]) -> None:
        """These were judged anew."""
        self._heats.drop(chips)

    def stop(self) -> None:
        """Let no thread go on; what is there stays."""
        self._wanted.clear()
        self._background.stop()
        self._reading.clear()
        self._running = 0

    def _read_on(self) -> None:
        while self._wanted and self._running < _THREADS and self._image is not None and self._placed is not None:
            kind = self._wanted[0][0]
            chips = tuple(chip for k, chip in self._wanted[:_AT_ONCE] if k == kind)
            del self._wanted[: len(chips)]
            self._reading.update((kind, chip) for chip in chips)
            if kind == "picture":
                work: Callable[[], object] = partial(_cut, self._image, self._placed, chips, self._look.longest)
            else:
                work = self._heat_work(chips)
            self._run(kind, chips, work)

    def _heat_work(self, chips: tuple[ChipId, ...]) -> Callable[[], object]:
        session, look = self._session, self._look
        key, classes, placed = session.key, session.classes, self._placed
        assert key is not None
        assert classes is not None
        assert placed is not None
        factor = min(1.0, look.longest / max(placed.grid.chip))
        width, height = (max(1, round(side * factor)) for side in placed.grid.chip)
        judged = [(chip, session.judgement(chip)) for chip in chips]
        names = [(chip, None if look.any_defect or j is None else j.class_name) for chip, j in judged]
        record = session.record

        def work() -> Pictures:
            found: Pictures = []
            for chip, name in names:
                evidence = record.evidence(key, chip)
                if evidence is None or len(evidence) != len(classes):
                    found.append((chip, None))
                    continue
                shown = np.ascontiguousarray(shown_evidence(evidence, name, classes))
                found.append((chip, to_qimage(heat_rgba(shown, (width, height)))))
            return found

        return work

    def _run(self, kind: str, chips: tuple[ChipId, ...], work: Callable[[], object]) -> None:
        self._running += 1
        self._background.run(_Token(self._turn, kind, self._look, chips), work)

    def _keep(self, token: _Token, value: object) -> None:
        if token.turn != self._turn:
            return
        self._running -= 1
        self._reading -= {(token.kind, chip) for chip in token.chips}
        if token.kind == "whole":
            self._whole = value if isinstance(value, QImage) else None
            self.whole_arrived.emit()
        elif isinstance(value, list):
            shelf = self._pictures if token.kind == "picture" else self._heats
            look = _of_picture(token.look) if token.kind == "picture" else token.look
            for chip, image in value:
                if chip in self._wish:
                    shelf.put(chip, look, image, self._wish)
        else:
            if not self._problems:
                self.failed.emit(str(value))  # once: the next chip has the same fault
            self._problems.update(token.chips)
        self._read_on()
        if token.chips:
            self.arrived.emit(token.chips)


def _of_picture(look: ThumbLook) -> ThumbLook:
    """What of the look the chip's own picture depends on."""
    return ThumbLook(look.longest)


def _bytes(image: QImage | None) -> int:
    return image.sizeInBytes() if image is not None else 0


def _coarse_level(image: WaferImage) -> int:
    for level in range(image.levels):
        if max(image.level_size(level)) <= _WHOLE:
            return level
    return image.levels - 1


def _read_whole(image: WaferImage, level: int) -> QImage:
    return to_qimage(image.read(level, 0, 0, *image.level_size(level)))


def _cut(image: WaferImage, placed: PlacedGrid, chips: Sequence[ChipId], longest: int) -> Pictures:
    return [(chip, to_qimage(small_chip(image, placed, chip, longest))) for chip in chips]
