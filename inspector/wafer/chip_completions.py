"""How a search line may go on while it is typed."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.wafer.chip_query import NUMBERS, Field, QueryWords, plain


@dataclass(frozen=True)
class Completion:
    """What can stand from `start` on in the line; `value` is empty while a field is still being typed."""

    start: int
    text: str
    field: Field
    value: str = ""


def completions(line: str, words: QueryWords) -> list[Completion]:
    """How the last word of a line may go on, the fields first, then what is known behind the field's colon."""
    start = max(line.rfind(" "), line.rfind("\u3000")) + 1
    typed = plain(line[start:])
    no = "-" if typed.startswith("-") else ""
    word, colon, value = typed.removeprefix("-").partition(":")
    if not colon:
        found = [of for of in Field if of.startswith(word)]
        return [Completion(start, f"{no}{of}{'>' if of in NUMBERS else ':'}", of) for of in found]
    if word not in tuple(Field):
        return []
    of, before = Field(word), value.rpartition(",")
    kept = f"{before[0]}," if before[1] else ""
    fits = [v for v in words.values(of) if _fits(of, v, before[2], words)]
    return [Completion(start, f"{no}{of}:{kept}{_quoted(v)}", of, v) for v in fits]


def _fits(of: Field, value: str, typed: str, words: QueryWords) -> bool:
    names = [plain(value)]
    if of in (Field.CLASS, Field.MACHINE):
        names += [title for title, name in words.classes.items() if name == value]
    return any(name.startswith(typed) for name in names) and typed not in names


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
