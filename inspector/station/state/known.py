"""What the station knows about the record and the open wafer, and the signals that say when it changed."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from inspector.imaging.wafer_image import WaferImage
from inspector.records.record import Record, StoredJudgement, WaferEntry
from inspector.station.state.filters import Filters
from inspector.station.state.lot_counts import LotCounts
from inspector.station.state.lot_search import LotSearch
from inspector.station.state.lot_tables import LotTables
from inspector.station.state.lots import Lots, WaferSummary
from inspector.station.state.open_wafer import OpenWafer
from inspector.station.state.queues import Asker, QueueCount, QueueName, ReviewQueue, is_decided, queue_counts
from inspector.station.state.settings import Language, StationSettings
from inspector.wafer.chip_query import Query, QueryWords
from inspector.wafer.chip_table import ChipTable
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import Decision, StandingAnswer, standing_answer
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.person import Person
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewReason
from inspector.wafer.second_review import Opinion, ReviewState


class Known(QObject):
    """The questions that every view may ask; nothing here changes anything."""

    wafers_changed = Signal()
    wafer_opened = Signal(object)  # WaferKey or None
    judgements_added = Signal(object)  # tuple of ChipId, of the open wafer
    decided = Signal(object)  # tuple of ChipId, of the open wafer
    noted = Signal(object)  # tuple of ChipId, of the open wafer
    current_changed = Signal(object)  # ChipId or None
    queue_changed = Signal()
    job_changed = Signal(object)  # JobState
    operator_changed = Signal(str)
    failed = Signal(str)
    said = Signal(str)

    def __init__(self, record: Record, settings: StationSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self.settings = settings
        self.person: Person | None = None
        self.current: ChipId | None = None
        self.filters = Filters(settings, self)
        self._lots = Lots(record)
        self._lot_counts = LotCounts(record, self._lots, self)
        self._lot_counts.changed.connect(self.wafers_changed)
        self._lot_counts.begin()
        self._tables = LotTables()
        self._search = LotSearch(record, self._tables, self)
        self._search.changed.connect(self.wafers_changed)
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
    def image_problem(self) -> str:
        """Why the open wafer's working copy can't be read; empty where it can."""
        return self._open.image_problem if self._open else ""

    @property
    def language(self) -> Language:
        return self.settings.language

    @property
    def operator(self) -> str:
        """Whose name signs the next decision."""
        return self.person.name if self.person is not None else self.settings.operator

    @property
    def queue_name(self) -> QueueName:
        return self._queue.name

    def chips(self) -> list[ChipId]:
        """Every expected chip of the open wafer, row by row."""
        return list(self._open.chips) if self._open else []

    @property
    def table(self) -> ChipTable | None:
        """The open wafer's chips as columns, for what is asked of all of them at once."""
        return self._open.table if self._open else None

    def judgement(self, chip: ChipId) -> StoredJudgement | None:
        return self._open.judgement(chip) if self._open else None

    def standing(self, chip: ChipId) -> StandingAnswer:
        return self._open.standing(chip) if self._open else standing_answer(None, ())

    def log(self, chip: ChipId) -> tuple[Decision, ...]:
        """The chip's decisions and withdrawals, oldest first."""
        return self._open.log(chip) if self._open else ()

    def opinions_on(self, chip: ChipId) -> tuple[Opinion, ...]:
        """The chip's second opinions, what engineers said of them, and withdrawals, oldest first."""
        return self._open.opinions(chip) if self._open else ()

    def asked(self, chip: ChipId) -> ReviewReason | None:
        """Why the chip wanted eyes, whatever was decided since."""
        return self._open.asked(chip) if self._open else None

    def review(self, chip: ChipId) -> ReviewReason | None:
        """Why the chip still wants eyes; None once a person has decided."""
        return None if is_decided(self.standing(chip)) else self.asked(chip)

    def review_state(self, chip: ChipId) -> ReviewState:
        """Where the chip stands between its first decision and the answer that is final."""
        return self._open.reviews.get(chip, ReviewState.OPEN) if self._open else ReviewState.OPEN

    def evidence(self, chip: ChipId) -> NDArray[np.uint8] | None:
        """uint8 (K, h, w) on the model's fixed scale; None where the chip has not been judged."""
        return self._open.evidence(chip) if self._open else None

    def queue(self) -> list[ChipId]:
        """The chips of the chosen queue, in its order."""
        return list(self._queue.chips)

    def place_in_queue(self, chip: ChipId) -> int | None:
        """From 0; None for a chip outside the chosen queue."""
        return self._queue.place(chip)

    def counts(self) -> dict[QueueName, QueueCount]:
        """How many chips each queue offers, and on how many of them the filter holds."""
        if self._open is None:
            return dict.fromkeys(QueueName, QueueCount(0, 0))
        return queue_counts(self._open.table, self._asker())

    def would_find(self, query: Query) -> int:
        """How many chips the chosen queue would hold with another search line."""
        if self._open is None:
            return 0
        asker = replace(self._asker(), query=query)
        return queue_counts(self._open.table, asker)[self.queue_name].found

    def query_words(self) -> QueryWords:
        """What the search line can be asked for: the recipe's classes, the record's lots, who decided, which models."""
        lots = self._lots.by_lot()
        words = QueryWords.of_classes(self.classes) if self.classes else QueryWords()
        table = self._open.table if self._open else None
        return replace(
            words,
            operators=table.operators if table else (),
            models=table.models if table else (),
            lots=tuple(lot for lot, _ in lots),
            wafers=tuple(dict.fromkeys(w.key.wafer for _, wafers in lots for w in wafers)),
        )

    def _asker(self) -> Asker:
        return Asker(self.operator, self.filters.query, time.time())

    def lots(self) -> list[tuple[str, list[WaferSummary]]]:
        """Lots and their wafers, both by name."""
        return self._lots.by_lot()

    def newest_wafer(self) -> WaferKey | None:
        """The wafer that came into the record last."""
        return self._lots.newest

    def found_lots(self) -> list[tuple[str, list[WaferSummary]]]:
        """The lots and wafers that the search line's `lot:` and `wafer:` leave."""
        query = self.filters.query
        if not query.of_wafers:
            return self._lots.by_lot()
        narrowed = ((lot, [w for w in wafers if query.fits_wafer(w.key)]) for lot, wafers in self._lots.by_lot())
        return [(lot, wafers) for lot, wafers in narrowed if wafers]

    def found_on(self, key: WaferKey) -> int | None:
        """How many chips of a wafer fit the search line; None where nobody asks, or it is not counted yet."""
        if self._open is not None and key == self.key and self.filters.query.of_chips.terms:
            asker = self._asker()
            return int(self._open.table.matches(asker.query, asker.now).sum())
        return self._search.found(key)

    def summary(self) -> WaferSummary | None:
        """How far the open wafer is."""
        return self._lots.summary(self.key) if self.key else None
