"""What the operator can do: open, look, decide, undo; whatever it says has changed is already in the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject

from inspector.imaging.sources.wafers_below import wafer_key
from inspector.records.record import Record
from inspector.station.state.jobs import Batch, JobState, Link
from inspector.station.state.judging import Judging
from inspector.station.state.known import Known
from inspector.station.state.open_wafer import OpenWafer
from inspector.station.state.pulse import Pulse
from inspector.station.state.queues import QueueName, is_decided
from inspector.station.state.recipes_for_lists import model_for
from inspector.station.state.requests import ImageToJudge, entry_of
from inspector.station.state.settings import StationSettings
from inspector.station.state.undo import DecideCommand, UndoStack
from inspector.station.state.words import decision_in_words
from inspector.wafer.decision import Decision, DecisionKind, NewDecision
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import ModelFacts
from inspector.wafer.recipe import Recipe


class Session(Known):
    """The one object that changes things and says what changed; every view refreshes itself from it."""

    def __init__(self, record: Record, settings: StationSettings, link: Link, parent: QObject | None = None) -> None:
        super().__init__(record, settings, parent)
        self.undo_stack = UndoStack(self)
        self.undo_stack.failed.connect(self.failed)
        self._judging = Judging(record, link, self)
        self._judging.prepared.connect(self._take_wafer)
        self._judging.judged.connect(self._take_judgements)
        self._judging.changed.connect(self._tell_job)
        self._judging.failed.connect(self.failed)
        self._judging.grid_in_doubt.connect(self.grid_in_doubt)
        self._fresh: list[tuple[WaferKey, ModelFacts, Batch]] = []  # on disk, and soon to be seen
        self._pulse = Pulse(self)
        self._pulse.beat.connect(self._show_fresh)

    @property
    def job(self) -> JobState:
        return self._judging.state

    def start_engine(self) -> None:
        """Start the engine's process before the first image asks for it."""
        self._judging.start_engine()

    def hear_engine(self) -> None:
        """Take in all that the engine has said by now, once it is on disk; a timer does the same without waiting."""
        self._judging.catch_up()
        self._pulse.now()

    def close(self) -> None:
        """Stop the engine, let go of the image and close the record."""
        self._judging.close()
        if self._open is not None:
            self._open.close()
            self._open = None
        self.settings.save()
        self.record.close()

    def set_operator(self, name: str) -> None:
        self.settings.operator = name
        self.operator_changed.emit(self.operator)

    def show_wafer(self, key: WaferKey) -> None:
        """Open a wafer of the record; the chip to look at first is the first of the review queue."""
        entry = self.record.wafer(key)
        if entry is None:
            text = self.tr("Wafer {wafer} of lot {lot} is not in the record.")
            self.failed.emit(text.format(wafer=key.wafer, lot=key.lot))
            return
        if self._lots.summary(key) is None:
            self._lots.refresh()  # another program has added it
            self.wafers_changed.emit()
        before, self._open = self._open, OpenWafer(self.record, entry)
        self._fresh = [fresh for fresh in self._fresh if fresh[0] != key]  # has just been read from the record
        self._queue.choose(QueueName.REVIEW)
        self._sort_queue()
        first = self._queue.chips or (self._open.chips if self._open.recipe.is_whole else [])
        self.current = first[0] if first else None
        self.settings.keep_wafer(self.record.url, key)
        self.wafer_opened.emit(key)
        if before is not None:
            before.close()
        self.queue_changed.emit()
        self.current_changed.emit(self.current)
        if self._open.image is None:
            self.failed.emit(self._open.image_problem)

    def choose_queue(self, name: QueueName | str) -> None:
        """Show another queue; the current chip stays where the queue holds it."""
        self._queue.choose(QueueName(name))
        self._sort_queue()
        self.queue_changed.emit()
        if self.current not in self._queue:
            self._look_at(self._queue.chips[0] if self._queue.chips else None)

    def go_to(self, chip: ChipId | None) -> None:
        """Look at a chip, whether it is in the queue or not; None and a chip of another wafer change nothing."""
        if self._open is not None and chip in self._open.chip_set:
            self._look_at(chip)

    def step(self, by: int) -> None:
        """Look at the next chip of the queue, or the one before; changes no data."""
        chips = self._queue.chips
        place = self._queue.place(self.current) if self.current else None
        if place is not None:
            self._look_at(chips[min(max(place + by, 0), len(chips) - 1)])
        elif chips:
            self._look_at(chips[0])

    def step_wafer(self, by: int) -> None:
        """Open the next wafer of the list, or the one before; changes no data."""
        key = self._lots.neighbour(self.key, by) if self.key is not None else None
        if key is not None:
            self.show_wafer(key)

    def confirm(self) -> None:
        """The standing answer is right: say so and go on. A chip that is decided already is only left behind."""
        if self.current is None:
            return
        standing = self.standing(self.current)
        if standing.class_name is None:
            self.said.emit(self.tr("There is no answer to confirm here: choose a class."))
        elif is_decided(standing):
            self._go_on(self.queue(), self.current)
        else:
            self._decide([self.current], DecisionKind.CONFIRM, standing.class_name)

    def relabel(self, class_name: str, chips: Sequence[ChipId] | None = None) -> None:
        """Give a class to the current chip and go on, or to a selection of chips in one step."""
        chosen = list(chips) if chips is not None else [self.current] if self.current else []
        if chosen and self.classes is not None and class_name in self.classes:
            self._decide(chosen, DecisionKind.RELABEL, class_name)

    def unsure(self) -> None:
        """Set the chip aside for a second look and go on."""
        if self.current is not None:
            self._decide([self.current], DecisionKind.UNSURE, None)

    def exclude(self) -> None:
        """Take the chip out of what is counted and exported (a bad image, the wafer's edge) and go on."""
        if self.current is not None:
            self._decide([self.current], DecisionKind.EXCLUDE, None)

    def open_images(self, paths: Sequence[Path], recipe: Recipe, lot: str, model: Path | None = None) -> None:
        """Judge images one after the other; the first one opens itself when nothing is open."""
        folder = model or model_for(recipe)
        if folder is None:
            text = self.tr("There is no model for the recipe {recipe}: train one, or choose its folder when opening.")
            self.failed.emit(text.format(recipe=recipe.title(self.language)))
            return
        self._judging.add([ImageToJudge(p, wafer_key(p, lot.strip()), recipe, folder) for p in paths])

    def move_grid(self, key: WaferKey, placed: PlacedGrid) -> None:
        """A person has corrected a wafer's grid: write it, and judge the chips that moved again."""
        self.hear_engine()  # what was judged on the grid as it lay belongs to that place
        try:
            self.record.move_grid(key, placed, self.operator)
            self.undo_stack.clear()  # undo would take back what was decided before the move, not the move
        except RecordError as error:
            self.failed.emit(str(error))
            return
        current = self.current if key == self.key else None
        self.show_wafer(key)
        self.go_to(current)
        entry, recipe = self.entry, self.recipe
        folder = model_for(recipe, self.settings.model(recipe.name)) if recipe else None
        if not (entry and recipe and folder):
            self.failed.emit(self.tr("The grid is moved, but there is no model to judge the moved chips again."))
            return
        self.said.emit(self.tr("The grid is moved; chips that moved are judged again."))
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
        self._lots.take(image.key)
        self.show_wafer(image.key)
        self.judge_again(replace(image, from_copy=True))

    def stop_job(self) -> None:
        self._judging.stop()

    def take_decisions(self, key: WaferKey, written: Sequence[Decision], text: str, again: bool) -> None:
        """Called by an undo command that has just written decisions to the record."""
        self._take(key, written)
        if again:
            self._look_at(written[0].chip)
            self.said.emit(self.tr("Redone: {what}").format(what=text))
        else:
            self.said.emit(text)

    def take_withdrawal(self, key: WaferKey, written: Sequence[Decision], chip: ChipId, text: str) -> None:
        """Called by an undo command that has just withdrawn its decisions; goes to the first of their chips."""
        self._take(key, written)
        self._look_at(chip)
        self.said.emit(self.tr("Undone: {what}").format(what=text))

    def _take(self, key: WaferKey, written: Sequence[Decision]) -> None:
        if self._open is None or key != self._open.entry.key:
            self.show_wafer(key)  # reads what was just written
            return
        chips = tuple(dict.fromkeys(d.chip for d in written))
        self._open.decided(written)
        self._queue.keep(chips)
        self._sort_queue()
        self.decided.emit(chips)
        self.queue_changed.emit()

    def _decide(self, chips: list[ChipId], kind: DecisionKind, class_name: str | None) -> None:
        assert self._open is not None, "chips can be chosen on an open wafer only"
        batch = uuid4().hex if len(chips) > 1 else None
        news = [self._new_decision(chip, kind, class_name, batch) for chip in chips]
        before = self.queue()
        title = self._open.classes[class_name].title(self.language) if class_name else ""
        command = DecideCommand(self, self._open.entry.key, news, decision_in_words(chips, kind, title))
        if self.undo_stack.decide(command) and chips == [self.current]:
            self._go_on(before, chips[0])

    def _new_decision(self, chip: ChipId, kind: DecisionKind, class_name: str | None, batch: str | None) -> NewDecision:
        stood = self.standing(chip).class_name
        same = kind is DecisionKind.RELABEL and stood == class_name
        return NewDecision(chip, DecisionKind.CONFIRM if same else kind, self.operator, stood, class_name, batch=batch)

    def _go_on(self, before: list[ChipId], chip: ChipId) -> None:
        following = self._queue.next_open(before, chip, self._open.answers if self._open else {})
        if following is not None:
            self._look_at(following)
        elif not self._go_to_next_part():
            self.said.emit(self.tr("That was the last chip of this queue."))

    def _go_to_next_part(self) -> bool:
        """Where each image is one part, the next part that wants eyes is the next of the queue."""
        if self.recipe is None or not self.recipe.is_whole or self._queue.name is not QueueName.REVIEW:
            return False
        key = self._lots.next_that_wants_eyes(self.key)
        if key is not None:
            self.show_wafer(key)
        return key is not None

    def _look_at(self, chip: ChipId | None) -> None:
        if chip != self.current:
            self.current = chip
            self.current_changed.emit(chip)

    def _sort_queue(self) -> None:
        if self._open is not None:
            self._queue.sort(self._open.chips, self._open.asked, self._open.answers)
            self._lots.update(self._open.entry.key, self._open.judged_count, self._open.decided_count)

    def _take_wafer(self, key: WaferKey) -> None:
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
            self._lots.count(other)
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
