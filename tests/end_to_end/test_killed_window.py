"""A window that is killed takes nothing with it: the decision stays, and no engine is left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from running import Inspector, Synthetic

from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind
from inspector.wafer.grid import ChipId, WaferKey

pytestmark = pytest.mark.slow
PROGRAM = Path(__file__).with_name("window_that_decides.py")


def test_that_a_decision_survives_the_killing_of_the_window_and_the_engine_ends_with_it(
    inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    judged = inspector(
        "judge", small_wafer.image, "--recipe", small_wafer.recipe, "--model", laser_model, "--record", url,
        "--lot", "L", "--wafer", "W",
    )  # fmt: skip
    assert judged.code == 0, judged.err

    with subprocess.Popen([sys.executable, str(PROGRAM), url], stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        said = window.stdout.readline().split()
        window.kill()
    assert said[:1] == ["decided"]
    chip, engine = ChipId(int(said[1]), int(said[2])), int(said[3])

    with Record.open(url) as record:
        decisions = record.decisions(WaferKey("L", "W"))
    assert [(d.chip, d.kind) for d in decisions] == [(chip, DecisionKind.CONFIRM)]
    end = time.monotonic() + 60  # it hears of it once it has loaded torch
    while psutil.pid_exists(engine) and psutil.Process(engine).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < end, "the engine outlived its window"
        time.sleep(0.1)
