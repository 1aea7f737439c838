"""The operator's guide: every page can be read in both languages, with its pictures, and its keys are the station's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from inspector.station.dialogs.help_viewer import HelpViewer, guide_pages, page_title
from inspector.station.keys.actions import ACTIONS, key_text
from inspector.station.panels.rows import RowList
from inspector.station.state.settings import Language

LANGUAGES: tuple[Language, ...] = ("en", "ja")
KEY = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+\S+|[A-Z]|F\d+|Enter|Space|Esc|Backspace|PgDown|PgUp|[][/?+\-←→↑↓])")
MOUSE = re.compile(r"\+(?:click|arrows|digit|クリック|矢印|数字)")
# Esc and R belong to pages, and dragging a grid's corner goes on with digits and arrows.
OF_PAGES = {"Esc", "R", "←", "→"}


def named_keys(page: Path) -> Iterator[str]:
    """Every key in bold, and in the first column of a table of keys."""
    text = page.read_text(encoding="utf-8")
    words = re.findall(r"\*\*([^*]+)\*\*", text)
    of_keys = False
    for line in text.splitlines():
        cell = line.split("|")[1].strip() if line.startswith("|") else ""
        of_keys = bool(cell) and (of_keys or cell in ("Key", "キー", "Key or mouse", "キーまたはマウス"))
        if of_keys:
            words += re.split(r"[,、\s]+|\s/\s", cell) if cell != "/" else [cell]
    for word in words:
        if KEY.fullmatch(word) and not MOUSE.search(word):
            yield word


def known_keys() -> set[str]:
    return {key_text(key) for spec in ACTIONS for key in spec.keys}


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_page_can_be_chosen_and_shows_its_pictures(language: Language, qtbot: QtBot) -> None:
    viewer = HelpViewer(language)
    qtbot.addWidget(viewer)
    pages, text = viewer.findChild(RowList, "help_pages"), viewer.findChild(QTextBrowser, "help_text")
    assert pages is not None
    assert text is not None

    for number, page in enumerate(guide_pages(language)):
        viewer.show_page(page)

        assert pages.rows.row(number).text == page_title(page)
        assert text.toPlainText().startswith(page_title(page))
        for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert not QImage(str(page.parent / picture)).isNull(), f"{page.name}: {picture}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_guide_names_no_key_that_the_station_does_not_know(language: Language) -> None:
    known = known_keys() | OF_PAGES

    unknown = {f"{page.name}: {key}" for page in guide_pages(language) for key in named_keys(page) if key not in known}

    assert unknown == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_page_of_keys_has_every_key_of_the_station(language: Language) -> None:
    page = next(page for page in guide_pages(language) if page.name == "6-keys.md")
    cells = re.split(r"[|,、。\s]+", page.read_text(encoding="utf-8"))

    missing = [spec.name for spec in ACTIONS if spec.keys and not {key_text(key) for key in spec.keys} & {*cells}]

    assert missing == []
