"""The demo's tour makes real decisions, and says where its pictures are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind

pytestmark = pytest.mark.slow


def test_that_the_headless_demo_confirms_relabels_undoes_exports_and_leaves_pictures(tmp_path: Path) -> None:
    without_screen = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "inspector", "demo", str(tmp_path / "demo"), "--headless"]

    done = subprocess.run(command, env=without_screen, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    pictures = [Path(line) for line in done.stdout.splitlines()]
    assert len(pictures) == 6
    assert all(picture.read_bytes()[:4] == b"\x89PNG" for picture in pictures)
    with Record.open(f"sqlite:///{tmp_path / 'demo' / 'record.db'}", existing=True) as record:
        made = [d for entry in record.wafers() for d in record.decisions(entry.key)]
        assert sum(len(record.judgements(entry.key)) for entry in record.wafers()) == 104
    kinds = [d.kind for d in made]
    assert DecisionKind.CONFIRM in kinds
    assert DecisionKind.RELABEL in kinds
    assert kinds[-1] is DecisionKind.WITHDRAW
    assert len(list((tmp_path / "demo" / "export").rglob("*.png"))) == 2
