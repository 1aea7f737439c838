"""What the floors below the window say, in the reader's language.

They write English sentences, for the terminal and the log as well. The catalogue has each sentence once, with {words}
for what varies; what stands there is looked up too, for an image's fault and the way out come from many places.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QLocale

from inspector.paths import resource
from inspector.station.state.settings import Language

_WORD = re.compile(r"\{(\w+)\}")
# What stands for words of the program. Everything else is a name, a path or a number, and stays as it is: a person may
# be called "operator", and a lot "top".
_LOOKED_UP = {"act", "allowed", "clue", "detail", "kind", "mark", "piece", "pieces", "place", "remedy", "role", "side"}
_LOOKED_UP |= {"sure", "twice", "version", "waits", "wanted", "what", "where"}
_IMAGE = "The image {{image}} {}: {{remedy}}."
_Lines = list[tuple[re.Pattern[str], str]]


def told(error: object) -> str:
    """An error, or a sentence, for the screen: in the language that it speaks now."""
    japanese = QLocale().language() == QLocale.Language.Japanese
    return in_language(str(error), "ja" if japanese else "en")


def in_language(sentence: str, language: Language) -> str:
    """The sentence as the catalogue has it; a sentence that it does not know stays as it is."""
    if language == "en":
        return sentence
    sentences, parts = _catalogue(language)
    return _told(sentence, sentences, parts) or sentence


def _told(text: str, lines: _Lines, parts: _Lines) -> str | None:
    for pattern, wanted in lines:
        found = pattern.fullmatch(text)
        if found is not None:
            words = {
                name: (_told(value, parts, parts) if name in _LOOKED_UP else None) or value
                for name, value in found.groupdict().items()
            }
            return wanted.format_map(words)
    return None


@lru_cache(maxsize=1)
def _catalogue(language: Language) -> tuple[_Lines, _Lines]:
    """Whole sentences, and parts of them."""
    tables = tomllib.loads(resource("translations", f"sentences_{language}.toml").read_text(encoding="utf-8"))
    images = {
        _IMAGE.format(fault): tables["image"].replace("{fault}", told) for fault, told in tables["images"].items()
    }
    return _lines(tables["sentences"] | images), _lines(tables["parts"])


def _lines(table: Mapping[str, str]) -> _Lines:
    """The sentences with the most letters of their own first: a general one must not speak for a special one."""
    order = sorted(table, key=lambda text: -len(_WORD.sub("", text)))
    return [(_pattern(text), table[text]) for text in order]


def _pattern(text: str) -> re.Pattern[str]:
    pieces = _WORD.split(text)  # own text, word, own text, ...
    return re.compile("".join(re.escape(p) if n % 2 == 0 else f"(?P<{p}>.*?)" for n, p in enumerate(pieces)), re.DOTALL)
