"""Calibrated numbers hold: temperature, the offset of defects, the shift of maps, the heat scale, bfloat16."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tiny_product import make_recipe

from inspector.learning.calibration import (
    Answers,
    add_prior,
    cold_levels,
    compare_half,
    heat_scale,
    judged_classes,
    probabilities,
    shift_evidence,
    shifted,
    temperature_and_offset,
)
from inspector.learning.network import EvidenceNetwork
from inspector.learning.second_look import SecondLook
from inspector.wafer import scores

DEFECT = np.array([False, True, True])


def _overconfident(seed: int = 0, chips: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Logits four times too large for the labels that are drawn from them."""
    rng = np.random.default_rng(seed)
    honest = rng.normal(0, 1.5, (chips, 3)).astype(np.float32)
    p = probabilities(honest, 1.0).astype(np.float64)
    labels = np.array([rng.choice(3, p=row / row.sum()) for row in p])
    return honest * 4, labels


def test_that_the_temperature_undoes_overconfidence() -> None:
    logits, labels = _overconfident()

    temperature, offset = temperature_and_offset(logits, labels, DEFECT)

    rows = probabilities(logits, temperature)
    ece = scores.calibration_error(rows.max(1), rows.argmax(1) == labels)
    assert temperature == pytest.approx(4.0, rel=0.1)
    assert abs(offset) < 0.5
    assert ece is not None
    assert ece < 0.02


def test_that_the_offset_undoes_a_leaning_to_one_verdict() -> None:
    logits, labels = _overconfident()
    leaning = logits / 4 + np.where(DEFECT, np.float32(1.5), np.float32(0))

    _, offset = temperature_and_offset(leaning, labels, DEFECT)

    assert offset == pytest.approx(-1.5, abs=0.2)


def test_that_a_few_chips_without_an_error_do_not_make_the_model_certain() -> None:
    logits = np.eye(3, dtype=np.float32)[[0, 1, 2, 0]] * 3

    temperature, _ = temperature_and_offset(logits, np.array([0, 1, 2, 0]), DEFECT)

    assert 0.3 < temperature < 1.5


def test_that_shifting_the_evidence_changes_no_logit_but_by_the_prior() -> None:
    network = EvidenceNetwork(1, 3).eval()
    chips = torch.randint(0, 256, (2, 1, 64, 64), dtype=torch.uint8)
    levels, prior = np.array([1.0, -2.0, 0.5], np.float32), np.array([0.0, 0.3, -0.3], np.float32)
    with torch.no_grad():
        before = network(chips)

        shift_evidence(network, levels, prior)

        after = network(chips)
    torch.testing.assert_close(after.logits, before.logits + torch.from_numpy(prior))
    torch.testing.assert_close(after.maps, before.maps - torch.from_numpy(levels)[None, :, None, None])


def test_that_the_prior_says_too_which_chips_are_doubtful() -> None:
    torch.manual_seed(0)
    network = EvidenceNetwork(1, 3).eval()
    chips = torch.randint(0, 256, (2, 1, 64, 64), dtype=torch.uint8)
    look = SecondLook(network, make_recipe().class_set, ["horizontal"])
    with torch.no_grad():
        assert not torch.equal(look(chips).maps, network(chips).maps)

        add_prior(network, np.array([8.0, 0.0, 0.0], np.float32))

        assert torch.equal(look(chips).maps, network(chips).maps)


def _answers() -> Answers:
    """Ten clean chips whose defect maps reach 1 at most, ten spots whose maps reach 6 to 10."""
    labels = np.array([0] * 10 + [1] * 10)
    peaks = np.ones((20, 3), np.float32)
    peaks[10:, 1] = np.linspace(6, 10, 10)
    return Answers(peaks.copy(), peaks, np.full((20, 3), 0.25, np.float32), labels)


def test_that_the_heat_scale_leaves_good_chips_cold_and_makes_clear_defects_hot() -> None:
    low, high = heat_scale(_answers(), DEFECT)

    assert low == pytest.approx(1.0)
    assert high == pytest.approx(8.0)


def test_that_a_heat_scale_without_any_defect_chip_still_rises() -> None:
    seen = _answers()
    good = Answers(seen.logits[:10], seen.peaks[:10], seen.cold[:10], seen.labels[:10])

    low, high = heat_scale(good, DEFECT)

    assert 0 <= low < high


def test_that_what_other_classes_show_counts_as_nothing() -> None:
    seen = _answers()
    levels = cold_levels(seen)

    moved = shifted(seen, levels, np.zeros(3, np.float32))

    assert levels == pytest.approx([0.25] * 3)
    assert cold_levels(moved) == pytest.approx([0.0] * 3)


def test_that_bfloat16_is_held_against_float32() -> None:
    full = np.array([[0.8, 0.1, 0.1], [0.4, 0.35, 0.25]], np.float32)
    half = np.array([[0.79, 0.11, 0.1], [0.36, 0.37, 0.27]], np.float32)

    found = compare_half(full, half, DEFECT)

    assert (found.chips, found.flips) == (2, 1)
    assert found.largest_shift == pytest.approx(0.04, abs=1e-4)
    assert compare_half(full, full * np.nan, DEFECT).largest_shift == 1.0


def test_that_a_row_that_is_not_finite_judges_no_class() -> None:
    rows = np.array([[0.1, 0.2, 0.7], [np.nan, 0.5, 0.5]], np.float32)

    assert judged_classes(rows, make_recipe().class_set).tolist() == [2, -1]


def test_that_nearly_all_good_chips_stay_below_a_fifth_of_the_heat_scale() -> None:
    labels = np.array([0] * 100 + [1] * 100)
    peaks = np.ones((200, 3), np.float32)
    peaks[88:100, 1] = 4.0  # good chips with a mark
    peaks[100:, 1] = 8.0
    seen = Answers(peaks.copy(), peaks, np.zeros((200, 3), np.float32), labels)

    low, high = heat_scale(seen, DEFECT)

    assert (4.0 - low) / (high - low) <= 0.2 + 1e-6
    assert high == 8.0
