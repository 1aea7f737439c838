"""Second opinions over all wafers: what waits for whom, and the steps by which it is answered, settled and returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.records.opinions import WAITING
from inspector.station.state.background import Background
from inspector.station.state.undo import StepCommand
from inspector.wafer.decision import Decision
from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.roles import Act, settlers
from inspector.wafer.second_review import ChipReview, NewOpinion, Opinion, OpinionKind, ReviewState

if TYPE_CHECKING:
    from inspector.station.state.session import Session


@dataclass(frozen=True)
class Waiting:
    """A chip that waits for a second person, or for an engineer."""

    key: WaferKey
    chip: ChipId
    review: ChipReview

    @property
    def place(self) -> tuple[WaferKey, ChipId]:
        return self.key, self.chip

    @property
    def about(self) -> int | None:
        """The decision that an answer given now would be about."""
        return self.review.decision.seq if self.review.decision is not None else None


class Opinions(QObject):
    """changed: what waits is another list now. shown(page, place): a step was undone or redone; that page shows it."""

    changed = Signal()
    shown = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._found: list[Waiting] = []
        self._turn = 0
        self._is_asked = False  # what was asked for has not come yet, though the reading may be over
        self.is_read = False
        self._reading = Background(self, 1)
        self._reading.done.connect(self._take)
        session.current_changed.connect(self._say_why_returned)

    def read(self) -> None:
        """Ask the record anew what waits, beside the window; `changed` when it has come."""
        self._turn, self._is_asked = self._turn + 1, True
        self._reading.run(self._turn, self._session.record.all_reviews)

    def to_review(self) -> list[Waiting]:
        """What waits for a second person, without what the person at the station has decided."""
        mine = self._session.operator
        return [
            w
            for w in self._found
            if w.review.state is ReviewState.SECOND_REVIEW
            and w.review.decision is not None
            and w.review.decision.new.operator != mine
        ]

    def disputes(self) -> list[Waiting]:
        """What waits for an engineer."""
        return [w for w in self._found if w.review.state is ReviewState.DISPUTED]

    def counts(self) -> dict[WaferKey, dict[ReviewState, int]]:
        """How many chips wait on each wafer, and for what."""
        counted: dict[WaferKey, dict[ReviewState, int]] = {}
        for w in self._found:
            states = counted.setdefault(w.key, {})
            states[w.review.state] = states.get(w.review.state, 0) + 1
        return counted

    def _say_why_returned(self, chip: ChipId | None) -> None:
        """Whoever looks at a chip that an engineer has returned reads why."""
        session = self._session
        if chip is None or session.key is None or session.review_state(chip) is not ReviewState.RETURNED:
            return
        for opinion in session.record.reviews(session.key, [chip])[chip].opinions:
            if opinion.kind is OpinionKind.RETURN:
                words = self.tr("Returned by {name}: {reason}")
                session.said.emit(words.format(name=opinion.new.operator, reason=opinion.new.reason))

    def answer(self, waiting: Waiting, class_name: str | None, ms_spent: int | None) -> bool:
        """A second person's answer, None: unsure too. False where it could not be written."""
        kind, name = OpinionKind.REVIEW, self._session.operator
        new = NewOpinion(waiting.chip, kind, name, class_name, about=waiting.about, ms_spent=ms_spent)
        return self._do("second_review", waiting, new, self.tr("Second review of a chip"))

    def adjudicate(self, waiting: Waiting, class_name: str, title: str) -> bool:
        """An engineer's answer, which stands from now on."""
        kind, name = OpinionKind.ADJUDICATE, self._session.operator
        new = NewOpinion(waiting.chip, kind, name, class_name, about=waiting.about)
        return self._do(
            "disputes", waiting, new, self._of_chip(waiting, self.tr("settled as {title}").format(title=title))
        )

    def give_back(self, waiting: Waiting, reason: str) -> bool:
        """Back to who decided first, with a reason."""
        kind, name = OpinionKind.RETURN, self._session.operator
        new = NewOpinion(waiting.chip, kind, name, reason=reason, about=waiting.about)
        return self._do("disputes", waiting, new, self._of_chip(waiting, self.tr("returned")))

    def why_not(self, waiting: Waiting, act: Act) -> str:
        """Why the person at the station may not settle or return this dispute; empty where they may."""
        people, parties = self._session.people, waiting.review.parties
        others = settlers(people.known, parties) if self._session.operator in parties else []
        why = people.why_not(act)
        if why or not others:
            return why
        return self.tr("One of the two answers is yours: {names} can settle it.").format(names=", ".join(others))

    def shutdown(self) -> None:
        """No thread reads the record after this."""
        self._turn += 1
        self._reading.stop()

    def _do(self, page: str, waiting: Waiting, new: NewOpinion, what: str) -> bool:
        command = OpinionCommand(self._session, self, page, waiting, new, what)
        return self._session.undo_stack.decide(command)

    def _of_chip(self, waiting: Waiting, what: str) -> str:
        words = self.tr("Chip {column} / {row}: {what}")
        return words.format(column=waiting.chip.column, row=waiting.chip.row, what=what)

    def past_command(self, opinion: Opinion) -> OpinionCommand:
        """The step of an opinion that is in the record already."""
        page = "second_review" if opinion.kind is OpinionKind.REVIEW else "disputes"
        waiting = Waiting(opinion.wafer, opinion.chip, ChipReview(ReviewState.SECOND_REVIEW))
        what = self.tr("Second review of a chip")
        if opinion.kind is OpinionKind.ADJUDICATE:
            what = self._of_chip(waiting, self.tr("settled"))
        elif opinion.kind is OpinionKind.RETURN:
            what = self._of_chip(waiting, self.tr("returned"))
        command = OpinionCommand(self._session, self, page, waiting, replace(opinion.new, about=None), what)
        command.stands_already(opinion.seq)
        return command

    def take(self, command: OpinionCommand, *, again: bool) -> None:
        """Called by a command that has just written its opinion."""
        self._session.said.emit(self.tr("Redone: {what}").format(what=command.text()) if again else command.text())
        self._tell(command, go_there=again)

    def take_back(self, command: OpinionCommand) -> None:
        """Called by a command that has just withdrawn its opinion."""
        self._session.said.emit(self.tr("Undone: {what}").format(what=command.text()))
        self._tell(command, go_there=True)

    def _tell(self, command: OpinionCommand, *, go_there: bool) -> None:
        key, chip = command.waiting.place
        others = [w for w in self._found if w.place != (key, chip)]
        review = self._session.record.reviews(key, [chip]).get(chip)
        waits = [Waiting(key, chip, review)] if review is not None and review.state in WAITING else []
        self._found = sorted([*others, *waits], key=_order)
        if self._is_asked:
            self.read()  # what is being read, or was, does not know this step yet
        self._session.take_opinions(key, command.said, command.written)
        self.changed.emit()
        if go_there:
            self.shown.emit(command.page, command.waiting.place)

    def _take(self, turn: int, found: object) -> None:
        if turn != self._turn:
            return
        self._is_asked = False
        if isinstance(found, InspectorError):
            self._session.failed.emit(str(found))
        elif isinstance(found, dict):
            self.is_read = True
            reviews = [Waiting(key, chip, review) for key, chips in found.items() for chip, review in chips.items()]
            self._found = sorted(reviews, key=_order)
            self.changed.emit()


