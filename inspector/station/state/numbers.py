"""Counts a lot and the record for the page of numbers, beside the window, and again only what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.exchange.figures.history import History, read_history
from inspector.exchange.figures.people import PeopleAgreement, read_people
from inspector.exchange.figures.rates import product_of
from inspector.exchange.figures.tally import Tally, WaferTally, kept_recipe, tally_wafer, total
from inspector.records.record import Record, WaferEntry
from inspector.records.review_counts import WaferStamp
from inspector.station.state.background import Background
from inspector.station.state.pulse import Pulse
from inspector.station.state.session import Session
from inspector.wafer.classes import ClassSet
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe import Recipe

_REST_MS = 1000  # between two counts while the machine judges
_SHOW_MS = 1000  # between two pictures of a count that goes on
_LOTS_KEPT = 3


@dataclass(frozen=True)
class LotNumbers:
    """A lot as far as it is counted. wafers: counted, in the order of adding. expected: how many there are.

    The wafers are those of one product: that of the open wafer where it is in the lot, else of the newest one.
    """

    lot: str
    recipe: Recipe
    wafers: tuple[WaferTally, ...]
    expected: int

    @property
    def tally(self) -> Tally:
        return total(wafer.tally for wafer in self.wafers)

    @property
    def classes(self) -> ClassSet:
        return self.recipe.class_set

    @property
    def is_whole(self) -> bool:
        """True once every wafer is counted."""
        return len(self.wafers) == self.expected


@dataclass(frozen=True)
class _Plan:
    """newest: the record's last decision; without another, people have said nothing new."""

    recipe: Recipe
    entries: list[tuple[WaferEntry, WaferStamp]]
    newest: int


class Numbers(QObject):
    """Asleep until `wake`. counted(LotNumbers): a lot, also while its count goes on; history(History) and
    people(PeopleAgreement): over the whole record, for the lot's product; failed(str)."""

    counted = Signal(object)
    history = Signal(object)
    people = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._lot = ""
        self._awake = False
        self._plan: _Plan | None = None
        self._looked = ("", 0)  # the lot and the newest decision when the whole record was last looked over
        self._known: dict[str, dict[WaferKey, tuple[WaferStamp, WaferTally]]] = {}
        self._background = Background(self, 1)
        self._background.done.connect(self._take)
        self._ask = Pulse(self, _REST_MS)
        self._ask.beat.connect(self._read)
        self._show = Pulse(self, _SHOW_MS)
        self._show.beat.connect(self._tell)
        for signal in (session.decided, session.judgements_added, session.wafers_changed):
            signal.connect(self._ask_again)

    @property
    def lot(self) -> str:
        return self._lot

    def wake(self, lot: str) -> None:
        """Count this lot, and again whenever something changes, until `sleep`."""
        self._awake, self._looked = True, ("", 0)
        if lot != self._lot:
            self._lot, self._plan = lot, None
        self._ask.forget()
        self._read()

    def sleep(self) -> None:
        """Forget what has not begun; what is known stays."""
        self._awake = False
        self._ask.forget()
        self._background.stop(0)

    def shutdown(self) -> None:
        self._awake = False
        self._background.stop()

    def _ask_again(self) -> None:
        if self._awake:
            self._ask.ask()

    def _read(self) -> None:
        if not self._awake or not self._lot:
            return
        record, lot, open_recipe = self._session.record, self._lot, self._session.recipe
        beside = open_recipe if self._session.key is not None and self._session.key.lot == lot else None
        self._background.run(("plan", lot), lambda: _plan(record, lot, beside), urgency=4)

    def _take(self, key: tuple[object, ...], value: object) -> None:
        """An answer; those for a lot that was left meanwhile are only kept."""
        if isinstance(value, Exception):
            self.failed.emit(str(value))
        elif isinstance(value, _Plan) and key == ("plan", self._lot):
            self._go(value)
        elif isinstance(value, WaferTally):
            _, lot, stamp = key
            assert isinstance(lot, str)
            assert isinstance(stamp, WaferStamp)
            self._known.setdefault(lot, {})[value.key] = (stamp, value)
            self._show.ask()
        elif isinstance(value, History) and key == ("history", self._lot):
            self.history.emit(value)
        elif isinstance(value, PeopleAgreement) and key == ("people", self._lot):
            self._looked = (self._lot, self._plan.newest if self._plan else 0)
            self.people.emit(value)

    def _go(self, plan: _Plan) -> None:
        """Count the wafers that have changed, the open one first, then look over the whole record."""
        if not self._awake:
            return
        self._background.stop(0)  # what was asked for by an older plan
        self._plan, record, lot = plan, self._session.record, self._lot
        known = self._known.pop(lot, {})
        self._known[lot] = known  # the lot looked at last is the last to be forgotten
        for old in list(self._known)[:-_LOTS_KEPT]:
            del self._known[old]
        for entry, stamp in plan.entries:
            if entry.key in known and known[entry.key][0] == stamp:
                continue
            urgency = 3 if entry.key == self._session.key else 1
            self._background.run(("wafer", lot, stamp), partial(tally_wafer, record, entry), urgency)
        if (lot, plan.newest) != self._looked:
            self._looked = ("", 0)  # until both are there
            self._background.run(("history", lot), partial(read_history, record, plan.recipe), 2)
            self._background.run(("people", lot), partial(read_people, record, plan.recipe), 2)
        self._show.ask()

    def _tell(self) -> None:
        plan = self._plan
        if plan is None or not self._awake:
            return
        known = self._known.get(self._lot, {})
        wafers = tuple(known[entry.key][1] for entry, _ in plan.entries if entry.key in known)
        self.counted.emit(LotNumbers(self._lot, plan.recipe, wafers, len(plan.entries)))


def _plan(record: Record, lot: str, beside: Recipe | None) -> _Plan | None:
    """Which wafers to count: those of one product; None for a lot without wafers."""
    newest, entries, stamps = record.head_seq, record.wafers(lot), record.counting.stamps(lot)
    if not entries:
        return None
    recipe = beside or kept_recipe(entries[-1].recipe_json)
    mine = [e for e in entries if e.key in stamps and product_of(kept_recipe(e.recipe_json)) == product_of(recipe)]
    return _Plan(recipe, [(entry, stamps[entry.key]) for entry in mine], newest)
