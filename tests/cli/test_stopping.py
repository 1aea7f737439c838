"""Ctrl+C stops a job after its present step, closes it, and never looks like success."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.cli.learn import Synthesis, synthesize_images
from inspector.cli.show import StoppedError, follow
from inspector.wafer.errors import RecipeError
from inspector.wafer.progress import Progress


def _interrupted(log: list[str]) -> Iterator[Progress[int]]:
    try:
        yield Progress(1, 3, 1)
        signal.raise_signal(signal.SIGINT)
        yield Progress(2, 3, 2)
        log.append("went on")
        yield Progress(3, 3, 3)
    finally:
        log.append("cleaned up")


def test_that_ctrl_c_lets_the_present_step_end_then_closes_the_job_and_says_so() -> None:
    log: list[str] = []
    found: list[int] = []

    with pytest.raises(StoppedError):
        found.extend(number for number in follow(_interrupted(log), "Counting"))
    for number in follow((Progress(n, 2, n) for n in range(2)), "Counting"):
        found.append(number)

    assert log == ["cleaned up"]
    assert found == [1, 2, 0, 1]
    assert StoppedError.exit_code == 130


def test_that_the_users_own_interrupt_handler_is_back_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)

    list(follow((Progress(n, 2, n) for n in range(2)), "Counting"))

    assert signal.getsignal(signal.SIGINT) is before


def test_that_a_stopped_synthesis_does_not_claim_its_images(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> Iterator[Progress[int]]:
        return _interrupted([])

    monkeypatch.setattr("inspector.imaging.synthetic.synthesize", stopped)

    with pytest.raises(StoppedError):
        synthesize_images(tmp_path, "laser-wafer", Synthesis(1, 0, None, None, None, False, None, False))

    assert capsys.readouterr().out == ""


def test_that_hard_chips_are_refused_where_none_would_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="add --dataset"):
        synthesize_images(tmp_path, "laser-wafer", Synthesis(1, 0, None, None, None, False, None, False, 0.5))

    assert list(tmp_path.iterdir()) == []
