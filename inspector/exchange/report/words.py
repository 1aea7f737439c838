"""The report's words in one language: texts with their values, numbers with their nouns, shares as percent."""

from __future__ import annotations

from typing import Literal

from inspector.exchange.report.texts import TEXTS

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = ("en", "ja")


class Words:
    """The texts in one language. parts: of a product whose wafers are single parts, where a text has such a form."""

    def __init__(self, language: Language, parts: bool = False) -> None:
        self.language: Language = language
        self._place = LANGUAGES.index(language)
        self.parts = parts

    def _text(self, key: str) -> str:
        of_parts = f"{key}_parts"
        return TEXTS[of_parts if self.parts and of_parts in TEXTS else key][self._place]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values filled in; KeyError for an unknown key or a value that is missing."""
        text = self._text(key)
        return text.format(**values) if values else text

    def count(self, key: str, n: int) -> str:
        """A number with its noun: "1 chip", "2 chips"."""
        one, _, many = self._text(key).partition("|")
        return (one if n == 1 or not many else many).format(n=f"{n:,}")

    def joined(self, parts: list[str]) -> str:
        return self("list_comma").join(parts)


def percent(share: float | None) -> str:
    """A share to one place, with more places where it would be rounded to all or nothing; a dash for none."""
    if share is None:
        return "–"
    for places in (1, 2, 3, 4):
        text = f"{100 * share:.{places}f}"
        if share in (0.0, 1.0) or float(text) not in (0.0, 100.0):
            return f"{text} %"
    return "<0.0001 %" if share < 0.5 else ">99.9999 %"
