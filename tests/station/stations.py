"""Makes what the station's tests stand on: a small real wafer, a real record, an engine that says what it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QPushButton, QWidget

from inspector.engine.events import ChipsJudged, Event, InspectRequest, WaferPrepared
from inspector.imaging import cv2
from inspector.imaging.working_copy import make_working_copy
from inspector.records.record import Record, WaferEntry
from inspector.wafer.grid import ChipId, Grid, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import GridSection, Recipe

KEY = WaferKey("L1", "W01")
RECIPE = Recipe.model_validate(
    {
        "product": {"name": "tiny", "title": {"en": "Tiny wafer", "ja": "小さなウェハ"}},
        "grid": {"columns": 4, "rows": 3, "chip": (40, 40), "pitch": (44, 44), "origin": (4, 4), "align": False},
        "classes": [
            {"name": "clean", "verdict": "good", "key": "1", "title": {"en": "Clean", "ja": "良品"}},
            {"name": "speck", "verdict": "good", "key": "2", "title": {"en": "Speck", "ja": "微小異物"}},
            {"name": "pit", "verdict": "defect", "key": "3", "title": {"en": "Pit", "ja": "ピット"}},
        ],
        "model": {"input": (40, 40)},
    }
)
FACTS = ModelFacts("tiny", "f" * 64, (0.0, 4.0), ("clean", "speck", "pit"), "cpu")
P_DEFECT = {ChipId(0, 0): 0.99, ChipId(1, 0): 0.97, ChipId(2, 0): 0.6, ChipId(3, 0): 0.3}
QUEUE = list(P_DEFECT)  # the surest defect first, then borderline nearest to 0.5; 0.6 lies nearer than 0.3
CHIPS = RECIPE.grid.grid().chip_ids()
PLACED = PlacedGrid(RECIPE.grid.grid())


def judgement(p_defect: float) -> Judgement:
    """The machine's answer of a tiny model; NaN gives an undecided chip."""
    if np.isnan(p_defect):
        return Judgement(None, np.zeros(3, np.float32), p_defect, (0.0, 0.0), np.zeros((3, 2, 2), np.uint8))
    row = np.array([(1 - p_defect) * 0.9, (1 - p_defect) * 0.1, p_defect], np.float32)
    evidence = np.zeros((3, 2, 2), np.uint8)
    evidence[2, 0, 0] = round(p_defect * 255)
    return Judgement("pit" if p_defect >= 0.5 else "clean", row, p_defect, (10.0, 10.0), evidence)


def judged(chips: Iterable[ChipId] = CHIPS) -> tuple[tuple[ChipId, Judgement], ...]:
    return tuple((chip, judgement(P_DEFECT.get(chip, 0.01))) for chip in chips)


def wafer_png(folder: Path, name: str = "W01.png", seed: int = 0) -> Path:
    """An image of the tiny wafer: bright chips, dark streets."""
    pixels = np.full((140, 180), 20, np.uint8)
    noise = np.random.default_rng(seed)
    for chip in CHIPS:
        x, y = 4 + 44 * chip.column, 4 + 44 * chip.row
        pixels[y : y + 40, x : x + 40] = noise.integers(120, 200, (40, 40), np.uint8)
    path = folder / name
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return path


def add_wafer(record: Record, source: Path, key: WaferKey = KEY, recipe: Recipe = RECIPE) -> WaferEntry:
    """Prepare an image as the engine does and write it to the record."""
    copy = record.images_folder / f"{key.lot}-{key.wafer}.tif"
    mark = [step.found for step in make_working_copy(source, copy, RECIPE)][-1]
    assert mark is not None
    placed = PlacedGrid(RECIPE.grid.grid())
    entry = WaferEntry(
        key, str(source), mark.sha256, recipe.model_dump_json(), placed, copy.name, datetime(2026, 11, 22, tzinfo=UTC)
    )
    record.add_wafer(entry)
    return entry


def add_part(record: Record, source: Path, key: WaferKey, p_defect: float) -> None:
    """A judged image of one whole part: a wafer of one chip."""
    whole = RECIPE.model_copy(update={"grid": GridSection(kind="whole")})
    entry = add_wafer(record, source, WaferKey(key.lot, f"{key.wafer}-grid"))
    placed = PlacedGrid(Grid(1, 1, (180.0, 140.0), (180.0, 140.0), (0.0, 0.0)))
    record.add_wafer(replace(entry, key=key, recipe_json=whole.model_dump_json(), placed=placed))
    record.add_judgements(key, FACTS, [(ChipId(0, 0), judgement(p_defect))])


def judged_record(folder: Path, keys: Sequence[WaferKey] = (KEY,)) -> str:
    """A record with judged wafers; returns its URL."""
    url = f"sqlite:///{(folder / 'record.db').as_posix()}"
    with Record.open(url) as record:
        for key in keys:
            add_wafer(record, wafer_png(folder, f"{key.wafer}.png"), key)
            record.add_judgements(key, FACTS, judged())
    return url


def with_recipe(folder: Path, **changes: object) -> str:
    """The tiny record under a changed recipe."""
    recipe = Recipe.model_validate(RECIPE.model_dump(mode="json", exclude_defaults=True) | changes)
    url = f"sqlite:///{(folder / 'record.db').as_posix()}"
    with Record.open(url) as record:
        add_wafer(record, wafer_png(folder), recipe=recipe)
        record.add_judgements(KEY, FACTS, judged())
    return url


def model_folder(folder: Path) -> Path:
    """A folder that looks like the tiny recipe's model from outside."""
    folder.mkdir(parents=True)
    (folder / "card.json").write_text(f'{{"digest": "{FACTS.digest}"}}', encoding="utf-8")
    return folder


@dataclass
class FakeLink:
    """An engine that hears everything and says what a test lets it say."""

    requests: list[InspectRequest] = field(default_factory=list)
    confirmed: list[ChipId] = field(default_factory=list)
    stops: int = 0
    started: bool = False
    closed: bool = False
    _said: list[Event] = field(default_factory=list)

    def start(self) -> None:
        self.started = True

    def inspect(self, request: InspectRequest) -> int:
        self.requests.append(request)
        return len(self.requests)

    def written(self, job: int, chips: Iterable[ChipId]) -> None:
        self.confirmed.extend(chips)

    def say(self, *events: Event) -> None:
        self._said.extend(events)

    def poll(self) -> list[Event]:
        said, self._said = self._said, []
        return said

    def stop_job(self) -> None:
        self.stops += 1

    def close(self) -> None:
        self.closed = True


def batch(job: int, chips: Sequence[ChipId], done: int) -> ChipsJudged:
    return ChipsJudged(job, FACTS, judged(chips), done, len(CHIPS), 1.0)


def prepare(link: FakeLink, job: int = 1, placed: PlacedGrid = PLACED) -> None:
    """The engine makes the working copy that it was asked for and finds the grid."""
    request = link.requests[job - 1]
    mark = [step.found for step in make_working_copy(request.source, request.copy, RECIPE)][-1]
    assert mark is not None
    link.say(WaferPrepared(job, mark.sha256, placed, request.copy.name))


def judge_button(dialog: QWidget) -> QPushButton:
    return dialog.findChild(QPushButton, "judge")
