"""The folders that trainings leave: measured while others remove them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.station.state.training_folders import bytes_of


def _training(home: Path, name: str) -> Path:
    folder = home / name / "checkpoint"
    folder.mkdir(parents=True)
    (folder / "weights").write_bytes(bytes(100))
    (home / name / "card.json").write_bytes(bytes(10))
    return home / name


def test_that_what_trainings_take_is_counted_with_their_checkpoints(tmp_path: Path) -> None:
    assert bytes_of([_training(tmp_path, "a"), _training(tmp_path, "b")]) == 220
    assert bytes_of([tmp_path / "gone"]) == 0


@pytest.mark.parametrize("gone", ["checkpoint", "checkpoint/weights"])
def test_that_what_is_removed_meanwhile_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    folder = _training(tmp_path, "a")
    walk = os.walk

    def removing(top: Path) -> Iterator[tuple[str, list[str], list[str]]]:
        for place, folders, names in walk(top):
            if Path(place) == (folder / gone).parent:  # it was listed, and is gone before anybody looks into it
                (folder / "checkpoint" / "weights").unlink()
                if gone == "checkpoint":
                    (folder / gone).rmdir()
            yield str(place), folders, names

    monkeypatch.setattr(os, "walk", removing)

    assert bytes_of([folder]) == 10
