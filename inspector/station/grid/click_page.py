"""The page on which a grid is made from an image: three clicks, what is counted between them, and the grid found."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from inspector.station.grid.click_desk import ClickTask
from inspector.station.grid.click_marks import ClickMarks
from inspector.station.grid.grid_canvas import GridCanvas
from inspector.station.grid.page_bar import PageBar
from inspector.station.map.turning import Turn
from inspector.station.panels.buttons import Face
from inspector.wafer.grid import PlacedGrid
from inspector.wafer.grid_text import turn_degrees

_FIELD = 40  # logical pixels
_REST_MS = 250  # after the last change the edges are looked for
_MOST = 999  # columns or rows between two chips


class ClickPage(QWidget):
    """`fit_asked(PlacedGrid)`: of the clicked chips. `saved(PlacedGrid)`: the grid is to be written. `left()`."""

    fit_asked = Signal(object)
    saved = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("click_page")
        self._name = ""
        self._reason = ""
        bar = PageBar(self, "click")
        self._title, self._hint = bar.title, bar.hint
        self._found = QLabel(self)
        self._found.setObjectName("click_found")
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._found.setMinimumHeight(_FIELD)  # the picture keeps its place when the numbers come
        self.canvas = GridCanvas(self)
        self.canvas.setAccessibleName(self.tr("Image of which a grid is made"))
        self.canvas.moved.connect(self._follow)
        self._columns = self._number("click_columns", self.tr("Columns from the first chip to the far one"))
        self._columns.setPrefix(self.tr("columns") + " ")
        self._rows = self._number("click_rows", self.tr("Rows from the first chip to the far one"))
        self._rows.setPrefix(self.tr("rows") + " ")
        self._back = bar.add_button("back", Face(self.tr("Take back"), "Ctrl+Z"), self.canvas.take_back)
        self._again = bar.add_button("again", Face(self.tr("Begin again")), self.canvas.begin_again)
        self._cancel = bar.add_button("cancel", Face(self.tr("Close"), "Esc"), self.left.emit)
        self._save = bar.add_button("save", Face(self.tr("Into a recipe…"), "Enter"), self._finish, primary=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._ask_fit)
        bar.above(self._numbers(), self.canvas)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)  # from the bar above the page too

    def _numbers(self) -> QHBoxLayout:
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 8)
        below.setSpacing(8)
        below.addWidget(self._columns)
        below.addWidget(self._rows)
        below.addSpacing(8)
        below.addWidget(self._found, 1)
        return below

    def wait(self, name: str, share: float) -> None:
        """Show that an image is being read. share: 0 to 1."""
        self._name = name
        self._title.setText(self.tr("Reading {name}").format(name=name))
        self._hint.setText(self.tr("{percent} % read.").format(percent=int(share * 100)))
        self._found.clear()
        for widget in (self._columns, self._rows):
            widget.hide()
        for button in (self._back, self._again, self._save):
            button.setEnabled(False)

    def begin(self, task: ClickTask, turn: Turn) -> None:
        """Show the image without a grid, and take the keyboard."""
        self._title.setText(self.tr("Grid from an image: {name}").format(name=self._name))
        size = (task.image.width, task.image.height)
        self.canvas.show_grid(task.image, ClickMarks(task.edges, size), turn, None)
        self.canvas.setFocus()
        self._follow()

    def take_fit(self, clicked: PlacedGrid, found: object) -> None:
        """The grid on the edges of its chips, or why there is none; of a grid of before it is not taken."""
        marks = self._marks
        if marks is None or marks.clicked != clicked:
            return
        if isinstance(found, PlacedGrid):
            marks.fitted = found
        self._reason = "" if isinstance(found, PlacedGrid) else str(found)
        self.canvas.update()
        self._show()

    def end(self) -> None:
        """No thread reads the image after this."""
        self._timer.stop()
        self.canvas.close_image()

    @property
    def is_settled(self) -> bool:
        """True where no fit is still to be asked for."""
        return not self._timer.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        else:
            super().keyPressEvent(event)

    def _number(self, name: str, words: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setObjectName(name)
        box.setRange(-_MOST, _MOST)
        box.setMinimumHeight(_FIELD)
        box.setAccessibleName(words)
        box.setToolTip(words + "\n" + self.tr("It is counted in the image; correct it where the grid does not fit."))
        box.valueChanged.connect(self._tell_between)
        box.hide()
        return box

    @property
    def _marks(self) -> ClickMarks | None:
        marks = self.canvas.marks
        return marks if isinstance(marks, ClickMarks) else None

    def _tell_between(self) -> None:
        marks = self._marks
        if marks is not None and marks.is_complete:
            marks.tell_between(self._columns.value(), self._rows.value())
            self.canvas.update()
            self._follow()

    def _follow(self) -> None:
        """The clicks have changed: what was found on the edges no longer holds."""
        self._reason = ""
        marks = self._marks
        if marks is not None and marks.clicked is not None:
            self._timer.start()
        else:
            self._timer.stop()
        self._show()

    def _ask_fit(self) -> None:
        marks = self._marks
        if marks is not None and marks.clicked is not None:
            self.fit_asked.emit(marks.clicked)

    def _show(self) -> None:
        marks = self._marks
        if marks is None:
            return
        self._hint.setText(self._step(marks.count))
        for box, number in zip((self._columns, self._rows), marks.between, strict=True):
            box.setVisible(marks.is_complete)
            box.blockSignals(True)
            box.setValue(number)
            box.blockSignals(False)
        self._back.setEnabled(self.canvas.can_take_back)
        self._again.setEnabled(marks.count > 0)
        able = marks.clicked is not None and (marks.fitted is not None or bool(self._reason))
        self._save.setEnabled(able)
        missing = self.tr("looking for edges …") if marks.clicked else self.tr("Three clicks make the grid.")
        self._save.setToolTip("" if able else marks.trouble or missing)
        self._found.setText(self._words(marks))
        self._found.setToolTip(self._reason)

    def _step(self, count: int) -> str:
        if count < 3:
            return (
                self.tr("Click 1 of 3: a corner of any whole chip. The wheel zooms, dragging moves the picture."),
                self.tr("Click 2 of 3: the opposite corner of the same chip."),
                self.tr("Click 3 of 3: the corner of the first click on a chip far away, best in the same row."),
            )[count]
        return self.tr(
            "Columns and rows between the two chips are counted; correct them where the grid does not fit. Corners can "
            "be dragged; 1, 2, 3 choose one, arrows move it by 1 px, with Shift by 10."
        )

    def _words(self, marks: ClickMarks) -> str:
        placed = marks.placed
        if marks.trouble or placed is None or not marks.is_complete:
            return marks.trouble
        grid = placed.grid
        text = self.tr("{columns} × {rows}, {chips} whole chips · chip {width} × {height} px").format(
            columns=grid.columns,
            rows=grid.rows,
            chips=f"{len(grid.chip_ids()):,}",
            width=f"{grid.chip[0]:.1f}",
            height=f"{grid.chip[1]:.1f}",
        )
        second = self.tr("pitch {px} × {py} px · turn {turn}°").format(
            px=f"{grid.pitch[0]:.2f}", py=f"{grid.pitch[1]:.2f}", turn=f"{turn_degrees(placed):.2f}"
        )
        if marks.fitted is not None:
            sure = self.tr("on the chips' edges ({percent} % seen)").format(percent=round(placed.confidence * 100))
        elif self._reason:
            sure = self.tr("as clicked: too few edges are seen")
        else:
            sure = self.tr("looking for edges …")
        return f"{text} · {second} · {sure}"

    def _finish(self) -> None:
        marks = self._marks
        if self._save.isEnabled() and marks is not None and marks.placed is not None:
            self.saved.emit(marks.placed)
