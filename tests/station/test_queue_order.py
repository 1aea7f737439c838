"""The orders in which a queue can be worked through."""

from __future__ import annotations

import numpy as np
import pytest

from inspector.station.state.queue_order import (
    class_order,
    similarity_ranks,
    uncertainty,
    wafer_order,
)
from inspector.wafer.chip_table import ChipFacts, ChipTable
from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.decision import standing_answer
from inspector.wafer.grid import ChipId

CLASSES = ClassSet(
    (
        ChipClass("clean", Verdict.GOOD, "1", (), {}, "#009E73", ""),
        ChipClass("haze", Verdict.GOOD, "2", (), {}, "#56B4E9", ""),
        ChipClass("pit", Verdict.DEFECT, "3", (), {}, "#D55E00", "●"),
    )
)


def table(rows: list[tuple[str | None, tuple[float, ...], tuple[float, float]]], wide: int = 4) -> ChipTable:
    """Judged chips, row by row: class, probabilities, peak."""
    made = ChipTable([ChipId(n % wide, n // wide) for n in range(len(rows))], CLASSES)
    made.put(
        [
            (chip, ChipFacts(standing_answer(name, ()), True, name, p[2], 0.0, np.array(p, np.float32), peak))
            for chip, (name, p, peak) in zip(made.chips, rows, strict=True)
        ]
    )
    return made


MIDDLE = (0.5, 0.5)


def test_that_the_least_sure_chip_comes_first_and_undecided_before_all() -> None:
    made = table(
        [
            ("clean", (0.9, 0.1, 0.0), MIDDLE),
            ("clean", (0.5, 0.45, 0.05), MIDDLE),
            (None, (0.0, 0.0, 0.0), MIDDLE),
            ("pit", (0.3, 0.0, 0.7), MIDDLE),
        ]
    )

    assert np.argsort(uncertainty(made)).tolist() == [2, 1, 3, 0]


def test_that_the_wafer_is_walked_in_a_serpentine() -> None:
    made = table([("clean", (1.0, 0.0, 0.0), MIDDLE)] * 12)

    assert np.argsort(wafer_order(made)).tolist() == [0, 1, 2, 3, 7, 6, 5, 4, 8, 9, 10, 11]


def test_that_defects_come_before_good_classes() -> None:
    rows = [("haze", (0.0, 1.0, 0.0), MIDDLE), ("clean", (1.0, 0.0, 0.0), MIDDLE), ("pit", (0.0, 0.0, 1.0), MIDDLE)]
    made = table([*rows, (None, (0.0, 0.0, 0.0), MIDDLE)])

    assert np.argsort(class_order(made, made.klass)).tolist() == [3, 2, 1, 0]


def test_that_alike_chips_stand_together() -> None:
    """Three kinds, shuffled: pits at the left, pits at the right, clean chips."""
    noise = np.random.default_rng(3)
    kinds = noise.integers(0, 3, 300)
    shares = [(0.02, 0.0, 0.98), (0.02, 0.0, 0.98), (0.97, 0.03, 0.0)]
    rows = []
    for kind in kinds.tolist():
        x, y = (0.15, 0.85, 0.5)[kind] + noise.uniform(-0.08, 0.08), noise.uniform(0.4, 0.6)
        rows.append(("clean" if kind == 2 else "pit", shares[kind], (float(x), float(y))))
    made = table(rows, wide=20)

    ranks = similarity_ranks(made, np.arange(300), start=5)
    walked = kinds[np.argsort(ranks)]

    assert ranks[5] == 0
    assert sorted(ranks.tolist()) == list(range(300))
    assert (walked[1:] != walked[:-1]).sum() == 2, "each kind is walked through before the next"


@pytest.mark.parametrize("count", [0, 1, 2, 1500])
def test_that_every_chip_has_one_place_in_the_chain(count: int) -> None:
    made = table([("pit", (0.1, 0.0, 0.9), MIDDLE)] * count, wide=40)

    assert sorted(similarity_ranks(made, np.arange(count), start=None).tolist()) == list(range(count))
