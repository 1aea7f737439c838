"""Judging into a record: nothing stands for an image that changed, and what was judged of a lost one stays."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile
from grey_classifier import GreyClassifier, truth, wafer_pixels, wafer_recipe

from inspector.cli.judge import judge_image
from inspector.imaging.pixels import Pixels
from inspector.imaging.source import FileSource, fingerprint
from inspector.imaging.sources.image_header import refusal
from inspector.records.record import Record
from inspector.wafer.errors import ImageChangedError, ImageError, ImageSpoiltError
from inspector.wafer.grid import WaferKey

COLUMNS, ROWS = 12, 20
RECIPE = wafer_recipe(COLUMNS, ROWS)
KEY = WaferKey("L", "W")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(f"sqlite:///{tmp_path / 'r.db'}") as opened:
        yield opened


@pytest.fixture
def source(tmp_path: Path) -> Path:
    tifffile.imwrite(tmp_path / "w.tif", wafer_pixels(COLUMNS, ROWS), tile=(256, 256))
    return tmp_path / "w.tif"


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch, record: Record) -> Callable[[Callable[[], object]], None]:
    """Something happens to the image once its first chips are in the record, before its last row is read."""

    def happen(what: Callable[[], object]) -> None:
        bands, waiting = FileSource.bands, [what]

        def disturbed(source: FileSource) -> Iterator[Pixels]:
            whole = np.concatenate(list(bands(source)))
            yield whole[:300]
            end = time.monotonic() + 30
            while waiting and not record.judgements(KEY) and time.monotonic() < end:
                time.sleep(0.01)
            if waiting:
                waiting.pop()()
            yield whole[300:]

        monkeypatch.setattr(FileSource, "bands", disturbed)

    return happen


def _judge(record: Record, source: Path) -> int:
    return sum(step.found or 0 for step in judge_image(record, source, KEY, RECIPE, GreyClassifier()))


def test_that_nothing_stands_for_an_image_that_changed_while_it_was_read(
    record: Record, source: Path, late: Callable[[Callable[[], object]], None]
) -> None:
    late(lambda: tifffile.imwrite(source, wafer_pixels(COLUMNS, ROWS, seed=1), tile=(256, 256)))
    with pytest.raises(ImageChangedError, match=r"w\.tif changed while it was read"):
        _judge(record, source)
    assert record.wafers() == []
    assert record.judgements(KEY) == {}
    assert list(record.images_folder.iterdir()) == []

    assert _judge(record, source) == COLUMNS * ROWS
    answers = {chip: judged.p_defect for chip, judged in record.judgements(KEY).items()}
    assert answers == pytest.approx(truth(wafer_pixels(COLUMNS, ROWS, seed=1), COLUMNS, ROWS))


def test_that_nothing_stands_for_an_image_that_turns_out_damaged_after_its_first_chips(
    record: Record, source: Path, late: Callable[[Callable[[], object]], None]
) -> None:
    def damaged() -> None:
        raise refusal(source, "is damaged in tile 7", "copy it again from where it was taken")

    late(damaged)
    with pytest.raises(ImageSpoiltError, match=r"w\.tif is damaged in tile 7"):
        _judge(record, source)

    assert record.wafers() == []
    assert record.judgements(KEY) == {}
    assert list(record.images_folder.iterdir()) == []


def test_that_the_chips_of_an_image_that_vanished_stay_and_the_rest_follows_when_it_is_back(
    record: Record, source: Path, late: Callable[[Callable[[], object]], None]
) -> None:
    away = source.with_name("away.tif")
    late(lambda: source.rename(away))
    with pytest.raises(ImageError, match=r"w\.tif does not exist"):
        _judge(record, source)
    kept = len(record.judgements(KEY))
    assert 0 < kept < COLUMNS * ROWS

    away.rename(source)
    assert _judge(record, source) == COLUMNS * ROWS - kept
    entry = record.wafer(KEY)
    assert entry is not None
    assert entry.sha256 == fingerprint(source).sha256
    answers = {chip: judged.p_defect for chip, judged in record.judgements(KEY).items()}
    assert answers == pytest.approx(truth(wafer_pixels(COLUMNS, ROWS), COLUMNS, ROWS))
