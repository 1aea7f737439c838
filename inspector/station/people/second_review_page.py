"""The second review: another person's chip, seen blind. Only the crop is here, and the keys to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector.station.look import theme
from inspector.station.pages.page import Answers, Page
from inspector.station.panels.buttons import Face, KeyButton
from inspector.station.people.chip_reader import Place
from inspector.station.people.class_buttons import ClassButtons
from inspector.station.people.lone_chip import LoneChip
from inspector.station.people.nothing_waits import NothingWaits
from inspector.station.people.page_keys import PageKeys
from inspector.station.people.recipes import Recipes
from inspector.station.state.opinions import Waiting
from inspector.station.state.session import Session
from inspector.wafer.roles import Act

_WIDE = 400  # logical pixels


class SecondReviewPage(Page):
    """Reads what waits when it comes into sight; nothing on it says what was answered before, or by whom."""

    is_of_open_wafer = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._opinions = session.opinions
        self._recipes = Recipes(session.record)
        self._waiting: list[Waiting] = []
        self._place = 0
        self.chip = LoneChip(session.record, self)
        self.chip.setObjectName("second_review_chip")
        self._title = self._label("second_review_title", theme.title_font())
        self._count = self._label("second_review_count")
        self._name = self._label("second_review_name", quiet=True)
        self._hint = self._label("second_review_hint", quiet=True)
        self._said = self._label("second_review_said")
        self._classes = ClassButtons(self)
        self._classes.chosen.connect(self._answer)
        self._unsure = self._button("second_review_unsure", Face(self.tr("Unsure"), "U"), partial(self._answer, None))
        self._later = self._button("second_review_later", Face(self.tr("Later"), "→"), partial(self._step, 1))
        self._empty = NothingWaits("second_review", self)
        self._lay_out()
        PageKeys(self, self._keys)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title.setText(self.tr("Second review"))
        self._opinions.changed.connect(self._take)
        self._opinions.shown.connect(self._go_to)
        for say in (self._said.setText, self._empty.say):
            session.said.connect(say)
        session.news.came.connect(self._look_again)
        session.people.changed.connect(self._start_anew)
        self._show()

    def _label(self, name: str, font: object = None, quiet: bool = False) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(theme.title_font() if font is not None else theme.text_font())
        if quiet:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def _button(self, name: str, face: Face, act: Callable[[], object]) -> KeyButton:
        button = KeyButton(face, self)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self._unsure, self._later):
            actions.addWidget(button)
        side = QVBoxLayout()
        side.setSpacing(8)
        for label in (self._title, self._count, self._name, self._hint):
            side.addWidget(label)
        side.addStretch(1)
        side.addWidget(self._said)
        side.addWidget(self._classes)
        side.addLayout(actions)
        self._side = QWidget(self)
        self._side.setLayout(side)
        self._side.setFixedWidth(_WIDE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.chip, 1)
        layout.addWidget(self._side)
        layout.addWidget(self._empty, 1)

    @property
    def answers(self) -> Answers:
        return {"confirm": self._refuse_confirm, "unsure": partial(self._answer, None), "next": partial(self._step, 1)}

    def press_class(self, name: str) -> None:
        current = self._current
        if current is not None and name in self._recipes.of(current.key).class_set:
            self._answer(name)

    def come(self) -> None:
        self._opinions.read()

    def _look_again(self) -> None:
        """Somebody else has answered: what waits may be another list."""
        if self.isVisible():
            self._opinions.read()

    def shutdown(self) -> None:
        self.chip.shutdown()

    @property
    def _current(self) -> Waiting | None:
        return self._waiting[self._place] if self._waiting else None

    def _keys(self) -> Mapping[str, Callable[[], object]]:
        current = self._current
        if current is None:
            return {}
        classes = self._recipes.of(current.key).class_set
        keys: dict[str, Callable[[], object]] = {"u": partial(self._answer, None), "Right": partial(self._step, 1)}
        return keys | {c.key.lower(): partial(self._answer, c.name) for c in classes if c.key}

    def _answer(self, class_name: str | None) -> None:
        """What this person says. A key that comes before the chip was seen is for no chip."""
        current = self._current
        if current is None:
            return
        why = self._session.people.why_not(Act.SECOND_REVIEW)
        if why:
            self._session.said.emit(why)
        elif self.chip.is_ready and not self._opinions.answer(current, class_name, self.chip.ms_seen):
            self._opinions.read()  # somebody may have been quicker

    def _refuse_confirm(self) -> None:
        self._session.said.emit(self.tr("Nothing is proposed here: answer with the key of a class."))

    def _step(self, by: int) -> None:
        if self._waiting:
            self._place = (self._place + by) % len(self._waiting)
            self._show()

    def _start_anew(self) -> None:
        """Another person: what was said to the one before is gone, and other chips wait."""
        self._said.clear()
        self._empty.say("")
        self._take()

    def _take(self, wanted: Place | None = None) -> None:
        """The list has changed: the chip that is wanted comes, else the one in sight stays, or the next one comes."""
        before = self._current.place if self._current else None
        self._waiting = self._opinions.to_review()
        places = [w.place for w in self._waiting]
        found = next((place for place in (wanted, before) if place in places), None)
        if found is not None:
            self._place = places.index(found)
        self._place = min(self._place, max(len(places) - 1, 0))
        self._show()

    def _go_to(self, page: str, place: Place) -> None:
        if page == "second_review":
            self._take(place)

    def _show(self) -> None:
        current = self._current
        for widget in (self.chip, self._side):
            widget.setVisible(current is not None)
        self._empty.setVisible(current is None)
        if current is None:
            self._show_nothing()
            return
        recipe = self._recipes.of(current.key)
        following = self._waiting[(self._place + 1) % len(self._waiting)]
        self.chip.show_place(current.place, following.place)
        self._classes.show_classes(recipe.class_set, self._session.language)
        why = self._session.people.why_not(Act.SECOND_REVIEW)
        self._classes.set_able(why)
        self._unsure.setEnabled(not why)
        self._unsure.setToolTip(why or self.tr("You are unsure too: an engineer decides"))
        self._later.setToolTip(self.tr("Look at the next one; this one goes on waiting"))
        self._count.setText(
            self.tr("{place} of {count} that wait").format(place=self._place + 1, count=f"{len(self._waiting):,}")
        )
        self._count.setToolTip(self.tr("Chips on which somebody else decided and which want a second person"))
        self._name.setText("" if self._session.settings.blind_names else self._chip_words(current))
        self._hint.setText(
            self.tr("You see the chip alone. What was answered before, and what the machine proposed, stays hidden.")
        )

    def _chip_words(self, waiting: Waiting) -> str:
        return self.tr("{lot} · {wafer} · chip {column} / {row}").format(
            lot=waiting.key.lot, wafer=waiting.key.wafer, column=waiting.chip.column, row=waiting.chip.row
        )

    def _show_nothing(self) -> None:
        self.chip.show_place(None)
        if not self._opinions.is_read:
            self._empty.show_words(self.tr("Looking …"), "")
            return
        self._empty.show_words(
            self.tr("Nothing waits for a second person"),
            self.tr(
                "Here come the chips that another person changed from defect to good, and those that another person "
                "was unsure about, as the recipe says. Your own answers never come to you."
            ),
        )
