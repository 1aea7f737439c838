"""The house itself: light imports, small files, no torch beside the window, resources in the wheel."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("torch", "torchvision", "PySide6", "cv2", "sqlalchemy", "tifffile", "pyqtgraph", "matplotlib", "jinja2")


def _loaded_after(code: str) -> set[str]:
    program = f"{code}\nimport sys, json\nprint(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_that_the_command_line_imports_no_heavy_library_before_a_verb_needs_it() -> None:
    loaded = _loaded_after("import inspector.cli.verbs")

    assert loaded.isdisjoint(HEAVY)


def test_that_the_window_waits_neither_for_verbs_nor_for_options() -> None:
    loaded = _loaded_after("import inspector.cli, inspector.cli.window")

    assert loaded.isdisjoint({*HEAVY, "typer", "rich", "numpy", "pydantic"})


@pytest.mark.parametrize("module", ["inspector.station.app", "inspector.engine.link", "inspector.inspection"])
def test_that_nothing_in_the_windows_process_imports_torch(module: str) -> None:
    loaded = _loaded_after(f"import {module}")

    assert loaded.isdisjoint({"torch", "torchvision"})


@pytest.mark.parametrize("module", ["inspector.engine.host", "inspector.learning.training", "inspector.records.record"])
def test_that_only_the_station_imports_qt(module: str) -> None:
    loaded = _loaded_after(f"import {module}")

    assert "PySide6" not in loaded


def test_that_importing_cv2_through_imaging_leaves_qts_variables_alone() -> None:
    code = "import os; os.environ['QT_QPA_FONTDIR'] = 'mine'\nimport inspector.imaging\n"
    code += "assert os.environ['QT_QPA_FONTDIR'] == 'mine' and 'QT_QPA_PLATFORM_PLUGIN_PATH' not in os.environ"

    _loaded_after(code)


def test_that_no_file_has_grown_past_three_hundred_lines() -> None:
    long = {
        p.relative_to(ROOT): n
        for p in (ROOT / "inspector").rglob("*.py")
        if (n := len(p.read_text().splitlines())) > 300
    }

    assert not long
