"""The hand-over of a shift: who did what, what is left, and a word for those who come next."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from inspector.exchange.sheet import as_html, write_sheet
from inspector.station.keys.typing_keys import takes_typing
from inspector.station.look import theme
from inspector.station.pages.page import Page
from inspector.station.panels.buttons import Face, KeyButton
from inspector.station.people.hand_over_words import HandOverWords
from inspector.station.people.person_form import action_button
from inspector.station.people.shift import Shift, hand_over, read_shift
from inspector.station.state.background import Background
from inspector.station.state.sentences import told
from inspector.station.state.session import Session
from inspector.wafer.errors import InspectorError
from inspector.wafer.roles import Act

_WIDE = 360  # logical pixels
_LONGEST = 2000  # characters of a note


class NoteEdit(QPlainTextEdit):
    """Keys typed here are letters of a note, never answers on a chip."""

    def event(self, event: QEvent) -> bool:
        return takes_typing(event) or super().event(event)


class HandOverPage(Page):
    """The sheet at the left, the note and what can be done with both at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = HandOverWords(self)
        self._shift: Shift | None = None
        self._reading = Background(self, 1)
        self._reading.done.connect(self._take)
        self._sheet = QTextBrowser(self)
        self._sheet.setObjectName("hand_over_sheet")
        self._sheet.setFrameShape(QFrame.Shape.NoFrame)
        self._sheet.setPlaceholderText(self.tr("The shift is still being counted."))
        self._sheet.document().setDocumentMargin(16)
        self._sheet.setAccessibleName(self.tr("Shift hand-over"))
        self._note = NoteEdit(self)
        self._note.setObjectName("hand_over_note")
        self._note.setAccessibleName(self.tr("For the next shift"))
        self._note.setPlaceholderText(self.tr("What the next shift must know"))
        self._note.setTabChangesFocus(True)
        self._note.textChanged.connect(self._cut)
        self._said = QLabel(self)
        self._said.setObjectName("hand_over_said")
        self._said.setWordWrap(True)
        self._give = KeyButton(Face(self.tr("Hand over")), self, primary=True)
        self._give.setObjectName("hand_over_give")
        self._give.clicked.connect(self._hand_over)
        self._save = action_button(self.tr("Save as a file…"), "hand_over_save", self)
        self._save.clicked.connect(self._ask_file)
        self._lay_out()
        session.people.changed.connect(self._show_able)
        self._show_able()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("For the next shift"), self)
        title.setFont(theme.title_font())
        hint = QLabel(self.tr("The note stays in the record, and the next shift counts from here."), self)
        hint.setWordWrap(True)
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.setContentsMargins(8, 8, 0, 0)
        for widget in (title, hint):
            side.addWidget(widget)
        side.addWidget(self._note, 1)
        side.addWidget(self._said)
        side.addWidget(self._save)
        side.addWidget(self._give)
        panel = QWidget(self)
        panel.setLayout(side)
        panel.setFixedWidth(_WIDE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._sheet, 1)
        layout.addWidget(panel)

    def come(self) -> None:
        """Count anew what was done until now."""
        self._show_able()
        self._reading.run("shift", partial(read_shift, self._session.record, datetime.now(UTC)))

    def shutdown(self) -> None:
        self._reading.stop()

    def _take(self, _: str, found: object) -> None:
        if isinstance(found, Shift):
            self._shift = found
            self._sheet.setHtml(as_html(self._words.sheet(found, self._session.language)))
        elif isinstance(found, InspectorError):
            self._session.failed.emit(str(found))
        self._show_able()

    def _show_able(self) -> None:
        why = self._session.people.why_not(Act.HAND_OVER)
        reading = "" if self._shift is not None else self.tr("The shift is still being counted.")
        for button, reason in ((self._give, why or reading), (self._save, reading)):
            button.setEnabled(not reason)
            button.setToolTip(reason)

    def _cut(self) -> None:
        text = self._note.toPlainText()
        if len(text) > _LONGEST:
            self._note.setPlainText(text[:_LONGEST])
            self._said.setText(self.tr("A note has at most {count} characters.").format(count=f"{_LONGEST:,}"))

    def _hand_over(self) -> None:
        try:
            hand_over(self._session.record, self._note.toPlainText().strip(), self._session.operator)
        except InspectorError as error:
            self._said.setText(told(error))
            return
        self._note.clear()
        self._said.setText(self.tr("Handed over. The next shift counts from now."))
        self.come()

    def _ask_file(self) -> None:
        """Choose the file without stopping the window."""
        dialog = QFileDialog(self, self.tr("Save the hand-over"), str(self._session.settings.folder("hand_over")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Web page (*.html)"), self.tr("Text (*.txt)")])
        dialog.setDefaultSuffix("html")
        dialog.fileSelected.connect(self._save_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_as(self, name: str) -> None:
        out = Path(name)
        if self._shift is None:
            return
        try:
            write_sheet(self._words.sheet(self._shift, self._session.language, self._note.toPlainText()), out)
        except InspectorError as error:
            self._said.setText(told(error))
            return
        self._session.settings.keep_folder("hand_over", out.absolute().parent)
        self._said.setText(self.tr("Saved as {name}.").format(name=out.name))
