"""The answers beside the chip: what the machine says, why it asks, and a button for every answer one can give."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector.station.look import theme
from inspector.station.look.chip_look import answer_title
from inspector.station.panels.buttons import Face, KeyButton
from inspector.station.state.queue_words import queue_empty, queue_title
from inspector.station.state.queues import is_decided
from inspector.station.state.session import Session
from inspector.station.state.words import decided_line, of_hundred, verdict_word, why_asked
from inspector.wafer.classes import ChipClass
from inspector.wafer.decision import StandingAnswer
from inspector.wafer.grid import ChipId

_MARGIN = 16
_GAP = 8
_SLACK = 40  # logical pixels: words that take two lines on one chip and one on the next
_ONE_ROW = 480  # pixels: from here on Unsure, Exclude and Confirm stand side by side


class AnswerPanel(QWidget):
    """Reads from the session; a click on a button asks for the same as its key."""

    confirm_asked = Signal()
    class_asked = Signal(str)
    unsure_asked = Signal()
    exclude_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chip_name = _line("chip_name", self)
        self._place = _line("place_in_queue", self, quiet=True)
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._odds = _line("odds", self)
        self._why = _line("why_asked", self, quiet=True)
        self._decided = _line("decided", self)
        self._classes = QGridLayout()
        self._classes.setSpacing(_GAP)
        self._buttons: dict[str, KeyButton] = {}
        self._unsure = KeyButton(Face(self.tr("Unsure"), "U"), self)
        self._exclude = KeyButton(Face(self.tr("Exclude"), "X"), self)
        self._confirm = KeyButton(Face(self.tr("Confirm"), "Enter"), self, primary=True)
        self._name_buttons()
        self._lay_out()
        session.wafer_opened.connect(self._show_classes)
        session.current_changed.connect(self._show_chip)
        session.decided.connect(self._show_chip)
        session.queue_changed.connect(self._show_chip)
        self._show_classes()

    def _name_buttons(self) -> None:
        for button, name, signal in (
            (self._unsure, "unsure", self.unsure_asked),
            (self._exclude, "exclude", self.exclude_asked),
            (self._confirm, "confirm", self.confirm_asked),
        ):
            button.setObjectName(name)
            button.clicked.connect(signal)
        self._unsure.setToolTip(self.tr("Set the chip aside for a second look"))
        self._exclude.setToolTip(self.tr("Leave the chip out: a bad image, or the wafer's edge"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._chip_name)
        head.addWidget(self._place, 1)
        self._actions = QGridLayout()
        self._actions.setSpacing(_GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addSpacing(4)
        for line in (self._odds, self._why, self._decided):
            layout.addWidget(line)
        self._room = QVBoxLayout()
        layout.addLayout(self._room)
        layout.addStretch(1)
        layout.addLayout(self._classes)
        layout.addSpacing(4)
        layout.addLayout(self._actions)
        self._place_buttons()

    def spare_height(self, height: int) -> int:
        """Logical pixels that would be left between the machine's words and the buttons, were it so high."""
        layout = self.layout()
        used = layout.minimumSize().height() if layout is not None else 0
        held = self._room.minimumSize().height()
        return height - used + held - _SLACK

    def hold(self, widget: QWidget) -> None:
        """Show something between the machine's words and the buttons, in the room that is left."""
        self._room.addWidget(widget)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(self._room, 100)

    def _show_classes(self) -> None:
        """One button for each class of the recipe, in its order."""
        for button in self._buttons.values():
            self._classes.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for chip_class in self._session.classes or ():
            self._buttons[chip_class.name] = self._class_button(chip_class)
        self._place_buttons()
        before: QWidget | None = None
        for button in [*self._buttons.values(), self._unsure, self._exclude, self._confirm]:
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button
        self._show_chip()

    def _place_buttons(self) -> None:
        """As many columns as hold the longest title, so that the chip above gets the room."""
        buttons = list(self._buttons.values())
        room = self.width() - 2 * _MARGIN
        widest = max((button.sizeHint().width() for button in buttons), default=1)
        columns = min(max((room + _GAP) // (widest + _GAP), 1), 4)
        for number, button in enumerate(buttons):
            self._classes.addWidget(button, number // columns, number % columns)
        for column in range(4):
            self._classes.setColumnStretch(column, 1 if column < min(columns, len(buttons)) else 0)
        one_row = room >= _ONE_ROW
        for column, stretch in enumerate((1, 1, 2 if one_row else 0)):
            self._actions.setColumnStretch(column, stretch)
        self._actions.addWidget(self._unsure, 0, 0)
        self._actions.addWidget(self._exclude, 0, 1)
        self._actions.addWidget(self._confirm, *((0, 2) if one_row else (1, 0, 1, 2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_buttons()
        super().resizeEvent(event)

    def _class_button(self, chip_class: ChipClass) -> KeyButton:
        title = chip_class.title(self._session.language)
        button = KeyButton(Face(title, chip_class.key.upper(), chip_class.colour, chip_class.glyph), self)
        button.setObjectName(f"class_{chip_class.name}")
        button.setCheckable(True)
        button.setToolTip(self.tr("{title} ({verdict})").format(title=title, verdict=verdict_word(chip_class)))
        button.setProperty("class_name", chip_class.name)
        button.clicked.connect(self._class_clicked)
        return button

    def _class_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self._show_chip()  # what is checked follows the record, not the click
            self.class_asked.emit(button.property("class_name"))

    def _show_chip(self) -> None:
        chip = self._session.current
        for button in [*self._buttons.values(), self._unsure, self._exclude, self._confirm]:
            button.setEnabled(chip is not None)
        if chip is None:
            self._show_nothing()
            return
        self._chip_name.setText(self.tr("Chip {column} / {row}").format(column=chip.column, row=chip.row))
        self._chip_name.setToolTip(self.tr("Column and row, both counted from 0 at the top left"))
        self._place.setText(self._place_text(chip))
        standing = self._session.standing(chip)
        self._show_confirm(chip, standing)
        self._show_reason(chip, standing)
        for name, button in self._buttons.items():
            button.setChecked(standing.class_name == name)

    def _show_nothing(self) -> None:
        waiting = self._session.key is not None
        for label in (self._chip_name, self._place, self._odds, self._why, self._decided):
            label.clear()
        if waiting:
            self._odds.setText(queue_empty(self._session.queue_name, bool(self._session.filters.query.terms)))
        for button in self._buttons.values():
            button.setChecked(False)
        self._confirm.set_face(Face(self.tr("Confirm"), "Enter"))

    def _place_text(self, chip: ChipId) -> str:
        name = queue_title(self._session.queue_name)
        place = self._session.place_in_queue(chip)
        if place is None:
            return self.tr("not in “{queue}”").format(queue=name)
        count = len(self._session.queue())
        return self.tr("{place} of {count}, {queue}").format(place=f"{place + 1:,}", count=f"{count:,}", queue=name)

    def _show_confirm(self, chip: ChipId, standing: StandingAnswer) -> None:
        """What Enter does now: confirm the standing answer, or go on from a chip that is decided."""
        classes = self._session.classes
        named = classes is not None and standing.class_name is not None and standing.class_name in classes
        if not named:
            words = self.tr("Choose a class")
        elif is_decided(standing):
            words = self.tr("Next")
        else:
            words = self.tr("Confirm {title}").format(title=answer_title(self._session, chip))
        self._confirm.set_face(Face(words, "Enter"))
        self._confirm.setEnabled(named)

    def _show_reason(self, chip: ChipId, standing: StandingAnswer) -> None:
        judgement, recipe = self._session.judgement(chip), self._session.recipe
        self._decided.clear()
        if judgement is None or recipe is None:
            self._odds.setText(self.tr("The machine has not judged this chip yet."))
            self._why.clear()
            return
        machine = recipe.class_set[judgement.class_name].title(self._session.language) if judgement.class_name else ""
        if standing.decision is not None:
            self._decided.setText(decided_line(standing.decision, machine))
        self._odds.setText(of_hundred(judgement.p_defect))
        p = f"{judgement.p_defect:.3f}" if math.isfinite(judgement.p_defect) else "?"
        self._odds.setToolTip(self.tr("P(defect) {p}, by the model {model}").format(p=p, model=judgement.model.name))
        limits = judgement.limits(recipe)
        self._why.setText(why_asked(self._session.review(chip), judgement.p_defect, limits))


def _line(name: str, parent: QWidget, quiet: bool = False) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(not name.startswith(("chip", "place")))
    label.setSizePolicy(
        QSizePolicy.Policy.Ignored if name.startswith("place") else QSizePolicy.Policy.Preferred,
        QSizePolicy.Policy.Preferred,
    )
    label.setFont(theme.text_font())
    label.setMinimumHeight(label.fontMetrics().lineSpacing() + 2)  # an empty line keeps its place: nothing jumps
    if quiet:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
