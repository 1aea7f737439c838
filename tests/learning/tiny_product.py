"""A product small enough to learn in seconds: grey chips of 64x64 pixels, clean, spotted or scratched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.wafer.manifest import Box, Example, write_manifest
from inspector.wafer.recipe import Recipe

CLASSES = ("clean", "spot", "scratch")


def make_recipe(**training: object) -> Recipe:
    return Recipe.model_validate(
        {
            "product": {"name": "tiny"},
            "grid": {"kind": "whole"},
            "classes": [
                {"name": "clean", "verdict": "good"},
                {"name": "spot", "verdict": "defect", "subtypes": ["small", "large"]},
                {"name": "scratch", "verdict": "defect"},
            ],
            "model": {"input": [64, 64]},
            "training": training,
        }
    )


def draw_chip(name: str, rng: np.random.Generator) -> tuple[NDArray[np.uint8], tuple[Box, ...]]:
    """uint8 (64, 64) of a class, and where its mark lies."""
    pixels = rng.normal(120, 6, (64, 64))
    boxes: tuple[Box, ...] = ()
    x, y = (int(v) for v in rng.integers(8, 48, 2))
    if name == "spot":
        pixels[y : y + 6, x : x + 6] -= 60
        boxes = ((float(x), float(y), 6.0, 6.0),)
    elif name == "scratch":
        pixels[y : y + 2, 8:56] += 70
        boxes = ((8.0, float(y), 48.0, 2.0),)
    return np.clip(pixels, 0, 255).astype(np.uint8), boxes


def write_dataset(
    folder: Path, per_class: int = 12, lots: int = 4, boxes: bool = True, seed: int = 0, lot_letter: str = "L"
) -> Path:
    """Class folders of chips and a manifest; lots 0: nobody knows them. Returns the folder."""
    rng = np.random.default_rng(seed)
    examples = []
    for class_name in CLASSES:
        (folder / class_name).mkdir(parents=True)
        for number in range(per_class):
            pixels, marks = draw_chip(class_name, rng)
            path = folder / class_name / f"{class_name}{number:03d}.png"
            path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
            lot = f"{lot_letter}{number % lots}" if lots else ""
            examples.append(Example(path, class_name, lot=lot, wafer=lot and "W1", boxes=marks if boxes else None))
    write_manifest(folder, examples)
    return folder
