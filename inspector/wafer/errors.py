"""One base for every mistake that a user can make and mend; its text is one sentence that says what to do."""

from __future__ import annotations


class InspectorError(Exception):
    """What went wrong, in which file, and what to do about it: shown to the user as it is."""

    exit_code = 1


class RecipeError(InspectorError):
    """A recipe that can't be used."""


class DatasetError(InspectorError):
    """A folder of labelled chips that can't be used."""


class ImageError(InspectorError):
    """An image that was rejected before any of its chips was judged."""


class ImageSpoiltError(ImageError):
    """An image that turned out damaged after some of its chips were judged: nothing on it may stand."""


class ImageChangedError(ImageSpoiltError):
    """An image whose file changed while it was read."""


class ModelError(InspectorError):
    """A model folder that can't be used."""


class RecordError(InspectorError):
    """A record that can't be opened, read or written."""


def printable(text: object) -> str:
    """Text that any screen, log or database can take: bytes of a path that are not UTF-8 appear as \\xNN."""
    decoded = str(text).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in decoded)
