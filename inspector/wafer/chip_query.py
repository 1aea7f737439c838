"""The search line's language: `class:scratch p>0.3 state:open` becomes terms that chips are held against."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from fnmatch import fnmatchcase

from inspector.wafer.classes import ClassSet, Verdict
from inspector.wafer.errors import QueryError, QueryProblem
from inspector.wafer.grid import WaferKey
from inspector.wafer.zones import ZONES


class Field(StrEnum):
    """The words before the colon, in the order in which they are offered.

    class: of the standing answer. machine: the class that the machine judged. decided: how long ago, `<2h`, `>1d`.
    """

    CLASS = "class"
    P = "p"
    STATE = "state"
    ZONE = "zone"
    OPERATOR = "operator"
    MACHINE = "machine"
    VERDICT = "verdict"
    SUBTYPE = "subtype"
    NOVELTY = "novelty"
    DECIDED = "decided"
    MODEL = "model"
    COLUMN = "column"
    ROW = "row"
    LOT = "lot"
    WAFER = "wafer"


class ChipState(IntFlag):
    """What can be said of a chip's state, several at once; the names in small letters are words of the search line.

    open: wants eyes, and nobody has decided. accepted: judged good, neither borderline nor novel. undecided, defect,
    borderline and novel are the machine's reasons and stay whatever people decide. audit: drawn from the accepted.
    """

    OPEN = 1 << 0
    DECIDED = 1 << 1
    UNDECIDED = 1 << 2
    DEFECT = 1 << 3
    BORDERLINE = 1 << 4
    NOVEL = 1 << 5
    ACCEPTED = 1 << 6
    AUDIT = 1 << 7
    CONFIRMED = 1 << 8
    RELABELLED = 1 << 9
    UNSURE = 1 << 10
    EXCLUDED = 1 << 11
    SECOND = 1 << 12
    AGREED = 1 << 13
    DISPUTED = 1 << 14
    ADJUDICATED = 1 << 15
    RETURNED = 1 << 16
    UNJUDGED = 1 << 17


STATES: Mapping[str, ChipState] = {str(state.name).lower(): state for state in ChipState}
NUMBERS = (Field.P, Field.NOVELTY, Field.DECIDED, Field.COLUMN, Field.ROW)
OF_WAFER = (Field.LOT, Field.WAFER)
_HOURS = {"m": 1 / 60, "h": 1.0, "d": 24.0}
_SPELLINGS = {"center": "centre"}
_VERDICTS = tuple(verdict.value for verdict in Verdict)
_TERM = re.compile(r'(?P<no>-?)(?P<word>[^\s:<>="]+)(?:(?P<sign><=|>=|[:<>=])(?P<value>(?:"[^"]*"?|[^\s"])*))?')
_SPAN = re.compile(r"^(.+?)\.\.(.+)$")


@dataclass(frozen=True)
class QueryWords:
    """What may stand behind the colon, where that is known. classes: title or name, in small letters -> name."""

    classes: Mapping[str, str] = field(default_factory=dict)
    subtypes: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    wafers: tuple[str, ...] = ()

    @classmethod
    def of_classes(cls, classes: ClassSet) -> QueryWords:
        """The words of a recipe: names, and titles in every language."""
        named = {plain(title): c.name for c in classes for title in c.titles.values()}
        named |= {plain(c.name): c.name for c in classes}
        return cls(named, tuple(dict.fromkeys(s for c in classes for s in c.subtypes)))

    def classes_with(self, part: str) -> set[str]:
        """The names of the classes of which a title holds this."""
        return {name for title, name in self.classes.items() if part in title}

    def values(self, of: Field) -> tuple[str, ...]:
        """The values that can be offered behind a field's colon."""
        if of in (Field.CLASS, Field.MACHINE):
            return tuple(dict.fromkeys(self.classes.values()))
        closed = {
            Field.STATE: tuple(STATES),
            Field.ZONE: tuple(ZONES),
            Field.VERDICT: _VERDICTS,
            Field.SUBTYPE: self.subtypes,
            Field.OPERATOR: self.operators,
            Field.MODEL: self.models,
            Field.LOT: self.lots,
            Field.WAFER: self.wafers,
        }
        return closed.get(of, ())


@dataclass(frozen=True)
class Term:
    """One condition. values: any of them holds. low, high: of a number, both included unless `open_ended`.

    text: as it is written in one way only, on a pill and in the settings.
    """

    field: Field
    text: str
    values: tuple[str, ...] = ()
    low: float = float("-inf")
    high: float = float("inf")
    open_ended: bool = False
    negative: bool = False


