"""kill -9 in the middle of a run: the next one judges the rest, no chip twice, with an undisturbed run's answers."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tifffile

from inspector.imaging.wafer_image import WaferImage
from inspector.records.record import Record
from inspector.wafer.grid import ChipId, WaferKey

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "inspection"))
from grey_classifier import wafer_pixels

pytestmark = pytest.mark.slow
PROGRAM = Path(__file__).with_name("judge_slowly.py")
COLUMNS, ROWS = 24, 30


def _judging(source: Path, url: str, pause_s: float) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), str(source), url, str(COLUMNS), str(ROWS), str(pause_s)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _answers(url: str) -> dict[ChipId, tuple[str | None, float]]:
    with Record.open(url) as record:
        return {c: (j.class_name, j.p_defect) for c, j in record.judgements(WaferKey("L", "W")).items()}


def _rows(folder: Path) -> int:
    with sqlite3.connect(folder / "r.db") as record:
        return int(record.execute("SELECT count(*) FROM judgement").fetchone()[0])


@pytest.mark.parametrize("batches", [(1, 40), (3, 30, 60)])
def test_that_a_killed_run_goes_on_without_judging_a_chip_twice(tmp_path: Path, batches: tuple[int, ...]) -> None:
    pixels = wafer_pixels(COLUMNS, ROWS)
    source = tmp_path / "w.tif"
    tifffile.imwrite(source, pixels, tile=(256, 256))
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    for folder in (killed, whole):
        folder.mkdir()
    with _judging(source, f"sqlite:///{whole / 'r.db'}", 0.0) as run:
        assert run.wait(120) == 0

    for wanted in batches:
        with _judging(source, f"sqlite:///{killed / 'r.db'}", 0.01) as run:
            assert run.stdout is not None
            for _ in range(wanted):
                assert run.stdout.readline()
            run.kill()
    assert 0 < _rows(killed) < COLUMNS * ROWS
    with _judging(source, f"sqlite:///{killed / 'r.db'}", 0.0) as run:
        assert run.wait(120) == 0

    answers = _answers(f"sqlite:///{killed / 'r.db'}")
    assert len(answers) == COLUMNS * ROWS
    assert answers == _answers(f"sqlite:///{whole / 'r.db'}")
    assert _rows(killed) == COLUMNS * ROWS
    (copy,) = (killed / "r.images").iterdir()  # and no part is left
    with WaferImage.open(copy) as image:
        assert np.array_equal(image.read(0, 0, 0, image.width, image.height)[:, :, 0], pixels)


def test_that_a_run_that_was_killed_before_its_image_was_read_whole_begins_anew_when_the_image_has_changed(
    tmp_path: Path,
) -> None:
    source, url = tmp_path / "w.tif", f"sqlite:///{tmp_path / 'r.db'}"
    tifffile.imwrite(source, wafer_pixels(COLUMNS, ROWS, seed=1), tile=(256, 256))
    with Record.open(url) as record, _judging(source, url, 0.01) as run:
        assert run.stdout is not None
        assert run.stdout.readline()
        run.kill()
        run.wait()
        entry = record.wafer(WaferKey("L", "W"))
        assert entry is not None
        unread = not entry.sha256
    tifffile.imwrite(source, wafer_pixels(COLUMNS, ROWS, seed=2), tile=(256, 256))

    with _judging(source, url, 0.0) as run:
        code = run.wait(120)

    if unread:
        assert code == 0
        assert len(_answers(url)) == COLUMNS * ROWS
    else:
        assert code != 0  # the record holds the first image whole: the second one needs another name
