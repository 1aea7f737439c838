"""The export under way: what the record offers, what would go along, what is wrong with it, and the writing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector.exchange.dataset_check.balance import Concern
from inspector.exchange.dataset_folders import export
from inspector.exchange.export_check import check_plan, counted_concerns
from inspector.exchange.export_plan import ExportChoice, ExportPlan, Product, plan_export, products
from inspector.records.record import Record
from inspector.station.state.thread_job import ThreadJob
from inspector.wafer.progress import Job, Progress
from inspector.wafer.recipe import Recipe


@dataclass(frozen=True)
class Preview:
    """What would go along. concerns: what counting alone shows."""

    plan: ExportPlan
    recipe: Recipe
    concerns: tuple[Concern, ...]


class Exporting(QObject):
    """Everything is read and written beside the window."""

    offered = Signal(object)  # list of Product
    previewed = Signal(object)  # Preview
    nothing = Signal(str)  # why there is nothing to export
    checking = Signal(object)  # Progress of the close look
    checked = Signal(object)  # DatasetReport; None where it was stopped
    writing = Signal(object)  # Progress
    written = Signal(object)  # Path of the folder
    ended = Signal(str)  # why nothing was written; empty where it was stopped

    def __init__(self, record: Record, parent: QObject) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self._record = record
        self._folder = Path()
        self._listing, self._planning, self._checking, self._writing = (ThreadJob(self) for _ in range(4))
        self._listing.finished.connect(self.offered)
        self._planning.finished.connect(self._take_preview)
        self._planning.failed.connect(self.nothing)
        self._checking.stepped.connect(self.checking)
        self._checking.finished.connect(self.checked)
        self._checking.failed.connect(self.ended)
        self._checking.stopped.connect(lambda: self.checked.emit(None))
        self._writing.stepped.connect(self.writing)
        self._writing.finished.connect(lambda _: self.written.emit(self._folder))
        self._writing.failed.connect(self.ended)
        self._writing.stopped.connect(lambda: self.ended.emit(""))

    @property
    def is_writing(self) -> bool:
        return self._writing.is_running

    @property
    def is_checking(self) -> bool:
        return self._checking.is_running

    def look(self) -> None:
        """Ask the record for its products and lots; `offered` follows."""
        self._listing.start(self._list)

    def plan(self, recipe: Recipe, choice: ExportChoice) -> None:
        """Count what would go along; `previewed` or `nothing` follows."""
        self.preview = None
        self._checking.forget()
        self._planning.start(lambda: self._preview(recipe, choice))

    def check(self) -> None:
        """Look for chips that are nearly the same; `checked` follows."""
        if self.preview is not None:
            plan, recipe = self.preview.plan, self.preview.recipe
            self._checking.start(lambda: check_plan(self._record, plan, recipe))

    def stop_checking(self) -> None:
        self._checking.stop()

    def write(self, folder: Path, choice: ExportChoice) -> None:
        """Write the export; `written` or `ended` follows, and then the folder is whole or as it was."""
        self._folder = folder
        self._writing.start(lambda: export(self._record, folder, choice))

    def stop_writing(self) -> None:
        self._writing.stop()

    def shutdown(self) -> None:
        """Stop everything and wait."""
        for job in (self._listing, self._planning, self._checking, self._writing):
            job.shutdown()

    def _list(self) -> Job[list[Product]]:
        yield Progress(1, 1, products(self._record), 0.0, "counting")

    def _preview(self, recipe: Recipe, choice: ExportChoice) -> Job[Preview]:
        with closing(plan_export(self._record, choice)) as steps:
            for step in steps:
                plan = step.found
                found = None if plan is None else Preview(plan, recipe, tuple(counted_concerns(plan, recipe)))
                yield Progress(step.done, step.total, found, step.seconds_left, step.phase)

    def _take_preview(self, preview: object) -> None:
        if isinstance(preview, Preview):
            self.preview = preview
            self.previewed.emit(preview)
