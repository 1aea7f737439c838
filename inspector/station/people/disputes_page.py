"""Disputes: two people gave two answers; an engineer sees both, with the machine's, and settles or returns the chip."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector.station.chip.heat_scale import HeatScale
from inspector.station.look import theme
from inspector.station.pages.page import Answers, Page
from inspector.station.panels.plain_label import plain_label
from inspector.station.panels.rows import Row, RowList
from inspector.station.people.chip_reader import Place
from inspector.station.people.class_buttons import ClassButtons
from inspector.station.people.dispute_view import Case, DisputeView, read_case
from inspector.station.people.examples import Examples
from inspector.station.people.lone_chip import LoneChip
from inspector.station.people.nothing_waits import NothingWaits
from inspector.station.people.page_keys import PageKeys
from inspector.station.people.recipes import Recipes
from inspector.station.people.return_line import ReturnLine
from inspector.station.state.background import Background
from inspector.station.state.opinions import Waiting
from inspector.station.state.session import Session
from inspector.wafer.roles import Act

_LIST = 240  # logical pixels
_WIDE = 400


class DisputesPage(Page):
    """The list at the left, the chip with its heat in the middle, both answers and the keys at the right."""

    is_of_open_wafer = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._opinions = session.opinions
        self._recipes = Recipes(session.record)
        self._waiting: list[Waiting] = []
        self._chosen: Place | None = None
        self._shown: Place | None = None  # of the case
        self._case: Case | None = None
        self._turn = 0  # counts the readings, so that a late one is known
        self._reading = Background(self, 1)
        self._reading.done.connect(self._show_case)
        self._heat = True
        self._list = RowList("disputes_list", self)
        self._list.setFixedWidth(_LIST)
        self._list.chosen.connect(self._choose)
        self.chip = LoneChip(session.record, self)
        self.chip.setObjectName("dispute_chip")
        self._scale = HeatScale(self)
        self._view = DisputeView(self)
        self._examples = Examples(session.record, self)
        self._classes = ClassButtons(self)
        self._classes.chosen.connect(self._settle)
        self._return = ReturnLine(self)
        self._return.returned.connect(self._give_back)
        self._title = QLabel(self.tr("Disputes"), self)
        self._title.setFont(theme.title_font())
        self._hint = plain_label("disputes_hint", self, quiet=True)
        self._why, self._said = plain_label("disputes_why", self), plain_label("disputes_said", self)
        self._empty = NothingWaits("disputes", self)
        self._lay_out()
        PageKeys(self, self._keys)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._opinions.changed.connect(self._take)
        self._opinions.shown.connect(self._go_to)
        for say in (self._said.setText, self._empty.say):
            session.said.connect(say)
        session.news.came.connect(self._look_again)
        session.people.changed.connect(self._show)
        self._take()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self._title, self._hint):
            left.addWidget(widget)
        left.addWidget(self._list, 1)
        left.addStretch(0)
        holder = QWidget(self)
        holder.setLayout(left)
        holder.setFixedWidth(_LIST + 16)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self._view)
        side.addWidget(self._examples)
        side.addStretch(1)
        below: tuple[QWidget, ...] = (self._why, self._said, self._classes, self._return)
        for part in below:
            side.addWidget(part)
        self._side = QWidget(self)
        self._side.setLayout(side)
        self._side.setFixedWidth(_WIDE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(holder)
        layout.addWidget(self.chip, 1)
        layout.addWidget(self._scale)
        layout.addWidget(self._side)
        layout.addWidget(self._empty, 1)

    @property
    def answers(self) -> Answers:
        return {
            "heat": self._toggle_heat,
            "next": partial(self._step, 1),
            "previous": partial(self._step, -1),
            "confirm": self._refuse_confirm,
        }

    def press_class(self, name: str) -> None:
        if self._case is not None and name in self._case.classes:
            self._settle(name)

    def come(self) -> None:
        self._opinions.read()

    def _look_again(self) -> None:
        """Somebody else has answered: what waits may be another list. Whoever writes a reason keeps its chip."""
        if self.isVisible() and not self._return.is_begun:
            self._opinions.read()

    def shutdown(self) -> None:
        self._turn += 1
        self._reading.stop()
        self.chip.shutdown()
        self._examples.shutdown()

    @property
    def _current(self) -> Waiting | None:
        return next((w for w in self._waiting if w.place == self._chosen), None)

    def _keys(self) -> Mapping[str, Callable[[], object]]:
        if self._current is None:
            return {}
        keys: dict[str, Callable[[], object]] = {"Right": partial(self._step, 1), "Left": partial(self._step, -1)}
        if self._case is None:
            return keys
        keys |= {"h": self._toggle_heat, "r": self._return.ask}
        return keys | {c.key.lower(): partial(self._settle, c.name) for c in self._case.classes if c.key}

    def _settle(self, class_name: str) -> None:
        current, case = self._current, self._case
        if current is not None and case is not None and self.chip.is_ready and self._may(current, Act.ADJUDICATE):
            title = case.classes[class_name].title(self._session.language)
            if not self._opinions.adjudicate(current, class_name, title):
                self._opinions.read()  # somebody may have been quicker

    def _give_back(self, reason: str) -> None:
        current = self._current
        if current is None or not self._may(current, Act.RETURN_CHIP):
            return
        if self._opinions.give_back(current, reason):
            self._return.clear()
            self.setFocus()
        else:
            self._opinions.read()

    def _may(self, current: Waiting, act: Act) -> bool:
        why = self._opinions.why_not(current, act)
        if why:
            self._session.said.emit(why)
        return not why

    def _refuse_confirm(self) -> None:
        self._session.said.emit(self.tr("Two answers stand against each other: settle it with the key of a class."))

    def _toggle_heat(self) -> None:
        self._heat = not self._heat
        self._show_heat()

    def _step(self, by: int) -> None:
        places = [w.place for w in self._waiting]
        if self._chosen in places:
            self._choose(places[(places.index(self._chosen) + by) % len(places)])

    def _choose(self, place: Place) -> None:
        self._chosen = place
        self._return.clear()
        self._show()

    def _go_to(self, page: str, place: Place) -> None:
        if page == "disputes":
            self._choose(place)

    def _take(self) -> None:
        """The list has changed: the chip in sight stays, or the one in its place comes."""
        before = [w.place for w in self._waiting]
        self._waiting = self._opinions.disputes()
        places = [w.place for w in self._waiting]
        if self._chosen not in places:
            at = before.index(self._chosen) if self._chosen in before else 0
            self._chosen = places[min(at, len(places) - 1)] if places else None
            self._return.clear()  # a reason that has been begun is about no other chip
        self._show()

    def _show(self) -> None:
        current = self._current
        rows = [
            Row(
                self.tr("Chip {column} / {row}").format(column=w.chip.column, row=w.chip.row),
                w.key.wafer,
                w.place,
                f"{w.key.lot} · {w.key.wafer}",
            )
            for w in self._waiting
        ]
        self._list.show_rows(rows, self._chosen)
        for widget in (self._hint, self._list, self.chip, self._side):
            widget.setVisible(current is not None)
        self._empty.setVisible(current is None)
        self._turn += 1
        if current is None:
            self._show_nothing()
            return
        self._hint.setText(
            self.tr(
                "Two people, two answers: settle each with the key of a class, or return it. H shows or hides the heat."
            )
        )
        if self._case is None or current.place != self._shown:
            self._case = None
            self.chip.show_wait()
            self._show_heat()
            self._show_parts(False)
        self._reading.run(self._turn, partial(read_case, self._session.record, self._recipes, current))

    def _show_nothing(self) -> None:
        self._case = None
        self._scale.hide()
        self.chip.show_place(None)
        self._show_heat()
        if not self._opinions.is_read:
            self._empty.show_words(self.tr("Looking …"), "")
            return
        self._empty.show_words(
            self.tr("No dispute waits"),
            self.tr(
                "When a second person gives another answer than the first, the chip comes here. You then see both "
                "answers, the machine's and its heat, and settle it with the key of a class, or return it with a "
                "reason."
            ),
        )

    def _show_case(self, turn: int, case: object) -> None:
        """What the record says about the chosen chip has come; only then its picture, so that no key comes between."""
        current = self._current
        if turn != self._turn or current is None:
            return
        if not isinstance(case, Case):
            self._why.setText(str(case))
            self._why.show()
            return
        self._case, self._shown = case, current.place
        language = self._session.language
        self.chip.show_place(current.place)
        self._view.show_case(case, language)
        self._show_examples(current, case)
        self._show_parts(True)
        why = self._opinions.why_not(current, Act.ADJUDICATE)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._classes.show_classes(case.classes, language)
        self._classes.set_able(why)
        self._return.show_person(case.first, self._opinions.why_not(current, Act.RETURN_CHIP))
        self._show_heat()

    def _show_parts(self, visible: bool) -> None:
        """What is about one chip alone, and not in sight before that chip has been read."""
        for widget in (self._scale, self._view, self._examples, self._return):
            widget.setVisible(visible)
        if not visible:
            self._why.hide()

    def _show_examples(self, current: Waiting, case: Case) -> None:
        """Of the classes that were answered, in the order in which they were."""
        decision = current.review.decision
        answered = [decision.new.to_class if decision is not None else None]
        answered += [opinion.new.class_name for opinion in current.review.opinions]
        names = tuple(dict.fromkeys(name for name in answered if name))
        self._examples.show_beside(current.place, case.recipe, names, self._session.language)

    def _show_heat(self) -> None:
        case = self._case
        self._scale.set_limits(case.heat_limits if case is not None else None)
        self._scale.set_shown(self._heat)
        picture = case.heat if case is not None and self._heat else None
        self.chip.show_heat(picture, self._session.settings.heat_opacity, None)
