"""Where all shots lie: least squares over all joints between neighbours, without the ones that contradict the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STAGE_WEIGHT = 1e-6  # of the stage's own word beside a joint's: it only holds what no joint holds
_LEAST_OUTLIER = 1.5  # px by which a joint must contradict the others to be left out
_OUTLIER_SPREADS = 6.0  # and by so many times the median residual


@dataclass(frozen=True)
class Vote:
    """first, second: numbers of two shots. shift: (x, y) px that the second lies beyond its nominal place.

    trust: the correlation behind it; it decides only between votes that the others can't tell apart.
    """

    first: int
    second: int
    shift: tuple[float, float]
    trust: float = 1.0


@dataclass(frozen=True)
class Places:
    """off: float64 (N, 2), px that each shot lies off its nominal place. residuals: px of each vote that was kept.

    left_out: votes that contradict the rest.
    """

    off: NDArray[np.float64]
    residuals: NDArray[np.float64]
    left_out: tuple[Vote, ...]


def solve(count: int, votes: Sequence[Vote]) -> Places:
    """The places of `count` shots. Votes are left out one by one, the worst first, while one contradicts the rest."""
    kept, left_out = list(votes), list[Vote]()
    while True:
        off = _least_squares(count, kept)
        residuals = np.array([np.hypot(*(off[v.second] - off[v.first] - v.shift)) for v in kept])
        if len(kept) < 2:
            return Places(off, residuals, tuple(left_out))
        worst = int(residuals.argmax())
        if residuals[worst] < max(_LEAST_OUTLIER, _OUTLIER_SPREADS * float(np.median(residuals))):
            return Places(off, residuals, tuple(left_out))
        left_out.append(kept.pop(_most_suspicious(off, kept, residuals, worst)))


def largest_group(count: int, pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The largest set of shots that pairs join to each other; the empty set without pairs."""
    group = list(range(count))
    for a, b in pairs:
        if group[a] != group[b]:
            group = [group[a] if g == group[b] else g for g in group]
    sizes = Counter(group[n] for pair in pairs for n in pair)
    best = max(sizes, key=sizes.__getitem__, default=None)
    return {n for n in range(count) if best is not None and group[n] == best}


def _most_suspicious(off: NDArray[np.float64], kept: list[Vote], residuals: NDArray[np.float64], worst: int) -> int:
    """A wrong vote bends its whole neighbourhood, and least squares share the blame evenly: the one without which the
    rest agrees best is the wrong one. At a corner two are equally suspect: the one with less trust goes."""
    near = [n for n in np.argsort(-residuals)[:6] if residuals[n] > residuals[worst] / 2]
    if len(near) == 1:
        return worst
    rest = {int(n): _sum_without(len(off), kept, int(n)) for n in near}
    least = min(rest.values())
    return min((n for n in rest if rest[n] <= 2 * least + 0.1), key=lambda n: kept[n].trust)


def _sum_without(count: int, votes: list[Vote], number: int) -> float:
    others = votes[:number] + votes[number + 1 :]
    off = _least_squares(count, others)
    return float(sum(np.hypot(*(off[v.second] - off[v.first] - v.shift)) ** 2 for v in others))


def _least_squares(count: int, votes: Sequence[Vote]) -> NDArray[np.float64]:
    normal = np.eye(count) * _STAGE_WEIGHT
    wanted = np.zeros((count, 2))
    for vote in votes:
        a, b = vote.first, vote.second
        normal[[a, b], [a, b]] += 1.0
        normal[[a, b], [b, a]] -= 1.0
        wanted[b] += vote.shift
        wanted[a] -= vote.shift
    return np.asarray(np.linalg.solve(normal, wanted), dtype=np.float64)
