"""`inspector report` from the command line: the file, the language, and mistakes in one sentence."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from inspector.cli.report import system_language
from inspector.records.record import Record, WaferEntry
from inspector.wafer.grid import PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import Recipe

_RECIPE = Recipe.model_validate(
    {
        "product": {"name": "tiny"},
        "grid": {"columns": 2, "rows": 1, "chip": [20, 16]},
        "classes": [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}],
    }
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A record of one wafer, its two chips judged clean."""
    found = f"sqlite:///{tmp_path / 'r.db'}"
    placed = PlacedGrid(_RECIPE.grid.grid())
    judged = Judgement("clean", np.array([0.9, 0.1], np.float32), 0.1, (1.0, 1.0), np.zeros((2, 2, 2), np.uint8))
    key = WaferKey("L1", "W1")
    with Record.open(found) as record:
        record.add_wafer(WaferEntry(key, "w.tif", "a", _RECIPE.model_dump_json(), placed, "w.tif", datetime.now(UTC)))
        facts = ModelFacts("m", "d", (0.0, 1.0), ("clean", "pit"), "cpu")
        record.add_judgements(key, facts, [(chip, judged) for chip in placed.chip_ids()])
    return found


def _inspector(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inspector", "report", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_that_the_report_is_written_in_the_language_asked_for(url: str, tmp_path: Path) -> None:
    out = tmp_path / "lot.html"

    done = _inspector("--record", url, "--lot", "L1", "--out", str(out), "--language", "ja")

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"The report is {out}.\n"
    assert '<html lang="ja">' in out.read_text(encoding="utf-8")


def test_that_a_mistake_ends_with_one_sentence_and_no_file(url: str, tmp_path: Path) -> None:
    out = tmp_path / "lot.html"

    unknown_lot = _inspector("--record", url, "--lot", "L9", "--out", str(out))
    no_record = _inspector("--record", f"sqlite:///{tmp_path / 'none.db'}", "--out", str(out))

    assert [done.returncode for done in (unknown_lot, no_record)] == [1, 1]
    assert unknown_lot.stderr.endswith("has no lot 'L9': choose among L1.\n")
    assert no_record.stderr.startswith("inspector: There is no record ")
    assert all(len(done.stderr.splitlines()) == 1 for done in (unknown_lot, no_record))
    assert not out.exists()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ja_JP"}, "ja"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_that_the_systems_language_is_the_reports(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language
