"""The answers beside the thumbnails: how many are chosen, a button for every answer, and how many have been seen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.station.gallery.batch_plan import Wish
from inspector.station.look import theme
from inspector.station.panels.buttons import Face, KeyButton
from inspector.station.panels.plain_label import plain_label
from inspector.station.state.session import Session
from inspector.station.state.words import verdict_word
from inspector.wafer.classes import ChipClass
from inspector.wafer.decision import DecisionKind

_ONE_COLUMN = 8  # classes: more stand in two columns


@dataclass(frozen=True)
class Standing:
    """What the panel tells. focus: the name of the chip with the keyboard.

    seen, unseen: of the chips that nobody has decided. rest: of those seen, how many are not chosen.
    """

    chosen: int = 0
    focus: str = ""
    seen: int = 0
    unseen: int = 0
    rest: int = 0
    refusal: str = ""  # why this person may not answer for several chips


class AnswerSide(QWidget):
    """`wish_asked(Wish)`: a button was pressed. `rest_asked()`: what was seen is to be confirmed."""

    wish_asked = Signal(object)
    rest_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery_answers")
        self._session = session
        self._standing = Standing()
        self._title = plain_label("gallery_chosen", self)
        self._title.setFont(theme.title_font())
        self._hint = plain_label("gallery_hint", self, quiet=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._classes: list[KeyButton] = []
        self._unsure = self._button("gallery_unsure", Face(self.tr("Unsure"), "U"), Wish(DecisionKind.UNSURE))
        self._exclude = self._button("gallery_exclude", Face(self.tr("Exclude"), "X"), Wish(DecisionKind.EXCLUDE))
        self._confirm = self._button("gallery_confirm", Face(self.tr("Confirm"), "Enter"), Wish(DecisionKind.CONFIRM))
        self._seen = plain_label("gallery_seen", self)
        self._rest = KeyButton(Face(self.tr("Confirm the rest")), self, primary=True)
        self._rest.setObjectName("gallery_rest")
        self._rest.clicked.connect(self.rest_asked)
        self._lay_out()
        self.show_classes()

    def _lay_out(self) -> None:
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self._unsure)
        pair.addWidget(self._exclude)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addLayout(self._grid)
        layout.addLayout(pair)
        layout.addWidget(self._confirm)
        layout.addStretch(1)
        layout.addWidget(self._seen)
        layout.addWidget(self._rest)

    def show_classes(self) -> None:
        """One button for each class of the recipe, in its order."""
        for button in self._classes:
            self._grid.removeWidget(button)
            button.deleteLater()
        self._classes = [self._class_button(chip_class) for chip_class in self._session.classes or ()]
        columns = 1 if len(self._classes) <= _ONE_COLUMN else 2
        for number, button in enumerate(self._classes):
            self._grid.addWidget(button, number // columns, number % columns)
        self.show_standing(self._standing)

    def show_standing(self, now: Standing) -> None:
        """How many are chosen and seen, and which buttons can be pressed."""
        self._standing = now
        if now.chosen:
            self._title.setText(self.tr("{count} chosen").format(count=f"{now.chosen:,}"))
            self._hint.setText(self.tr("An answer goes to all of them, as one step."))
        elif now.focus:
            self._title.setText(self.tr("Chip {name}").format(name=now.focus))
            self._hint.setText(self.tr("An answer goes to this chip; Enter opens it."))
        else:
            self._title.setText(self.tr("None chosen"))
            self._hint.setText(self.tr("Click thumbnails, Shift+click a range, or drag a frame over them."))
        why = self._why_not(now)
        for button in (*self._classes, self._unsure, self._exclude, self._confirm):
            button.setEnabled(not why)
        if not now.chosen and not why:
            self._confirm.setEnabled(False)
            why = self.tr("Choose the chips whose answers are right.")
        self._confirm.setToolTip(why or self.tr("Confirms what stands on the chosen chips"))
        self._show_seen(now)

    def _why_not(self, now: Standing) -> str:
        if not now.chosen and not now.focus:
            return self.tr("Choose chips first.")
        return now.refusal if now.chosen > 1 else ""

    def _show_seen(self, now: Standing) -> None:
        text = self.tr("{seen} seen, {unseen} not yet seen")
        self._seen.setText(text.format(seen=f"{now.seen:,}", unseen=f"{now.unseen:,}"))
        self._seen.setToolTip(
            self.tr("Chips that nobody has decided yet: seen are those whose thumbnails stood sharp on the screen.")
        )
        words = self.tr("Confirm the rest ({count})").format(count=f"{now.rest:,}")
        self._rest.set_face(Face(words, "Ctrl+Enter"))
        self._rest.setEnabled(now.rest > 0 and not now.refusal)
        if now.refusal:
            self._rest.setToolTip(now.refusal)
        elif not now.rest:
            self._rest.setToolTip(self.tr("No undecided chip has been seen here that is not chosen."))
        else:
            self._rest.setToolTip(self.tr("Confirms the chips that you have seen and not chosen, and no others"))

    def _class_button(self, chip_class: ChipClass) -> KeyButton:
        title = chip_class.title(self._session.language)
        glyph = "" if chip_class.is_good else chip_class.glyph
        face = Face(title, chip_class.key.upper(), chip_class.colour, glyph)
        button = self._button(f"gallery_{chip_class.name}", face, Wish(DecisionKind.RELABEL, chip_class.name))
        button.setToolTip(self.tr("{title} ({verdict})").format(title=title, verdict=verdict_word(chip_class)))
        return button

    def _button(self, name: str, face: Face, wish: Wish) -> KeyButton:
        button = KeyButton(face, self)
        button.setObjectName(name)
        button.setProperty("wish", wish)
        button.clicked.connect(self._ask)
        return button

    def _ask(self) -> None:
        button = self.sender()
        if button is not None:
            self.wish_asked.emit(button.property("wish"))
