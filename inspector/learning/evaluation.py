"""Judges labelled chips with a model and says how well it did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from inspector.learning.batches import ahead
from inspector.learning.classifier import load_classifier
from inspector.learning.dataset import ChipPixels, checked, part_for_test
from inspector.learning.figures import Evaluation
from inspector.learning.model_card import make_folder, read_card, replace_file
from inspector.wafer.judgement import Judgement
from inspector.wafer.manifest import read_dataset
from inspector.wafer.progress import Pace, Progress


def evaluate(
    dataset: Path, model: Path, *, device: str = "auto", out: Path | None = None
) -> Iterator[Progress[Evaluation]]:
    """Judge test/ of a dataset where there is one, else all of it; the last Progress brings the figures.

    out: a folder for evaluation.json, table.txt and table.md. DatasetError, ImageError or ModelError where it can't.
    """
    card = read_card(model)
    classifier = load_classifier(model, None, device)
    examples = checked(part_for_test(read_dataset(dataset), dataset), dataset, card.recipe)
    if out is not None:
        make_folder(out)
    store = ChipPixels(examples, card.recipe, cache_bytes=0)
    size, pace = classifier.batch_size, Pace(len(store))
    rows = []
    for chips in ahead(
        lambda first: np.stack([store[i] for i in range(first, min(first + size, len(store)))]),
        range(0, len(store), size),
    ):
        rows += [probability_row(j) for j in classifier.judge(chips)]
        if len(rows) < len(store):
            yield Progress(len(rows), len(store), None, pace.seconds_left(len(rows)), "judging")
    found = Evaluation.of(np.stack(rows), store.labels, card.recipe)
    if out is not None:
        write_evaluation(found, out)
    yield Progress(len(store), len(store), found, 0.0, "judging")


def probability_row(judgement: Judgement) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """float32 (K,): the probabilities, not a number where the chip is undecided."""
    if judgement.class_name is None:
        return np.full_like(judgement.probabilities, np.nan)
    return judgement.probabilities


def write_evaluation(found: Evaluation, out: Path) -> None:
    """evaluation.json, table.txt and table.md."""
    make_folder(out)
    replace_file(out / "evaluation.json", (json.dumps(found.to_json(), indent=2, ensure_ascii=False) + "\n").encode())
    replace_file(out / "table.txt", found.table().encode())
    replace_file(out / "table.md", found.markdown().encode())
