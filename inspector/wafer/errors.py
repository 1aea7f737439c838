"""One base for every mistake that a user can make and mend; its text is one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


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


class OutdatedError(RecordError):
    """What is to be changed is no longer there, or no longer as it was: trying again can't help."""


class RoleError(RecordError):
    """An act that a person may not do, or nobody has signed in for; person, act and what go into the events."""

    def __init__(self, text: str, person: str = "", act: str = "", what: str = "") -> None:
        super().__init__(text)
        self.person = person
        self.act = act
        self.what = what


class QueryProblem(StrEnum):
    """What is wrong with a word of the search line."""

    WORD = "word"
    VALUE = "value"
    EMPTY = "empty"
    NUMBER = "number"
    NO_NUMBER = "no number"


class QueryError(InspectorError):
    """A search line that can't be understood. word: the one that is meant; known: what could stand there instead.

    of: the word before the colon, where the problem lies behind it.
    """

    def __init__(self, problem: QueryProblem, word: str, known: Sequence[str] = (), of: str = "") -> None:
        names = ", ".join(known)
        super().__init__(
            {
                QueryProblem.WORD: f"The search line has no word {word!r}: it knows {names}.",
                QueryProblem.VALUE: f"{word!r} is no {of}: known are {names}.",
                QueryProblem.EMPTY: f"Nothing stands behind {word!r}: write {word}:VALUE"
                + (f" ({names})." * bool(names) or "."),
                QueryProblem.NUMBER: f"{word!r} is no number for {of}: write it like {names}.",
                QueryProblem.NO_NUMBER: f"{word!r} is no number: write {word}:VALUE; numbers are {names}.",
            }[problem]
        )
        self.problem, self.word, self.known, self.of = problem, word, tuple(known), of


def printable(text: object) -> str:
    """Text that any screen, log or database can take: bytes of a path that are not UTF-8 appear as \\xNN."""
    decoded = str(text).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in decoded)
