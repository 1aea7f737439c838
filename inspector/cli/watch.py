"""`inspector watch`: wafers that come into a folder are judged as soon as they are written, until Ctrl+C."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from inspector.cli.judge import judge_image, model_folder, tell
from inspector.cli.show import StopAsked, StoppedError, console, find_recipe, follow
from inspector.exchange.hot_folder.candidates import PATIENCE_S, Rules
from inspector.exchange.hot_folder.watching import TRIED_AGAIN, Arrival, ArrivalState, HotFolder
from inspector.exchange.retention import Retention, drop_copies
from inspector.inspection import other_scale
from inspector.records.record import Record
from inspector.wafer.errors import ImageError, InspectorError, printable
from inspector.wafer.grid import WaferKey
from inspector.wafer.judgement import Classifier
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import recipe_from_json

_POLL_S = 2.0
_STOP_S = 0.1


@dataclass(frozen=True)
class Watching:
    """The options of `inspector watch`, as the user gave them. once: end when nothing is left to wait for."""

    recipe: str
    record: str
    model: Path | None
    lot: str | None
    done_file: str | None
    settle_s: float
    device: str
    keep: str
    once: bool


def watch_folder(folder: Path, options: Watching, as_json: bool) -> int:
    """Judge what comes into a folder. Returns the exit code: with --once, 1 where an image was not judged."""
    recipe, keep = find_recipe(options.recipe), Retention.parse(options.keep)
    model = model_folder(options.model, recipe, options.record)
    if not folder.is_dir():
        raise ImageError(f"There is no folder {folder}: check the path.")
    from inspector.learning.classifier import load_classifier  # torch: only once everything else is known to be right

    classifier = load_classifier(model, recipe, options.device)
    tell(other_scale(recipe, classifier))
    with Record.open(options.record) as record:
        patience = options.settle_s if options.once else PATIENCE_S
        hot = HotFolder(Rules(folder, options.lot, options.done_file, options.settle_s, patience), recipe, record)
        if not options.once:
            console.print(f"Watching {printable(folder)}; press Ctrl+C to end.")
        watch(hot, record, recipe, classifier, Teller(record, as_json), keep, once=options.once)
        return int(options.once and any(a.state is not ArrivalState.DONE for a in hot.arrivals()))


def watch(
    hot: HotFolder,
    record: Record,
    recipe: Recipe,
    classifier: Classifier,
    teller: Teller,
    keep: Retention,
    *,
    once: bool,
) -> None:
    """Judge wafer after wafer; with once, until nothing of the folder is waited for any more. StoppedError by Ctrl+C.

    A folder or a record that can't be reached for a while (a share, a full disk) is told and tried again.
    """
    while True:
        taken = None
        try:
            hot.look()
            taken = hot.take()
            if taken is not None:
                _judge(hot, taken, record, recipe, classifier)
                drop_copies(record, keep)
        except StoppedError:
            raise
        except InspectorError as error:
            if once:
                raise
            teller.trouble(error)
            taken = None
        teller.tell(hot.arrivals())
        if taken is None:
            if once and not any(arrival.state is ArrivalState.WAITING for arrival in hot.arrivals()):
                return
            _pause(min(_POLL_S, max(hot.rules.settle_s, _STOP_S)))


def _judge(hot: HotFolder, taken: Arrival, record: Record, recipe: Recipe, classifier: Classifier) -> None:
    title = printable(taken.path.name)
    try:
        for _ in follow(judge_image(record, taken.path, taken.key, recipe, classifier), title):
            pass
    except ImageError as error:
        hot.refuse(taken.path, error)
    except InspectorError:
        hot.put_back(taken.path)
        raise
    else:
        hot.finish(taken.path)


def _pause(seconds: float) -> None:
    with StopAsked().listening() as stop:
        until = time.monotonic() + seconds
        while not stop and time.monotonic() < until:
            time.sleep(_STOP_S)
    if stop:
        raise StoppedError("Stopped: what was finished before is kept.")


class Teller:
    """Says on the terminal what has changed, each thing once: judged wafers on stdout, the rest on stderr."""

    def __init__(self, record: Record, as_json: bool) -> None:
        self._record, self._as_json = record, as_json
        self._told: dict[Path, tuple[ArrivalState, str]] = {}
        self._trouble = ""

    def tell(self, arrivals: list[Arrival]) -> None:
        """With --json, a line for every wafer that came to an end, one way or the other."""
        for arrival in arrivals:
            news = (arrival.state, arrival.reason)
            if self._told.get(arrival.path) != news:
                self._told[arrival.path] = news
                self._say(arrival)

    def trouble(self, error: InspectorError) -> None:
        if str(error) != self._trouble:
            self._trouble = str(error)
            typer.echo(f"inspector: {printable(error)}", err=True)

    def _say(self, arrival: Arrival) -> None:
        if arrival.state.is_settled and self._as_json:
            facts: dict[str, Any] = {
                "image": printable(arrival.path),
                "lot": arrival.key.lot,
                "wafer": arrival.key.wafer,
            }
            facts |= {"state": arrival.state.value, "reason": arrival.reason or None}
            line = facts | (self._counts(arrival.key) if arrival.state is ArrivalState.DONE else {})
            typer.echo(json.dumps(line, ensure_ascii=False, allow_nan=False))
        elif arrival.state is ArrivalState.DONE:
            counts = self._counts(arrival.key)
            listed = ", ".join(f"{name} {count}" for name, count in counts["classes"].items())
            typer.echo(f"{_name(arrival.key)}: {counts['chips']} chips: {listed}; {counts['review']} want eyes")
        elif arrival.reason:
            more = f" {TRIED_AGAIN}" if arrival.state is ArrivalState.BAD else ""
            typer.echo(f"{_name(arrival.key)}: {arrival.state.words}: {printable(arrival.reason)}{more}", err=True)

    def _counts(self, key: WaferKey) -> dict[str, Any]:
        entry = self._record.wafer(key)
        assert entry is not None, "a judged wafer is in the record"
        recipe, judgements = recipe_from_json(entry.recipe_json), self._record.judgements(key).values()
        classes = Counter(judged.class_name or "undecided" for judged in judgements)
        review = sum(judged.reason(recipe) is not None for judged in judgements)
        return {"chips": len(judgements), "classes": dict(classes.most_common()), "review": review}


def _name(key: WaferKey) -> str:
    return f"{key.lot} / {key.wafer}"
