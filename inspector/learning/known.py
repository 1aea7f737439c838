"""Learns what a model knows: the centres of the training chips' cells, and how whole training chips lie about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inspector.learning.calibration import seen_by
from inspector.learning.dataset import ChipPixels
from inspector.learning.network import Evidence, JudgingNetwork
from inspector.learning.novelty import Novelty
from inspector.wafer.manifest import Example
from inspector.wafer.progress import Job, Pace, Progress

CENTRES = 64
WIDTH = 64  # whitened numbers per cell, at most
CELL_CHIPS, MOST_CHIPS = 300, 1200  # training chips that the cells' and the chips' statistics are taken from
RANDOM_CELLS, STRONG_CELLS = 48, 16  # of a training chip
_CELL_SHRINKAGE = 0.01  # of a covariance towards a multiple of the identity
_ROUNDS = 20


def chips_judged(training: int) -> int:
    """How many of so many training chips `fit_novelty` judges."""
    return min(training, CELL_CHIPS) + min(training, MOST_CHIPS)


def fit_novelty(network: JudgingNetwork, store: ChipPixels, device: str, half: bool) -> Job[Novelty]:
    """Learn what the training chips look like; the last Progress brings the Novelty, its limits not settled yet."""
    few, many = (store.chosen(evenly(store.examples, most)) for most in (CELL_CHIPS, MOST_CHIPS))
    rng = torch.Generator().manual_seed(0)
    done, total, sampled = 0, len(few) + len(many), []
    pace = Pace(total)
    for which, seen in seen_by(network, few, device, half):
        sampled.append(_sample(seen, few.labels[which], rng))
        done += len(seen.logits)
        yield Progress(done, total, None, pace.seconds_left(done), "learning what is known")
    found = _of_cells(torch.cat(sampled), rng).to(device)
    kept = []
    for _, seen in seen_by(network, many, device, half):
        kept.append(found.moments(seen.features).cpu())
        done += len(seen.logits)
        if done < total:
            yield Progress(done, total, None, pace.seconds_left(done), "learning what is known")
    _learn_chips(found, torch.cat(kept))
    yield Progress(total, total, found, 0.0, "learning what is known")


def _learn_chips(novelty: Novelty, moments: Tensor) -> None:
    """Set what is known of whole chips from their moments (N, 2d)."""
    width = moments.shape[1] // 2
    for name, rows in (("mean_whiten", moments[:, :width]), ("chip_whiten", moments)):
        middle, whiten = _whitening(rows, 0.01 * rows.shape[1] / len(rows), rows.shape[1], least=1e-3)
        setattr(novelty, name, whiten.half().to(novelty.middle.device))
    novelty.chip_middle = middle.float().to(novelty.middle.device)


def evenly(examples: Sequence[Example], most: int) -> NDArray[np.int64]:
    """Indices of at most so many chips, sorted: every class and sub-type as often as the others, while it lasts."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, example in enumerate(examples):
        groups[example.class_name, example.subtype].append(i)
    rng = np.random.default_rng(0)
    turns = [(turn, int(i)) for members in groups.values() for turn, i in enumerate(rng.permutation(members))]
    return np.array(sorted(i for _, i in sorted(turns)[:most]), dtype=np.int64)


def _sample(seen: Evidence, labels: NDArray[np.int64], rng: torch.Generator) -> Tensor:
    """float32 (cells, D): of each chip some cells by chance, and those that speak the most for its class."""
    rows = seen.features.permute(0, 2, 3, 1).flatten(1, 2).float().cpu()
    own = seen.maps.float().flatten(2).cpu()[torch.arange(len(rows)), torch.from_numpy(labels)]
    chance = torch.randint(rows.shape[1], (len(rows), RANDOM_CELLS), generator=rng)
    places = torch.cat([chance, own.topk(min(STRONG_CELLS, rows.shape[1]), dim=1).indices], dim=1)
    return torch.cat([chip[place] for chip, place in zip(rows, places, strict=True)])


def _of_cells(cells: Tensor, rng: torch.Generator) -> Novelty:
    """A Novelty that knows cells and no chips yet."""
    middle, whiten = _whitening(cells, _CELL_SHRINKAGE, WIDTH)
    width = len(whiten)
    centres = k_means(((cells.double() - middle) @ whiten.T).float(), CENTRES, rng)
    chips = {
        "chip_middle": torch.zeros(2 * width),
        "mean_whiten": torch.eye(width),
        "chip_whiten": torch.eye(2 * width),
    }
    cells_part = {"middle": middle, "whiten": whiten, "centres": centres}
    return Novelty(cells_part | chips | {"limits": torch.ones(2, 3)})


def _whitening(rows: Tensor, shrinkage: float, width: int, least: float = 1e-12) -> tuple[Tensor, Tensor]:
    """float64 (D,) and (d, D): mean, and what makes the rows' `width` widest directions uncorrelated with spread 1.

    least: mean variance that is taken for something; rows that do not vary stay finite.
    """
    middle = rows.double().mean(0)
    away = rows.double() - middle
    cov = away.T @ away / max(1, len(rows) - 1)
    part = min(0.2, max(0.001, shrinkage))
    even = max(float(cov.trace()) / len(cov), least)
    values, axes = torch.linalg.eigh((1.0 - part) * cov + part * even * torch.eye(len(cov), dtype=cov.dtype))
    return middle, (axes / values.sqrt()).T[-width:]


def k_means(rows: Tensor, number: int, rng: torch.Generator) -> Tensor:
    """(min(number, N), d): centres of float32 (N, d) by Lloyd's rounds, begun as in k-means++."""
    first = int(torch.randint(len(rows), (1,), generator=rng))
    centres = rows[first : first + 1]
    away = (rows - centres).square().sum(1)
    while len(centres) < min(number, len(rows)) and float(away.sum()) > 0:
        new = rows[int(torch.multinomial(away.double(), 1, generator=rng))]
        centres = torch.cat([centres, new[None]])
        away = torch.minimum(away, (rows - new).square().sum(1))
    for _ in range(_ROUNDS):
        nearest = torch.addmm(centres.square().sum(1), rows, centres.T, alpha=-2.0).argmin(1)
        sums = torch.zeros_like(centres).index_add_(0, nearest, rows)
        counts = torch.bincount(nearest, minlength=len(centres))[:, None]
        centres = torch.where(counts > 0, sums / counts.clamp_min(1), centres)
    return centres
