"""How well people agree: kappa of two or more, and each one's misses and false alarms against what was settled."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from inspector.wafer.classes import ClassSet
from inspector.wafer.scores import Rate

Ratings = Mapping[Hashable, Mapping[str, str]]  # what was rated -> person -> class


def cohen_kappa(first: ArrayLike, second: ArrayLike, classes: int) -> float | None:
    """(p_o - p_e) / (1 - p_e) of two raters' class indices, p_e = sum_k p_1k p_2k. None where chance explains all.

    Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960).
    """
    a, b = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    if a.size == 0:
        return None
    expected = float((np.bincount(a, minlength=classes) / a.size) @ (np.bincount(b, minlength=classes) / a.size))
    return None if expected >= 1.0 else (float((a == b).mean()) - expected) / (1.0 - expected)


def fleiss_kappa(counts: NDArray[np.int64]) -> float | None:
    """Kappa of any number m of raters. counts: int64 (N, K), how many of the m gave subject i the class k.

    P = mean_i sum_k n_ik (n_ik - 1) / (m (m - 1)); P_e = sum_k p_k^2; kappa = (P - P_e) / (1 - P_e). None without
    subjects and where all answers name one class. ValueError where the rows do not add up to one m of at least 2.
    Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971).
    """
    if len(counts) == 0:
        return None
    raters = int(counts[0].sum())
    if raters < 2 or (counts.sum(axis=1) != raters).any():
        raise ValueError("every subject needs the same number of raters, and at least two")
    observed = float((counts * (counts - 1)).sum(axis=1).mean()) / (raters * (raters - 1))
    shares = counts.sum(axis=0) / counts.sum()
    expected = float((shares**2).sum())
    return None if np.count_nonzero(shares) == 1 else (observed - expected) / (1.0 - expected)


@dataclass(frozen=True)
class PairAgreement:
    """Two people on the chips that both answered. same, same_verdict: equal classes, equal pass or fail."""

    first: str
    second: str
    same: Rate
    same_verdict: Rate
    kappa: float | None
    kappa_verdict: float | None


@dataclass(frozen=True)
class PersonAgreement:
    """One person against the settled answers. missed: called good, of the settled defects; alarms: called a defect, of
    the settled goods."""

    person: str
    same_verdict: Rate
    missed: Rate
    alarms: Rate
    kappa_verdict: float | None


@dataclass(frozen=True)
class GroupAgreement:
    """Everybody on the chips that all of them answered."""

    people: int
    chips: int
    kappa: float | None
    kappa_verdict: float | None


def pair_agreements(ratings: Ratings, classes: ClassSet) -> list[PairAgreement]:
    """Every two people who answered a chip in common, by name."""
    return [
        _pair(first, second, both, classes)
        for first, second in combinations(_people(ratings), 2)
        if (both := [(r[first], r[second]) for r in ratings.values() if first in r and second in r])
    ]


def _pair(first: str, second: str, both: Sequence[tuple[str, str]], classes: ClassSet) -> PairAgreement:
    a, b = _indices([x for x, _ in both], classes), _indices([y for _, y in both], classes)
    fail_a, fail_b = classes.defect_mask[a], classes.defect_mask[b]
    return PairAgreement(
        first,
        second,
        Rate(int((a == b).sum()), len(both)),
        Rate(int((fail_a == fail_b).sum()), len(both)),
        cohen_kappa(a, b, len(classes)),
        cohen_kappa(fail_a, fail_b, 2),
    )


def person_agreements(ratings: Ratings, settled: Mapping[Hashable, str], classes: ClassSet) -> list[PersonAgreement]:
    """Everybody who answered a chip that has a settled answer, by name."""
    found = []
    for person in _people(ratings):
        both = [(r[person], settled[chip]) for chip, r in ratings.items() if person in r and chip in settled]
        if both:
            found.append(_person(person, both, classes))
    return found


def _person(person: str, both: Sequence[tuple[str, str]], classes: ClassSet) -> PersonAgreement:
    said = classes.defect_mask[_indices([x for x, _ in both], classes)]
    true = classes.defect_mask[_indices([y for _, y in both], classes)]
    return PersonAgreement(
        person,
        Rate(int((said == true).sum()), len(both)),
        Rate(int((true & ~said).sum()), int(true.sum())),
        Rate(int((~true & said).sum()), int((~true).sum())),
        cohen_kappa(said, true, 2),
    )


def group_agreement(ratings: Ratings, classes: ClassSet) -> GroupAgreement:
    """Fleiss' kappa over everybody who answered anything, on the chips that all of them answered."""
    people = _people(ratings)
    full = [r for r in ratings.values() if len(r) == len(people) >= 2]
    rows = [np.bincount(_indices(list(r.values()), classes), minlength=len(classes)) for r in full]
    counts = np.array(rows, dtype=np.int64).reshape(len(full), len(classes))
    defect = counts[:, classes.defect_mask].sum(axis=1)
    verdicts = np.stack([defect, counts.sum(axis=1) - defect], axis=1)
    return GroupAgreement(len(people), len(full), fleiss_kappa(counts), fleiss_kappa(verdicts))


def _people(ratings: Ratings) -> list[str]:
    return sorted({person for answers in ratings.values() for person in answers})


def _indices(names: Sequence[str], classes: ClassSet) -> NDArray[np.int64]:
    return np.array([classes.index(name) for name in names], dtype=np.int64)