@dataclass(frozen=True)
class Query:
    """Terms that must all hold; without any, every chip is found."""

    terms: tuple[Term, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(term.text for term in self.terms)

    @property
    def of_wafers(self) -> tuple[Term, ...]:
        """The terms about lots and wafers, which choose wafers and not chips."""
        return tuple(term for term in self.terms if term.field in OF_WAFER)

    @property
    def of_chips(self) -> Query:
        return Query(tuple(term for term in self.terms if term.field not in OF_WAFER))

    def fits_wafer(self, key: WaferKey) -> bool:
        """True where every term about lots and wafers holds; a name begins so, or is like a pattern with *."""
        names = {Field.LOT: plain(key.lot), Field.WAFER: plain(key.wafer)}
        return all(
            any(fnmatchcase(names[term.field], _pattern(value)) for value in term.values) != term.negative
            for term in self.of_wafers
        )

    def without(self, term: Term) -> Query:
        return Query(tuple(t for t in self.terms if t != term))

    def and_also(self, terms: Iterable[Term]) -> Query:
        """Those terms too, each once."""
        return Query(tuple(dict.fromkeys((*self.terms, *terms))))


ALL = Query()


def parse(text: str, words: QueryWords) -> Query:
    """The terms of a search line. QueryError for a word that is not known, with those that are.

    Full-width letters and signs, as a Japanese keyboard writes them, mean the plain ones. A word without a colon is
    a state, a zone or a class.
    """
    return Query().and_also(_term(match, words) for match in _TERM.finditer(unicodedata.normalize("NFKC", text)))


def _term(match: re.Match[str], words: QueryWords) -> Term:
    word, sign, negative = plain(match["word"]), match["sign"], bool(match["no"])
    if sign is None:
        return _bare(word, words, negative)
    try:
        of = Field(word)
    except ValueError:
        raise QueryError(QueryProblem.WORD, match["word"], tuple(Field)) from None
    value = match["value"].replace('"', "").strip()
    if not value:
        raise QueryError(QueryProblem.EMPTY, of, words.values(of))
    if of in NUMBERS:
        return _number_term(of, sign, value, negative)
    if sign not in (":", "="):
        raise QueryError(QueryProblem.NO_NUMBER, of, tuple(NUMBERS))
    values = tuple(dict.fromkeys(_value(of, part, words) for part in re.split("[,、]", value) if part.strip()))
    if not values:
        raise QueryError(QueryProblem.EMPTY, of, words.values(of))
    return _named_term(of, values, negative)


def _pattern(value: str) -> str:
    """Only * stands for more than itself."""
    exact = value.replace("[", "[[]").replace("?", "[?]")
    return exact if "*" in exact else f"{exact}*"


def _bare(word: str, words: QueryWords, negative: bool) -> Term:
    word = _SPELLINGS.get(word, word)
    for of, known in ((Field.STATE, STATES), (Field.ZONE, ZONES), (Field.CLASS, words.classes)):
        if word in known:
            return _named_term(of, (_value(of, word, words),), negative)
    if len(word) > 1 and len(meant := words.classes_with(word)) == 1:
        return _named_term(Field.CLASS, tuple(meant), negative)
    raise QueryError(QueryProblem.WORD, word, tuple(Field))


def _named_term(of: Field, values: tuple[str, ...], negative: bool) -> Term:
    written = ",".join(values)
    written = f'"{written}"' if " " in written else written
    return Term(of, f"{'-' * negative}{of}:{written}", values, negative=negative)


def _value(of: Field, value: str, words: QueryWords) -> str:
    named = _SPELLINGS.get(plain(value), plain(value))
    if of in (Field.CLASS, Field.MACHINE):
        meant = {words.classes[named]} if named in words.classes else words.classes_with(named)
        if len(meant) != 1:
            raise QueryError(QueryProblem.VALUE, value, words.values(of), of)
        return meant.pop()
    if of in (Field.STATE, Field.ZONE, Field.VERDICT) and named not in words.values(of):
        raise QueryError(QueryProblem.VALUE, value, words.values(of), of)
    return named


def _number_term(of: Field, sign: str, value: str, negative: bool) -> Term:
    span = _SPAN.match(value) if sign in (":", "=") else None
    start = f"{'-' * negative}{of}"
    if span:
        low, high = _number(of, span[1]), _number(of, span[2])
        return Term(of, f"{start}:{span[1]}..{span[2]}", low=min(low, high), high=max(low, high), negative=negative)
    number = _number(of, value)
    if sign in (":", "="):
        return Term(of, f"{start}={value}", low=number, high=number, negative=negative)
    if sign[0] == "<":
        return Term(of, f"{start}{sign}{value}", high=number, open_ended=sign == "<", negative=negative)
    return Term(of, f"{start}{sign}{value}", low=number, open_ended=sign == ">", negative=negative)


def _number(of: Field, text: str) -> float:
    """Hours for `decided`; 30% is 0.3."""
    factor, digits = 1.0, text
    if of is Field.DECIDED:
        factor, digits = _HOURS.get(text[-1:].lower(), 0.0), text[:-1]
    elif text.endswith("%"):
        factor, digits = 0.01, text[:-1]
    try:
        number = float(digits) * factor
    except ValueError:
        number = float("nan")
    if not factor or number != number:
        example = "2h" if of is Field.DECIDED else "3" if of in (Field.COLUMN, Field.ROW) else "0.3"
        raise QueryError(QueryProblem.NUMBER, text, (f"{of}>{example}",), of)
    return number


def plain(text: str) -> str:
    """A word as it is compared: full-width and large letters count as plain small ones."""
    return unicodedata.normalize("NFKC", text).strip().casefold()
