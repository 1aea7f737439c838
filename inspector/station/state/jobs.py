"""What the station asks of the engine, and how far the job under way is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from inspector.engine.events import Event, InspectRequest
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.judgement import Judgement

Batch = tuple[tuple[ChipId, Judgement], ...]


class Link(Protocol):
    """What the station asks of the engine; `inspector.engine.link.EngineLink` is the real one."""

    def start(self) -> None: ...
    def inspect(self, request: InspectRequest) -> int: ...
    def written(self, job: int, chips: Iterable[ChipId]) -> None: ...
    def poll(self) -> list[Event]: ...
    def stop_job(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class JobState:
    """What the job bar shows.

    phase: "" at rest, else "starting", "loading", "reading", "aligning", "judging" or "stopping".
    waiting: images that come after this one. device: the engine's device in words, empty until it is known.
    """

    phase: str = ""
    key: WaferKey | None = None
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    waiting: int = 0
    device: str = ""

    @property
    def is_active(self) -> bool:
        return bool(self.phase)
