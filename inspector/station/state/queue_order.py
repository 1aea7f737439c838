"""In which orders a queue can be worked through, besides its own."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.chip_table import ChipTable

_CHAIN = 1024  # chips that one chain strings together; its cost grows with the square
_PLACE = 0.25  # weight of a peak at the other side of the chip against a wholly different class


class QueueOrder(StrEnum):
    """own: the queue's, such as the surest defect first. wafer: row by row, every other one backwards."""

    OWN = "own"
    UNCERTAINTY = "uncertainty"
    WAFER = "wafer"
    SIMILARITY = "similarity"
    CLASS = "class"


def uncertainty(table: ChipTable) -> NDArray[np.float64]:
    """float64 (N,): the least sure first, undecided before all; how far the likeliest class leads the second."""
    return np.where(np.isfinite(table.margin), table.margin, -1.0)


def wafer_order(table: ChipTable) -> NDArray[np.float64]:
    """float64 (N,): a serpentine, as a microscope's stage goes: even rows to the right, odd rows to the left."""
    wide = float(table.column.max(initial=0)) + 1
    along = np.where(table.row % 2 == 0, table.column, wide - 1 - table.column)
    return np.asarray(table.row * wide + along, dtype=np.float64)


def class_order(table: ChipTable, classes: NDArray[np.int32]) -> NDArray[np.float64]:
    """float64 (N,): defects before good classes, each in the recipe's order; chips without a class come first."""
    good = ~np.isin(classes, table.defect_codes) & (classes != 0)
    return np.asarray(classes + good * float(1 << 20), dtype=np.float64)


def similarity_ranks(table: ChipTable, rows: NDArray[np.int64], start: int | None) -> NDArray[np.float64]:
    """float64 (len(rows),): places in a chain in which each chip is followed by the likest one that is left.

    Alike are chips whose class probabilities are alike (Hellinger distance, 0 to 1) and whose evidence peaks at the
    same place of the chip; evidence maps would have to be read from disk. The chain begins with the row `start` where
    it is among `rows`, and goes class by class, so that it costs no more than chains of 1,024 chips.
    """
    if not len(rows):
        return np.zeros(0)
    features = np.hstack([np.sqrt(np.maximum(table.probabilities[rows], 0)) / np.sqrt(2), table.peak[rows] * _PLACE])
    features = np.nan_to_num(features).astype(np.float32)
    at = np.flatnonzero(rows == (-1 if start is None else start))
    here = int(at[0]) if len(at) else int(np.lexsort((table.urgency[1][rows], table.urgency[0][rows]))[0])
    groups = _groups(table, rows, features, here)
    order: list[int] = []
    for group in groups:
        first = here if not order else int(group[np.argmin(_distance(features[group], features[order[-1]]))])
        order += _chained(features, group, first)
    ranks = np.empty(len(rows))
    ranks[order] = np.arange(len(rows))
    return ranks


def _groups(
    table: ChipTable, rows: NDArray[np.int64], features: NDArray[np.float32], here: int
) -> list[NDArray[np.int64]]:
    """Places in `rows` by judged class, that of `here` first; a large class is cut by how alike its chips are to it."""
    judged = table.machine[rows]
    names = sorted(set(judged.tolist()), key=lambda code: (code != judged[here], code))
    groups = []
    for name in names:
        members = np.flatnonzero(judged == name)
        nearest_first = members[np.argsort(_distance(features[members], features[here]), kind="stable")]
        groups += np.array_split(nearest_first, -(-len(members) // _CHAIN))
    return groups


def _chained(features: NDArray[np.float32], group: NDArray[np.int64], first: int) -> list[int]:
    """The group's members, each followed by the nearest one left."""
    left, rest = group[group != first], features[group[group != first]]
    norms = np.einsum("ij,ij->i", rest, rest)
    chain, here = [first], features[first]
    for _ in range(len(left)):
        nearest = int(np.argmin(norms - 2 * (rest @ here)))
        chain.append(int(left[nearest]))
        here = rest[nearest].copy()
        norms[nearest] = np.inf
    return chain


def _distance(features: NDArray[np.float32], one: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.square(features - one).sum(axis=1))
