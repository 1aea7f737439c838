"""Reads all shots once and measures their joints; holds only the strips whose neighbour is still to come."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.pixels import Pixels
from inspector.imaging.sources.image_header import refusal
from inspector.imaging.sources.light import Map, thumbnail
from inspector.imaging.sources.pictures import Picture
from inspector.imaging.sources.row_reader import whole
from inspector.imaging.sources.shots.joint import Grey, Joint, measure, strip
from inspector.wafer.errors import ImageError
from inspector.wafer.source_sections import Damaged

_THUMBNAIL = 64  # px, longer side
_LEAST_OVERLAP = 0.25  # of a side that two neighbours share along their joint
Box = tuple[int, int, int, int]  # x, y, width, height


@dataclass
class Registered:
    """joints: by the numbers of the two shots. thumbnails: of all shots, float32 (h, w). bad: why a shot can't be
    read. An open account while the shots are read; nobody changes it afterwards."""

    joints: dict[tuple[int, int], Joint] = field(default_factory=dict)
    thumbnails: list[Map] = field(default_factory=list)
    bad: dict[int, str] = field(default_factory=dict)


def register(
    pictures: Sequence[Picture | None],
    nominal: NDArray[np.float64],
    size: tuple[int, int],
    stage_error: float,
    damaged: Damaged,
) -> Registered:
    """Reads every shot, in the order of their places, and measures each joint as soon as both its shots were read.

    pictures: None for a missing shot. nominal: float64 (N, 2), px. stage_error 0: nothing is measured, but every shot
    is read all the same: a damaged one must be known before the wafer is put together.
    """
    reach = math.ceil(2 * stage_error)
    there = [n for n, picture in enumerate(pictures) if picture is not None]
    pairs = neighbours(nominal, size, there) if reach else []
    strips: dict[tuple[int, int, int], tuple[Grey, tuple[int, int]]] = {}
    done = Registered()
    for number in sorted(there, key=lambda n: (nominal[n, 1], nominal[n, 0])):
        picture = pictures[number]
        assert picture is not None
        try:
            pixels = _whole(picture)
        except ImageError as error:
            if damaged == "refuse":
                raise
            done.bad[number] = str(error)
            continue
        done.thumbnails.append(thumbnail(pixels, _THUMBNAIL))
        for a, b in (p for p in pairs if number in p):
            strips[a, b, number] = _strip(
                pixels, nominal, (number, b if number == a else a), size, reach, picture.recipe.image.bits
            )
            if (a, b, a) in strips and (a, b, b) in strips:
                (first, at_first), (second, at_second) = strips.pop((a, b, a)), strips.pop((a, b, b))
                x, y = (round(v) for v in np.rint(nominal[b]) - np.rint(nominal[a]))
                offset = (x + at_second[0] - at_first[0], y + at_second[1] - at_first[1])
                done.joints[a, b] = _rounded_off(measure(first, second, offset, reach), nominal, a, b)
    return done


def neighbours(nominal: NDArray[np.float64], size: tuple[int, int], there: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of shots that share a long strip; corners that touch are no joint."""
    at, found = nominal[list(there)], []
    for i, a in enumerate(there):
        shared = np.array(size) - np.abs(at[i + 1 :] - at[i])
        long = (shared / size).max(axis=1) >= _LEAST_OVERLAP
        found += [(a, there[i + 1 + int(n)]) for n in np.flatnonzero(long & (shared.min(axis=1) > 0))]
    return found


def _whole(picture: Picture) -> Pixels:
    with picture.opened() as source:
        return whole(source)


def _strip(
    pixels: Pixels, nominal: NDArray[np.float64], who: tuple[int, int], size: tuple[int, int], reach: int, bits: int
) -> tuple[Grey, tuple[int, int]]:
    """What the first of `who` may share with the second, and where it lies in the first one's pixels."""
    offset = np.rint(nominal[who[1]]) - np.rint(nominal[who[0]])
    low = np.maximum(offset - reach, 0).astype(int)
    high = np.minimum(offset + size + reach, size).astype(int)
    box: Box = (int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1]))
    return strip(pixels, box, bits), (box[0], box[1])


def _rounded_off(joint: Joint, nominal: NDArray[np.float64], a: int, b: int) -> Joint:
    """Strips are cut at whole px: the shift is told from the exact nominal places."""
    lost = (np.rint(nominal[b]) - np.rint(nominal[a])) - (nominal[b] - nominal[a])
    return Joint(joint.kind, (joint.shift[0] + float(lost[0]), joint.shift[1] + float(lost[1])), joint.correlation)


def refuse_twins(folder: Path, names: Sequence[str], nominal: NDArray[np.float64], size: tuple[int, int]) -> None:
    """ImageError where two shots lie at one place: nearer than half a shot both ways."""
    for n in range(len(names) - 1):
        near = (np.abs(nominal[n + 1 :] - nominal[n]) < np.array(size) * 0.499).all(axis=1)
        if near.any():
            other = names[n + 1 + int(near.argmax())]
            fault = f"holds two shots of one place ({names[n]} and {other})"
            raise refusal(folder, fault, "correct their positions or take one of them out")
