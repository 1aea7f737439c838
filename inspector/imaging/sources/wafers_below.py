"""Which wafers a path names, and what they are called: files, OME-Zarrs, folders of shots or of chips."""

from __future__ import annotations

import os
from pathlib import Path

from inspector.wafer.errors import printable
from inspector.wafer.grid import WaferKey
from inspector.wafer.manifest import IMAGE_SUFFIXES, images_below
from inspector.wafer.recipe import Recipe

ZARR = ".zarr"


def wafers_below(path: Path, recipe: Recipe) -> list[Path]:
    """The wafers of a path, sorted; [] for a folder without any.

    With [shots] or [chip_files] in the recipe, a folder with pictures right in it is one wafer, and any other folder
    is looked through for such folders; else every image and every OME-Zarr below a folder is a wafer.
    """
    if not path.is_dir() or path.suffix.lower() == ZARR:
        return [path]
    if recipe.shots is None and recipe.chip_files is None:
        zarrs = [p for p in sorted(path.rglob(f"*{ZARR}")) if p.is_dir()]
        loose = [p for p in images_below(path) if not any(parent in zarrs for parent in p.parents)]
        return sorted([*loose, *zarrs])
    if any(p.suffix.lower() in IMAGE_SUFFIXES for p in path.iterdir() if p.is_file() and not p.name.startswith(".")):
        return [path]
    return [wafer for p in sorted(path.iterdir()) if _may_hold_wafers(p) for wafer in wafers_below(p, recipe)]


def wafer_key(path: Path, lot: str | None = None) -> WaferKey:
    """What a wafer is called where nobody says it: as its file or folder, in the lot of the folder around it."""
    around = Path(os.path.abspath(path)).parent.name
    return WaferKey(lot or printable(around) or "lot", printable(wafer_name(path)))


def wafer_name(path: Path) -> str:
    """A file's name without its ending; a folder's name whole: a dot in it, as in W01.2, begins no ending."""
    path = Path(os.path.abspath(path))  # "." has no name of its own
    return path.stem if path.suffix.lower() in IMAGE_SUFFIXES | {ZARR} or not path.is_dir() else path.name


def _may_hold_wafers(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".") and path.suffix not in (ZARR, ".images")
