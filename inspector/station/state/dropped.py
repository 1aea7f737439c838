"""Which of the dropped files are images: files by their suffix, folders searched through."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData

from inspector.wafer.manifest import IMAGE_SUFFIXES


def dropped_images(mime: QMimeData) -> list[Path]:
    """The local images of a drop, in its order; those of a folder by name."""
    return images_in(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def images_in(paths: Iterable[Path]) -> list[Path]:
    """Files with an image's suffix, each once; a folder stands for all images in it."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(sorted(p for p in path.rglob("*") if _is_image(p)))
        elif _is_image(path):
            found[path] = None
    return list(found)


def _is_image(path: Path) -> bool:
    return path.suffix.lower() in IMAGE_SUFFIXES and path.is_file()