def _order(waiting: Waiting) -> tuple[str, str, int, int]:
    return waiting.key.lot, waiting.key.wafer, waiting.chip.row, waiting.chip.column


class OpinionCommand(StepCommand):
    """One opinion, with the decision that it brings where it settles a chip."""

    def __init__(
        self, session: Session, opinions: Opinions, page: str, waiting: Waiting, new: NewOpinion, what: str
    ) -> None:
        super().__init__(what)
        self._session, self._opinions, self._new = session, opinions, new
        self.page, self.waiting = page, waiting
        self.said: Sequence[Opinion] = ()
        self.written: Sequence[Decision] = ()
        self._seq = 0
        self._is_new = True

    def stands_already(self, seq: int) -> None:
        """It is in the record since before this start of the station, and everybody has read it there."""
        self._seq, self._is_new, self._unheard = seq, False, 1

    def append(self) -> None:
        opinion, self.written = self._session.record.add_opinion(self.waiting.key, self._new)
        self._seq, self.said = opinion.seq, (opinion,)

    def withdraw(self) -> None:
        record, name = self._session.record, self._session.operator
        self.said, self.written = record.withdraw_opinions(self.waiting.key, [self._seq], name)

    def redo(self) -> None:
        if self._is_unheard():
            return
        again, self._is_new = not self._is_new, False
        self._opinions.take(self, again=again)

    def undo(self) -> None:
        if not self._is_unheard():
            self._opinions.take_back(self)
