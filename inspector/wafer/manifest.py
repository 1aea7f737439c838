"""Labelled chips on disk: class folders with, where there is one, a manifest.csv beside them."""

from __future__ import annotations

import csv
import glob
import json
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector.wafer.errors import DatasetError

FIELDS = (
    "path",
    "class",
    "subtype",
    "lot",
    "wafer",
    "column",
    "row",
    "boxes",
    "point_x",
    "point_y",
    "split",
    "borderline",
    "accepted",
    "note",
)
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Example:
    """One labelled chip.

    path: where its image lies. boxes: (x, y, w, h) of defects in chip pixels; None where nobody located anything, an
    empty tuple where it is known that there is nothing to locate. point: (x, y) that a person clicked.
    split: "train", "test" or "". accepted: labelled by the machine, and nobody has looked. note: a person's words.
    """

    path: Path
    class_name: str
    subtype: str = ""
    lot: str = ""
    wafer: str = ""
    column: int | None = None
    row: int | None = None
    boxes: tuple[Box, ...] | None = None
    point: tuple[float, float] | None = None
    split: str = ""
    borderline: bool = False
    accepted: bool = False
    note: str = ""


def read_dataset(folder: Path) -> list[Example]:
    """Every labelled chip below a folder, sorted by path.

    Class folders stand in the folder itself or below `train/` and `test/`. A manifest.csv in the folder (or in a split
    folder) adds what it knows to the images that it names; the images it does not name are labelled by their folder.
    DatasetError where there is nothing to use.
    """
    if not folder.is_dir():
        raise DatasetError(f"The dataset {folder} is not a folder: name the folder that holds the class folders.")
    splits = [name for name in ("train", "test") if (folder / name).is_dir()]
    manifest = _read_manifest(folder)
    examples = dict(manifest)
    for split in splits or [""]:
        root = folder / split if split else folder
        examples |= {k: v for k, v in _read_manifest(root, split).items() if k not in manifest} if split else {}
        for path, class_name in _class_folder_images(root):
            examples.setdefault(path, Example(path, class_name, split=split))
    if not examples:
        raise DatasetError(f"The dataset {folder} holds no images: it needs one folder of images per class.")
    return [examples[path] for path in sorted(examples)]


def _class_folder_images(root: Path) -> Iterator[tuple[Path, str]]:
    for class_folder in sorted(p for p in root.iterdir() if p.is_dir() and not p.name.startswith(".")):
        for path in images_below(class_folder):
            yield path, class_folder.name


def images_below(folder: Path) -> list[Path]:
    """Every image below a folder, sorted; hidden files and folders and a record's own working copies are left out."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in IMAGE_SUFFIXES and path.is_file() and not _is_private(path, folder)
    ]


def _is_private(path: Path, root: Path) -> bool:
    below = path.relative_to(root)
    return any(part.startswith(".") for part in below.parts) or any(is_of_record(root / p) for p in below.parents)


def is_of_record(folder: Path) -> bool:
    """True for `r.images` beside a record `r.db`; another folder of such a name is a folder like any other."""
    if folder.suffix != ".images":
        return False
    return any(p.is_file() for p in folder.parent.glob(glob.escape(folder.stem) + ".*"))


def _read_manifest(root: Path, split: str = "") -> dict[Path, Example]:
    path = root / "manifest.csv"
    if not path.is_file():
        return {}
    found = {}
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
            for row in reader:
                if any((value or "").strip() for name, value in row.items() if name):
                    example = _example(row, root, path, reader.line_num, split)
                    found[example.path] = example
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(f"{path} can't be read ({error}): save it as a UTF-8 CSV file.") from error
    return found


def _example(row: dict[str, str | None], root: Path, manifest: Path, number: int, split: str) -> Example:
    def cell(name: str) -> str:
        return (row.get(name) or "").strip()

    if not cell("path") or not cell("class"):
        raise DatasetError(f"{manifest}, line {number}: path and class are needed: fill them in.")
    image = root / Path(cell("path"))
    if not image.is_file():
        raise DatasetError(f"{manifest}, line {number}: {image} does not exist: mend the path or remove the line.")
    try:
        boxes = cell("boxes")
        point = (_number(cell("point_x")), _number(cell("point_y"))) if cell("point_x") and cell("point_y") else None
        return Example(
            image,
            cell("class"),
            cell("subtype"),
            cell("lot"),
            cell("wafer"),
            _whole(cell("column")) if cell("column") else None,
            _whole(cell("row")) if cell("row") else None,
            tuple(_box(b) for b in json.loads(boxes)) if boxes not in ("", "null") else None,
            point,
            cell("split").lower() or split,
            cell("borderline").lower() in ("1", "true", "yes"),
            cell("accepted").lower() in ("1", "true", "yes"),
            cell("note"),
        )
    except (ValueError, TypeError) as error:
        raise DatasetError(f"{manifest}, line {number}: {error}: mend that line.") from error


def _box(values: object) -> Box:
    if not isinstance(values, list) or len(values) != 4:
        raise ValueError("a box is [x, y, width, height]")
    x, y, w, h = (_number(v) for v in values)
    if w < 0 or h < 0:
        raise ValueError("a box has a width and a height of 0 or more")
    return x, y, w, h


def _number(value: object) -> float:
    number = float(str(value))
    if not math.isfinite(number):
        raise ValueError(f"{value} is no place in an image")
    return number


def _whole(text: str) -> int:
    """A column or row; tables that passed through other programs say 3.0 for 3."""
    if not float(text).is_integer():
        raise ValueError(f"{text} is no whole number")
    return int(float(text))


def write_manifest(root: Path, examples: Iterable[Example]) -> Path:
    """Write `root/manifest.csv` whole or not at all; paths are written relative to root. Returns its path."""
    target = root / "manifest.csv"
    partial = root / "manifest.csv.part"
    with partial.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(FIELDS)
        for example in examples:
            writer.writerow(_row(example, root))
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(target)
    return target


def _row(example: Example, root: Path) -> list[str]:
    boxes = "" if example.boxes is None else json.dumps([[_short(v) for v in box] for box in example.boxes])
    point = example.point or ("", "")
    return [
        example.path.relative_to(root).as_posix(),
        example.class_name,
        example.subtype,
        example.lot,
        example.wafer,
        "" if example.column is None else str(example.column),
        "" if example.row is None else str(example.row),
        boxes,
        str(point[0]),
        str(point[1]),
        example.split,
        "1" if example.borderline else "",
        "1" if example.accepted else "",
        example.note,
    ]


def _short(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(float(value), 2)
