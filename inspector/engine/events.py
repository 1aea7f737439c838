"""What the engine's process and the window's process say to each other: plain values, no torch, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inspector.wafer.grid import ChipId, PlacedGrid
from inspector.wafer.judgement import Judgement, ModelFacts


@dataclass(frozen=True)
class InspectRequest:
    """Judge one image. skip: chips that are on disk already. batch: None lets the device choose.

    placed and sha256 are set when the working copy exists already (a restart): then it is not made again.
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
    """The image is copied into tiles and its grid is found; chips follow."""

    job: int
    sha256: str
    placed: PlacedGrid
    copy_name: str


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
class JobFinished:
    job: int
    stopped: bool


@dataclass(frozen=True)
class JobFailed:
    """message is one sentence for the user."""

    job: int
    message: str


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
    | ChipsJudged
    | JobProgress
    | JobFinished
    | JobFailed
    | EngineDied
    | Heartbeat
)


@dataclass(frozen=True)
class StartJob:
    job: int
    request: InspectRequest


@dataclass(frozen=True)
class StopJob:
    """Stop the running job at its next step."""


@dataclass(frozen=True)
class Written:
    """The receiver has one more batch of this job on disk."""

    job: int


@dataclass(frozen=True)
class Quit:
    """End the process."""


Command = StartJob | StopJob | Written | Quit
