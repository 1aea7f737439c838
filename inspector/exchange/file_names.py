"""File names made from names of lots, wafers and classes: safe on every system, and never one name for two things."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

_PLAIN = frozenset("-_.+=() ")
_LONGEST = 80  # bytes of one part; two parts, a mark and a chip's place stay below the 255 that file systems allow
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL"} | {f"{d}{n}" for d in ("COM", "LPT") for n in "0123456789¹²³"})
_MARKS = (8, 16, 64)  # hexadecimal digits; more where fewer do not tell two names apart

Key = TypeVar("Key", bound=Hashable)


def safe_part(text: str) -> str:
    """Text as it may stand in a file name: letters, digits and a few signs, NFC, short, no device name."""
    plain = unicodedata.normalize("NFC", text)
    plain = "".join(c if c.isalnum() or c in _PLAIN else "_" for c in plain)
    plain = plain.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").strip(". ") or "_"
    return f"_{plain}" if plain.split(".")[0].upper() in _DEVICES else plain


def file_stems(parts: Mapping[Key, tuple[str, ...]]) -> dict[Key, str]:
    """One file name stem for each key: its parts joined by "_".

    Where a part had to be changed, or where two stems would be the same file on a system that ignores case, a mark made
    from the parts themselves follows, so that two keys never share a file and a stem is the same each time.
    """
    stems = {}
    for key, texts in parts.items():
        safe = [safe_part(text) for text in texts]
        stem = "_".join(safe)
        stems[key] = stem if safe == list(texts) else _marked(stem, texts, _MARKS[0])
    for digits in _MARKS:
        for key in _twins(stems):
            stems[key] = _marked(stems[key], parts[key], digits)
    return stems


def _marked(stem: str, texts: tuple[str, ...], digits: int) -> str:
    whole = "\0".join(texts).encode("utf-8", "surrogatepass")
    return f"{stem}-{hashlib.sha256(whole).hexdigest()[:digits]}"


def _twins(stems: Mapping[Key, str]) -> list[Key]:
    folded = {key: unicodedata.normalize("NFC", stem.casefold()) for key, stem in stems.items()}
    seen = Counter(folded.values())
    return [key for key, name in folded.items() if seen[name] > 1]
