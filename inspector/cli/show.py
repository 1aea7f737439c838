"""Shows a job's progress on a terminal, with the time left; Ctrl+C stops it after its present step."""

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
    """The user pressed Ctrl+C; the job has been closed after its present step."""

    exit_code = 130  # what shells expect of a program that Ctrl+C ended


class StopAsked:
    """Becomes true when the user has pressed Ctrl+C; a second Ctrl+C interrupts at once."""

    def __init__(self) -> None:
        self._asked = False

    def __bool__(self) -> bool:
        return self._asked

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        console.print("Stopping after this step; press Ctrl+C again to stop at once.")

    @contextmanager
    def listening(self) -> Generator[StopAsked, None, None]:
        before = signal.signal(signal.SIGINT, self._hear)
        try:
            yield self
        finally:
            signal.signal(signal.SIGINT, before)


def follow(steps: Iterator[Progress[Found]], title: str) -> Generator[Found, None, None]:
    """Run a job to its end, drawing a bar on a terminal; yields whatever it finds. StoppedError after Ctrl+C."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        StopAsked().listening() as stop,
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
