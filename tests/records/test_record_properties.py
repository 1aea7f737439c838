from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import record_fakes as fakes
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.records.record import Record
from inspector.wafer.grid import ChipId, WaferKey

CHIPS = (ChipId(1, 0), ChipId(2, 1))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.sampled_from(CHIPS), st.sampled_from(fakes.CLASSES)),
        st.tuples(st.just("withdraw"), st.integers(0, 30), st.just("")),
    ),
    max_size=12,
)
_numbers = itertools.count()


@pytest.fixture(scope="module")
def shared_record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("properties") / "r.db"
    with Record.open(f"sqlite:///{path}") as opened:
        yield opened


class _Oracle:
    """Says what stands by switching decisions on and off as they come, where the record folds the whole log."""

    def __init__(self) -> None:
        self.log: list[tuple[ChipId, str | None, int | None]] = []  # chip, class, index that is withdrawn
        self.on: list[bool] = []

    def decide(self, chip: ChipId, class_name: str) -> None:
        self.log.append((chip, class_name, None))
        self.on.append(True)

    def withdraw(self, index: int) -> None:
        if not self.on[index]:
            return
        self._switch(index)
        self.log.append((self.log[index][0], None, index))
        self.on.append(True)

    def _switch(self, index: int) -> None:
        self.on[index] = not self.on[index]
        target = self.log[index][2]
        if target is not None:
            self._switch(target)

    def standing(self, chip: ChipId) -> str | None:
        said = [c for (place, c, _), on in zip(self.log, self.on, strict=True) if on and place == chip and c]
        return said[-1] if said else None


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_that_any_deciding_and_withdrawing_ends_in_the_answer_that_stands(
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
        elif seqs:
            index = target % len(seqs)  # type: ignore[operator]
            oracle.withdraw(index)
            seqs += [d.seq for d in shared_record.withdraw(key, [seqs[index]], "aki")]

    standing = shared_record.standing(key)
    assert [d.seq for d in shared_record.decisions(key)] == seqs
    for chip in CHIPS:
        found = standing[chip].class_name if chip in standing else None
        assert found == oracle.standing(chip)
    decided = sum(oracle.standing(chip) is not None for chip in CHIPS)
    assert shared_record.counts()[key].decided == decided
