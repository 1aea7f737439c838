from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from exchange_fakes import FACTS, RECIPE

from inspector.exchange.hot_folder.candidates import Rules, candidates
from inspector.exchange.hot_folder.watching import Arrival, ArrivalState, HotFolder
from inspector.imaging import cv2
from inspector.imaging.source import open_source
from inspector.imaging.sources.stamp import stamp
from inspector.records.record import Record, WaferEntry
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement
from inspector.wafer.recipe import Recipe

State = ArrivalState
SHOTS = Recipe.model_validate(
    {
        **RECIPE.model_dump(),
        "chip_files": {"files": "c{column}_r{row}.png"},
        "grid": {**RECIPE.grid.model_dump(), "align": False},
    }
)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "hot"
    (made / "L1").mkdir(parents=True)
    return made


@pytest.fixture
def hot(folder: Path, record: Record, clock: Clock) -> HotFolder:
    return HotFolder(Rules(folder), RECIPE, record, clock)


def image(path: Path, seed: int = 0) -> Path:
    pixels = np.random.default_rng(seed).integers(0, 256, (60, 90), np.uint8)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return path


def judge(record: Record, arrival: Arrival, chips: int | None = None) -> None:
    """What judging leaves in the record."""
    placed = PlacedGrid(RECIPE.grid.grid())
    with open_source(arrival.path, SHOTS) as source:
        mark, text = source.fingerprint(), RECIPE.model_dump_json()
    record.add_wafer(
        WaferEntry(
            arrival.key,
            str(arrival.path.absolute()),
            mark.sha256,
            text,
            placed,
            "c.tif",
            datetime.now(UTC),
            str(stamp(arrival.path)),
        )
    )
    judged = Judgement("clean", np.array([0.9, 0.1, 0], np.float32), 0.1, (1.0, 1.0), np.zeros((3, 2, 2), np.uint8))
    record.add_judgements(arrival.key, FACTS, [(chip, judged) for chip in placed.chip_ids()[:chips]])


def states(hot: HotFolder) -> dict[str, State]:
    return {arrival.path.name: arrival.state for arrival in hot.look()}


def settled(hot: HotFolder, clock: Clock) -> dict[str, State]:
    """What is there after nothing has changed for long enough."""
    hot.look()
    clock.time += hot.rules.settle_s
    return states(hot)


def test_that_the_lot_is_the_name_of_the_wafers_folder(folder: Path) -> None:
    image(folder / "A.png")
    image(folder / "L1" / "B.tif")
    (folder / "notes.txt").write_text("no image")
    (folder / ".hidden.png").write_bytes(b"")
    (folder / "L1" / "deeper").mkdir()
    image(folder / "L1" / "deeper" / "C.png")

    found = candidates(Rules(folder), RECIPE)
    named = candidates(Rules(folder, lot="X7"), RECIPE)

    assert [(c.path.name, c.key) for c in found] == [("B.tif", ("L1", "B")), ("A.png", ("hot", "A"))]
    assert [c.key for c in named] == [("X7", "A"), ("X7", "B")]


def test_that_a_records_own_working_copies_are_no_wafers(folder: Path) -> None:
    (folder / "r.images").mkdir()
    (folder / "r.db").touch()
    image(folder / "r.images" / "copy.tif")

    assert candidates(Rules(folder), RECIPE) == []


def test_that_folders_are_wafers_where_the_recipe_says_so(folder: Path) -> None:
    (folder / "L1" / "W1").mkdir()
    (folder / "L1" / "W1" / "c0_r0.png").touch()
    (folder / "W2").mkdir()
    (folder / "W2" / "c0_r0.png").touch()
    (folder / "W3.zarr").mkdir()
    image(folder / "stray.png")
    (folder / "L1" / "lot.ready").touch()

    found = candidates(Rules(folder), SHOTS)

    assert [c.key for c in found] == [("L1", "W1"), ("hot", "W2"), ("hot", "W3")]


