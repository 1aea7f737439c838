"""Which wafers the dropped or chosen paths stand for, by the recipe; and whether a drop holds pictures at all."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QMimeData

from inspector.imaging.sources.wafers_below import ZARR, wafers_below
from inspector.wafer.manifest import IMAGE_SUFFIXES, images_below
from inspector.wafer.recipe import Recipe
from inspector.wafer.source_sections import compiled


def dropped_paths(mime: QMimeData) -> list[Path]:
    """The local images of a drop, in its order, and the folders that hold some."""
    return pictured(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def pictured(paths: Iterable[Path]) -> list[Path]:
    """Image files, and folders with an image or an OME-Zarr in them, each once."""
    return list(dict.fromkeys(path for path in paths if _has_pictures(path)))


def first_picture(path: Path) -> Path | None:
    """The image itself, or the first one below a folder; None where there is none."""
    return next(iter(images_below(path)), None) if path.is_dir() else path


def wafers_of(paths: Iterable[Path], recipe: Recipe | None) -> list[Path]:
    """The wafers that paths stand for, each once: with [shots] or [chip_files] a picture stands for its folder."""
    if recipe is None:
        return list(dict.fromkeys(paths))
    roots = dict.fromkeys(path.parent if _is_piece(path, recipe) else path for path in paths)
    with suppress(OSError):  # a folder that is not ours to read, or gone meanwhile
        return list(dict.fromkeys(wafer for root in roots for wafer in wafers_below(root, recipe)))
    return []


def _has_pictures(path: Path) -> bool:
    if not path.is_dir():
        return path.suffix.lower() in IMAGE_SUFFIXES and path.is_file()
    return path.suffix.lower() == ZARR or bool(images_below(path)) or any(path.rglob(f"*{ZARR}"))


def _is_piece(path: Path, recipe: Recipe) -> bool:
    """True for one of the pictures that make up a wafer, which nobody means to judge by itself."""
    if path.is_dir():
        return False
    if recipe.shots is not None and recipe.shots.positions is not None:
        return (path.parent / recipe.shots.positions).is_file()
    section = recipe.shots or recipe.chip_files
    return section is not None and compiled(section.files).fullmatch(path.name) is not None
