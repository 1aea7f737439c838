"""Looks a planned export over before it is written: what is thin, what leaks, which chips are nearly the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.exchange.chip_pictures import chips_of
from inspector.exchange.dataset_check.balance import Concern, class_concerns, lot_concerns
from inspector.exchange.dataset_check.check import GRAVITY, DatasetReport, check_dataset
from inspector.exchange.dataset_check.counts import Parts, TrainingPlan, count_classes, count_lots
from inspector.exchange.dataset_check.leaks import group_leaks
from inspector.exchange.export_plan import ExportPlan
from inspector.records.record import Record
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.manifest import Example
from inspector.wafer.progress import Job
from inspector.wafer.recipe import Recipe

_OPEN_WAFERS = 4  # working copies that are held open while chips are compared
_Picture = Callable[[ChipId], NDArray[np.uint8]]


def counted_concerns(plan: ExportPlan, recipe: Recipe) -> list[Concern]:
    """What counting alone shows, by gravity: thin sub-types, dominating lots, lots on both sides of the split."""
    examples, whole = plan.examples(Path()), TrainingPlan()
    classes = count_classes(examples, recipe, whole)
    found = [
        *group_leaks(examples, Parts(examples, whole)),
        *class_concerns(classes, recipe),
        *lot_concerns(count_lots(examples), classes),
    ]
    return sorted(found, key=lambda concern: GRAVITY.index(concern.kind))


def check_plan(record: Record, plan: ExportPlan, recipe: Recipe) -> Job[DatasetReport]:
    """Read every planned chip from the working copies and compare all with all; the last Progress brings the report."""
    pixels = PlannedPixels(record, plan)
    with closing(pixels):
        yield from check_dataset(Path(), plan.examples(Path()), recipe, TrainingPlan(), pixels)


class PlannedPixels:
    """Gives the pixels of planned chips from the record's working copies, a few of which are held open."""

    def __init__(self, record: Record, plan: ExportPlan) -> None:
        self._record = record
        self._entries = {c.entry.key: c.entry for c in plan.chips}
        self._open: OrderedDict[WaferKey, tuple[AbstractContextManager[_Picture], _Picture]] = OrderedDict()

    def __call__(self, example: Example, recipe: Recipe) -> NDArray[np.uint8]:
        """uint8 (h, w, C). ImageError where the working copy can't be read and the chip was not kept."""
        key = WaferKey(example.lot, example.wafer)
        if example.column is None or example.row is None or key not in self._entries:
            raise ImageError(f"{example.path} is no chip of the record: read the record again.")
        if key not in self._open:
            if len(self._open) >= _OPEN_WAFERS:
                self._close(next(iter(self._open)))
            held = chips_of(self._record, self._entries[key])
            self._open[key] = held, held.__enter__()
        self._open.move_to_end(key)
        return self._open[key][1](ChipId(example.column, example.row))

    def close(self) -> None:
        """Let go of the working copies."""
        for key in list(self._open):
            self._close(key)

    def _close(self, key: WaferKey) -> None:
        self._open.pop(key)[0].__exit__(None, None, None)
