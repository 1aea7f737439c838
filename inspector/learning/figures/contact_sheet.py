"""The wrong chips on one sheet, the worst first: the whole chip with its heat, and the place at its own pixels."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.chips import fit
from inspector.imaging.heat import heat_rgba
from inspector.imaging.source import read_image
from inspector.learning.figures.evaluation import Evaluation
from inspector.learning.figures.files import worst_first
from inspector.learning.figures.plots import DPI, INK, ORANGE, QUIET
from inspector.wafer.errors import printable
from inspector.wafer.manifest import Example

MOST = 48
COLUMNS = 6
_SIDE = 220  # pixels of each of the two pictures of a chip
_CLOSE = 144  # chip pixels that the close-up shows
_OPACITY = 0.7  # of the heat, as in the station
_TRUTH = (0, 224, 208)  # turquoise: in neither the heat's colours nor a grey chip
_GAP = 6  # pixels between the two
_BETWEEN = 26  # pixels between one chip and the next
_TEXT = 96  # pixels above the pictures for three lines
_HEAD = 96  # pixels of the sheet's title
_LEGEND = (
    "Left: the chip with its heat on the model's fixed scale. Right: the place at its own pixels. "
    "Turquoise: true marks. Orange heading: pass/fail was wrong."
)


def wrong_chips(found: Evaluation) -> Figure:
    """At most MOST wrong chips, as `worst_first` orders them. Reads their images again."""
    worst = [int(i) for i in worst_first(found)[:MOST]]
    columns = min(COLUMNS, max(3, len(worst)))
    wide, high = 2 * _SIDE + _GAP + _BETWEEN, _SIDE + _TEXT
    width, height = columns * wide, _HEAD + math.ceil(len(worst) / columns) * high + _BETWEEN
    figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI)
    for place, i in enumerate(worst):
        row, column = divmod(place, columns)
        left, top = column * wide + _BETWEEN // 2, _HEAD + row * high
        picture = _pictures(found, i)
        bottom = height - top - _TEXT - picture.shape[0]
        size = (picture.shape[1] / width, picture.shape[0] / height)
        axes = figure.add_axes((left / width, bottom / height, *size))  # pixel for pixel
        axes.imshow(picture, interpolation="nearest", aspect="auto")
        axes.set_axis_off()
        colour = ORANGE if found.wrong_verdict[i] else INK
        for line, (words, ink) in enumerate(zip(_words(found, i), (colour, INK, QUIET), strict=True)):
            down = top + 28 + 25 * line
            figure.text(
                left / width,
                1 - down / height,
                words,
                fontsize=7.5,
                color=ink,
                fontweight="normal" if line else "bold",
                va="center",
            )
    wrong = int(found.wrong.sum())
    title = f"Wrong chips: {f'the worst {MOST} of {wrong:,}' if wrong > MOST else wrong}, {found.chips:,} judged"
    for down, words, ink, points, weight in (
        (30, title, INK, 12, "bold"),
        (64, _LEGEND, QUIET, 8.5, "normal"),
    ):
        figure.text(
            _BETWEEN / 2 / width, 1 - down / height, words, fontsize=points, color=ink, fontweight=weight, va="center"
        )
    return figure


def _words(found: Evaluation, index: int) -> tuple[str, str, str]:
    judged, example = found.judged, found.judged.examples[index]
    which = int(found.judged_class[index])
    answer = found.classes.names[which] if which >= 0 else "undecided"
    truth = found.classes.names[judged.labels[index]]
    reason = judged.reasons[index]
    p = f"P(defect) {found.p_defect[index]:.3f}" if which >= 0 else "no answer"
    seen = f"review: {reason.value}" if reason else "no review"
    return f"{_short(truth)} judged {_short(answer)}", f"{p}, {seen}", _chip_name(example)


def _chip_name(example: Example) -> str:
    parts = [example.lot, example.wafer]
    if example.column is not None and example.row is not None:
        parts.append(f"{example.column} / {example.row}")
    known = "  ".join(_short(p) for p in parts if p) or _short(printable(example.path.stem), 34)
    return known + ("  (borderline)" if example.borderline else "")


def _short(words: str, most: int = 18) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _pictures(found: Evaluation, index: int) -> NDArray[np.uint8]:
    """uint8 (S, 2 S + gap, 3): the whole chip with heat beside the close-up."""
    example, evidence = found.judged.examples[index], found.judged.shown[index]
    channels = 3
    chip = read_image(example.path, channels, found.judged.bits)
    height, width = chip.shape[:2]
    whole = _into_square(fit(chip, _scaled((width, height))))
    if evidence is not None:
        whole = _with_heat(whole, evidence, _scaled((width, height)))
    scale = _SIDE / max(width, height)
    _outline(whole, example, (0.0, 0.0), scale, _offset(width, height))
    x, y = _centre(found, index, (width, height))
    side = min(_CLOSE, width, height)
    left, top = (round(min(max(c - side / 2, 0), s - side)) for c, s in ((x, width), (y, height)))
    piece = np.ascontiguousarray(chip[top : top + side, left : left + side])
    close: NDArray[np.uint8] = cv2.resize(piece, (_SIDE, _SIDE), interpolation=cv2.INTER_NEAREST)
    _outline(close, example, (left, top), _SIDE / side, (0, 0))
    gap = np.full((_SIDE, _GAP, 3), 255, np.uint8)
    return np.hstack([whole, gap, close])


def _scaled(size: tuple[int, int]) -> tuple[int, int]:
    scale = _SIDE / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _offset(width: int, height: int) -> tuple[int, int]:
    fitted = _scaled((width, height))
    return (_SIDE - fitted[0]) // 2, (_SIDE - fitted[1]) // 2


def _into_square(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    square = np.full((_SIDE, _SIDE, 3), 238, np.uint8)
    x, y = (_SIDE - picture.shape[1]) // 2, (_SIDE - picture.shape[0]) // 2
    square[y : y + picture.shape[0], x : x + picture.shape[1]] = picture
    return square


def _with_heat(square: NDArray[np.uint8], evidence: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    x, y = (_SIDE - size[0]) // 2, (_SIDE - size[1]) // 2
    rgba = heat_rgba(evidence, size).astype(np.float32)
    cover = rgba[:, :, 3:] / 255.0 * _OPACITY
    under = square[y : y + size[1], x : x + size[0]].astype(np.float32)
    square[y : y + size[1], x : x + size[0]] = np.rint(rgba[:, :, :3] * cover + under * (1.0 - cover)).astype(np.uint8)
    return square


def _outline(
    picture: NDArray[np.uint8], example: Example, origin: tuple[float, float], scale: float, offset: tuple[int, int]
) -> None:
    """Draw the true boxes, a little outside of the marks so that these stay free."""
    for x, y, width, height in example.boxes or ():
        left, top = (x - origin[0]) * scale + offset[0] - 3, (y - origin[1]) * scale + offset[1] - 3
        corner = (round(left + width * scale) + 6, round(top + height * scale) + 6)
        cv2.rectangle(picture, (round(left), round(top)), corner, _TRUTH, 1)


def _centre(found: Evaluation, index: int, size: tuple[int, int]) -> tuple[float, float]:
    """Where the close-up looks: at the peak where the chip was judged a defect, else at the first true mark."""
    boxes, which = found.judged.examples[index].boxes, int(found.judged_class[index])
    peak = found.judged.peaks[index]
    failed = which >= 0 and bool(found.classes.defect_mask[which])
    if boxes and not failed:
        x, y, width, height = boxes[0]
        return x + width / 2, y + height / 2
    if np.isfinite(peak).all():
        return float(peak[0]), float(peak[1])
    return size[0] / 2, size[1] / 2
