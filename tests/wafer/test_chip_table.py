"""The table finds the chips that a search line asks for."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from inspector.wafer.chip_query import QueryWords, parse
from inspector.wafer.chip_table import ChipFacts, ChipTable
from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.decision import Decision, DecisionKind, NewDecision, standing_answer
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.review import ReviewReason
from inspector.wafer.second_review import ReviewState
from inspector.wafer.zones import Zone

CLASSES = ClassSet(
    (
        ChipClass("clean", Verdict.GOOD, "1", (), {"en": "Clean"}, "#009E73", ""),
        ChipClass("pit", Verdict.DEFECT, "2", (), {"en": "Pit"}, "#D55E00", "●"),
        ChipClass("scratch", Verdict.DEFECT, "3", (), {"en": "Scratch", "ja": "傷"}, "#E69F00", "／"),
    )
)
WORDS = QueryWords.of_classes(CLASSES)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHIPS = [ChipId(n, n // 4) for n in range(7)]
ZONES = np.array([Zone.CENTRE | Zone.UPPER | Zone.LEFT, *[Zone.EDGE | Zone.LOWER | Zone.LEFT] * 6], np.uint8)


def facts(name: str | None, p: float, reason: ReviewReason | None, **more: object) -> ChipFacts:
    shares = np.array([1 - p, p * 0.75, p * 0.25], np.float32)
    return ChipFacts(
        standing_answer(name, ()), True, name, p, 0.5, shares, (0.5, 0.5), "laser ab12cd34", reason, **more
    )


def decided(seq: int, kind: DecisionKind, name: str | None, operator: str, hour: int) -> ChipFacts:
    new = NewDecision(CHIPS[seq], kind, operator, "pit", name, subtype="deep" if name == "scratch" else None)
    log = [Decision(seq, datetime(2026, 11, 22, hour, tzinfo=UTC), WaferKey("L", "W"), new)]
    review = ReviewState.DISPUTED if kind is DecisionKind.RELABEL else ReviewState.DECIDED
    return ChipFacts(
        standing_answer("pit", log),
        True,
        "pit",
        0.7,
        2.0,
        np.array([0.3, 0.6, 0.1], np.float32),
        (0.1, 0.1),
        "laser ab12cd34",
        ReviewReason.BORDERLINE,
        review,
    )


@pytest.fixture
def table() -> ChipTable:
    """0: a sure pit. 1: accepted, audited. 2: undecided. 3: confirmed. 4: relabelled. 5: unsure. 6: not judged."""
    made = ChipTable(CHIPS, CLASSES, ZONES)
    made.put(
        [
            (CHIPS[0], facts("pit", 0.98, ReviewReason.DEFECT)),
            (CHIPS[1], facts("clean", 0.01, None)),
            (CHIPS[2], ChipFacts(standing_answer(None, ()), True, reason=ReviewReason.UNDECIDED)),
            (CHIPS[3], decided(3, DecisionKind.CONFIRM, "pit", "Kato", 11)),
            (CHIPS[4], decided(4, DecisionKind.RELABEL, "scratch", "Mori Aya", 6)),
            (CHIPS[5], decided(5, DecisionKind.UNSURE, None, "Kato", 1)),
            (ChipId(50, 50), facts("pit", 0.9, ReviewReason.DEFECT)),
        ]
    )
    made.set_audit([CHIPS[1]])
    return made


def found(table: ChipTable, line: str) -> list[int]:
    return np.flatnonzero(table.matches(parse(line, WORDS), NOW.timestamp())).tolist()


@pytest.mark.parametrize(
    ("line", "chips"),
    [
        ("", [0, 1, 2, 3, 4, 5, 6]),
        ("class:pit", [0, 3]),
        ("class:pit,傷", [0, 3, 4]),
        ("-class:pit", [1, 2, 4, 5, 6]),
        ("machine:pit", [0, 3, 4, 5]),
        ("verdict:defect", [0, 3, 4]),
        ("verdict:good", [1]),
        ("subtype:deep", [4]),
        ("p>0.7", [0]),
        ("p>=0.7", [0, 3, 4, 5]),
        ("p:0..0.5", [1]),
        ("-p>0.5", [1, 2, 6]),
        ("novelty>1", [3, 4, 5]),
        ("open", [0, 2]),
        ("decided", [3, 4, 5]),
        ("undecided", [2]),
        ("state:defect", [0]),
        ("borderline", [3, 4, 5]),
        ("accepted", [1]),
        ("audit", [1]),
        ("confirmed", [3]),
        ("relabelled", [4]),
        ("unsure", [5]),
        ("disputed", [4]),
        ("unjudged", [6]),
        ("state:open,unsure", [0, 2, 5]),
        ("zone:centre", [0]),
        ("zone:lower-left", [1, 2, 3, 4, 5, 6]),
        ("zone:center,edge zone:upper", [0]),
        ("operator:kato", [3, 5]),
        ("operator:aya", [4]),
        ("operator:nobody", []),
        ("model:laser", [0, 1, 3, 4, 5]),
        ("model:ab12", [0, 1, 3, 4, 5]),
        ("model:ff", [2, 6][:0]),
        ("decided<2h", [3]),
        ("decided>5h", [4, 5]),
        ("column=3", [3]),
        ("row>=1", [4, 5, 6]),
        ("class:pit p>0.9 open zone:upper", [0]),
        ("lot:other", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_that_the_search_line_finds(table: ChipTable, line: str, chips: list[int]) -> None:
    assert found(table, line) == chips


def test_that_a_chip_that_is_judged_anew_keeps_its_place_in_the_audit(table: ChipTable) -> None:
    table.put([(CHIPS[1], facts("clean", 0.02, None))])

    assert found(table, "audit") == [1]


def test_that_the_audit_is_drawn_anew_as_a_whole(table: ChipTable) -> None:
    table.set_audit([CHIPS[6]])

    assert found(table, "audit") == [6]


def test_that_a_model_of_other_classes_says_nothing_about_likeness(table: ChipTable) -> None:
    other = ChipFacts(standing_answer("pit", ()), True, "pit", 0.9, probabilities=np.ones(9, np.float32) / 9)
    table.put([(CHIPS[0], other)])

    assert not table.probabilities[0].any()
    assert np.isnan(table.margin[0])
    assert table.margin[1] == pytest.approx(0.99 - 0.0075)


def test_that_the_names_of_who_decided_and_which_model_judged_can_be_offered(table: ChipTable) -> None:
    assert table.operators == ("Kato", "Mori Aya")
    assert table.models == ("laser ab12cd34",)


def test_that_one_knows_whose_decision_stands(table: ChipTable) -> None:
    assert np.flatnonzero(table.decided_by("Kato")).tolist() == [3, 5]
    assert [table.is_decided(chip) for chip in (CHIPS[3], CHIPS[0], ChipId(9, 9))] == [True, False, False]


def test_that_chips_are_told_apart_by_the_machines_answer_in_their_own_order(table: ChipTable) -> None:
    found, waiting = table.by_machine(CHIPS[::-1])

    assert found == {"pit": (CHIPS[5], CHIPS[4], CHIPS[3], CHIPS[0]), "clean": (CHIPS[1],), None: (CHIPS[2],)}
    assert waiting == (CHIPS[6],)


def test_that_a_chip_is_unanswered_while_it_is_judged_and_nobody_decided(table: ChipTable) -> None:
    assert table.unanswered() == (CHIPS[0], CHIPS[1], CHIPS[2])
