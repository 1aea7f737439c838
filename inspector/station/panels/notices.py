"""What the station has to say: a quiet banner for what went wrong, one line at the bottom for what was done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from inspector.station.panels.progress_line import ProgressLine
from inspector.station.state.sentences import told
from inspector.station.state.session import Session
from inspector.wafer.errors import printable

_LINES = 4  # older ones make room: the newest is what the operator can act on


class Banner(QFrame):
    """Shows what failed until it is closed; it takes neither the keyboard nor the picture.

    `grid_asked(DoubtfulImage)`: somebody wants to place the grid of an image that was refused for it.
    """

    grid_asked = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self._lines: list[str] = []
        self._text = QLabel(self)
        self._text.setObjectName("banner_text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setObjectName("banner_close")
        self._close.setText(self.tr("Close"))
        self._close.setMinimumHeight(32)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.clear)
        self._session = session
        self._is_asked = False  # a grid is being placed: nothing is offered meanwhile
        self._place = QToolButton(self)
        self._place.setObjectName("banner_place_grid")
        self._place.setMinimumHeight(32)
        self._place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place.clicked.connect(self._ask_grid)
        self._place.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._place, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        session.failed.connect(self.add)
        session.doubts_changed.connect(self.offer_grid)
        self.offer_grid()

    @property
    def text(self) -> str:
        return self._text.text()

    def add(self, sentence: str) -> None:
        shown = printable(told(sentence))
        self._lines = [*(line for line in self._lines if line != shown), shown][-_LINES:]
        self._text.setText("\n".join(self._lines))
        self.show()

    def offer_grid(self) -> None:
        """Offer to place the grid of an image that was refused for it; again, as long as nobody has or declines."""
        waiting = [] if self._is_asked else self._session.doubtful
        self._place.setVisible(bool(waiting))
        if waiting:
            name = printable(waiting[0].image.source.name)
            more = "" if len(waiting) == 1 else f" (1/{len(waiting)})"
            self._place.setText(self.tr("Place the grid of {name}…").format(name=name) + more)
        self._close.setToolTip(self.tr("The image stays unjudged until it is opened again.") if waiting else "")
        self.setVisible(bool(waiting or self._lines))

    def offer_again(self) -> None:
        """The placing of a grid has ended, one way or the other."""
        self._is_asked = False
        self.offer_grid()

    def _ask_grid(self) -> None:
        self._is_asked = True
        self._forget_lines()
        self.grid_asked.emit(self._session.doubtful[0])

    def clear(self) -> None:
        """Close it: what it says is known, and what it offers is declined."""
        self._forget_lines()
        if self._session.doubtful:
            self._session.dismiss_doubtful()

    def _forget_lines(self) -> None:
        self._lines.clear()
        self._text.clear()
        self.offer_grid()


class StatusLine(QWidget):
    """What was done last, how the work goes, and the keys that matter."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self._said = QLabel(self)
        self._said.setObjectName("said")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        keys = QLabel(self.tr("Enter confirms  ·  digits relabel  ·  ← → only look  ·  H heat  ·  ? all keys"), self)
        keys.setObjectName("keys_hint")
        keys.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        self.progress = ProgressLine(session, self)
        layout.setSpacing(24)
        layout.addWidget(self._said, 1)
        layout.addWidget(self.progress)
        layout.addWidget(keys)
        session.said.connect(self._said.setText)

    def shutdown(self) -> None:
        self.progress.shutdown()
