"""A hand-over as a file: columns that stand under each other, every text escaped, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.exchange.sheet import Part, Sheet, as_html, as_text, write_sheet
from inspector.wafer.errors import InspectorError

SHEET = Sheet(
    "ja",
    "引き継ぎ",
    "8:00 - 20:00",
    (Part("作業", ("名前", "判断"), (("加藤", "1,204"), ("Mori", "7")), ("終わり",)), Part("メモ", lines=("<b>",))),
)


def test_that_columns_stand_under_each_other_in_japanese_too() -> None:
    lines = as_text(SHEET).splitlines()

    assert lines[3:8] == ["作業", "名前   判断", "加藤  1,204", "Mori      7", "終わり"]


def test_that_every_text_is_escaped() -> None:
    page = as_html(SHEET)

    assert '<html lang="ja">' in page
    assert "<p>&lt;b&gt;</p>" in page
    assert page.count("<tr>") == 3


def test_that_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InspectorError, match=r"neither HTML nor text.*\.html or \.txt"):
        write_sheet(SHEET, tmp_path / "shift.pdf")

    assert list(tmp_path.iterdir()) == []
