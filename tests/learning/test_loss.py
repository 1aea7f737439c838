"""Location supervision teaches the cells it should, and leaves alone what nobody knows."""

from __future__ import annotations

import torch

from inspector.learning.loss import BACKGROUND, IGNORED, NO_DEFECT, LossRule, Target
from inspector.learning.network import Evidence

#                     clean, speck (good), pit (defect); only speck and pit are located
RULE = LossRule(torch.tensor([False, False, True]), torch.tensor([False, True, True]), smoothing=0.0)


def _gradients(cells: torch.Tensor, label: int = IGNORED) -> torch.Tensor:
    """d loss / d maps (1, 3, 2, 2) for maps without any evidence."""
    maps = torch.zeros(1, 3, 2, 2, requires_grad=True)
    loss = RULE(Evidence(maps, maps.mean(dim=(2, 3)), maps), Target(torch.tensor([label]), cells[None]))
    loss.backward()
    assert maps.grad is not None
    return maps.grad[0]


def test_that_a_located_cell_is_raised_for_its_class_and_lowered_for_others() -> None:
    gradient = _gradients(torch.tensor([[2, IGNORED], [IGNORED, IGNORED]]))

    assert gradient[2, 0, 0] < 0 < gradient[1, 0, 0]
    assert not gradient[:, 1].any()


def test_that_background_lowers_every_located_class_and_no_other() -> None:
    gradient = _gradients(torch.full((2, 2), BACKGROUND))

    assert (gradient[1:] > 0).all()
    assert not gradient[0].any()


def test_that_beside_a_defect_a_good_mark_may_lie() -> None:
    gradient = _gradients(torch.full((2, 2), NO_DEFECT))

    assert (gradient[2] > 0).all()
    assert (gradient[1] <= 0).all()


def test_that_nothing_known_teaches_nothing() -> None:
    assert not _gradients(torch.full((2, 2), IGNORED)).any()


def test_that_the_class_alone_teaches_through_its_logit() -> None:
    gradient = _gradients(torch.full((2, 2), IGNORED), label=2)

    assert (gradient[2] < 0).all()
    assert (gradient[:2] > 0).all()


def test_that_confusing_a_good_class_for_a_defect_costs_more_than_for_another_good_class() -> None:
    def cost(*logits: float) -> float:
        seen = Evidence(torch.zeros(1, 3, 2, 2), torch.tensor([logits]), torch.zeros(1, 1, 2, 2))
        return float(RULE(seen, Target(torch.tensor([0]), torch.full((1, 2, 2), IGNORED))))

    assert cost(0.0, -2.0, 2.0) > cost(0.0, 2.0, -2.0) + 0.5
