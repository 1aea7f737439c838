"""What the tour says, and beside which part of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from inspector.station.panels.work_area import WorkArea


@dataclass(frozen=True)
class TourStep:
    """beside: the widget that the words are about, asked for anew each time the window changes its shape."""

    title: str
    text: str
    beside: Callable[[], QWidget]


def tour_steps(work: WorkArea) -> tuple[TourStep, ...]:
    """The steps in the language of now."""
    return (
        TourStep(
            QCoreApplication.translate("Tour", "What wants your eyes"),
            QCoreApplication.translate(
                "Tour",
                "The machine has judged every chip. These queues hold what you are asked to look at.",
            ),
            lambda: work.lists,
        ),
        TourStep(
            QCoreApplication.translate("Tour", "One chip at a time"),
            QCoreApplication.translate(
                "Tour", "This is the chip in question, in full. Hold H to look at it without the heat map, or tap H."
            ),
            lambda: work.chip,
        ),
        TourStep(
            QCoreApplication.translate("Tour", "One key is an answer"),
            QCoreApplication.translate(
                "Tour",
                "After the tour, Enter says: the machine is right. A digit gives another class. U: you are unsure.",
            ),
            lambda: work.answers,
        ),
        TourStep(
            QCoreApplication.translate("Tour", "Nothing is lost, and everything can be undone"),
            QCoreApplication.translate(
                "Tour", "Each answer is on disk at once. Ctrl+Z takes it back and shows the chip again, tomorrow too."
            ),
            lambda: work.filmstrip,
        ),
        TourStep(
            QCoreApplication.translate("Tour", "Where it lies on the wafer"),
            QCoreApplication.translate(
                "Tour", "Click a chip to look at it; M makes the wafer large, G shows all chips as a gallery."
            ),
            lambda: work.map,
        ),
        TourStep(
            QCoreApplication.translate("Tour", "You know enough to begin"),
            QCoreApplication.translate(
                "Tour", "Answer on the chip in sight. ? shows all keys, Ctrl+K finds any action, F1 is the guide."
            ),
            lambda: work.answers,
        ),
    )
