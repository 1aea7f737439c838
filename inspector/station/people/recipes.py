"""The recipes by which the wafers of a record were judged, each read once."""

from __future__ import annotations

from inspector.records.record import Record
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json


class Recipes:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._known: dict[WaferKey, Recipe] = {}

    def of(self, key: WaferKey) -> Recipe:
        """RecordError where the wafer is not in the record any more."""
        if key not in self._known:
            entry = self._record.wafer(key)
            if entry is None:
                raise RecordError(f"Wafer {key.wafer} of lot {key.lot} is not in the record any more.")
            self._known[key] = recipe_from_json(entry.recipe_json)
        return self._known[key]
