"""Makes a trained network's numbers mean something: probabilities that hold, and a heat scale on which good is cold."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from inspector.learning.batches import plain_batches
from inspector.learning.build import for_judging
from inspector.learning.card_facts import HalfPrecision
from inspector.learning.dataset import ChipPixels
from inspector.learning.device import mixed_precision
from inspector.learning.network import Evidence, JudgingNetwork
from inspector.learning.second_look import SecondLook
from inspector.wafer.classes import ClassSet
from inspector.wafer.judgement import choose_class
from inspector.wafer.progress import Job, Pace, Progress

Found = TypeVar("Found")
Distances = Callable[[Tensor], Tensor]  # features (N, D, h, w) -> (N, 3)

COLD = 0.99  # quantile of a class's evidence on chips of other classes: shown as nothing
FAINT = 0.2  # of the heat scale: what stays below looks cold
MOST_COLD = 0.7  # of the hot end: else a model that hardly tells the two apart would show nothing at all
BATCH_PIXELS = 8 << 20


@dataclass(frozen=True)
class Answers:
    """logits: float32 (N, K). peaks: float32 (N, K), strongest evidence of each map. cold: float32 (N, K), its
    COLD quantile. labels: int64 (N,). distances: float32 (N, 3) of `novelty.Novelty`, None where nothing knows them."""

    logits: NDArray[np.float32]
    peaks: NDArray[np.float32]
    cold: NDArray[np.float32]
    labels: NDArray[np.int64]
    distances: NDArray[np.float32] | None = None


def seen_by(
    network: JudgingNetwork, store: ChipPixels, device: str, half: bool, second_look: bool = False
) -> Iterator[tuple[slice, Evidence]]:
    """What the network says of every chip, batch by batch; as when it judges, if with a second look."""
    network = for_judging(copy.deepcopy(network), device)
    flips = store.recipe.training.flips if second_look else ()
    look = SecondLook(network, store.recipe.class_set, flips)
    batch = max(1, min(64, BATCH_PIXELS // (store.shape[0] * store.shape[1])))
    for which, chips in plain_batches(store, batch):
        with torch.inference_mode(), mixed_precision(device, half):
            seen = look(chips.to(device))
        yield which, seen


def answering(
    network: JudgingNetwork,
    store: ChipPixels,
    device: str,
    half: bool,
    distances: Distances | None = None,
    second_look: bool = True,
) -> Job[Answers]:
    """Every chip judged, nothing kept of it but a few numbers; the last Progress brings the answers."""
    parts: list[list[Tensor]] = []
    pace = Pace(len(store))
    for which, seen in seen_by(network, store, device, half, second_look):
        with torch.inference_mode():
            cells = seen.maps.flatten(2).float()
            part = [seen.logits.float(), cells.amax(2), torch.quantile(cells, COLD, dim=2)]
            part += [] if distances is None else [distances(seen.features)]
        parts.append([p.cpu() for p in part])
        if which.stop < len(store):
            yield Progress(which.stop, len(store), None, pace.seconds_left(which.stop), "calibrating")
    logits, peaks, cold, *rest = (torch.cat(part).numpy() for part in zip(*parts, strict=True))
    found = Answers(logits, peaks, cold, store.labels, rest[0] if rest else None)
    yield Progress(len(store), len(store), found, 0.0, "calibrating")


def answers(
    network: JudgingNetwork,
    store: ChipPixels,
    device: str,
    half: bool,
    distances: Distances | None = None,
    second_look: bool = True,
) -> Answers:
    """What the network says of every chip, as it is."""
    return last(answering(network, store, device, half, distances, second_look))


def last(job: Job[Found]) -> Found:
    """What a job brings in the end, without watching it."""
    found = None
    for step in job:
        found = step.found
    assert found is not None, "such a job ends with what it found"
    return found


def temperature_and_offset(
    logits: NDArray[np.float32], labels: NDArray[np.int64], defect: NDArray[np.bool_]
) -> tuple[float, float]:
    """(T, d) that make softmax((logits + d on the defect classes) / T) most likely for the true labels.

    Held near (1, 0) by a weak prior worth a few chips, so that twenty chips without an error do not ask for T = 0.
    """
    scores, truth = torch.from_numpy(logits).double(), torch.from_numpy(labels)
    mask = torch.from_numpy(defect).double()
    free = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([free], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        shifted = (scores + free[1] * mask) / free[0].exp()
        value = nn.functional.cross_entropy(shifted, truth, reduction="sum") + 2.0 * (free[0] ** 2) + 0.5 * free[1] ** 2
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    found = free.detach()
    if not bool(torch.isfinite(found).all()):
        return 1.0, 0.0
    return float(found[0].exp().clamp(0.05, 20.0)), float(found[1].clamp(-10.0, 10.0))


def cold_levels(seen: Answers) -> NDArray[np.float32]:
    """float32 (K,): the evidence that a map shows on chips of other classes; taking it out makes 0 mean nothing."""
    levels = [
        np.median(seen.cold[seen.labels != c, c]) if (seen.labels != c).any() else 0.0
        for c in range(seen.cold.shape[1])
    ]
    return np.array(levels, dtype=np.float32)


def shifted(seen: Answers, levels: NDArray[np.float32], prior: NDArray[np.float32]) -> Answers:
    """What the answers become by `shift_evidence`."""
    return replace(seen, logits=seen.logits + prior, peaks=seen.peaks - levels, cold=seen.cold - levels)


@torch.no_grad()
def shift_evidence(network: JudgingNetwork, levels: NDArray[np.float32], prior: NDArray[np.float32]) -> None:
    """Move `levels` from the maps to the classes' own numbers, and add `prior` there: logits move by that alone."""
    assert network.head.bias is not None
    moved = torch.from_numpy(levels).to(network.bias.device)
    network.head.bias.sub_(moved)
    network.bias.add_(moved + torch.from_numpy(prior).to(moved.device))


