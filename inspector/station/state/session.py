"""What the operator can do: look, decide, undo; whatever it says has changed is already in the record."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject

from inspector.records.news import Heads, News
from inspector.records.record import Record
from inspector.station.state.answer import Answer, more_about
from inspector.station.state.grid_step import MoveGridCommand
from inspector.station.state.inspecting import Inspecting
from inspector.station.state.jobs import Link
from inspector.station.state.news import NewsWatch
from inspector.station.state.opinions import Opinions
from inspector.station.state.past_steps import PastSteps
from inspector.station.state.people import People
from inspector.station.state.queues import is_decided
from inspector.station.state.settings import StationSettings
from inspector.station.state.undo import DecideCommand, UndoStack
from inspector.station.state.words import decision_in_words
from inspector.wafer.decision import Decision, DecisionKind, NewDecision
from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.person import Person
from inspector.wafer.second_review import Opinion, ReviewState

_NEAR_THE_END = 10  # chips left: the lot's other wafers are looked up before the last one is decided


class Session(Inspecting):
    """The one object that changes things and says what changed; every view refreshes itself from it."""

    def __init__(self, record: Record, settings: StationSettings, link: Link, parent: QObject | None = None) -> None:
        super().__init__(record, settings, link, parent)
        self.people = People(self)
        self.opinions = Opinions(self)
        self.closing.connect(self.people.shutdown)
        self.closing.connect(self.opinions.shutdown)
        self._seen: tuple[ChipId, float] | None = None  # since when, in seconds
        self.undo_stack = UndoStack(self)
        self.undo_stack.failed.connect(self.failed)
        self.past = PastSteps(self)
        self.news = NewsWatch(self)

    def set_operator(self, name: str) -> None:
        if name != self.operator:
            self.undo_stack.clear()  # nobody takes back what stands under another name
        super().set_operator(name)

    def use_person(self, person: Person | None) -> None:
        """Somebody else is at the station, or nobody: nothing of the one before can be undone or read off."""
        self.person = person
        self.undo_stack.clear()
        self.said.emit("")
        self.operator_changed.emit(self.operator)

    def confirm(self) -> None:
        """The standing answer is right: say so and go on. A chip that is decided already is only left behind.

        But for one that an engineer has returned: it gets the same answer again.
        """
        if self.current is None:
            return
        standing = self.standing(self.current)
        if standing.class_name is None:
            self.said.emit(self.tr("There is no answer to confirm here: choose a class."))
        elif is_decided(standing) and self.review_state(self.current) is not ReviewState.RETURNED:
            self.go_on()
        else:
            self._decide([self.current], Answer(DecisionKind.CONFIRM, standing.class_name))

    def relabel(self, class_name: str, chips: Sequence[ChipId] | None = None, *, stay: bool = False) -> bool:
        """Give a class to the current chip and go on (or stay), or to a selection of chips in one step.

        True once it is in the record.
        """
        chosen = list(chips) if chips is not None else [self.current] if self.current else []
        if not chosen or self.classes is None or class_name not in self.classes:
            return False
        return self._decide(chosen, Answer(DecisionKind.RELABEL, class_name), stay=stay)

    def give_subtype(self, subtype: str) -> None:
        """Say of which sub-type the current chip's standing class is, and go on."""
        self._say_more(subtype=subtype)

    def mark(self, point: tuple[float, float], *, stay: bool = False) -> None:
        """Say where on the current chip its defect is, (x, y) in chip pixels, and go on (or stay)."""
        self._say_more(point=point, stay=stay)

    def unsure(self) -> None:
        """Set the chip aside for a second look and go on."""
        if self.current is not None:
            self._decide([self.current], Answer(DecisionKind.UNSURE))

    def exclude(self, reason: str = "") -> None:
        """Take the chip out of what is counted and exported (a bad image, the wafer's edge) and go on."""
        if self.current is not None:
            self._decide([self.current], Answer(DecisionKind.EXCLUDE, reason=reason))

    def see(self, chip: ChipId) -> None:
        """The chip's pixels have just come to the screen: from now on it is looked at."""
        self._seen = (chip, time.monotonic())

    def go_on(self) -> None:
        """Look at the next open chip of the queue; changes no data."""
        if self.current is not None:
            self._go_on(self.queue(), self.current)

    def decide_together(self, decisions: Sequence[NewDecision], text: str) -> bool:
        """Write what was worked out for several chips as one step; nothing goes on. True once it is in the record."""
        key = self.key
        if key is None or self._is_outdated():
            return False
        return self.undo_stack.decide(DecideCommand(self, key, decisions, text))

    def take_opinions(self, key: WaferKey, said: Sequence[Opinion], written: Sequence[Decision]) -> None:
        """Called by a command that has just written opinions, and the decisions that came with them."""
        if self._open is None or key != self._open.entry.key:
            self._lots.count(key)
            self._tables.forget(key)
            self.wafers_changed.emit()
            return
        self._open.decided(written)
        self._open.opined(said)
        self._sort_queue()
        self.decided.emit(tuple({*(opinion.chip for opinion in said), *(decision.chip for decision in written)}))
        self.queue_changed.emit()

    @property
    def read_up_to(self) -> Heads | None:
        """Up to where the record's answers on the open wafer are known here; None where none is open."""
        return self._open.read_up_to if self._open else None

    def move_grid(self, key: WaferKey, placed: PlacedGrid) -> None:
        """A person has corrected a wafer's grid: write it, and judge the chips that moved again."""
        entry = self.record.wafer(key)
        if entry is not None:
            self.undo_stack.decide(MoveGridCommand(self, key, entry.placed, placed))

    def take_news(self, news: News) -> bool:
        """Others have written to the record, of the open wafer or of another one. The chip in sight stays in sight.

        True where there was an answer that was not known here.
        """
        for key, counts in news.elsewhere.items():
            self._tables.forget(key)
            self._lots.update(key, *counts)
        if news.elsewhere:
            self.wafers_changed.emit()
        if news.is_moved and self._sees_moved_grid():
            return True
        chips = self._open.take_news(news) if self._open is not None else ()
        if chips:
            self._queue.keep(chips)
            self._sort_queue()
            self.decided.emit(chips)
            self.queue_changed.emit()
        if news.noted:
            self.noted.emit(news.noted)
        return bool(chips or news.elsewhere)

    def _is_outdated(self) -> bool:
        """True where an answer on what is in sight may be on another chip, or nobody can tell."""
        try:
            return self._sees_moved_grid()
        except InspectorError as error:
            self.failed.emit(str(error))
            return True

    def _sees_moved_grid(self) -> bool:
        """True where somebody else has moved the open wafer's grid: it is shown as it lies now, for an answer on a chip
        as it was seen before would stand on another one. Steps from before can't be done or undone here any more."""
        opened = self._open
        if opened is None or self.record.work.heads().placement == opened.read_up_to.placement:
            return False
        key, current, entry = opened.entry.key, self.current, self.record.wafer(opened.entry.key)
        if entry is None or entry.placed == opened.entry.placed:
            return False  # another wafer's grid, or moved here
        self.undo_stack.clear()
        self.show_wafer(key, self.queue_name)
        self.go_to(current)
        self.past.read()
        self.said.emit(self.tr("Somebody has moved the grid of this wafer: it is shown as it lies now."))
        return True

    def take_decisions(self, key: WaferKey, written: Sequence[Decision], text: str, again: bool) -> None:
        """Called by an undo command that has just written decisions to the record."""
        self._take(key, written)
        if again:
            self._look_at(written[0].chip)
            self.said.emit(self.tr("Redone: {what}").format(what=text))
        else:
            self.said.emit(text)

    def take_withdrawal(self, key: WaferKey, written: Sequence[Decision], chip: ChipId, text: str) -> None:
        """Called by an undo command that has just withdrawn its decisions; goes to the first of their chips."""
        self._take(key, written)
        self._look_at(chip)
        self.said.emit(self.tr("Undone: {what}").format(what=text))

    def _take(self, key: WaferKey, written: Sequence[Decision]) -> None:
        if self._open is None or key != self._open.entry.key:
            self.show_wafer(key)  # reads what was just written
            return
        chips = tuple(dict.fromkeys(d.chip for d in written))
        self._open.decided(written)
        self._queue.keep(chips)
        self._sort_queue()
        self.decided.emit(chips)
        self.queue_changed.emit()

    def _say_more(
        self, subtype: str | None = None, point: tuple[float, float] | None = None, stay: bool = False
    ) -> None:
        if self.current is None:
            return
        answer = more_about(self.standing(self.current), subtype, point)
        if answer is None:
            self.said.emit(self.tr("There is no answer to confirm here: choose a class."))
        else:
            self._decide([self.current], answer, stay=stay)

    def _decide(self, chips: list[ChipId], answer: Answer, *, stay: bool = False) -> bool:
        assert self._open is not None, "chips can be chosen on an open wafer only"
        if self._is_outdated():
            return False
        batch = uuid4().hex if len(chips) > 1 else None
        news = [answer.on(chip, self.standing(chip), self.operator, batch) for chip in chips]
        if self._seen is not None and chips == [self._seen[0]]:
            news = [replace(news[0], ms_spent=round((time.monotonic() - self._seen[1]) * 1000))]
        before = self.queue()
        text = decision_in_words(chips, answer, self._open.classes, self.language)
        if not self.undo_stack.decide(DecideCommand(self, self._open.entry.key, news, text)):
            return False
        if chips == [self.current] and not stay:
            self._go_on(before, chips[0])
        return True

    def _go_on(self, before: list[ChipId], chip: ChipId) -> None:
        following = self._queue.next_open(before, chip, self._open.table) if self._open else None
        if self.settings.goes_on and self.counts()[self.queue_name].found <= _NEAR_THE_END:
            self.read_lot_ahead()
        if following is not None:
            self._look_at(following)
        else:
            self._go_to_next_wafer()