def test_that_a_wafer_is_taken_once_nothing_changed_for_the_settle_time(
    hot: HotFolder, folder: Path, clock: Clock
) -> None:
    path = image(folder / "L1" / "W1.png")

    assert states(hot) == {"W1.png": State.WAITING}
    clock.time += 1.9
    assert states(hot) == {"W1.png": State.WAITING}
    assert hot.take() is None
    clock.time += 0.1
    assert states(hot) == {"W1.png": State.READY}
    assert hot.take() == Arrival(path, WaferKey("L1", "W1"), State.JUDGING)
    assert hot.take() is None
    hot.finish(path)
    assert states(hot) == {"W1.png": State.DONE}


def test_that_an_image_that_is_still_written_is_waited_for(hot: HotFolder, folder: Path, clock: Clock) -> None:
    whole = image(folder / "whole.png").read_bytes()
    (folder / "whole.png").unlink()
    path = folder / "W1.png"
    for part in range(1, 6):
        path.write_bytes(whole[: part * len(whole) // 5])
        assert states(hot) == {"W1.png": State.WAITING}
        clock.time += 1.5

    assert states(hot) == {"W1.png": State.WAITING}
    clock.time += 0.5
    assert states(hot) == {"W1.png": State.READY}


def test_that_an_image_without_its_header_is_bad_after_ten_minutes_and_says_why_before(
    hot: HotFolder, folder: Path, clock: Clock
) -> None:
    path = folder / "W1.tif"
    path.write_bytes(b"II*\0")
    assert settled(hot, clock) == {"W1.tif": State.WAITING}
    (arrival,) = hot.arrivals()
    assert "W1.tif" in arrival.reason
    clock.time += 590
    assert states(hot) == {"W1.tif": State.WAITING}

    clock.time += 10

    assert states(hot) == {"W1.tif": State.BAD}
    assert hot.arrivals()[0].reason == arrival.reason
    image(path, 1)
    assert settled(hot, clock) == {"W1.tif": State.READY}


def test_that_a_bad_image_is_tried_again_only_when_it_changes(hot: HotFolder, folder: Path, clock: Clock) -> None:
    path = image(folder / "W1.png")
    settled(hot, clock)
    hot.take()
    hot.refuse(path, ImageError("The image is cut short."))
    clock.time += 5000
    assert states(hot) == {"W1.png": State.BAD}
    assert hot.arrivals()[0].reason == "The image is cut short."

    image(path, seed=1)

    assert states(hot) == {"W1.png": State.WAITING}
    clock.time += 2
    assert states(hot) == {"W1.png": State.READY}


def test_that_an_image_that_changed_while_it_was_judged_waits_again(hot: HotFolder, folder: Path, clock: Clock) -> None:
    path = image(folder / "W1.png")
    settled(hot, clock)
    hot.take()
    path.write_bytes(path.read_bytes() + b"more")

    hot.refuse(path, ImageError("The image changed while it was read."))

    assert states(hot) == {"W1.png": State.WAITING}
    assert hot.arrivals()[0].reason == ""


def test_that_an_image_that_goes_is_forgotten(hot: HotFolder, folder: Path, clock: Clock) -> None:
    path = image(folder / "W1.png")
    settled(hot, clock)
    assert hot.take() is not None
    path.unlink()

    hot.refuse(path, ImageError("The image is not there."))

    assert states(hot) == {}


@pytest.mark.parametrize(("pattern", "marker"), [("{wafer}.done", "W1.done"), ("*.ready", "lot.ready")])
def test_that_a_done_file_is_waited_for(folder: Path, record: Record, clock: Clock, pattern: str, marker: str) -> None:
    hot = HotFolder(Rules(folder, done_file=pattern), RECIPE, record, clock)
    image(folder / "W1.png")
    clock.time += 1000

    assert settled(hot, clock) == {"W1.png": State.UNMARKED}
    assert pattern.replace("{wafer}", "W1") in hot.arrivals()[0].reason
    (folder / marker).touch()

    assert states(hot) == {"W1.png": State.READY}
    assert hot.arrivals()[0].reason == ""


def test_that_a_folder_of_files_is_one_wafer_that_is_finished_when_all_of_it_rests(
    folder: Path, record: Record, clock: Clock
) -> None:
    hot = HotFolder(Rules(folder, done_file="done.txt"), SHOTS, record, clock)
    wafer = folder / "L1" / "W1"
    wafer.mkdir()
    for chip in RECIPE.grid.grid().chip_ids():
        pixels = np.random.default_rng(chip.row).integers(0, 256, (16, 20), np.uint8)
        (wafer / f"c{chip.column}_r{chip.row}.png").write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
        assert states(hot) == {"W1": State.WAITING}
        clock.time += 1.5
    clock.time += 2
    assert states(hot) == {"W1": State.UNMARKED}
    (wafer / "done.txt").touch()

    assert settled(hot, clock) == {"W1": State.READY}


def chips(wafer: Path) -> Path:
    wafer.mkdir()
    for chip in RECIPE.grid.grid().chip_ids():
        pixels = np.random.default_rng(chip.row).integers(0, 256, (16, 20), np.uint8)
        (wafer / f"c{chip.column}_r{chip.row}.png").write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return wafer


def test_that_a_folder_that_lacks_pictures_is_waited_for_and_judged_without_them_in_the_end(
    folder: Path, record: Record, clock: Clock
) -> None:
    hot = HotFolder(Rules(folder), SHOTS, record, clock)
    late = (chips(folder / "W1") / "c0_r0.png").rename(folder / "late")
    (chips(folder / "W2") / "c0_r0.png").unlink()
    assert settled(hot, clock) == {"W1": State.WAITING, "W2": State.WAITING}
    assert "lacks the picture column 0, row 0" in hot.arrivals()[0].reason

    late.rename(folder / "W1" / "c0_r0.png")

    assert settled(hot, clock) == {"W1": State.READY, "W2": State.WAITING}
    clock.time += hot.rules.patience_s
    assert states(hot) == {"W1": State.READY, "W2": State.READY}
    assert hot.arrivals()[1].reason == ""


def test_that_a_file_that_is_no_picture_makes_no_other_wafer_of_a_folder(
    folder: Path, record: Record, clock: Clock
) -> None:
    hot = HotFolder(Rules(folder), SHOTS, record, clock)
    wafer = chips(folder / "W1")
    settled(hot, clock)
    taken = hot.take()
    assert taken is not None
    judge(record, taken)
    hot.finish(wafer)
    (wafer / "sums.sha256").write_text("of all pictures")

    assert settled(hot, clock) == {"W1": State.READY}
    assert hot.take() is None
    assert states(hot) == {"W1": State.DONE}


@pytest.mark.parametrize("name", ["W01.2", "W[1]", "ウェハ 1"])
def test_that_the_done_file_of_an_oddly_named_folder_is_found(folder: Path, name: str) -> None:
    chips(folder / name)
    (folder / f"{name}.done").touch()

    (candidate,) = candidates(Rules(folder), SHOTS)

    assert candidate.key.wafer == name
    assert candidate.is_done("{wafer}.done")
    assert not candidate.is_done("other-{wafer}.done")


def test_that_a_restart_judges_nothing_twice_and_reads_nothing_again(
    hot: HotFolder, folder: Path, record: Record, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    image(folder / "W1.png")
    settled(hot, clock)
    taken = hot.take()
    assert taken is not None
    judge(record, taken)

    again = HotFolder(Rules(folder), RECIPE, record, clock)
    settled(again, clock)
    monkeypatch.setattr("inspector.imaging.source.FileSource.fingerprint", _never)

    assert again.take() is None
    assert states(again) == {"W1.png": State.DONE}


def _never(*_: object) -> None:
    raise AssertionError("its stamp says already that it is the same")


def test_that_a_wafer_that_was_cut_off_is_taken_again(
    hot: HotFolder, folder: Path, record: Record, clock: Clock
) -> None:
    image(folder / "W1.png")
    settled(hot, clock)
    taken = hot.take()
    assert taken is not None
    judge(record, taken, chips=2)

    again = HotFolder(Rules(folder), RECIPE, record, clock)
    settled(again, clock)

    assert again.take() == taken


def test_that_an_image_that_was_only_touched_is_done(
    hot: HotFolder, folder: Path, record: Record, clock: Clock
) -> None:
    path = image(folder / "W1.png")
    settled(hot, clock)
    taken = hot.take()
    assert taken is not None
    judge(record, taken)
    hot.finish(path)
    os.utime(path, ns=(1, 1))

    assert settled(hot, clock) == {"W1.png": State.READY}
    assert hot.take() is None
    assert states(hot) == {"W1.png": State.DONE}


def test_that_the_same_pixels_under_another_name_are_for_a_person_to_settle(
    hot: HotFolder, folder: Path, record: Record, clock: Clock
) -> None:
    first = image(folder / "L1" / "W1.png")
    settled(hot, clock)
    taken = hot.take()
    assert taken is not None
    judge(record, taken)
    hot.finish(first)
    shutil.copy(first, folder / "L1" / "W1 copy.png")
    settled(hot, clock)

    assert hot.take() is None
    twin = next(a for a in hot.arrivals() if a.state is State.TWIN)
    assert (twin.key.wafer, twin.twin) == ("W1 copy", taken.key)
    assert "same pixels as wafer W1 of lot L1: remove it, or judge it" in twin.reason


@pytest.mark.parametrize("same_size", [True, False])
def test_that_other_pixels_under_the_same_name_are_for_a_person_to_settle(
    hot: HotFolder, folder: Path, record: Record, clock: Clock, same_size: bool
) -> None:
    path = image(folder / "L1" / "W1.png")
    settled(hot, clock)
    taken = hot.take()
    assert taken is not None
    judge(record, taken)
    hot.finish(path)
    size = path.stat().st_size
    image(path, seed=1)
    with path.open("r+b") as file:
        file.truncate(size + (not same_size))
    settled(hot, clock)

    assert hot.take() is None
    (arrival,) = hot.arrivals()
    assert (arrival.state, arrival.twin) == (State.NAMESAKE, taken.key)
    assert "other pixels than wafer W1 of lot L1" in arrival.reason


def test_that_a_folder_that_is_gone_says_so_and_may_come_back(
    hot: HotFolder, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    image(folder / "W1.png")
    settled(hot, clock)
    folder.rename(tmp_path / "away")

    with pytest.raises(ImageError, match=r"can't be read .*: check path and rights"):
        hot.look()
    (tmp_path / "away").rename(folder)

    assert states(hot) == {"W1.png": State.READY}


def test_that_a_name_that_the_record_can_not_keep_is_refused(folder: Path, record: Record, clock: Clock) -> None:
    hot = HotFolder(Rules(folder, patience_s=2.0), RECIPE, record, clock)
    image(folder / ("W" * 201 + ".png"))

    assert list(settled(hot, clock).values()) == [State.BAD]
    assert "1 to 200 characters" in hot.arrivals()[0].reason


def test_that_a_bad_wafer_that_somebody_has_judged_by_hand_is_seen_as_judged(
    hot: HotFolder, folder: Path, record: Record, clock: Clock
) -> None:
    path = image(folder / "L1" / "W1.png")
    settled(hot, clock)
    taken = hot.take()
    assert taken is not None
    hot.refuse(path, ImageError("W1.png shows the grid in no sure place."))
    assert settled(hot, clock) == {"W1.png": State.BAD}

    judge(record, taken)

    assert settled(hot, clock) == {"W1.png": State.READY}
    assert hot.take() is None
    assert states(hot) == {"W1.png": State.DONE}


def test_that_a_wafer_that_stays_bad_is_tried_once_and_not_for_ever(
    hot: HotFolder, folder: Path, record: Record, clock: Clock
) -> None:
    path = image(folder / "L1" / "W1.png")
    settled(hot, clock)
    taken = hot.take()
    assert taken is not None
    judge(record, taken, chips=0)
    for tries in (1, 0, 0):
        hot.refuse(path, ImageError("It is in the record with another recipe."))
        assert (settled(hot, clock) == {"W1.png": State.READY}) == bool(tries)
        hot.take()
