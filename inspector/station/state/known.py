"""What the station knows about the record and the open wafer, and the signals that say when it changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from inspector.imaging.wafer_image import WaferImage
from inspector.records.record import Record, StoredJudgement, WaferEntry
from inspector.station.state.lots import Lots, WaferSummary
from inspector.station.state.open_wafer import OpenWafer
from inspector.station.state.queues import QueueName, ReviewQueue, is_decided, open_counts
from inspector.station.state.settings import Language, StationSettings
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import Decision, StandingAnswer, standing_answer
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewReason


class Known(QObject):
    """The questions that every view may ask; nothing here changes anything."""

    wafers_changed = Signal()
    wafer_opened = Signal(object)  # WaferKey or None
    judgements_added = Signal(object)  # tuple of ChipId, of the open wafer
    decided = Signal(object)  # tuple of ChipId, of the open wafer
    current_changed = Signal(object)  # ChipId or None
    queue_changed = Signal()
    job_changed = Signal(object)  # JobState
    operator_changed = Signal(str)
    failed = Signal(str)
    grid_in_doubt = Signal(object)  # DoubtfulImage
    said = Signal(str)

    def __init__(self, record: Record, settings: StationSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self.settings = settings
        self.current: ChipId | None = None
        self._lots = Lots(record)
        self._queue = ReviewQueue()
        self._open: OpenWafer | None = None

    @property
    def key(self) -> WaferKey | None:
        return self._open.entry.key if self._open else None

    @property
    def entry(self) -> WaferEntry | None:
        return self._open.entry if self._open else None

    @property
    def recipe(self) -> Recipe | None:
        return self._open.recipe if self._open else None

    @property
    def classes(self) -> ClassSet | None:
        return self._open.classes if self._open else None

    @property
    def placed(self) -> PlacedGrid | None:
        return self._open.entry.placed if self._open else None

    @property
    def image(self) -> WaferImage | None:
        """The working copy; None where no wafer is open or its copy can't be read."""
        return self._open.image if self._open else None

    @property
    def language(self) -> Language:
        return self.settings.language

    @property
    def operator(self) -> str:
        """Whose name signs the next decision."""
        return self.settings.operator

    @property
    def queue_name(self) -> QueueName:
        return self._queue.name

    def chips(self) -> list[ChipId]:
        """Every expected chip of the open wafer, row by row."""
        return list(self._open.chips) if self._open else []

    def judgement(self, chip: ChipId) -> StoredJudgement | None:
        return self._open.judgement(chip) if self._open else None

    def standing(self, chip: ChipId) -> StandingAnswer:
        return self._open.standing(chip) if self._open else standing_answer(None, ())

    def log(self, chip: ChipId) -> tuple[Decision, ...]:
        """The chip's decisions and withdrawals, oldest first."""
        return self._open.log(chip) if self._open else ()

    def asked(self, chip: ChipId) -> ReviewReason | None:
        """Why the chip wanted eyes, whatever was decided since."""
        asked = self._open.asked.get(chip) if self._open else None
        return asked.reason if asked else None

    def review(self, chip: ChipId) -> ReviewReason | None:
        """Why the chip still wants eyes; None once a person has decided."""
        return None if is_decided(self.standing(chip)) else self.asked(chip)

    def evidence(self, chip: ChipId) -> NDArray[np.uint8] | None:
        """uint8 (K, h, w) on the model's fixed scale; None where the chip has not been judged."""
        return self._open.evidence(chip) if self._open else None

    def queue(self) -> list[ChipId]:
        """The chips of the chosen queue, in its order."""
        return list(self._queue.chips)

    def place_in_queue(self, chip: ChipId) -> int | None:
        """From 0; None for a chip outside the chosen queue."""
        return self._queue.place(chip)

    def counts(self) -> dict[QueueName, int]:
        """How many chips each queue offers."""
        if self._open is None:
            return dict.fromkeys(QueueName, 0)
        return open_counts(self._open.chips, self._open.asked, self._open.answers)

    def lots(self) -> list[tuple[str, list[WaferSummary]]]:
        return self._lots.by_lot()

    def summary(self) -> WaferSummary | None:
        """How far the open wafer is."""
        return self._lots.summary(self.key) if self.key else None
