from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import record_fakes as fakes
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inspector.records.record import Record
from inspector.wafer.grid import ChipId, WaferKey

CHIPS = (ChipId(1, 0), ChipId(2, 1))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.sampled_from(CHIPS), st.sampled_from(fakes.CLASSES)),
        st.tuples(st.just("withdraw"), st.integers(0, 30), st.just("")),
        st.tuples(st.just("move"), st.integers(-15, 15), st.just("")),
        st.tuples(st.just("judge"), st.sampled_from(CHIPS), st.sampled_from(fakes.CLASSES)),
    ),
    max_size=12,
)
PITCH = 31.5 * fakes.entry().placed.matrix[0]
_numbers = itertools.count()


@pytest.fixture(scope="module")
def shared_record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("properties") / "r.db"
    with Record.open(f"sqlite:///{path}") as opened:
        yield opened


class _Oracle:
    """Asks of each entry whether it holds: no later entry that itself holds has taken it back. The record folds.

    Every entry knows where the grid was, in pixels to the right.
    """

    def __init__(self) -> None:
        self.place = 0
        self.log: list[tuple[ChipId, str | None, int | None, int]] = []  # chip, class, index that is withdrawn, place
        self.judged: list[tuple[ChipId, str, int]] = []

    def decide(self, chip: ChipId, class_name: str) -> None:
        self.log.append((chip, class_name, None, self.place))

    def judge(self, chip: ChipId, class_name: str) -> None:
        if self.machine(chip) is None:
            self.judged.append((chip, class_name, self.place))

    def machine(self, chip: ChipId) -> str | None:
        here = [c for place, c, where in self.judged if place == chip and abs(where - self.place) <= 1]
        return here[-1] if here else None

    def withdraw(self, index: int) -> None:
        if self.holds(index):
            self.log.append((self.log[index][0], None, index, self.place))

    def holds(self, index: int) -> bool:
        later = range(index + 1, len(self.log))
        return not any(self.log[i][2] == index and self.holds(i) for i in later)

    def decided(self, chip: ChipId) -> str | None:
        log = enumerate(self.log)
        near = [(i, c) for i, (place, c, _, where) in log if place == chip and abs(where - self.place) * 2 <= PITCH]
        said = [c for i, c in near if c and self.holds(i)]
        return said[-1] if said else None


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
@example(steps=[("decide", CHIPS[0], "clean"), *(("withdraw", i, "") for i in (0, 1, 0, 2))])
@example(steps=[("judge", CHIPS[0], "clean"), ("decide", CHIPS[0], "pit"), ("move", 9, ""), ("move", 0, "")])
def test_that_any_judging_moving_deciding_and_withdrawing_ends_in_the_answer_that_stands(
    shared_record: Record, steps: list[tuple[str, ChipId | int, str]]
) -> None:
    key = WaferKey("L", f"W{next(_numbers)}")
    shared_record.add_wafer(fakes.entry(key))
    oracle, seqs = _Oracle(), []

    for what, target, class_name in steps:
        if what == "decide":
            assert isinstance(target, ChipId)
            oracle.decide(target, class_name)
            seqs += [d.seq for d in shared_record.append(key, [fakes.relabel(target, class_name)])]
        elif what == "judge":
            assert isinstance(target, ChipId)
            oracle.judge(target, class_name)
            shared_record.add_judgements(key, fakes.facts(), [(target, fakes.judgement(class_name))])
        elif what == "move":
            assert isinstance(target, int)
            oracle.place = 2 * target
            shared_record.move_grid(key, fakes.shifted(oracle.place), "aki")
        elif seqs:
            index = target % len(seqs)  # type: ignore[operator]
            oracle.withdraw(index)
            seqs += [d.seq for d in shared_record.withdraw(key, [seqs[index]], "aki")]

    standing = shared_record.standing(key)
    assert [d.seq for d in shared_record.decisions(key)] == seqs
    for chip in CHIPS:
        found = standing[chip].class_name if chip in standing else None
        assert found == (oracle.decided(chip) or oracle.machine(chip))
    assert shared_record.judged_chips(key, "d1") == {chip for chip in CHIPS if oracle.machine(chip)}
    counted = [sum(ask(chip) is not None for chip in CHIPS) for ask in (oracle.machine, oracle.decided)]
    assert list(shared_record.counts()[key]) == counted
