"""A chip unlike all that the model has learned from is novel; an ordinary one is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tiny_product import CLASSES, draw_chip, make_recipe, write_dataset

from inspector.imaging import cv2
from inspector.learning import calibration
from inspector.learning.classifier import TorchClassifier, load_classifier
from inspector.learning.dataset import ChipPixels
from inspector.learning.general_network import GeneralNetwork
from inspector.learning.known import evenly, fit_novelty, k_means
from inspector.learning.model_card import load_model, read_card
from inspector.learning.network import EvidenceNetwork
from inspector.learning.novelty import Novelty, settle
from inspector.learning.recalibration import RecalibrationOptions, calibrate
from inspector.wafer.manifest import Example, read_dataset

Pixels = NDArray[np.uint8]


def _ordinary(count: int, seed: int = 900) -> Pixels:
    return np.stack([draw_chip(CLASSES[i % 3], np.random.default_rng([seed, i]))[0] for i in range(count)])[..., None]


def _letters(chip: Pixels) -> Pixels:
    return np.asarray(cv2.putText(chip.copy(), "HK5", (4, 44), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (230,), 2))


def _hair(chip: Pixels) -> Pixels:
    x = np.arange(4, 60)
    points = np.stack([x, 32 + 18 * np.sin(x / 7.0)], axis=1).astype(np.int32)
    return np.asarray(cv2.polylines(chip.copy(), [points], False, (20,), 2))


def _checks(chip: Pixels) -> Pixels:
    rows, columns = np.indices(chip.shape[:2]) // 4
    return (chip.astype(int) + 40 * ((rows + columns) % 2)[..., None]).astype(np.uint8)


def _slope(chip: Pixels) -> Pixels:
    return np.broadcast_to(np.linspace(10, 240, chip.shape[1])[None, :, None], chip.shape).astype(np.uint8)


def _noise(chip: Pixels) -> Pixels:
    return np.random.default_rng(int(chip.sum())).integers(0, 256, chip.shape, dtype=np.uint8)


@pytest.fixture(scope="module")
def calibrated(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained model, calibrated on lots of its own."""
    folder = tmp_path_factory.mktemp("calibrated")
    chips = write_dataset(folder / "fresh", per_class=80, lots=3, seed=5, lot_letter="C")
    calibration.last(calibrate(trained, chips, RecalibrationOptions(out=folder / "model", device="cpu")))
    return folder / "model"


def _shares(classifier: TorchClassifier, chips: Pixels) -> tuple[float, float]:
    """Of the chips: novel ones, and ones that pass as good with nobody looking."""
    found = classifier.judge(chips)
    novel = np.array([j.novelty > 1.0 for j in found])
    passed = np.array([j.class_name == "clean" and j.p_defect < 0.05 for j in found]) & ~novel
    return float(novel.mean()), float(passed.mean())


def test_that_few_ordinary_chips_are_novel(calibrated: Path) -> None:
    novel, _ = _shares(load_classifier(calibrated, None, "cpu"), _ordinary(150))

    assert novel <= 0.02


@pytest.mark.parametrize("change", [_letters, _hair, _checks, _slope, _noise], ids=lambda f: f.__name__[1:])
def test_that_what_was_never_seen_is_novel_and_does_not_pass(
    calibrated: Path, change: Callable[[Pixels], Pixels]
) -> None:
    clean = [draw_chip("clean", np.random.default_rng([901, i]))[0][..., None] for i in range(24)]
    chips = np.stack([change(chip).reshape(64, 64, 1) for chip in clean])

    novel, passed = _shares(load_classifier(calibrated, None, "cpu"), chips)

    assert novel >= 0.8
    assert passed <= 0.05


def test_that_a_model_from_before_knows_no_novel_chip(trained: Path) -> None:
    card = read_card(trained)
    network, _ = load_model(trained, card)

    found = TorchClassifier(network, card, "cpu").judge(np.stack([_checks(c) for c in _ordinary(4)]))

    assert [j.novelty for j in found] == [0.0] * 4


