"""Turns what a network said of calibration chips into the numbers of its card, and the tensors that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from inspector.learning import calibration
from inspector.learning.calibration import Answers
from inspector.learning.card_facts import HalfPrecision, NoveltyFacts, ReviewFacts
from inspector.learning.dataset import ChipPixels
from inspector.learning.device import has_fast_bfloat16
from inspector.learning.model_card import pack_weights
from inspector.learning.network import JudgingNetwork
from inspector.learning.novelty import QUANTILE, Novelty, settle
from inspector.learning.review_limits import CalibrationChips, choose_limits
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import NOVELTY_LIMIT
from inspector.wafer.scores import ratio

COMPARED = 64  # chips on which bfloat16 is held against float32


@dataclass(frozen=True)
class Known:
    """What a novelty was learned from: a dataset's name, how many of its chips, and what must be said about it."""

    dataset: str
    chips: int
    note: str = ""


@dataclass(frozen=True)
class Settled:
    """rows: calibrated probabilities (N, K) of the calibration chips. offset: of the defect classes."""

    rows: NDArray[np.float32]
    temperature: float
    offset: float
    heat_scale: tuple[float, float]
    review: ReviewFacts
    novelty: NoveltyFacts | None


def settle_numbers(
    network: JudgingNetwork,
    seen: Answers,
    recipe: Recipe,
    dataset: str,
    novelty: Novelty | None,
    known: Known | None,
) -> Settled:
    """Shift the network's evidence and set the novelty's limits by the chips that were seen; the rest is returned."""
    defect = recipe.class_set.defect_mask
    temperature, offset = calibration.temperature_and_offset(seen.logits, seen.labels, defect)
    moved = np.where(defect, np.float32(offset), np.float32(0))
    levels = calibration.cold_levels(seen)
    calibration.shift_evidence(network, levels, moved)
    seen = calibration.shifted(seen, levels, moved)
    temperature = round(temperature, 6)
    rows = calibration.probabilities(seen.logits, temperature)
    judged = calibration.judged_classes(rows, recipe.class_set)
    is_defect = defect[seen.labels]
    right, fails = judged == seen.labels, (judged >= 0) & defect[np.maximum(judged, 0)]
    novel, facts = np.zeros(len(rows), dtype=np.bool_), None
    if novelty is not None and known is not None and seen.distances is not None:
        novel = ~(settle(novelty, seen.distances, fails, right) <= NOVELTY_LIMIT)
        share = ratio(int((novel & ~is_defect).sum()), int((~is_defect).sum()))
        facts = NoveltyFacts(
            known_from=known.dataset,
            known_chips=known.chips,
            limit_from=dataset,
            limit_chips=int(right.sum()),
            quantile=QUANTILE,
            novel_good=share,
            note=known.note,
        )
    chips = CalibrationChips(rows[:, defect].sum(1).astype(np.float64), (judged >= 0) & ~fails, is_defect, novel)
    return Settled(
        rows, temperature, offset, calibration.heat_scale(seen, defect), _review(chips, recipe, dataset), facts
    )


def _review(chips: CalibrationChips, recipe: Recipe, dataset: str) -> ReviewFacts:
    found, wanted = choose_limits(chips, recipe.review), recipe.review
    return ReviewFacts(
        low=found.limits.low,
        high=found.limits.high,
        proven=found.proven,
        max_escape=wanted.max_escape,
        max_asked=wanted.max_asked,
        chips=len(chips.p_defect),
        accepted=found.accepted,
        escapes=found.escapes,
        bound=found.bound,
        expected_escape=found.expected_escape,
        expected_overkill=found.expected_overkill,
        asked_good=found.asked_good,
        dataset=dataset,
        date=now(),
        note=found.note,
    )


def packed(network: JudgingNetwork, novelty: Novelty | None, settled: Settled) -> bytes:
    """The weights' file: it says what of the card changes a judgement, so that the digest stands for all of it."""
    header: Mapping[str, object] = {
        "temperature": settled.temperature,
        "low": settled.review.low,
        "high": settled.review.high,
        "heat_scale": settled.heat_scale,
    }
    return pack_weights(network, novelty, header)


def hold_half_against_full(
    network: JudgingNetwork, chips: ChipPixels, device: str, temperature: float, defect: NDArray[np.bool_]
) -> HalfPrecision:
    """bfloat16 against float32 on some of the chips; not tried where it would not be used."""
    if not has_fast_bfloat16(device):
        return HalfPrecision(chips=0, flips=0, largest_shift=1.0)
    some = chips.spread_out(COMPARED)
    full, half = (
        calibration.probabilities(calibration.answers(network, some, device, h).logits, temperature)
        for h in (False, True)
    )
    return calibration.compare_half(full, half, defect)


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
