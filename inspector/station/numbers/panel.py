"""One chart or table with its title, its caption, and the buttons that write it to a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inspector.station.numbers.canvas import Canvas
from inspector.station.numbers.chart import Chart, Draw
from inspector.station.numbers.plot_files import write_picture, write_table
from inspector.station.state.settings import StationSettings

_FORMATS = ("png", "csv")
_EMPTY_HEIGHT = 160


class Panel(QWidget):
    """body: what fills it. `said(str)`: a file was written; `failed(str)`: it could not be."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, name: str, title: str, tip: str, settings: StationSettings, body: QWidget) -> None:
        super().__init__()
        self.setObjectName(f"numbers_{name}")
        self.chart = Chart()
        self.body = body
        body.setParent(self)  # before the layout shows it: a widget without a parent opens a window
        self._name = name
        self._settings = settings
        self._title = QLabel(title, self)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._title.setToolTip(tip)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._caption = QLabel(self)
        self._caption.setObjectName(f"caption_{name}")
        self._caption.setWordWrap(True)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._empty = QLabel(self)
        self._empty.setObjectName(f"empty_{name}")
        self._empty.setWordWrap(True)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._empty.setContentsMargins(32, 16, 32, 16)
        self._empty.setMinimumHeight(_EMPTY_HEIGHT)
        self._buttons = [self._make_button(kind) for kind in _FORMATS]
        body.setAccessibleName(title)
        self._lay_out()
        self.tell(Chart(empty=self.tr("Counting…")))

    def _make_button(self, kind: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"save_{self._name}_{kind}")
        button.setText(kind.upper())
        button.setAutoRaise(True)
        button.setMinimumSize(48, 32)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = self.tr("Save the picture") if kind == "png" else self.tr("Save the figures")
        button.setToolTip(words)
        button.setAccessibleName(f"{self._title.text()}: {words}")
        button.clicked.connect(partial(self._ask_file, kind))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for button in self._buttons:
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.body, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._caption)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def tell(self, chart: Chart) -> None:
        """The words to what the body shows now."""
        self.chart = chart
        self._empty.setText(chart.empty)
        self._caption.setText(chart.caption)
        self.body.setAccessibleDescription(chart.caption)
        self._empty.setVisible(bool(chart.empty))
        self.body.setVisible(not chart.empty)
        self._caption.setVisible(not chart.empty)
        for button in self._buttons:
            button.setVisible(not chart.empty)

    def _ask_file(self, kind: str) -> None:
        title = self.tr("Save {name}").format(name=self._title.text())
        place = self._settings.folder("numbers") / f"{self._name}.{kind}"
        dialog = QFileDialog(self, title, str(place), f"{kind.upper()} (*.{kind})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the picture, or the figures where the name ends in .csv; says so, or why not."""
        try:
            if path.suffix.lower() == ".csv":
                write_table(path, self.chart)
            else:
                write_picture(path, self.body, self._title.text(), self.chart)
        except OSError as error:
            text = self.tr("{path} can't be written ({why}): choose another folder.")
            self.failed.emit(text.format(path=path, why=error.strerror or error))
            return
        self._settings.keep_folder("numbers", path.parent)
        self.said.emit(self.tr("Saved {path}").format(path=path))


class PlotPanel(Panel):
    """A panel with a canvas, drawn anew when the palette or the width changes."""

    def __init__(self, name: str, title: str, tip: str, settings: StationSettings) -> None:
        self._canvas = Canvas()
        super().__init__(name, title, tip, settings, self._canvas)
        self._draw: Draw | None = None
        self._width = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._redraw)
        self._canvas.resized.connect(self._fit)

    def show_chart(self, draw: Callable[[Canvas], Chart]) -> None:
        """Draw this soon, and whenever the window's look changes; each panel in a turn of its own, so that no key
        waits for all of them."""
        self._draw = draw
        self._soon.start()

    def _redraw(self) -> None:
        if self._draw is not None:
            self._width = self._canvas.width()
            self._canvas.clear()
            self.tell(self._draw(self._canvas))

    def _fit(self) -> None:
        if self._canvas.width() != self._width:
            self._soon.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._soon.start()
        super().changeEvent(event)

    def shutdown(self) -> None:
        self._draw = None
        self._soon.stop()
        self._canvas.close_plot()
