"""What the keys for looking at one chip do: its neighbours, a reference in its place, another class's evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from inspector.station.panels.work_area import WorkArea


class ChipTools(QObject):
    """A provider of the work page; lives as long as it."""

    def __init__(self, work: WorkArea) -> None:
        super().__init__(work)
        self._work = work

    @property
    def answers(self) -> Mapping[str, Callable[[], object]]:
        chip, context = self._work.chip, self._work.context
        return {
            "neighbours": chip.toggle_neighbours,
            "blink": context.blink,
            "blink_other": context.blink_other,
            "class_evidence": chip.show_next_class,
            "beside": self._work.toggle_context,
        }
