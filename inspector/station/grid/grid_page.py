"""The page on which a grid is corrected: the wafer, three corners to drag, and what follows from where they are."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from inspector.station.grid.grid_canvas import GridCanvas
from inspector.station.grid.grid_marks import GridMarks
from inspector.station.grid.grid_task import GridTask
from inspector.station.grid.page_bar import PageBar
from inspector.station.map.turning import Turn
from inspector.station.panels.buttons import Face
from inspector.wafer.grid import PlacedGrid


class GridPage(QWidget):
    """`applied(PlacedGrid)` and `left()` say how it ended; nothing has changed before `applied`."""

    applied = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("grid_page")
        self._task: GridTask | None = None
        bar = PageBar(self, "grid")
        self._title, self._hint = bar.title, bar.hint
        self._found = QLabel(self)
        self._found.setObjectName("grid_found")
        self._found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self._found)
        self.canvas = GridCanvas(self)
        self.canvas.moved.connect(self._show_found)
        self._again = bar.add_button("again", Face(self.tr("Begin again")), self.canvas.begin_again)
        self._cancel = bar.add_button("cancel", Face(self.tr("Cancel"), "Esc"), self.left.emit)
        self._apply = bar.add_button("apply", Face(self.tr("Apply"), "Enter"), self._finish, primary=True)
        bar.above(self.canvas)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.left.emit)  # from the bar above the page too

    def wait(self, name: str, share: float) -> None:
        """Show that a refused image is being read. share: 0 to 1."""
        self._task = None
        self._title.setText(self.tr("Reading {name}").format(name=name))
        self._hint.setText(
            self.tr("{percent} % read. Then the grid can be placed by hand.").format(percent=int(share * 100))
        )
        self._found.clear()
        self._again.setEnabled(False)
        self._apply.setEnabled(False)

    def begin(self, task: GridTask, turn: Turn) -> None:
        """Show a wafer and its grid, and take the keyboard."""
        self._task = task
        title = self.tr("Place the grid: {wafer}") if task.refused is not None else self.tr("Correct the grid: {wafer}")
        self._title.setText(title.format(wafer=task.key.wafer))
        self._hint.setText(
            self.tr(
                "Drag chip corners onto the picture: the first shifts the grid, the second turns it, the third fits "
                "it. 1, 2, 3 choose a corner, arrows move it by 1 px, with Shift by 10, Ctrl+Z takes it back."
            )
        )
        self._again.setEnabled(True)
        self.canvas.show_grid(task.image, GridMarks(task.start), turn, task.recipe.image.um_per_px)
        self.canvas.setFocus()
        self._show_found()

    def end(self) -> None:
        """No thread reads the image after this."""
        self.canvas.close_image()
        self._task = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        else:
            super().keyPressEvent(event)

    def _show_found(self) -> None:
        marks, task = self.canvas.marks, self._task
        if not isinstance(marks, GridMarks) or task is None:
            return
        able = marks.is_sensible and (marks.is_changed or task.refused is not None)
        self._apply.setEnabled(able)
        self._apply.setToolTip("" if able else self.tr("Drag a corner first."))
        if not marks.is_sensible:
            self._apply.setToolTip(self.tr("The grid is squeezed or turned over."))
            self._found.setText(self.tr("This can't be the wafer's grid: begin again."))
            return
        self._found.setText(self._words(task, marks.placed))

    def _words(self, task: GridTask, placed: PlacedGrid) -> str:
        before, after = task.start.affine, placed.affine
        middle = np.array(placed.grid.origin) + np.array(placed.grid.extent) / 2
        shift = (after - before) @ (*middle, 1.0)
        turn = math.degrees(math.atan2(after[1, 0], after[0, 0]))
        scale = np.hypot(*after[:, :2])
        text = self.tr("Shift {dx}, {dy} px · turn {turn}° · scale {sx} × {sy}").format(
            dx=f"{shift[0]:+.1f}", dy=f"{shift[1]:+.1f}", turn=f"{turn:.2f}", sx=f"{scale[0]:.4f}", sy=f"{scale[1]:.4f}"
        )
        count = task.to_judge(placed)
        return text + "\n" + self.tr("Chips to judge: {count}").format(count=f"{count:,}")

    def _finish(self) -> None:
        marks = self.canvas.marks
        if self._apply.isEnabled() and self._task is not None and isinstance(marks, GridMarks):
            self.applied.emit(self._task.finished(marks.placed))
