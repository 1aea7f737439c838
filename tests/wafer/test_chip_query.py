"""The search line: what is understood, what is refused and how, and what is offered while one types."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.wafer.chip_completions import completions
from inspector.wafer.chip_query import Field, Query, QueryWords, parse
from inspector.wafer.classes import ChipClass, ClassSet, Verdict
from inspector.wafer.errors import QueryError, QueryProblem
from inspector.wafer.grid import WaferKey

CLASSES = ClassSet(
    (
        ChipClass("clean", Verdict.GOOD, "1", (), {"en": "Clean", "ja": "良品"}, "#009E73", ""),
        ChipClass(
            "pit", Verdict.DEFECT, "2", ("deep", "flat"), {"en": "Pit on stripe", "ja": "ピット"}, "#D55E00", "●"
        ),
        ChipClass("scratch", Verdict.DEFECT, "3", (), {"en": "Scratch", "ja": "傷"}, "#E69F00", "／"),
    )
)
WORDS = QueryWords.of_classes(CLASSES)


def test_that_the_line_of_the_issue_is_understood() -> None:
    query = parse("class:scratch p>0.3 state:open", WORDS)

    assert [(t.field, t.values) for t in query.terms] == [
        (Field.CLASS, ("scratch",)),
        (Field.P, ()),
        (Field.STATE, ("open",)),
    ]
    assert (query.terms[1].low, query.terms[1].high, query.terms[1].open_ended) == (0.3, math.inf, True)


@pytest.mark.parametrize(
    "line", ["class:傷", "class:ＳＣＲＡＴＣＨ", "CLASS：scratch", "class=Scratch", "傷", "scratch"]
)
def test_that_a_class_is_known_by_its_title_and_from_a_japanese_keyboard(line: str) -> None:
    assert parse(line, WORDS).text == "class:scratch"


def test_that_a_part_of_a_title_is_enough_where_one_class_has_it() -> None:
    assert parse("class:stripe,ピッ", WORDS).terms[0].values == ("pit",)
    assert parse("stripe", WORDS).text == "class:pit"
    with pytest.raises(QueryError):
        parse("class:c", WORDS)  # clean and scratch


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [("p>=30%", 0.3, math.inf), ("ｐ＜０．５", -math.inf, 0.5), ("p:0.4..0.2", 0.2, 0.4), ("p=1", 1.0, 1.0)],
)
def test_that_numbers_have_limits(line: str, low: float, high: float) -> None:
    term = parse(line, WORDS).terms[0]

    assert (term.low, term.high) == pytest.approx((low, high))


@pytest.mark.parametrize(("line", "hours"), [("decided<90m", 1.5), ("decided<2h", 2.0), ("decided<1d", 24.0)])
def test_that_a_time_is_counted_in_hours(line: str, hours: float) -> None:
    assert parse(line, WORDS).terms[0].high == hours


def test_that_several_values_are_alternatives_and_a_minus_turns_a_term_round() -> None:
    query = parse("-class:pit,傷 -open", WORDS)

    assert query.text == "-class:pit,scratch -state:open"
    assert all(term.negative for term in query.terms)


def test_that_the_same_term_counts_once_and_goes_when_it_is_taken_out() -> None:
    query = parse("open state:open zone:edge", WORDS)

    assert query.text == "state:open zone:edge"
    assert query.without(query.terms[0]).text == "zone:edge"


@pytest.mark.parametrize(
    ("line", "problem", "word", "of"),
    [
        ("colour:red", QueryProblem.WORD, "colour", ""),
        ("nonsense", QueryProblem.WORD, "nonsense", ""),
        ("class:crack", QueryProblem.VALUE, "crack", "class"),
        ("state:done", QueryProblem.VALUE, "done", "state"),
        ("zone:north", QueryProblem.VALUE, "north", "zone"),
        ("class:", QueryProblem.EMPTY, "class", ""),
        ("state:,", QueryProblem.EMPTY, "state", ""),
        ("p>high", QueryProblem.NUMBER, "high", "p"),
        ("p>nan", QueryProblem.NUMBER, "nan", "p"),
        ("decided<2", QueryProblem.NUMBER, "2", "decided"),
        ("class>pit", QueryProblem.NO_NUMBER, "class", ""),
    ],
)
def test_that_what_is_not_known_is_named_with_what_is(line: str, problem: QueryProblem, word: str, of: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(line, WORDS)

    assert (caught.value.problem, caught.value.word, caught.value.of) == (problem, word, of)
    assert word in str(caught.value)
    assert all(known in str(caught.value) for known in caught.value.known)


def test_that_an_unknown_class_names_the_classes_of_the_recipe() -> None:
    with pytest.raises(QueryError, match="'crack' is no class: known are clean, pit, scratch"):
        parse("class:crack", WORDS)


@given(st.text(max_size=40))
def test_that_any_text_is_understood_or_refused_and_what_is_understood_reads_back_the_same(line: str) -> None:
    try:
        query = parse(line, WORDS)
    except QueryError:
        return
    assert parse(query.text, WORDS).text == query.text


def test_that_a_name_with_a_space_reads_back_the_same() -> None:
    query = parse('operator:"Kato S"', WORDS)

    assert query.terms[0].values == ("kato s",)
    assert parse(query.text, WORDS) == query


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("lot:l1", True),
        ("lot:L2", False),
        ("wafer:w0", True),
        ("wafer:*7", True),
        ("-wafer:w07", False),
        ("open", True),
    ],
)
def test_that_lot_and_wafer_choose_wafers(line: str, fits: bool) -> None:
    assert parse(line, WORDS).fits_wafer(WaferKey("L1", "W07")) is fits


def test_that_only_the_star_stands_for_more_than_itself() -> None:
    query = parse("lot:L[1]", WORDS)

    assert query.fits_wafer(WaferKey("L[1]-A", "W"))
    assert not query.fits_wafer(WaferKey("L1", "W"))


def test_that_terms_about_wafers_are_not_asked_of_chips() -> None:
    query = parse("lot:L1 open", WORDS)

    assert query.of_chips.text == "state:open"
    assert Query(query.of_wafers).text == "lot:l1"


def offered(line: str, words: QueryWords = WORDS) -> list[str]:
    return [c.text for c in completions(line, words)]


def test_that_fields_are_offered_first_and_then_their_values() -> None:
    assert offered("open s") == ["state:", "subtype:"]
    assert offered("-p") == ["-p>"]
    assert offered("class:") == ["class:clean", "class:pit", "class:scratch"]
    assert offered("zone:e") == ["zone:edge"]
    assert offered("state:open,dec") == ["state:open,decided"]


def test_that_a_class_is_offered_for_its_japanese_title() -> None:
    assert offered("class:ピ") == ["class:pit"]


def test_that_nothing_is_offered_once_the_word_is_whole() -> None:
    assert offered("zone:edge") == []
    assert offered("colour:") == []


def test_that_names_with_spaces_are_offered_in_quotes() -> None:
    assert offered("operator:", QueryWords(operators=("Kato S",))) == ['operator:"Kato S"']