def add_prior(network: JudgingNetwork, prior: NDArray[np.float32]) -> None:
    """Add float32 (K,) to the logits, before a network answers: which chips are doubtful hangs on it, too."""
    shift_evidence(network, np.zeros_like(prior), prior)


def heat_scale(seen: Answers, defect: NDArray[np.bool_]) -> tuple[float, float]:
    """(cold, hot) in evidence: hot is the middle of the peaks of rightly judged defects; cold is what nine in ten good
    chips reach at most, or more, until 99 of 100 stay below FAINT of the scale; at most MOST_COLD of hot.
    """
    judged = seen.logits.argmax(1)
    right = (judged == seen.labels) & defect[seen.labels]
    if not right.any():
        right = judged == seen.labels
    own = seen.peaks[np.arange(len(judged)), seen.labels]
    hot = float(np.median(own[right])) if right.any() else float(seen.peaks.max())
    good = ~defect[seen.labels]
    reached = seen.peaks[good][:, defect].max(1) if good.any() else np.zeros(1)
    usual, seldom = np.quantile(reached, (0.9, 0.99))
    hot = max(hot, 0.1)
    cold = max(usual, (seldom - FAINT * hot) / (1.0 - FAINT))  # `seldom` at FAINT of the way from cold to hot
    return float(np.clip(cold, 0.0, MOST_COLD * hot)), hot


def probabilities(logits: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """float32 (N, K), rows of sum 1; rows that are not finite stay so."""
    scaled = torch.from_numpy(logits) / temperature
    return scaled.softmax(1).numpy()


def compare_half(full: NDArray[np.float32], half: NDArray[np.float32], defect: NDArray[np.bool_]) -> HalfPrecision:
    """How far probabilities (N, K) in bfloat16 are from those in float32."""
    if len(full) == 0 or not np.isfinite(half).all():
        return HalfPrecision(chips=len(full), flips=len(full), largest_shift=1.0)
    shift = np.abs(full[:, defect].sum(1) - half[:, defect].sum(1)).max()
    return HalfPrecision(
        chips=len(full), flips=int((full.argmax(1) != half.argmax(1)).sum()), largest_shift=round(float(shift), 5)
    )


def judged_classes(rows: NDArray[np.float32], classes: ClassSet) -> NDArray[np.int64]:
    """int64 (N,): the class that each row of probabilities (N, K) judges, -1 where it is undecided."""
    names = (choose_class(row, classes)[0] for row in rows)
    return np.array([-1 if name is None else classes.index(name) for name in names], dtype=np.int64)
