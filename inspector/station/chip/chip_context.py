"""What stands beside the chip: its neighbours, verified examples, what repeats, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector.station.chip.beside import Beside, Facts
from inspector.station.chip.chip_view import ChipView
from inspector.station.chip.history import History
from inspector.station.chip.neighbourhood import Neighbourhood
from inspector.station.chip.references import References, by_in_words, chip_in_words, reference_look
from inspector.station.chip.repeaters import Repeaters

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_GAP = 8


class ChipContext(QWidget):
    """Fills itself once the chip has been painted, so that it never delays it."""

    def __init__(self, session: Session, view: ChipView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip_context")
        self._session = session
        self._view = view
        self._blinks: int | None = None
        self._tight = False
        self.beside = Beside(session, self)
        self.neighbourhood = Neighbourhood(session, self)
        self.references = References(session, self)
        self.repeaters = Repeaters(session, self)
        self.history = History(session, self)
        self._titles = [QLabel(self) for _ in range(2)]
        self._lay_out()
        view.painted.connect(self.beside.look)
        self.beside.found.connect(self._show)
        self.references.asked.connect(self.blink_to)
        self.history.toggled.connect(self._give_way)
        session.current_changed.connect(self._forget_blink)
        session.wafer_opened.connect(self._forget_blink)
        session.wafer_opened.connect(self._fit)

    def _lay_out(self) -> None:
        words = (self.tr("Around it"), self.tr("Verified examples (B)"))
        for label, text in zip(self._titles, words, strict=True):
            label.setText(text)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.neighbourhood.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self._titles[0])
        column.addWidget(self.neighbourhood)
        column.addWidget(self._titles[1])
        column.addWidget(self.references, 1000)
        column.addWidget(self.repeaters)
        column.addWidget(self.history, 200)
        column.addStretch(1)
        self.set_room(large=False)

    def set_room(self, *, large: bool, tight: bool = False) -> None:
        """Large: with the neighbourhood, and the history open. Tight: an open history takes the examples' place."""
        self._tight = tight
        self.references.set_tight(tight)
        self._titles[0].setVisible(large)
        self.neighbourhood.setVisible(large)
        self.history.set_open(large)
        self._give_way()
        self._fit()

    @property
    def is_settled(self) -> bool:
        """True where nothing that was asked for is still to come."""
        return self.beside.is_idle and self.neighbourhood.is_settled

    @property
    def blinks(self) -> int | None:
        """Which reference is in the chip's place: 0 the proposed class's, 1 the runner-up's; None: neither."""
        return self._blinks

    def blink(self) -> None:
        """B: the reference of the proposed class in the chip's place, or the chip again."""
        if self._blinks is not None:
            self.blink_to(self._blinks)
        else:
            self.blink_to(0 if self._has(0) or not self._has(1) else 1)

    def blink_other(self) -> None:
        """Shift+B: the other reference in the chip's place."""
        self.blink_to(1 if self._blinks is None else 1 - self._blinks)

    def blink_to(self, number: int) -> None:
        """Show a reference in the chip's place; the chip again where it is there already."""
        facts = self.beside.facts
        found = facts.references[number] if facts is not None and number < len(facts.references) else None
        if found is None or found[1] is None or number == self._blinks:
            if found is None or found[1] is None:
                self._session.said.emit(self.tr("There is no verified example to compare with yet."))
            self._forget_blink()
            return
        name, reference = found
        assert reference is not None, "asked for above"
        classes = self._session.classes
        title = classes[name].title(self._session.language) if classes is not None else name
        word = self.tr("Reference: {title} ({where}). B: back to the chip").format(
            title=title, where=f"{chip_in_words(self._session, reference)}, {by_in_words(reference)}"
        )
        self._view.show_neighbours(False)
        self._view.canvas.show_other(reference.picture, reference_look(self._session, name), word)
        self._blinks = number
        self.references.show_blinking(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def least_height(self) -> int:
        """Logical pixels that it needs with a closed history and small pictures."""
        line, gap = self.fontMetrics().lineSpacing(), _GAP
        return line + self.references.minimumHeight() + self.repeaters.sizeHint().height() + 32 + 5 * gap

    def _give_way(self) -> None:
        shown = not (self._tight and self.history.is_open)
        self._titles[1].setVisible(shown)
        self.references.setVisible(shown)

    def _fit(self) -> None:
        margins = self.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        self.references.fit_width(width)
        self.neighbourhood.fit_width(width)

    def shutdown(self) -> None:
        """Let no thread go on."""
        self.beside.stop()
        self.neighbourhood.shutdown()

    def _has(self, number: int) -> bool:
        facts = self.beside.facts
        return facts is not None and number < len(facts.references) and facts.references[number][1] is not None

    def _show(self, facts: Facts | None) -> None:
        if facts is not None and self._blinks is not None:
            self._forget_blink()
        for part in (self.references, self.repeaters, self.history):
            part.show_facts(facts)

    def _forget_blink(self) -> None:
        if self._blinks is not None:
            self._blinks = None
            self._view.canvas.show_other(None, None, "")
            self.references.show_blinking(None)
