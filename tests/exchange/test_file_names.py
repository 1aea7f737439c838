from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.exchange.file_names import file_stems, safe_part

HOSTILE = [
    "../../etc/passwd",
    "/etc",
    "..\\x",
    "C:x",
    "NUL",
    "con.txt",
    "a\x00b",
    "x" * 300,
    "ロット" * 100,
    "\u202egnp.exe",
    "..",
    "",
    " . ",
    "a\nb",
    'a"b<c>|?*',
    "bad\udcff",
]


def _check(stem: str) -> None:
    assert stem == unicodedata.normalize("NFC", stem)
    assert 0 < len(f"{stem}_c4000_r4000.png.part".encode()) <= 255
    assert not set(stem) & set('/\\:*?"<>|\0\n\u202e')
    assert stem.split(".")[0].upper() not in {"CON", "NUL", "AUX", "PRN", "COM1", "LPT1"}
    assert stem.strip(". ") == stem


@pytest.mark.parametrize("text", HOSTILE)
def test_that_a_hostile_name_becomes_a_plain_and_marked_file_name(text: str) -> None:
    stem = file_stems({1: (text, "W1")})[1]

    _check(stem)
    assert "-" in stem


@pytest.mark.parametrize("text", ["LOT-7", "P1", "ロット7", "module_00.mono", "a b"])
def test_that_a_plain_name_stays_as_it_is(text: str) -> None:
    assert safe_part(text) == text
    assert file_stems({1: (text, "W1")}) == {1: f"{text}_W1"}


def test_that_names_that_differ_in_case_or_in_their_joint_get_different_files() -> None:
    stems = file_stems({1: ("Lot", "w"), 2: ("lOT", "w"), 3: ("a_b", "c"), 4: ("a", "b_c"), 5: ("a", "b")})

    assert len({stem.casefold() for stem in stems.values()}) == 5
    assert stems[5] == "a_b"


def test_that_a_name_that_imitates_a_marked_one_gets_a_file_of_its_own() -> None:
    marked = file_stems({1: ("a/b", "w")})[1]
    lot, _, wafer = marked.partition("_w")

    stems = file_stems({1: ("a/b", "w"), 2: (lot, f"w{wafer}")})

    assert len(set(stems.values())) == 2


@given(st.sets(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=6))
def test_that_no_two_wafers_ever_share_a_file(keys: set[tuple[str, str]]) -> None:
    stems = file_stems({key: key for key in keys})

    assert len({stem.casefold() for stem in stems.values()}) == len(keys)
    for stem in stems.values():
        _check(stem)
