"""The machine's side of the session: images are opened and judged, grids corrected, fresh judgements shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector.imaging.sources.wafers_below import wafer_key
from inspector.records.record import Record
from inspector.station.state.jobs import Batch, JobState, Link
from inspector.station.state.judging import Judging
from inspector.station.state.looking import Looking
from inspector.station.state.pulse import Pulse
from inspector.station.state.queues import QueueName
from inspector.station.state.recipes_for_lists import model_for
from inspector.station.state.requests import DoubtfulImage, ImageToJudge, entry_of
from inspector.station.state.settings import StationSettings
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import PlacedGrid, WaferKey
from inspector.wafer.judgement import ModelFacts
from inspector.wafer.recipe import Recipe


class Inspecting(Looking):
    """Hands images to the engine and takes in what is in the record already."""

    doubts_changed = Signal()
    closing = Signal()  # emitted first of all when the session closes

    def __init__(self, record: Record, settings: StationSettings, link: Link, parent: QObject | None = None) -> None:
        super().__init__(record, settings, parent)
        self._judging = Judging(record, link, self)
        self._judging.prepared.connect(self._take_wafer)
        self._judging.judged.connect(self._take_judgements)
        self._judging.changed.connect(self._tell_job)
        self._judging.failed.connect(self.failed)
        self._judging.grid_in_doubt.connect(self._doubt)
        self.doubtful: list[DoubtfulImage] = []  # refused for their grids, until somebody places or dismisses them
        self._fresh: list[tuple[WaferKey, ModelFacts, Batch]] = []  # on disk, and soon to be seen
        self._pulse = Pulse(self)
        self._pulse.beat.connect(self._show_fresh)

    @property
    def job(self) -> JobState:
        return self._judging.state

    def show_wafer(self, key: WaferKey, queue: QueueName = QueueName.REVIEW) -> None:
        self._fresh = [fresh for fresh in self._fresh if fresh[0] != key]  # will have been read from the record
        super().show_wafer(key, queue)

    def start_engine(self) -> None:
        """Start the engine's process before the first image asks for it."""
        self._judging.start_engine()

    def hear_engine(self) -> None:
        """Take in all that the engine has said by now, once it is on disk; a timer does the same without waiting."""
        self._judging.catch_up()
        self._pulse.now()

    def close(self) -> None:
        """Stop the engine, let go of the image and close the record."""
        self.closing.emit()
        self._judging.close()
        self._search.stop()
        self._lot_counts.stop()
        self._next.stop()
        if self._open is not None:
            self._open.close()
            self._open = None
        self.settings.save()
        self.record.close()

    def open_images(self, paths: Sequence[Path], recipe: Recipe, lot: str, model: Path | None = None) -> None:
        """Judge images one after the other; the first one opens itself when nothing is open."""
        folder = model or model_for(recipe, record=self.record)
        if folder is None:
            text = self.tr("There is no model for the recipe {recipe}: train one, or choose its folder when opening.")
            self.failed.emit(text.format(recipe=recipe.title(self.language)))
            return
        self._judging.add([ImageToJudge(p, wafer_key(p, lot.strip()), recipe, folder) for p in paths])

    def take_moved_grid(self, key: WaferKey, text: str) -> None:
        """Called by a command that has just moved a wafer's grid in the record; chips that moved are judged again."""
        current = self.current if key == self.key else None
        self.show_wafer(key)
        self.go_to(current)
        entry, recipe = self.entry, self.recipe
        folder = model_for(recipe, self.settings.model(recipe.name), self.record) if recipe else None
        if not (entry and recipe and folder):
            self.failed.emit(self.tr("The grid is moved, but there is no model to judge the moved chips again."))
            return
        self.said.emit(text)
        self.judge_again(ImageToJudge(Path(entry.source), key, recipe, folder, from_copy=True))

    def judge_again(self, image: ImageToJudge) -> None:
        """Judge what a wafer of the record lacks, before all that waits."""
        self._judging.judge_again(image)

    def take_placed(self, image: ImageToJudge, placed: PlacedGrid, sha256: str, copy: Path) -> None:
        """A person has placed the grid of a refused image, whose working copy is there: judge it."""
        try:
            self.record.add_wafer(entry_of(image, placed, sha256, copy))
        except RecordError as error:
            copy.unlink(missing_ok=True)
            self.failed.emit(str(error))
            return
        self._forget_doubt(image.key)
        self._lots.take(image.key)
        self.show_wafer(image.key)
        self.judge_again(replace(image, from_copy=True))

    def dismiss_doubtful(self) -> None:
        """Nobody wants to place the grids of refused images; they can be opened again."""
        self.doubtful.clear()
        self.doubts_changed.emit()

    def _doubt(self, refused: DoubtfulImage) -> None:
        self.doubtful = [d for d in self.doubtful if d.image.key != refused.image.key] + [refused]
        self.doubts_changed.emit()

    def _forget_doubt(self, key: WaferKey) -> None:
        if any(d.image.key == key for d in self.doubtful):
            self.doubtful = [d for d in self.doubtful if d.image.key != key]
            self.doubts_changed.emit()

    def stop_job(self) -> None:
        self._judging.stop()

    def _take_wafer(self, key: WaferKey) -> None:
        self._forget_doubt(key)
        self._lots.take(key)
        if self._open is None or self._open.entry.key == key:
            self.show_wafer(key)
        self.wafers_changed.emit()

    def _take_judgements(self, key: WaferKey, facts: ModelFacts, judged: Batch) -> None:
        self._fresh.append((key, facts, judged))
        self._pulse.ask()

    def _show_fresh(self) -> None:
        """Judgements and every view of them change together: nobody answers for a judgement that is not seen."""
        fresh, self._fresh = self._fresh, []
        mine = [(facts, batch) for key, facts, batch in fresh if key == self.key]
        for other in {key for key, _, _ in fresh if key != self.key}:
            self._lot_counts.recount(other)
            self._tables.forget(other)
        if self._open is not None and mine:
            for facts, batch in mine:
                self._open.judged(facts, batch)
            self._sort_queue()
            self.judgements_added.emit(tuple(chip for _, batch in mine for chip, _ in batch))
            self.queue_changed.emit()
            if self.current is None and self._queue.chips:
                self._look_at(self._queue.chips[0])
            self.wafers_changed.emit()

    def _tell_job(self, state: JobState) -> None:
        if state.phase != "judging":
            self._pulse.now()  # a job that ends is seen whole
        self.job_changed.emit(state)
