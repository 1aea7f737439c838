"""Images that are there more than once: equal pixels, copies of one exposure, one surface exposed again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging.alike import Comparison, compare, views
from inspector.imaging.sketches import Pair, pairs_alike
from inspector.imaging.source import read_image
from inspector.wafer.errors import ImageError
from inspector.wafer.manifest import Example
from inspector.wafer.progress import Job, Pace, Progress
from inspector.wafer.recipe import Recipe

SAME, COPY, AGAIN = "same", "copy", "again"
COPY_FROM = 0.65  # fine agreement: JPEG at quality 90 reaches 0.7 or more, half a pixel of shift 0.7
AGAIN_FROM = (0.4, 0.55)  # fine, coarse: other surfaces of one product stay below (0.26, 0.5) in the data tried
GIVE_UP = 300  # close comparisons without success: the other pairs are less alike still
Read = Callable[[Example, Recipe], NDArray[np.uint8]]  # uint8 (h, w, C); ImageError where there is nothing to read
_MAKES_UP = 50  # failures that a success makes up for: below 2 % of success, looking on is not worth it


def read_file(example: Example, recipe: Recipe) -> NDArray[np.uint8]:
    """The pixels of an example's own file."""
    image = recipe.image
    return read_image(example.path, image.channels, image.bits, image)


@dataclass(frozen=True)
class Twin:
    """Two images of one thing. kind: "same" pixels, a "copy" of one exposure, or the same surface "again".

    view, shift: how the first must be mirrored or turned, and moved by (x, y) pixels, to lie on the second.
    family: twins of twins share a number.
    """

    first: Path
    second: Path
    kind: str
    agreement: float
    view: str = ""
    shift: tuple[int, int] = (0, 0)
    family: int = 0


@dataclass(frozen=True)
class Twins:
    """All twins, families together; not_compared: pairs that look somewhat alike and were given up."""

    pairs: tuple[Twin, ...]
    not_compared: int


class _Families:
    """Who is whose twin, through any number of others."""

    def __init__(self) -> None:
        self._parent: dict[Path, Path] = {}

    def of(self, path: Path) -> Path:
        while (parent := self._parent.get(path, path)) != path:
            path = parent
        return path

    def join(self, first: Path, second: Path) -> None:
        self._parent[self.of(second)] = self.of(first)


def equal_pixels(digests: Mapping[Path, str]) -> list[Twin]:
    """Images whose decoded pixels are equal, each as the twin of the first one that has them."""
    first: dict[str, Path] = {}
    return [
        Twin(first[digest], path, SAME, 1.0)
        for path, digest in digests.items()
        if first.setdefault(digest, path) != path
    ]


def find_twins(
    examples: Sequence[Example],
    sketches: NDArray[np.complex64],
    cells: int,
    digests: Mapping[Path, str],
    recipe: Recipe,
    read: Read = read_file,
) -> Job[Twins]:
    """Compare all images with all others; the last Progress brings the twins.

    sketches: complex64 (N, F), one for each example. digests: of the decoded pixels. Each of a set of equal images but
    the first is left out of the comparison.
    """
    equal = equal_pixels(digests)
    families = _Families()
    for twin in equal:
        families.join(twin.first, twin.second)
    repeated = {twin.second for twin in equal}
    kept = [i for i, e in enumerate(examples) if e.path not in repeated]
    pairs: list[Pair] = []
    seen = views(recipe.training.flips, recipe.training.turns)
    if len(kept) > 1:
        for done, found in pairs_alike(sketches[kept], cells, seen):
            pairs += found
            yield Progress(done, len(kept), None, None, "comparing")
    pairs.sort(key=lambda p: (-p.likeness, p.first, p.second, str(p.view)))
    twins, failures, pace, number = list(equal), 0, Pace(len(pairs)), 0
    for number, pair in enumerate(pairs):
        if failures >= GIVE_UP:
            break
        ours, theirs = examples[kept[pair.first]], examples[kept[pair.second]]
        if families.of(ours.path) == families.of(theirs.path):
            continue
        proven = _proven(ours, theirs, pair, recipe, read)
        failures = max(0, failures - _MAKES_UP) if proven else failures + 1
        if proven:
            families.join(ours.path, theirs.path)
            twins.append(proven)
        yield Progress(number, len(pairs), None, pace.seconds_left(number), "proving")
    left = len(pairs) - number if failures >= GIVE_UP else 0
    yield Progress(len(pairs), len(pairs), Twins(tuple(_numbered(twins, families)), left), 0.0, "proving")


def _proven(ours: Example, theirs: Example, pair: Pair, recipe: Recipe, read: Read) -> Twin | None:
    """The twin, if a close comparison of the two images says so.

    Chips that name two different wafers can't show one surface twice, so only a copy counts there: what they share
    otherwise is the process or the camera.
    """
    try:
        pixels = [read(example, recipe) for example in (ours, theirs)]
    except ImageError:  # it could be read a moment ago
        return None
    found: Comparison = compare(pair.view.of(pixels[0]), pixels[1])
    apart = bool(ours.wafer and theirs.wafer) and (ours.lot, ours.wafer) != (theirs.lot, theirs.wafer)
    if found.fine >= (AGAIN_FROM[0] if apart else COPY_FROM):
        return Twin(ours.path, theirs.path, COPY, round(found.fine, 3), str(pair.view), found.shift)
    if not apart and (found.fine >= AGAIN_FROM[0] or found.coarse >= AGAIN_FROM[1]):
        agreed = round(max(found.fine, found.coarse), 3)
        return Twin(ours.path, theirs.path, AGAIN, agreed, str(pair.view), found.shift)
    return None


def _numbered(twins: Sequence[Twin], families: _Families) -> Iterator[Twin]:
    members: dict[Path, list[Twin]] = defaultdict(list)
    for twin in twins:
        members[families.of(twin.first)].append(twin)
    for number, family in enumerate(members.values(), 1):
        for twin in family:
            yield Twin(twin.first, twin.second, twin.kind, twin.agreement, twin.view, twin.shift, number)
