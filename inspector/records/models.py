"""Where a record's own models lie, and which one is in use: said by an event, so that going back is another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from inspector import paths
from inspector.records.events import Event, EventKind
from inspector.records.record import Record
from inspector.wafer.errors import ModelError, RecordError, printable
from inspector.wafer.model_folder import CARD, read_model_folder
from inspector.wafer.roles import Act

_SHIPPED = "shipped"


@dataclass(frozen=True)
class Activation:
    """From this moment on a model judges a recipe's chips. failed: release gates that it had not passed. time: UTC."""

    seq: int
    recipe: str
    digest: str
    folder: Path
    failed: tuple[str, ...]
    person: str
    time: datetime


def models_folder(record: Record, recipe: str) -> Path:
    """The folder of a recipe's models beside the record, `<stem>.models/<recipe>`; it may not exist."""
    return record.path.with_name(f"{record.path.stem}.models") / recipe


def kept_models(record: Record, recipe: str) -> list[Path]:
    """The folders of all models of a recipe: the record's own, newest first, then others.

    The others are those that were activated from elsewhere, the user's own and the shipped one.
    """
    own = sorted((f.parent for f in models_folder(record, recipe).glob(f"*/{CARD}")), reverse=True)
    known = (paths.user_data() / "models" / recipe, paths.shipped_model(recipe))
    used = [a.folder for a in reversed(activations(record, recipe)) if a.folder not in (*own, *known)]
    return own + [folder for folder in (*dict.fromkeys(used), *known) if (folder / CARD).is_file()]


def activate_model(
    record: Record, recipe: str, folder: Path, failed: Sequence[str] = (), operator: str = ""
) -> Activation:
    """Let a model judge this recipe's chips from now on. ModelError for its folder, RoleError where one may not.

    failed: the release gates that it has not passed: they are written down. operator: who does it where the record
    has no people.
    """
    model = read_model_folder(folder)
    if not model.is_whole():
        raise ModelError(f"The weights in {printable(folder)} are not those of its card: restore the model's folder.")
    facts = {
        "recipe": recipe,
        "digest": model.digest,
        "folder": _place_of(record, recipe, folder),
        "failed": list(failed),
    }
    return _activation(record, record.people.done(Act.ACTIVATE_MODEL, recipe, facts, operator))


def activations(record: Record, recipe: str | None = None) -> list[Activation]:
    """Every activation of a recipe's models, or of all, oldest first."""
    events = record.people.events(EventKind.DONE, Act.ACTIVATE_MODEL)
    found = [_activation(record, event) for event in events]
    return [a for a in found if recipe in (None, a.recipe)]


def active_model(record: Record, recipe: str) -> Activation | None:
    """The newest activation; None where nobody has activated a model for this recipe."""
    return next(reversed(activations(record, recipe)), None)


def model_in_use(record: Record, recipe: str) -> Path | None:
    """The folder of the active model; where nobody has activated one, the user's own, else the shipped one, else None.

    ModelError where the active model is gone or is another one now: nothing is judged by a model that nobody chose.
    """
    active = active_model(record, recipe)
    if active is None:
        return next(
            (f for f in kept_models(record, recipe) if not f.is_relative_to(models_folder(record, recipe))), None
        )
    if read_model_folder(active.folder).digest != active.digest:
        raise ModelError(
            f"The model in {printable(active.folder)} is not the one that was activated: restore its folder, or "
            "activate another model."
        )
    return active.folder


def _place_of(record: Record, recipe: str, folder: Path) -> str:
    """How a folder is written down, so that record and models can be moved together."""
    home = models_folder(record, recipe)
    if folder.is_relative_to(home):
        return folder.relative_to(home).as_posix()
    return _SHIPPED if folder == paths.shipped_model(recipe) else printable(folder.absolute())


def _activation(record: Record, event: Event) -> Activation:
    facts = event.facts
    try:
        recipe, place = str(facts["recipe"]), str(facts["folder"])
        home = models_folder(record, recipe)
        folder = paths.shipped_model(recipe) if place == _SHIPPED else home / place
        failed = tuple(str(name) for name in facts["failed"])
        return Activation(event.seq, recipe, str(facts["digest"]), folder, failed, event.person, event.time)
    except (KeyError, TypeError) as error:
        raise RecordError(f"Event {event.seq} of {record.path} is damaged: restore the record.") from error
