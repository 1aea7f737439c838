"""What helps to decide on one chip: the nearest chips that people answered, the same place on other wafers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import record_fakes as fakes
from record_fakes import KEY

from inspector.records.record import Record
from inspector.wafer.decision import AnswerState
from inspector.wafer.grid import ChipId, WaferKey

SECOND, OTHER_LOT = WaferKey("L1", "W2"), WaferKey("L2", "W1")
HERE = ChipId(1, 0)
ROW = fakes.judgement(p_defect=0.9).probabilities
PRODUCT = "tiny"


@pytest.fixture
def wafers(record: Record) -> Record:
    """Two more wafers, one of them in another lot; all of the product "tiny"."""
    record.withdraw_wafer(KEY, "its recipe has no product")
    for number, key in enumerate((KEY, SECOND, OTHER_LOT)):
        entry = replace(fakes.entry(key, sha256=f"b{number}"), recipe_json='{"product": {"name": "tiny"}}')
        record.add_wafer(entry)
    return record


def judge(record: Record, key: WaferKey, **p_defect: float) -> None:
    """Chips are named like c1r0."""
    chips = {ChipId(int(name[1]), int(name[3])): p for name, p in p_defect.items()}
    record.add_judgements(
        key, fakes.facts(), [(c, fakes.judgement("pit" if p >= 0.5 else "clean", p)) for c, p in chips.items()]
    )


def found(record: Record, class_name: str = "pit") -> list[tuple[WaferKey, ChipId]]:
    return [(v.key, v.chip) for v in record.verified((KEY, HERE), PRODUCT, class_name, ROW)]


def test_that_the_same_wafer_comes_first_then_the_lot_then_the_nearest(wafers: Record) -> None:
    judge(wafers, KEY, c2r0=0.6, c3r0=0.88)
    judge(wafers, SECOND, c1r1=0.9)
    judge(wafers, OTHER_LOT, c1r1=0.9)
    for key, chip in ((OTHER_LOT, ChipId(1, 1)), (KEY, ChipId(2, 0)), (SECOND, ChipId(1, 1)), (KEY, ChipId(3, 0))):
        wafers.append(key, [fakes.confirm(chip, "pit")])

    assert found(wafers) == [
        (KEY, ChipId(3, 0)),
        (KEY, ChipId(2, 0)),
        (SECOND, ChipId(1, 1)),
        (OTHER_LOT, ChipId(1, 1)),
    ]


def test_that_only_standing_human_answers_of_that_class_are_references(wafers: Record) -> None:
    judge(wafers, KEY, c1r0=0.9, c2r0=0.9, c3r0=0.9, c1r1=0.9)
    [withdrawn] = wafers.append(KEY, [fakes.confirm(ChipId(2, 0), "pit")])
    wafers.withdraw(KEY, [withdrawn.seq], "aki")
    wafers.append(KEY, [fakes.confirm(ChipId(3, 0), "pit")])
    wafers.append(KEY, [fakes.relabel(ChipId(3, 0), "scratch")])
    wafers.append(KEY, [fakes.confirm(HERE, "pit")])

    assert found(wafers) == []
    assert found(wafers, "scratch") == [(KEY, ChipId(3, 0))]


def test_that_a_reference_of_another_product_is_none(wafers: Record) -> None:
    judge(wafers, KEY, c2r0=0.9)
    wafers.append(KEY, [fakes.confirm(ChipId(2, 0), "pit")])

    assert wafers.verified((KEY, HERE), "another", "pit", ROW) == []


def test_that_the_distance_is_0_for_the_same_probabilities_and_1_for_other_classes(wafers: Record) -> None:
    judge(wafers, KEY, c2r0=0.9)
    wafers.append(KEY, [fakes.confirm(ChipId(2, 0), "pit"), fakes.confirm(ChipId(3, 0), "pit")])

    same, never_judged = wafers.verified((KEY, HERE), PRODUCT, "pit", ROW)

    assert same.distance == pytest.approx(0.0, abs=1e-6)
    assert never_judged.distance == 1.0
    [of_two, _] = wafers.verified((KEY, HERE), PRODUCT, "pit", np.array([0, 1], np.float32))
    assert of_two.distance == 1.0


def test_that_the_same_place_is_read_on_every_wafer_of_the_lot(wafers: Record) -> None:
    judge(wafers, KEY, c1r0=0.9)
    judge(wafers, SECOND, c1r0=0.9, c2r0=0.1)
    judge(wafers, OTHER_LOT, c1r0=0.9)
    wafers.append(SECOND, [fakes.relabel(HERE, "clean")])

    answers = wafers.at_place("L1", HERE)

    assert {key: (a.class_name, a.state) for key, a in answers.items()} == {
        KEY: ("pit", AnswerState.MACHINE),
        SECOND: ("clean", AnswerState.RELABELLED),
    }
    assert list(wafers.at_place("L1", ChipId(2, 0))) == [SECOND]


def test_that_every_judgement_of_a_chip_is_kept_in_order(wafers: Record) -> None:
    judge(wafers, KEY, c1r0=0.9)
    wafers.add_judgements(KEY, fakes.facts("d2"), [(HERE, fakes.judgement("clean", 0.1))])

    judged = wafers.judgements_of(KEY, HERE)

    assert [(j.model.digest, j.class_name) for j in judged] == [("d1", "pit"), ("d2", "clean")]
    assert wafers.judgements_of(KEY, ChipId(3, 2)) == []
