"""A wrong image gives one sentence that names it, judges no chip and loses nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from running import Inspector, Synthetic

from inspector.imaging import cv2
from inspector.records.record import Record

pytestmark = pytest.mark.slow


def _png(size: tuple[int, int] = (1400, 1000)) -> bytes:
    noise = np.random.default_rng(3).integers(0, 255, (size[1], size[0]), dtype=np.uint8)
    return bytes(cv2.imencode(".png", noise)[1])


def _jpeg() -> bytes:
    noise = np.random.default_rng(3).integers(0, 255, (1000, 1400), dtype=np.uint8)
    return bytes(cv2.imencode(".jpg", noise)[1])


BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "truncated PNG": ("cut.png", lambda: _png()[:-5000]),
    "truncated JPEG": ("cut.jpg", lambda: _jpeg()[:-5000]),
    "text named .png": ("text.png", lambda: b"these are words\n" * 50),
    "0 bytes": ("empty.png", lambda: b""),
    "too small for the recipe": ("small.png", lambda: _png((300, 200))),
    "noise where chips should be": ("noise.png", lambda: _png((1900, 1400))),
}


@pytest.mark.parametrize("what", BAD)
def test_that_a_bad_image_is_refused_in_one_sentence_and_leaves_the_record_as_it_was(
    what: str, inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    name, content = BAD[what]
    image = tmp_path / name
    image.write_bytes(content())
    url = f"sqlite:///{tmp_path / 'r.db'}"

    answer = inspector(
        "judge", image, "--recipe", small_wafer.recipe, "--model", laser_model, "--record", url, "--device", "cpu"
    )

    assert answer.code != 0
    assert answer.out == ""
    assert name in answer.err
    assert "Traceback" not in answer.err
    assert len(answer.err.strip().splitlines()) == 1
    with Record.open(url) as record:
        assert record.wafers() == []
        assert not any(record.images_folder.glob("*"))


@pytest.mark.parametrize("name", ["Größe-Übersicht.tif", os.fsdecode(b"wafer-\xff\xfe.tif")])
def test_that_a_path_with_umlauts_or_without_utf8_is_judged_or_refused_but_never_kills(
    name: str, inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    image = tmp_path / name
    try:
        shutil.copy(small_wafer.image, image)
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")

    answer = inspector(
        "judge", image, "--recipe", small_wafer.recipe, "--model", laser_model, "--lot", "L", "--wafer", "W", "--json"
    )

    if "Übersicht" in name:
        assert answer.code == 0, answer.err
    if answer.code == 0:
        assert len(json.loads(answer.out)["images"][0]["chips"]) == 6
    else:
        assert len(answer.err.strip().splitlines()) == 1


def test_that_one_bad_image_among_good_ones_is_named_and_the_others_are_judged(
    inspector: Inspector, small_wafer: Synthetic, laser_model: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no image")

    answer = inspector(
        "judge", bad, small_wafer.image, "--recipe", small_wafer.recipe, "--model", laser_model, "--json"
    )

    assert answer.code == 1
    assert "bad.png" in answer.err
    assert [len(image["chips"]) for image in json.loads(answer.out)["images"]] == [6]
