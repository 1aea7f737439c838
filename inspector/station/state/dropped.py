"""Which of the dropped files are images: files by their suffix, folders searched through."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData

from inspector.wafer.manifest import IMAGE_SUFFIXES, images_below


def dropped_images(mime: QMimeData) -> list[Path]:
    """The local images of a drop, in its order; those of a folder by name."""
    return images_in(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def images_in(paths: Iterable[Path]) -> list[Path]:
    """Files with an image's suffix, each once; a folder stands for all images in it but a record's working copies."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(images_below(path))
        elif path.suffix.lower() in IMAGE_SUFFIXES and path.is_file():
            found[path] = None
    return list(found)
