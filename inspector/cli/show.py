"""Shows a job's progress on a terminal, with the time left; Ctrl+C or SIGTERM stops it after its present step."""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from inspector import paths
from inspector.wafer.errors import InspectorError, RecipeError
from inspector.wafer.progress import Progress
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe

Found = TypeVar("Found")
console = Console(stderr=True, highlight=False, soft_wrap=True)  # stdout is for what a program may read


class StoppedError(InspectorError):
    """The user pressed Ctrl+C, or SIGTERM came; the job has been closed after its present step."""

    exit_code = 130  # what shells expect of a program that Ctrl+C ended


class StopAsked:
    """Becomes true when the user has pressed Ctrl+C, or at SIGTERM; a second Ctrl+C interrupts at once.

    patient: it does not: torchrun hands on to its processes what the terminal has told them already.
    """

    def __init__(self, patient: bool = False) -> None:
        self._asked, self._patient = False, patient

    def __bool__(self) -> bool:
        return self._asked

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if self._asked and number == signal.SIGINT and not self._patient:
            raise KeyboardInterrupt
        if not self._asked:
            late = "; if torchrun ends it before the model is written, go on with --resume"
            again = late if self._patient else "; press Ctrl+C again to stop at once"
            console.print(f"Stopping after this step{again}.")
        self._asked = True

    @contextmanager
    def listening(self) -> Generator[StopAsked, None, None]:
        before = {number: signal.signal(number, self._hear) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def follow(steps: Iterator[Progress[Found]], title: str, patient: bool = False) -> Generator[Found, None, None]:
    """Run a job to its end, drawing a bar on a terminal; yields whatever it finds. StoppedError after Ctrl+C.

    patient: more of the same signals change nothing.
    """
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        StopAsked(patient).listening() as stop,
        Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task(title, total=None)
        for step in steps:
            bar.update(task, completed=step.done, total=step.total, description=f"{title} {step.phase}".strip())
            if step.found is not None:
                yield step.found
            if stop:
                if isinstance(steps, Generator):
                    steps.close()
                raise StoppedError("Stopped: what was finished before is kept.")


def find_recipe(name: str) -> Recipe:
    """A shipped recipe by its name, or a recipe file. RecipeError names the shipped ones."""
    path = Path(name)
    if path.suffix.lower() == ".toml" or path.is_file():
        return read_recipe(path)
    shipped = paths.resource("recipes", f"{name}.toml")
    if shipped.parent == paths.resource("recipes") and shipped.is_file():
        return read_recipe(shipped)
    known = ", ".join(sorted(p.stem for p in paths.resource("recipes").glob("*.toml")))
    raise RecipeError(f"There is no recipe {name!r}: give a TOML file or one of {known}.")
