"""Models as they look from outside, with a comparison, and an engine that trains as a test lets it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from stations import RECIPE

from inspector.engine.events import Event, TrainRequest
from inspector.records.models import models_folder
from inspector.records.record import Record
from inspector.wafer.model_comparison import ComparedChip, ModelComparison


def compared(lot: str, wafer: str, after: str) -> ModelComparison:
    """Six chips: a new escape, an overkill mended, the others as before."""
    answers = [
        ("clean", "clean", "clean"),
        ("clean", "pit", "clean"),
        ("speck", "speck", "speck"),
        ("pit", "pit", "pit"),
        ("pit", "pit", "clean"),
        ("pit", "pit", "pit"),
    ]
    p = {"clean": 0.03, "speck": 0.06, "pit": 0.97}
    chips = [
        ComparedChip(f"{n}.png", truth, before, now, p[before], p[now], lot, wafer, n % 4, n // 4)
        for n, (truth, before, now) in enumerate(answers)
    ]
    return ModelComparison(RECIPE.name, "f" * 64, after, tuple(chips), "test", ())


def own_model(record: Record, name: str, lot: str = "L1", wafer: str = "W01", date: str = "2026-11-20") -> Path:
    """A folder of a model of the tiny recipe that was trained here and compared."""
    folder = models_folder(record, RECIPE.name) / name
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(name.encode())
    digest = hashlib.sha256(name.encode()).hexdigest()
    card = {
        "digest": digest,
        "recipe": RECIPE.model_dump(mode="json"),
        "training": {
            "date": f"{date}T10:00:00+00:00",
            "dataset": "labels",
            "lots": ["L2", "L3"],
            "minutes": 12.5,
            "device": "CPU (x86_64, 2 threads)",
            "train": {"clean": {"": 812}, "speck": {"": 77}, "pit": {"": 140}},
        },
        "validation": {"pass_fail_accuracy": 0.991, "accuracy": 0.97, "ece": 0.012},
        "review": {
            "low": 0.08,
            "high": 0.93,
            "bound": 0.0041,
            "max_escape": 0.005,
            "proven": True,
            "asked_good": 0.06,
            "expected_escape": 0.002,
        },
    }
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    (folder / "comparison.json").write_text(json.dumps(compared(lot, wafer, digest).to_json()), encoding="utf-8")
    return folder


@dataclass
class FakeTrainingLink:
    """An engine that hears what it is asked to learn and says what a test lets it say."""

    requests: list[TrainRequest] = field(default_factory=list)
    stops: int = 0
    closed: bool = False
    _said: list[Event] = field(default_factory=list)

    def train(self, request: TrainRequest) -> int:
        self.requests.append(request)
        return len(self.requests)

    def say(self, *events: Event) -> None:
        self._said.extend(events)

    def poll(self) -> list[Event]:
        said, self._said = self._said, []
        return said

    def stop_job(self) -> None:
        self.stops += 1

    def close(self) -> None:
        self.closed = True