def test_that_bfloat16_finds_the_same_novelty(trained: Path) -> None:
    card = read_card(trained)
    network, novelty = load_model(trained, card)
    assert novelty is not None
    ordinary = _ordinary(12)
    chips = torch.from_numpy(np.concatenate([ordinary, np.stack([_checks(c) for c in ordinary])])).permute(0, 3, 1, 2)
    with torch.no_grad():
        fails = torch.zeros(len(chips), dtype=torch.bool)
        full = novelty(network.eval()(chips).features, fails)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            seen = network(chips).features
        half = novelty(seen, fails)

    assert float((half / full - 1.0).abs().max()) < 0.05


@pytest.mark.parametrize("network", [EvidenceNetwork(1, 3), GeneralNetwork("resnet18", 1, 3)], ids=["own", "general"])
def test_that_it_is_learned_from_any_network_and_stays_small(
    network: EvidenceNetwork | GeneralNetwork, make_dataset: Callable[..., Path]
) -> None:
    store = ChipPixels(read_dataset(make_dataset(per_class=6)), make_recipe())

    novelty = calibration.last(fit_novelty(network.eval(), store, "cpu", half=False))
    seen = calibration.answers(network, store, "cpu", False, novelty.distances)

    assert seen.distances is not None
    assert seen.distances.shape == (18, 3)
    assert np.isfinite(seen.distances).all()
    assert sum(t.nbytes for t in novelty.state_dict().values()) < (1 if network.cell < 16 else 3) * 100_000


def test_that_the_limits_leave_nearly_all_ordinary_chips_below_one() -> None:
    rng = np.random.default_rng(0)
    distances = np.exp(rng.normal([2.0, 4.0, 3.0], 0.2, (4000, 3))).astype(np.float32)
    novelty = _empty()

    distances[::2] *= 3  # judged a defect
    fails = np.arange(4000) % 2 == 0

    found = settle(novelty, distances, fails, np.arange(4000) < 2000)

    fresh = torch.from_numpy(distances) / novelty.limits[torch.from_numpy(fails).long()]
    assert (found[2000:] > 1.0).mean() == pytest.approx(0.005, abs=0.005)
    assert fresh.amax(1).numpy() == pytest.approx(found, rel=1e-4)
    assert (novelty.limits[1] / novelty.limits[0]).numpy() == pytest.approx([3.0] * 3, rel=0.1)


def test_that_the_limits_of_a_few_chips_leave_room() -> None:
    rng = np.random.default_rng(0)
    rates = []
    for _ in range(50):
        distances = np.exp(rng.normal(2.0, 0.2, (1000, 3))).astype(np.float32)
        rates.append((settle(_empty(), distances, np.zeros(1000, bool), np.arange(1000) < 12)[12:] > 1.0).mean())

    assert np.mean(rates) < 0.02


def test_that_chips_are_taken_evenly_from_classes_and_sub_types() -> None:
    kinds = [("a", "")] * 50 + [("b", "x")] * 3 + [("b", "y")] * 20
    examples = [Example(Path(f"{i}.png"), name, subtype=kind) for i, (name, kind) in enumerate(kinds)]

    chosen = evenly(examples, 23)

    assert [sum(kinds[i] == k for i in chosen) for k in (("a", ""), ("b", "x"), ("b", "y"))] == [10, 3, 10]
    assert list(evenly(examples, 500)) == list(range(73))


def test_that_the_centres_are_those_of_the_clusters() -> None:
    rng = torch.Generator().manual_seed(1)
    middles = torch.tensor([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    rows = middles.repeat(40, 1) + 0.1 * torch.randn(120, 2, generator=rng)

    centres = k_means(rows, 3, rng)

    assert torch.cdist(middles, centres).amin(1).max() < 0.1
    assert len(k_means(torch.ones(5, 2), 3, rng)) == 1


def _empty() -> Novelty:
    shapes = {"middle": (4,), "whiten": (4, 4), "centres": (2, 4), "limits": (2, 3)}
    shapes |= {"chip_middle": (8,), "mean_whiten": (4, 4), "chip_whiten": (8, 8)}
    return Novelty({name: torch.ones(shape) for name, shape in shapes.items()})
