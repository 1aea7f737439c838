"""The search line and the filters that are on: each a pill that goes with a click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from inspector.station.look.targets import enlarge
from inspector.station.panels.flow_layout import FlowLayout
from inspector.station.panels.search_field import SearchField
from inspector.station.state.query_words import completion_meaning, problem_sentence
from inspector.station.state.session import Session
from inspector.wafer.chip_completions import Completion, completions
from inspector.wafer.chip_query import Query, Term, parse
from inspector.wafer.errors import QueryError

_HEIGHT = 32
_MARGIN = 8


class _Pill(QToolButton):
    """Comes and goes while the window stands, so it keeps Space for itself."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Space and not event.modifiers())
            return True
        return super().event(event)


class FilterBar(QWidget):
    """Enter takes what is typed as further filters; Esc hands the keyboard back to the chip."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter_bar")
        self._session = session
        self._before: QWidget | None = None  # who had the keyboard
        self.field = SearchField(self._offers, self)
        self.field.setObjectName("search_line")
        self.field.setMinimumHeight(_HEIGHT)
        self.field.setPlaceholderText(self.tr("/  class:pit p>0.3"))
        self.field.setAccessibleName(self.tr("Search line"))
        self.field.setToolTip(self.tr("Which chips the queues show (/): class:pit p>0.3 state:open zone:edge"))
        self._note = QLabel(self)
        self._note.setObjectName("search_note")
        self._note.setWordWrap(True)
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._note.hide()
        self._pills = QWidget(self)
        self._pills.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(self._pills)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 0, _MARGIN, 4)
        layout.setSpacing(4)
        for part in (self.field, self._note, self._pills):
            layout.addWidget(part)
        self.field.returnPressed.connect(self._take)
        self.field.textEdited.connect(self._preview)
        self.field.left.connect(self.leave)
        self.field.taken_back.connect(self._take_back)
        session.filters.changed.connect(self._show_pills)
        session.wafer_opened.connect(self._show_pills)
        session.operator_changed.connect(self._show_pills)
        self._show_pills()

    @property
    def note(self) -> str:
        """How many chips fit what is typed, or what is wrong with it; empty where there is nothing to say."""
        return self._note.text() if self._note.isVisibleTo(self) else ""

    def ask(self) -> None:
        """Take the keyboard."""
        focus = self.window().focusWidget()
        if focus is not self.field:
            self._before = focus
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._session.read_lot_ahead()

    def leave(self) -> None:
        """Forget what is typed and hand the keyboard back."""
        self.field.clear()
        self._say("")
        before = self._before if self._before is not None and self._before.isVisible() else None
        (before or self.window()).setFocus()

    def _offers(self, line: str) -> list[tuple[Completion, str]]:
        session = self._session
        found = completions(line, session.query_words())
        return [(one, completion_meaning(one, session.classes, session.language)) for one in found]

    def _typed(self) -> Query:
        return self._session.filters.query.and_also(parse(self.field.text(), self._session.query_words()).terms)

    def _preview(self) -> None:
        """Say how many chips would be left; a word that is not finished yet is not complained about."""
        try:
            found = self._session.would_find(self._typed())
        except QueryError:
            self._say("")
            return
        self._say(
            self.tr("{count} of this queue. Enter: take it").format(count=f"{found:,}") if self.field.text() else ""
        )

    def _take(self) -> None:
        if not self.field.text().strip():
            self.leave()
            return
        try:
            query = self._typed()
        except QueryError as error:
            self._say(problem_sentence(error))
            return
        self.field.clear()
        self._session.filters.take(query)
        found = f"{len(self._session.queue()):,}"
        self._say(self.tr("{count} of this queue. Esc: back to the chip").format(count=found))

    def _take_back(self) -> None:
        """The last pill becomes text again."""
        query = self._session.filters.query
        if query.terms:
            self._session.filters.drop(query.terms[-1])
            self.field.setText(query.terms[-1].text)

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _show_pills(self) -> None:
        for pill in self._pills.findChildren(QToolButton):
            self._flow.removeWidget(pill)
            pill.hide()
            pill.deleteLater()  # later: the click that removes it comes from it
        terms = self._session.filters.query.terms
        for term in terms:
            self._add_pill(term.text, self.tr("Remove the filter {filter}").format(filter=term.text), term)
        if len(terms) > 1:
            self._add_pill(self.tr("Clear all"), self.tr("Show every chip of the queue again"), None)
        if self._session.settings.looks.gloves:
            enlarge(self._pills)
        self._pills.setVisible(bool(terms))
        self._pills.updateGeometry()

    def _add_pill(self, text: str, words: str, term: Term | None) -> None:
        pill = _Pill(self._pills)
        pill.setObjectName("filter_pill" if term else "clear_filters")
        pill.setText(f"{text}  ×" if term else text)
        pill.setAutoRaise(term is None)
        pill.setMinimumSize(QSize(_HEIGHT, _HEIGHT))
        pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        pill.setToolTip(words)
        pill.setAccessibleName(words)
        filters = self._session.filters
        pill.clicked.connect(partial(filters.drop, term) if term is not None else filters.clear)
        self._flow.addWidget(pill)
        pill.show()
