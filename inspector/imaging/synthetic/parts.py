"""Runs of crimp terminals: each image one part, in class folders with a manifest."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.synthetic.character import lot_name
from inspector.imaging.synthetic.crimp import PART_CLASSES, TERMINALS, Measures, judge_part, plan_part
from inspector.imaging.synthetic.crimp_boxes import fault_boxes
from inspector.imaging.synthetic.crimp_drawing import Drawing, Finish, draw_terminal
from inspector.imaging.synthetic.crimp_sheet import FINE, SIZE, Sheet
from inspector.imaging.synthetic.dataset import write_png
from inspector.wafer.manifest import Box, Example, write_manifest
from inspector.wafer.progress import Pace, Progress

_PARTS_A_LOT = 200  # parts a lot where the number of lots is not given
_LOT, _PART = 0xC71, 0xC72  # keep the streams of lots and parts apart


@dataclass(frozen=True)
class PartLot:
    """A lot's own look. gain: of the light. insulation, plate: grey levels of the wire's jacket and of the background.

    light: where the highlight lies across a round part, -1 top to 1 bottom. blur: px. noise: grey levels.
    """

    name: str
    gain: float
    insulation: float
    plate: float
    light: float
    blur: float
    noise: float


def part_lot(seed: int, number: int) -> PartLot:
    """The look of lot `number` (from 0) of a run."""
    rng = np.random.default_rng([seed, _LOT, number])
    return PartLot(
        lot_name(seed, number),
        rng.uniform(0.85, 1.15),
        float(rng.choice([38.0, 70.0, 150.0])) * rng.uniform(0.85, 1.15),
        rng.uniform(45, 95),
        rng.uniform(-0.55, -0.25),
        rng.uniform(0.4, 0.9),
        rng.uniform(1.5, 4.0),
    )


# Parts of each class in the published tests of the two products.
PAPER_SHARES = {"crimp-a": (2400, 400), "crimp-b": (68, 48)}  # good, and each class of fault


def write_parts(
    folder: Path, product: str, count: int, seed: int, lots: int | None, *, natural: bool = False, hard: float = 0.0
) -> Iterator[Progress[Path]]:
    """Class folders of parts, and manifest.csv; classes and sub-types about evenly mixed.

    natural: the classes in the published tests' shares, exactly: a part that fell to another class is drawn again.
    hard: share of the parts that lie near a limit.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lots = min(lots or max(1, round(count / _PARTS_A_LOT)), count)
    classes = PART_CLASSES[product]
    deck = (
        _natural_deck(product) if natural else [(n, kinds[turn]) for turn in range(2) for n, kinds in classes.items()]
    )
    order = np.random.default_rng([seed, _PART, count]).permutation(count)
    pace = Pace(count)
    examples = []
    for number in range(count):
        lot = part_lot(seed, number * lots // count)
        rng = np.random.default_rng([seed, _PART, number, 1])
        aimed = deck[int(order[number]) % len(deck)]
        measures = natural_part(rng, product, *aimed, hard) if natural else plan_part(rng, product, *aimed, hard)
        truth = judge_part(measures, product)
        pixels, boxes = picture(measures, product, lot, rng)
        path = folder / truth.class_name / f"{lot.name}_P{number + 1:05d}.png"
        write_png(path, pixels)
        found = boxes if truth.class_name != "good" else ()
        examples.append(
            Example(
                path, truth.class_name, truth.subtype, lot.name, path.stem, 0, 0, found, borderline=truth.borderline
            )
        )
        yield Progress(number + 1, count, path, pace.seconds_left(number + 1), "drawing")
    write_manifest(folder, examples)


def natural_part(rng: np.random.Generator, product: str, class_name: str, subtype: str, hard: float) -> Measures:
    """Measures of a part of this very class. One that fell to another class near a limit is drawn again near one, so
    that parts near a limit come as often as among parts of any class.
    """
    measures = plan_part(rng, product, class_name, subtype, hard)
    truth = judge_part(measures, product)
    again = 1.0 if truth.borderline else hard
    while truth.class_name != class_name:
        measures = plan_part(rng, product, class_name, subtype, again)
        truth = judge_part(measures, product)
    return measures


def _natural_deck(product: str) -> list[tuple[str, str]]:
    good, fault = PAPER_SHARES[product]
    half = math.gcd(good, fault)
    shares = {name: (good if name == "good" else fault) // half for name in PART_CLASSES[product]}
    return [
        (n, kinds[turn]) for turn in range(2) for n, kinds in PART_CLASSES[product].items() for _ in range(shares[n])
    ]


def picture(
    measures: Measures, product: str, lot: PartLot, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], tuple[Box, ...]]:
    """A part as the camera sees it, uint8 (240, 320), and the boxes of its fault in the picture's px."""
    terminal = TERMINALS[product]
    sheet = Sheet(lot.light, measures.bend, terminal.barrel[1] + 4)
    tone, gloss = (
        (rng.uniform(125, 150), rng.uniform(70, 100))
        if measures.bright
        else (
            rng.uniform(95, 118),
            rng.uniform(18, 38),
        )
    )
    draw_terminal(Drawing(sheet, terminal, measures, Finish(tone, gloss, lot.insulation), rng))
    matrix = _placement(rng)
    image = _camera(sheet, lot, matrix, rng)
    upright = fault_boxes(measures, product, sheet)
    return image, tuple(_moved(box, matrix) for box in upright)


def _placement(rng: np.random.Generator) -> NDArray[np.float64]:
    """float64 (2, 3): how the part lies under the camera: turned, shifted, a little nearer or farther."""
    turn, scale = math.radians(rng.normal(0, 1.8)), rng.uniform(0.96, 1.03)
    cos, sin = scale * math.cos(turn), scale * math.sin(turn)
    x, y = SIZE[0] / 2, SIZE[1] / 2
    dx, dy = rng.uniform(-6, 6), rng.uniform(-9, 9)
    return np.array([[cos, -sin, x - cos * x + sin * y + dx], [sin, cos, y - sin * x - cos * y + dy]])


def _moved(box: Box, matrix: NDArray[np.float64]) -> Box:
    """The upright box around a box that was moved with the part, cut at the picture's border."""
    x, y, w, h = box
    corners = np.array([[x, y], [x + w, y], [x, y + h], [x + w, y + h]]) @ matrix[:, :2].T + matrix[:, 2]
    low = np.clip(corners.min(axis=0), 0, SIZE)
    high = np.clip(corners.max(axis=0), 0, SIZE)
    left, top, width, height = (round(float(v), 1) for v in (*low, *(high - low)))
    return left, top, width, height


def _camera(sheet: Sheet, lot: PartLot, matrix: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Background, shadow, focus, place and noise."""
    height, width = sheet.pixels.shape
    small = rng.normal(0, 1, (height // 32, width // 32)).astype(np.float32)
    grain = rng.standard_normal((height // 2, width // 2), dtype=np.float32)
    plate = lot.plate + 3 * cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    plate += 1.5 * cv2.resize(grain, (width, height), interpolation=cv2.INTER_LINEAR)
    plate *= np.linspace(1.08, 0.92, width, dtype=np.float32)[None, :]
    aside = np.array([[1, 0, 5], [0, 1, 12]], dtype=np.float64)
    shadow = cv2.warpAffine(
        cv2.GaussianBlur(sheet.cover, (0, 0), 9), aside, (width, height), borderMode=cv2.BORDER_REPLICATE
    )
    scene = plate * (1 - 0.5 * shadow) * (1 - sheet.cover) + sheet.pixels
    metal = cv2.GaussianBlur(rng.standard_normal(scene.shape, dtype=np.float32), (0, 0), sigmaX=4, sigmaY=0.7)
    scene *= 1 + 0.22 * metal * sheet.cover  # rolling marks along the sheet metal
    scene = cv2.GaussianBlur(scene, (0, 0), lot.blur * FINE)
    fine = matrix.copy()
    fine[:, :2] /= FINE
    seen = cv2.warpAffine(scene, fine, SIZE, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    seen = seen * lot.gain + rng.standard_normal(seen.shape, dtype=np.float32) * np.float32(lot.noise)
    return np.asarray(np.clip(seen, 0, 255), dtype=np.uint8)
