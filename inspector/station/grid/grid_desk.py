"""Begins and ends the correction of a grid: reads what is needed beside the window, and hands the result over."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from inspector.station.grid.click_desk import ClickDesk
from inspector.station.grid.grid_task import GridTask, task_of_refused, task_of_wafer
from inspector.station.state.background import Background
from inspector.station.state.requests import DoubtfulImage
from inspector.station.state.session import Session
from inspector.wafer.errors import printable
from inspector.wafer.grid import PlacedGrid


class GridDesk(QObject):
    """`reading(name, share)`: a refused image is read. `ready(GridTask)`: a grid can be corrected. `ended()`."""

    reading = Signal(str, float)
    ready = Signal(object)
    ended = Signal()
    _read_so_far = Signal(object, str, float)  # of the thread that reads: which copy, name, share

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.clicks = ClickDesk(session, self)
        self._task: GridTask | None = None
        self._wanted: object = None  # what is being prepared
        self._stop = threading.Event()
        self._background = Background(self, threads=1)
        self._background.done.connect(self._take)
        self._read_so_far.connect(self._tell)

    @property
    def is_busy(self) -> bool:
        """True from the wish to correct or make a grid until that has ended."""
        return self._task is not None or self._wanted is not None or self.clicks.is_busy

    def make_grid(self, image: Path) -> None:
        """Begin to make a grid from the image of an unknown wafer."""
        if not self.is_busy:
            self.clicks.begin(image)

    def correct_open_wafer(self) -> None:
        """Begin with the grid of the wafer that is open, where its picture can be read."""
        entry, recipe = self.session.entry, self.session.recipe
        if self.is_busy or entry is None or recipe is None:
            return
        if recipe.is_whole:
            self.session.said.emit(self.tr("An image of one part has no grid to correct."))
        elif self.session.image is None:
            self.session.said.emit(self.tr("The wafer's image is not there yet: wait until it has been read."))
        else:
            copy = self.session.record.images_folder / entry.copy_name
            self._prepare(entry.key, partial(task_of_wafer, entry.key, recipe, copy, entry.placed))

    def place_refused(self, refused: DoubtfulImage) -> None:
        """Begin with an image in which the program did not find the grid."""
        if self.is_busy:
            return
        copy = self.session.record.images_folder / f"{uuid4().hex}.tif"
        self.reading.emit(printable(refused.image.source.name), 0.0)
        self._prepare(copy, partial(self._read, refused, copy))

    def apply(self, placed: PlacedGrid) -> None:
        """Write where the grid lies now; what has moved is judged again."""
        task, self._task = self._task, None
        if task is None:
            return
        self.ended.emit()
        task.close()
        if task.refused is None:
            self.session.move_grid(task.key, placed)
        else:
            self.session.take_placed(task.refused, placed, task.sha256, task.image.path)

    def cancel(self) -> None:
        """End without a change."""
        self.clicks.end()
        self._wanted = None
        self._stop.set()
        task, self._task = self._task, None
        self.ended.emit()
        if task is not None:
            task.give_up()

    def shutdown(self) -> None:
        """End everything; afterwards no thread is left."""
        self.cancel()
        self.clicks.shutdown()
        self._background.stop()

    def _prepare(self, wanted: object, work: object) -> None:
        self._stop = threading.Event()
        self._wanted = wanted
        self._background.run(wanted, work)  # type: ignore[arg-type]

    def _read(self, refused: DoubtfulImage, copy: Path) -> GridTask | None:
        stop, name = self._stop, printable(refused.image.source.name)
        return task_of_refused(refused, copy, partial(self._read_so_far.emit, copy, name), lambda: not stop.is_set())

    def _tell(self, copy: object, name: str, share: float) -> None:
        if copy == self._wanted:  # else it was left meanwhile: its page must not come back
            self.reading.emit(name, share)

    def _take(self, wanted: object, task: object) -> None:
        if wanted != self._wanted:
            if isinstance(task, GridTask):
                task.give_up()  # cancelled when it was just ready
            return
        self._wanted = None
        if isinstance(task, GridTask):
            self._task = task
            self.ready.emit(task)
        else:
            if isinstance(task, Exception):
                self.session.failed.emit(str(task))
            self.ended.emit()
