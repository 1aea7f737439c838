"""The lot report says what the record holds, in two languages, and nothing in it can run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import report_fakes as fakes
from report_fakes import Page

from inspector import paths
from inspector.exchange.report import words as report_words
from inspector.exchange.report.page import write_report
from inspector.exchange.report.texts import TEXTS
from inspector.exchange.report.words import Language, Words, percent
from inspector.records.record import Record
from inspector.wafer.errors import InspectorError, RecordError
from inspector.wafer.grid import WaferKey
from inspector.wafer.review import ReviewReason
from inspector.wafer.scores import Rate, exact_bounds


def _written(record: Record, folder: Path, lots: Sequence[str] = (), language: Language = "en", minute: int = 6) -> str:
    out = folder / "report.html"
    made = fakes.MADE.replace(minute=minute)
    assert [step.found for step in write_report(record, out, lots, language, made)][-1] == out
    return out.read_text(encoding="utf-8")


@pytest.fixture
def filled(record: Record) -> Record:
    fakes.fill(record)
    return record


def test_that_yield_is_counted_before_and_after_review_by_lot_and_wafer(filled: Record, tmp_path: Path) -> None:
    page = Page(_written(filled, tmp_path))

    assert page.row("All") == ["All", "21", "15", "3", "3", "83.3 %", "13", "4", "4", "76.5 %", "8", "2"]
    assert page.row("A") == ["A", "14", "10", "3", "1", "76.9 %", "8", "4", "2", "66.7 %", "8", "2"]
    assert page.row("W2") == ["W2", "7", "6", "1", "0", "85.7 %", "6", "0", "1", "100.0 %", "3", "0"]
    assert page.row("B") == ["B", "7", "5", "0", "2", "100.0 %", "5", "0", "2", "100.0 %", "0", "0"]


def test_that_a_report_of_one_lot_counts_that_lot_alone(filled: Record, tmp_path: Path) -> None:
    page = Page(_written(filled, tmp_path, ["A"]))

    assert page.row("All")[1:] == page.row("A")[1:]
    assert not [row for row in page.rows if row[0] == "B"]
    assert ["Pit", "Defect", "2", "14.3 %", "3", "21.4 %"] in page.rows
    assert ["Excluded", "–", "0", "0.0 %", "1", "7.1 %"] in page.rows


def test_that_decisions_stand_beside_judgements_with_exact_bounds(filled: Record, tmp_path: Path) -> None:
    page = Page(_written(filled, tmp_path))

    assert ["Clean", "1", "0", "▲ 1", "0", "2"] in page.rows
    assert ["Scratch", "▽ 1", "0", "0", "0", "1"] in page.rows
    assert ["Undecided", "0", "0", "0", "1", "1"] in page.rows
    assert page.row("Pass/fail agreement")[1:] == ["3 of 6", "50.0 %", "11.8 % – 88.2 %"]
    assert page.row("Overridden: another class given")[1:3] == ["3 of 5", "60.0 %"]
    assert page.row("Escapes found, of those judged good")[1:3] == ["1 of 3", "33.3 %"]
    assert page.row("Overkills found, of those judged a defect")[1:3] == ["1 of 2", "50.0 %"]
    assert page.row("Escapes among passed chips checked unasked")[1:3] == ["1 of 3", "33.3 %"]


def test_that_a_withdrawn_decision_leaves_its_chip_among_the_open_work(filled: Record, tmp_path: Path) -> None:
    page = Page(_written(filled, tmp_path))

    assert page.row("Judged a defect: every defect is looked at")[1] == "1"
    assert page.row("Set aside by a person for a second look")[1] == "1"
    assert page.row("Not judged yet")[1] == "2"
    assert not [row for row in page.rows if row[0].startswith("Near the limit")]


def test_that_the_summary_says_what_people_found_and_how_many_chips_they_saw(filled: Record, tmp_path: Path) -> None:
    page = Page(_written(filled, tmp_path))

    assert "The machine judged 19 of 21 chips on 3 wafers of 2 lots." in page.items
    assert "People decided 8 chips (38.1 % of all) and gave 3 chips another class than the machine." in page.items
    assert any("found 1 escape (passed" in said and "1 overkill (failed" in said for said in page.items)
    assert any(said.startswith("A person decided 6 of 19 judged chips (31.6 %).") for said in page.items)


def test_that_a_lot_without_decisions_says_so_instead_of_showing_a_box(filled: Record, tmp_path: Path) -> None:
    assert ">no decisions</text>" in _written(filled, tmp_path)
    assert ">no decisions</text>" not in _written(filled, tmp_path, ["A"])


def test_that_a_map_marks_defects_by_their_sign_and_relabelled_chips(filled: Record, tmp_path: Path) -> None:
    text = _written(filled, tmp_path)

    first, second = (_map_of(text, f"Map of wafer {name}, lot A") for name in ("W1", "W2"))
    assert [first.count(f">{sign}</text>") for sign in "●／?×"] == [3, 1, 1, 0]
    assert [second.count(f">{sign}</text>") for sign in "●／?×"] == [0, 0, 0, 1]
    assert len(_notches(first)) == 3  # an escape, a haze that is clean, and an undecided chip
    assert len(_notches(second)) == 1


def _map_of(text: str, label: str) -> str:
    return re.search(rf'<svg class="map"[^>]*aria-label="{label}">.*?</svg>', text, re.S)[0]  # type: ignore[index]


def _notches(drawn: str) -> list[str]:
    paths = re.findall(r'<path d="([^"]*)" fill="#1a1a1a" stroke="#fff"', drawn)
    return re.findall("M", "".join(paths))


def test_that_a_hostile_name_is_only_text(record: Record, tmp_path: Path) -> None:
    lot, wafer, operator = "<script>alert(1)</script>", '"><img src=x onerror=y>', "a & <b>"
    key = WaferKey(lot, wafer)
    fakes.add_wafer(record, key, [fakes.SURE] * 7)
    fakes.decide(record, key, 0, "pit", operator=operator)

    text = _written(record, tmp_path)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert not {"script", "img", "iframe", "link"} & set(Page(text).tags)
    assert not re.search(r'(src|href)="(?!#)', text)
    assert "<b>&#34;&gt;&lt;img src=x onerror=y&gt;</b>" in text  # the template's own <b>, and no other
    assert "a &amp; &lt;b&gt;" in text


def test_that_the_same_record_gives_the_same_bytes_but_for_the_line_that_says_when(
    filled: Record, tmp_path: Path
) -> None:
    first, again, later = (_written(filled, tmp_path, minute=m) for m in (6, 6, 7))

    assert first == again
    changed = [a for a, b in zip(first.splitlines(), later.splitlines(), strict=True) if a != b]
    assert len(changed) == 1
    assert "2026-03-04 05:06 UTC" in changed[0]


@pytest.mark.parametrize("language", report_words.LANGUAGES)
def test_that_every_page_speaks_one_language(filled: Record, tmp_path: Path, language: Language) -> None:
    other = next(known for known in report_words.LANGUAGES if known != language)

    text = _written(filled, tmp_path, language=language)

    assert f'<html lang="{language}">' in text
    for key in ("summary", "yield", "maps", "pareto", "people", "boxes", "notes", "boxes_none"):
        assert f">{Words(language)(key)}<" in text
        assert f">{Words(other)(key)}<" not in text
    assert fakes.RECIPE.title(language) in text
    assert fakes.RECIPE.title(other) not in text


def test_that_both_languages_have_every_text_with_the_same_values() -> None:
    for key, (english, japanese) in TEXTS.items():
        assert english.strip() or english.startswith("\n"), key
        wanted = [set(re.findall(r"\{(\w+)\}", side)) for side in (*english.split("|"), japanese)]
        assert all(names == wanted[0] for names in wanted), key
        assert not re.search("[ぁ-んァ-ヶ一-龠]", english), key


def test_that_every_text_is_used_and_every_text_that_is_used_is_there() -> None:
    folder = Path(report_words.__file__).parent
    sources = [p.read_text(encoding="utf-8") for p in folder.glob("*.py") if p.name != "texts.py"]
    sources.append((paths.resource("report") / "report.html").read_text(encoding="utf-8"))
    used = {key for text in sources for key in re.findall(r'"([a-z_]+)"', text)}
    reasons = {f"reason_{reason.value}" for reason in ReviewReason}

    assert reasons <= TEXTS.keys()
    assert {key.removesuffix("_parts") for key in TEXTS} <= used | reasons
    calls = {key for text in sources for key in re.findall(r'\b(?:t|words|words\.count)\(\s*"([a-z_0-9]+)"', text)}
    assert calls <= TEXTS.keys()


def test_that_parts_are_shown_by_lot_with_one_point_each(record: Record, tmp_path: Path) -> None:
    for number in range(5):
        key = WaferKey("P", f"part {number}")
        fakes.add_wafer(record, key, [("pit", 0.99) if number == 4 else fakes.SURE], fakes.PARTS)
        fakes.decide(record, key, 0, "clean" if number < 3 else "pit")

    text = _written(record, tmp_path)

    page = Page(text)
    assert page.row("P") == ["P", "5", "4", "1", "0", "80.0 %", "3", "2", "0", "60.0 %", "5", "0"]
    assert not [row for row in page.rows if row[0].startswith("part ")]
    assert text.count('aria-label="Parts of lot P"') == 1
    assert "5 parts</text>" in text
    assert page.row("Pass/fail agreement")[1] == "4 of 5"


def test_that_two_products_of_one_record_are_reported_one_after_the_other(filled: Record, tmp_path: Path) -> None:
    fakes.add_wafer(filled, WaferKey("P", "part"), [fakes.SURE], fakes.PARTS)

    text = _written(filled, tmp_path)

    assert re.findall(r'<h2 class="product-title">(.*?)</h2>', text) == ["Tiny laser", "part"]


def test_that_an_unknown_lot_names_the_lots_there_are(filled: Record, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"no lot 'C': choose among A, B\."):
        _written(filled, tmp_path, ["A", "C"])
    assert not list(tmp_path.glob("*.html"))


def test_that_a_record_without_wafers_or_without_judgements_says_what_to_do(record: Record, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="holds no wafer: judge an image"):
        _written(record, tmp_path)
    fakes.add_wafer(record, WaferKey("A", "W1"), [])
    with pytest.raises(RecordError, match="holds no judgement of these wafers yet"):
        _written(record, tmp_path)


@pytest.mark.parametrize("name", ["none/report.html", "report.db", "folder.html"])
def test_that_a_place_that_can_hold_no_report_is_refused_before_anything_is_counted(
    filled: Record, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(InspectorError, match=r"^The report .*: (give|name) [^.]*\S+\.$"):
        next(write_report(filled, tmp_path / name, [], "en", fakes.MADE))


def test_that_a_report_that_is_stopped_leaves_the_one_before(filled: Record, tmp_path: Path) -> None:
    before = _written(filled, tmp_path)

    steps = write_report(filled, tmp_path / "report.html", ["A"], "en", fakes.MADE)
    next(steps)
    steps.close()

    assert (tmp_path / "report.html").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("events", [0, 3, 10, 17, 20])
def test_that_bounds_are_the_exact_ones_from_either_side(events: int) -> None:
    assert Rate(events, 20).bounds == pytest.approx(exact_bounds(events, 20), abs=1e-9)


@pytest.mark.parametrize(
    ("share", "text"),
    [(None, "–"), (1.0, "100.0 %"), (0.0, "0.0 %"), (0.9996, "99.96 %"), (0.0004, "0.04 %"), (0.5, "50.0 %")],
)
def test_that_a_share_is_never_rounded_to_all_or_nothing(share: float | None, text: str) -> None:
    assert percent(share) == text
