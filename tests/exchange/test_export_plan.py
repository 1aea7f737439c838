"""What goes along in an export, what is left out, and what is said about it before it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from exchange_fakes import FACTS, RECIPE

from inspector.exchange.dataset_folders import export
from inspector.exchange.export_check import check_plan, counted_concerns
from inspector.exchange.export_plan import ExportChoice, ExportPlan, plan_export, products
from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.errors import RoleError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.judgement import Judgement
from inspector.wafer.manifest import read_dataset
from inspector.wafer.roles import Act, Role
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState

AddWafer = Callable[..., tuple[WaferKey, np.ndarray]]
Decide = Callable[..., int]


def _plan(record: Record, **choice: object) -> ExportPlan:
    found = [step.found for step in plan_export(record, ExportChoice(**choice))][-1]  # type: ignore[arg-type]
    assert found is not None
    return found


def _judge(record: Record, key: WaferKey, p_defect: dict[ChipId, float]) -> None:
    facts = FACTS.__class__("m2", "e" * 64, FACTS.heat_scale, FACTS.classes, "cpu")
    evidence = np.zeros((3, 2, 2), np.uint8)
    record.add_judgements(
        key,
        facts,
        [
            (chip, Judgement("clean" if p < 0.5 else "pit", np.array([1 - p, p, 0], np.float32), p, (1, 1), evidence))
            for chip, p in p_defect.items()
        ],
    )


def test_that_accepted_chips_go_along_only_from_the_limit_on_marked_and_never_into_the_test(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    keys = [add_wafer(lot=f"P{n}")[0] for n in range(8)]
    for key in keys:
        decide(key, 0, 0, "pit")
        _judge(record, key, {ChipId(1, 0): 0.004, ChipId(2, 0): 0.03, ChipId(0, 1): 0.3, ChipId(1, 1): 0.9})
    without = _plan(record)

    plan = _plan(record, accepted_from=0.99)

    assert all(c.seq is not None for c in without.chips)
    machine = [c for c in plan.chips if c.seq is None]
    assert {(c.chip, c.class_name) for c in machine} == {(ChipId(1, 0), "clean")}
    assert {plan.splits[c.entry.key] for c in machine} == {"train"}
    assert {c.entry.key for c in machine} == {k for k, side in plan.splits.items() if side == "train"}
    for _ in export(record, tmp_path / "out", ExportChoice(accepted_from=0.99)):
        pass
    found = read_dataset(tmp_path / "out")
    assert {e.accepted for e in found if e.class_name == "clean"} == {True}
    assert {e.accepted for e in found if e.class_name == "pit"} == {False}
    facts = json.loads((tmp_path / "out" / "export.json").read_text())
    assert (facts["accepted_from"], facts["accepted"]) == (0.99, len(machine))


def test_that_notes_go_along(record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0, "pit")
    record.add_note(key, ChipId(0, 0), 'edge, "bright"; seen twice', "aki")

    for _ in export(record, tmp_path / "out"):
        pass

    assert read_dataset(tmp_path / "out")[0].note == 'edge, "bright"; seen twice'


def test_that_what_waits_for_a_second_person_or_is_disputed_stays_at_home(
    record: Record, add_wafer: AddWafer, decide: Decide
) -> None:
    key, _ = add_wafer()
    _judge(record, key, {ChipId(0, 0): 0.9, ChipId(1, 0): 0.9, ChipId(2, 0): 0.9})
    for column in range(3):
        record.append(key, [NewDecision(ChipId(column, 0), DecisionKind.RELABEL, "aki", "pit", "clean")])
    decide(key, 0, 1, "clean")

    record.add_opinion(key, NewOpinion(ChipId(1, 0), OpinionKind.REVIEW, "ben", "pit"))
    record.add_opinion(key, NewOpinion(ChipId(2, 0), OpinionKind.REVIEW, "ben", "clean"))
    plan = _plan(record)

    assert {c.chip for c in plan.chips} == {ChipId(2, 0), ChipId(0, 1)}
    assert plan.left_out == {ReviewState.SECOND_REVIEW: 1, ReviewState.DISPUTED: 1}


def test_that_decisions_elsewhere_change_no_byte_of_a_lots_export(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    mine, other = add_wafer(lot="A")[0], add_wafer(lot="B")[0]
    decide(mine, 0, 0, "pit")
    for _ in export(record, tmp_path / "out", ExportChoice("A")):
        pass
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}

    seq = decide(mine, 1, 0, "pit")
    record.withdraw(mine, [seq], "aki")
    decide(other, 0, 0, "pit")
    for _ in export(record, tmp_path / "out", ExportChoice("A")):
        pass

    assert {p.name: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()} == before


def test_that_a_role_that_may_not_export_is_refused_below_the_window_and_leaves_an_event(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    decide(add_wafer()[0], 0, 0, "pit")
    record.people.add("Root", Role.ADMINISTRATOR, "123456")
    record.people.sign_in("Root", "123456")
    record.people.add("Kato", Role.OPERATOR, "654321")
    record.people.sign_in("Kato", "654321")

    with pytest.raises(RoleError, match="may not export"):
        next(export(record, tmp_path / "out"))

    assert not (tmp_path / "out").exists()
    assert [e.person for e in record.people.events(act=Act.EXPORT)] == ["Kato"]


def test_that_products_are_listed_with_their_lots(record: Record, add_wafer: AddWafer) -> None:
    for lot in ("B", "A", "B"):
        add_wafer(lot=lot, wafer=f"W{len(record.wafers())}")

    assert [(p.recipe.name, p.lots) for p in products(record)] == [("tiny", ("B", "A"))]


def test_that_counting_alone_tells_thin_sub_types_and_lots_that_dominate(
    record: Record, add_wafer: AddWafer, decide: Decide
) -> None:
    for lot, number in (("A", 4), ("B", 1)):
        key, _ = add_wafer(lot=lot)
        for n in range(number):
            decide(key, n % 3, n // 3, "pit", subtype="dark-pit")
    plan = _plan(record)

    found = {(c.kind, c.subject) for c in counted_concerns(plan, RECIPE)}

    assert {("thin", "pit › dark-pit: 5"), ("lot-dominates", "A: 80%"), ("no-chips", "scratch")} <= found


def test_that_chips_that_are_nearly_the_same_are_found_before_anything_is_written(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    for column in range(3):
        decide(key, column, 0, "pit")
    copied = record.wafer(key)
    assert copied is not None
    record.add_wafer(copied.__class__(WaferKey("P9", "W9"), *list(vars(copied).values())[1:]))
    decide(WaferKey("P9", "W9"), 0, 0, "scratch")
    plan = _plan(record)

    report = [step.found for step in check_plan(record, plan, RECIPE)][-1]

    assert report is not None
    assert len(report.twins) == 1
    (concern,) = [c for c in report.concerns if c.kind == "contradiction"]
    assert concern.subject == "P1_W1_c0_r0 (pit) = P9_W9_c0_r0 (scratch)"
    assert not (tmp_path / "out").exists()


class DecidedMeanwhile(Record):
    """Somebody calls a defect good while the plan is being read: right after the second reviews were."""

    late: NewDecision | None = None

    def reviews(self, key, chips=None):  # type: ignore[no-untyped-def]
        found = super().reviews(key, chips)
        if self.late is not None:
            late, self.late = self.late, None
            self.append(key, [late])
        return found


def test_that_what_is_decided_while_the_plan_is_read_never_goes_along_unsettled(
    record: Record, add_wafer: AddWafer, decide: Decide
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0, "pit")
    _judge(record, key, {ChipId(1, 0): 0.9})
    with DecidedMeanwhile.open(record.url) as racing:
        assert isinstance(racing, DecidedMeanwhile)
        racing.late = NewDecision(ChipId(1, 0), DecisionKind.RELABEL, "Ben", "pit", "clean")
        during = _plan(racing)

    assert [c.chip for c in during.chips] == [ChipId(0, 0)]
    assert _plan(record).left_out == {ReviewState.SECOND_REVIEW: 1}
