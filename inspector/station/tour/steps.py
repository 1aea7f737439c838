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
    say = QCoreApplication.translate
    return (
        TourStep(
            say("Tour", "What wants your eyes"),
            say(
                "Tour",
                "The machine has judged every chip. These queues hold what you are asked to look at.",
            ),
            lambda: work.lists,
        ),
        TourStep(
            say("Tour", "One chip at a time"),
            say("Tour", "This is the chip in question, in full. Hold H to look at it without the heat map, or tap H."),
            lambda: work.chip,
        ),
        TourStep(
            say("Tour", "One key is an answer"),
            say(
                "Tour",
                "Enter: the machine is right. A digit gives another class. U: you are unsure.",
            ),
            lambda: work.answers,
        ),
        TourStep(
            say("Tour", "Nothing is lost, and everything can be undone"),
            say("Tour", "Each answer is on disk at once. Ctrl+Z takes it back and shows the chip again, tomorrow too."),
            lambda: work.filmstrip,
        ),
        TourStep(
            say("Tour", "Where it lies on the wafer"),
            say("Tour", "Click a chip to look at it; M makes the wafer large, G shows all chips as a gallery."),
            lambda: work.map,
        ),
        TourStep(
            say("Tour", "You know enough to begin"),
            say("Tour", "Press Enter for the first chip. ? shows all keys, Ctrl+K finds any action, F1 is the guide."),
            lambda: work.answers,
        ),
    )
