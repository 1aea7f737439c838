"""Devices that are not there are refused, and the schedule ends when the budget ends."""

from __future__ import annotations

import pytest
import torch

from inspector.learning.batches import ahead
from inspector.learning.device import device_title, keep_memory, pick_device
from inspector.learning.schedule import Budget, default_epochs, learning_rate
from inspector.wafer.errors import ModelError


def test_that_the_cpu_is_always_there_and_has_a_name() -> None:
    assert pick_device("cpu") == "cpu"
    assert device_title("cpu").startswith("CPU")


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU")
def test_that_a_machine_without_a_gpu_takes_the_cpu_and_refuses_cuda() -> None:
    assert pick_device("auto") == "cpu"
    with pytest.raises(ModelError, match="'cuda' is not on this machine"):
        pick_device("cuda")


@pytest.mark.parametrize("name", ["cuda:x", "cuda:99", "gpu", ""])
def test_that_an_impossible_device_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match="device"):
        pick_device(name)


def test_that_keeping_memory_is_safe_to_ask_for_twice() -> None:
    keep_memory()
    keep_memory()
    assert torch.zeros(1 << 22).sum() == 0


def test_that_the_rate_rises_then_falls_to_nearly_nothing() -> None:
    rates = [learning_rate(1.0, d / 100) for d in range(101)]

    assert rates[5] == max(rates) == 1.0
    assert rates[:6] == sorted(rates[:6])
    assert rates[5:] == sorted(rates[5:], reverse=True)
    assert rates[-1] == pytest.approx(0.01)


def test_that_whichever_budget_ends_first_ends_the_training() -> None:
    assert Budget(epochs=4, minutes=None, epoch=1).done == 0.25
    assert Budget(epochs=4, minutes=1.0, spent_before=45, epoch=1).done == pytest.approx(0.75, abs=0.01)
    assert Budget(epochs=1, minutes=60, epoch=1).is_spent


def test_that_time_for_calibrating_is_kept_back() -> None:
    assert Budget(None, minutes=1.0, spent_before=50, reserve=12).is_spent


@pytest.mark.parametrize(("chips", "epochs"), [(10, 150), (1000, 60), (100_000, 20)])
def test_that_the_default_length_depends_on_the_number_of_chips(chips: int, epochs: int) -> None:
    assert default_epochs(chips) == epochs


def test_that_work_done_ahead_comes_in_order_and_its_error_is_raised() -> None:
    assert list(ahead(lambda n: n * n, range(5))) == [0, 1, 4, 9, 16]
    with pytest.raises(ZeroDivisionError):
        list(ahead(lambda n: 1 / n, [1, 0]))


def test_that_work_done_ahead_stops_when_nobody_wants_it() -> None:
    made: list[int] = []
    steps = ahead(lambda n: made.append(n) or n, range(1000))
    for _ in range(3):
        next(steps, None)

    steps.close()  # type: ignore[attr-defined]

    assert len(made) < 10
