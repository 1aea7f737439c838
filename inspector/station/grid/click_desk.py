"""Begins and ends the making of a grid by clicks: the image is read, and the grid fitted to it, beside the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from inspector.imaging.alignment.clicked_grid import ImageEdges, image_edges, whole_grid
from inspector.imaging.wafer_image import WaferImage
from inspector.imaging.working_copy import make_working_copy
from inspector.station.state.background import Background
from inspector.station.state.session import Session
from inspector.wafer.errors import printable
from inspector.wafer.grid import PlacedGrid
from inspector.wafer.unknown_product import unknown_product


@dataclass(frozen=True)
class ClickTask:
    """An image of which a grid is to be made: its pixels, the task's own, and where edges are in it."""

    source: Path
    image: WaferImage
    edges: ImageEdges

    def close(self) -> None:
        """Closes the image; its copy goes."""
        self.image.close()
        self.image.path.unlink(missing_ok=True)


class ClickDesk(QObject):
    """`reading(name, share)`, `ready(ClickTask)`, `ended()`. `fitted(clicked, PlacedGrid or the reason)`."""

    reading = Signal(str, float)
    ready = Signal(object)
    fitted = Signal(object, object)
    ended = Signal()
    _read_so_far = Signal(object, str, float)  # of the thread that reads: which copy, name, share

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._task: ClickTask | None = None
        self._wanted: Path | None = None  # the copy that is being made
        self._fitting: PlacedGrid | None = None
        self._next: PlacedGrid | None = None  # fitted when that is done
        self._stop = threading.Event()
        self._background = Background(self, threads=1)
        self._background.done.connect(self._take)
        self._read_so_far.connect(self._tell)

    @property
    def is_busy(self) -> bool:
        """True from the choice of an image until it is left."""
        return self._task is not None or self._wanted is not None

    @property
    def source(self) -> Path | None:
        """The image whose grid is made."""
        return self._task.source if self._task is not None else None

    @property
    def is_settled(self) -> bool:
        """True where nothing is read or fitted."""
        return self._wanted is None and self._fitting is None and not self._background.running

    def begin(self, source: Path) -> None:
        """Read an image of an unknown wafer."""
        if self.is_busy:
            return
        copy = self._session.record.images_folder / f"{uuid4().hex}.tif"
        self._stop, self._wanted = threading.Event(), copy
        name = printable(source.name)
        self.reading.emit(name, 0.0)
        stop = self._stop
        tell = partial(self._read_so_far.emit, copy, name)
        self._background.run(copy, lambda: _read(source, copy, tell, lambda: not stop.is_set()))

    def fit(self, clicked: PlacedGrid) -> None:
        """Look for the edges of the chips; `fitted` says what was found. Of wishes that wait the last counts."""
        self._next = clicked
        self._fit_next()

    def _fit_next(self) -> None:
        task, clicked = self._task, self._next
        if task is not None and clicked is not None and self._fitting is None:
            self._fitting, self._next = clicked, None
            self._background.run(clicked, lambda: whole_grid(task.image, task.edges, clicked))

    def end(self) -> None:
        """Leave the image; nothing has been written but what was saved."""
        if not self.is_busy:
            return
        self._wanted = self._next = None
        self._stop.set()
        task, self._task = self._task, None
        self.ended.emit()
        if task is not None:
            task.close()

    def shutdown(self) -> None:
        """End everything; afterwards no thread is left."""
        self.end()
        self._background.stop()

    def _tell(self, copy: object, name: str, share: float) -> None:
        if copy == self._wanted:  # else it was left meanwhile: its page must not come back
            self.reading.emit(name, share)

    def _take(self, wanted: object, found: object) -> None:
        if isinstance(wanted, PlacedGrid):
            self._fitting = None
            if self._task is not None:
                self.fitted.emit(wanted, found)
            self._fit_next()
        elif wanted != self._wanted:
            if isinstance(found, ClickTask):
                found.close()  # left when it was just ready
        else:
            self._wanted = None
            if isinstance(found, ClickTask):
                self._task = found
                self.ready.emit(found)
                return
            if isinstance(found, Exception):
                self._session.failed.emit(str(found))
            self.ended.emit()


def _read(source: Path, copy: Path, tell: Callable[[float], None], go_on: Callable[[], bool]) -> ClickTask | None:
    """The image with its edges; None where it was stopped. ImageError where it can't be read."""
    with closing(make_working_copy(source, copy, unknown_product())) as steps:
        for step in steps:
            if not go_on():
                return None
            tell(step.done / max(1, step.total))
    image = WaferImage.open(copy)
    try:
        return ClickTask(source, image, image_edges(image))
    except BaseException:
        image.close()
        copy.unlink(missing_ok=True)
        raise
