"""What the engine's process and the window's process say to each other: plain values, no torch, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.judgement import Judgement, ModelFacts


@dataclass(frozen=True)
class InspectRequest:
    """Judge one image. skip: chips that are on disk already. batch: None lets the device choose.

    placed, sha256: of an image that the record knows. Without sha256 its reading was cut off and begins anew; with it,
    the working copy is made again only where it is gone.
    """

    source: Path
    recipe_json: str
    model: Path
    lot: str
    wafer: str
    copy: Path
    skip: frozenset[ChipId] = frozenset()
    device: str = "auto"
    placed: PlacedGrid | None = None
    sha256: str = ""
    batch: int | None = None


@dataclass(frozen=True)
class TrainRequest:
    """Learn from a dataset and compare what was learned with the model that is in use.

    out: the training's own folder, with its checkpoint; resume goes on with it. home: the finished model goes into a
    folder of its own in there, named by date and digest. minutes, epochs: the budget, whichever ends first.
    start: the folder of a model to begin with. also: more datasets to learn from. present: the model in use, to be
    compared with. calibrate_on: a dataset of lots that training does not see, at the shares of production.
    """

    dataset: Path
    recipe_json: str
    out: Path
    home: Path
    minutes: float | None = None
    epochs: int | None = None
    start: Path | None = None
    also: tuple[Path, ...] = ()
    present: Path | None = None
    calibrate_on: Path | None = None
    resume: bool = False
    seed: int = 0
    device: str = "auto"
    command: str = ""


@dataclass(frozen=True)
class EngineReady:
    """The engine's process runs. device_title is empty until a model has been loaded."""

    device_title: str


@dataclass(frozen=True)
class ModelLoaded:
    job: int
    facts: ModelFacts
    device_title: str


@dataclass(frozen=True)
class WaferPrepared:
    """The grid is found; chips follow. sha256 is empty while the image is still read; its stamp tells it until then."""

    job: int
    sha256: str
    placed: PlacedGrid
    copy_name: str
    stamp: str = ""


@dataclass(frozen=True)
class WaferRead:
    """The image has been read whole and did not change meanwhile; its working copy is there."""

    job: int
    sha256: str


@dataclass(frozen=True)
class ChipsJudged:
    """A batch, not on disk yet: the receiver writes it, then calls `EngineLink.written`."""

    job: int
    facts: ModelFacts
    judged: tuple[tuple[ChipId, Judgement], ...]
    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True)
class JobProgress:
    job: int
    phase: str
    done: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True)
class EpochDone:
    """One epoch of a training, with its figures on the chips that were kept back. best: it is kept."""

    job: int
    epoch: int
    loss: float
    accuracy: float
    pass_fail_accuracy: float
    macro_recall: float
    best: bool


@dataclass(frozen=True)
class JobNote:
    """Something to know about a job that goes on: one sentence for the user."""

    job: int
    message: str


@dataclass(frozen=True)
class ModelReady:
    """A training brought a model, compared where there were chips for it. folder: in the request's home."""

    job: int
    folder: Path
    digest: str


@dataclass(frozen=True)
class JobFinished:
    job: int
    stopped: bool


@dataclass(frozen=True)
class JobFailed:
    """message is one sentence for the user. changed: the image changed while it was read, or is damaged further down:
    nothing that was judged on it may stand.

    best: the likeliest place of a grid that was not found surely enough, for a person to correct.
    """

    job: int
    message: str
    changed: bool = False
    best: PlacedGrid | None = None


@dataclass(frozen=True)
class EngineDied:
    """The engine's process ended by itself. restarting: a new one goes on from what is on disk."""

    job: int | None
    restarting: bool
    message: str


@dataclass(frozen=True)
class Heartbeat:
    """Sent twice a second while the engine's process lives."""


Event = (
    EngineReady
    | ModelLoaded
    | WaferPrepared
    | WaferRead
    | ChipsJudged
    | JobProgress
    | EpochDone
    | JobNote
    | ModelReady
    | JobFinished
    | JobFailed
    | EngineDied
    | Heartbeat
)


@dataclass(frozen=True)
class StartJob:
    job: int
    request: InspectRequest | TrainRequest


@dataclass(frozen=True)
class StopJob:
    """Stop the running job at its next step. A training keeps its best and compares it, unless it is asked twice."""


@dataclass(frozen=True)
class Written:
    """The receiver has one more batch of this job on disk."""

    job: int


@dataclass(frozen=True)
class Quit:
    """End the process."""


Command = StartJob | StopJob | Written | Quit
