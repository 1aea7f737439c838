from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from inspector.exchange.chip_pictures import encode_png
from inspector.exchange.dataset_folders import export
from inspector.exchange.export_plan import ExportChoice, assign_splits
from inspector.imaging import cv2
from inspector.records.record import Record
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.manifest import read_dataset

AddWafer = Callable[..., tuple[WaferKey, np.ndarray]]
Decide = Callable[..., int]


def _export(record: Record, folder: Path, lot: str | None = None) -> list[Path]:
    return [step.found for step in export(record, folder, ExportChoice(lot)) if step.found]


def _contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _pixels(png: Path) -> np.ndarray:
    decoded = cv2.imdecode(np.frombuffer(png.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    return decoded[:, :, None] if decoded.ndim == 2 else decoded[:, :, ::-1]


def test_that_an_export_is_read_back_with_the_same_labels(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0, "pit", subtype="dark-pit", point=(3.125, 4.5))
    decide(key, 1, 1, "clean", subtype="bright")

    _export(record, tmp_path / "out")

    found = {(e.column, e.row): e for e in read_dataset(tmp_path / "out")}
    assert found.keys() == {(0, 0), (1, 1)}
    pit, clean = found[0, 0], found[1, 1]
    assert (pit.class_name, pit.subtype, pit.lot, pit.wafer) == ("pit", "dark-pit", "P1", "W1")
    assert (pit.point, pit.boxes) == ((3.125, 4.5), None)
    assert (clean.class_name, clean.subtype, clean.point, clean.boxes) == ("clean", "bright", None, None)
    assert pit.path == tmp_path / "out" / "pit" / "P1_W1_c0_r0.png"
    assert pit.split == clean.split == "train"


@pytest.mark.parametrize("channels", [1, 3])
def test_that_an_exported_png_holds_exactly_the_chips_pixels(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path, channels: int
) -> None:
    key, pixels = add_wafer(channels=channels)
    decide(key, 1, 1, "pit")

    png = _export(record, tmp_path / "out")[0]

    x, y = 5 + 24, 7 + 20
    np.testing.assert_array_equal(_pixels(png), pixels[y : y + 16, x : x + 20])


def test_that_only_what_a_person_confirmed_or_relabelled_is_exported(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0)
    withdrawn = decide(key, 1, 0, "pit")
    record.withdraw(key, [withdrawn], "aki")
    record.append(key, [NewDecision(ChipId(2, 0), DecisionKind.UNSURE, "aki", "clean")])
    record.append(key, [NewDecision(ChipId(0, 1), DecisionKind.EXCLUDE, "aki", "clean")])

    _export(record, tmp_path / "out")

    assert [(e.column, e.row) for e in read_dataset(tmp_path / "out")] == [(0, 0)]


def test_that_progress_counts_images_and_the_last_step_comes_when_all_is_there(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0)
    decide(key, 1, 0)

    job = export(record, tmp_path / "out")
    assert {next(job).phase, next(job).phase} == {"counting"}  # one wafer, then the plan
    first, there_early = next(job), (tmp_path / "out" / "manifest.csv").exists()
    last, there_at_last = next(job), (tmp_path / "out" / "manifest.csv").exists()

    assert [(s.done, s.total, s.phase) for s in (first, last)] == [(1, 2, "writing"), (2, 2, "writing")]
    assert last.found == tmp_path / "out" / "clean" / "P1_W1_c1_r0.png"
    assert (there_early, there_at_last) == (False, True)
    assert next(job, None) is None


def test_that_exporting_again_gives_the_same_bytes(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    for n in range(4):
        key, _ = add_wafer(wafer=f"W{n}")
        decide(key, 0, 0, "pit", point=(1 / 3, 2.0))
        decide(key, 1, 0)
    _export(record, tmp_path / "out")
    before = _contents(tmp_path / "out")
    stamp = (tmp_path / "out" / "pit" / "P1_W0_c0_r0.png").stat().st_mtime_ns

    _export(record, tmp_path / "out")
    _export(record, tmp_path / "fresh")

    assert _contents(tmp_path / "out") == before == _contents(tmp_path / "fresh")
    assert (tmp_path / "out" / "pit" / "P1_W0_c0_r0.png").stat().st_mtime_ns == stamp
    assert len(before) == 8 + 2


def test_that_a_chip_which_changed_its_class_changes_its_folder(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0, "pit")
    decide(key, 1, 0, "clean")
    _export(record, tmp_path / "out")
    (tmp_path / "out" / "clean" / "mine.png").write_bytes(b"the user's own")

    decide(key, 0, 0, "scratch")
    _export(record, tmp_path / "out")

    assert set(_contents(tmp_path / "out")) == {
        "clean/P1_W1_c1_r0.png",
        "clean/mine.png",
        "scratch/P1_W1_c0_r0.png",
        "manifest.csv",
        "export.json",
    }
    assert not (tmp_path / "out" / "pit").exists()


def test_that_the_facts_of_an_export_name_counts_and_the_newest_decision(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0, "pit")
    decide(key, 1, 0, "pit")
    decide(key, 2, 0)

    _export(record, tmp_path / "out")

    facts = json.loads((tmp_path / "out" / "export.json").read_text())
    assert facts["classes"] == {"pit": 2, "clean": 1}
    assert (facts["record_head"], facts["chips"], facts["schema"]) == (3, 3, 2)


def test_that_only_the_lot_that_was_asked_for_is_exported(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    for lot in ("P1", "P2"):
        decide(add_wafer(lot=lot)[0], 0, 0)

    _export(record, tmp_path / "out", "P2")

    assert [e.lot for e in read_dataset(tmp_path / "out")] == ["P2"]


@pytest.mark.parametrize(("lot", "where"), [(None, "in the record"), ("P9", "in lot 'P9'")])
def test_that_an_export_without_answers_says_so_and_makes_no_folder(
    record: Record, add_wafer: AddWafer, tmp_path: Path, lot: str | None, where: str
) -> None:
    add_wafer()

    with pytest.raises(RecordError, match=f"No chip has been confirmed or relabelled yet {where}: decide on some"):
        _export(record, tmp_path / "out", lot)

    assert not (tmp_path / "out").exists()


def test_that_lots_and_wafers_that_look_alike_never_share_a_file(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    alike = [
        ("a_b", "c"),
        ("a", "b_c"),
        ("LOT", "w"),
        ("lot", "w"),
        ("../x", "w"),
        (".._x", "w"),
        ("é", "w"),
        ("e\u0301", "w"),
    ]
    for lot, wafer in alike:
        decide(add_wafer(lot=lot, wafer=wafer)[0], 0, 0, "pit")

    images = _export(record, tmp_path / "out")

    assert len({path.name.casefold() for path in images}) == len(alike)
    assert {path.parent for path in images} == {tmp_path / "out" / "pit"}
    assert {(e.lot, e.wafer) for e in read_dataset(tmp_path / "out")} == set(alike)


def test_that_a_lot_that_looks_like_a_formula_is_stored_as_it_is(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    decide(add_wafer(lot="=1+1")[0], 0, 0)

    _export(record, tmp_path / "out")

    assert read_dataset(tmp_path / "out")[0].lot == "=1+1"


def test_that_many_lots_are_split_whole_and_a_lot_that_trains_never_becomes_one_to_test_with() -> None:
    keys = [WaferKey(f"L{n}", f"W{w}") for n in range(40) for w in range(3)]
    trained: set[str] = set()

    for number in range(9, len(keys) + 1, 3):  # lots come one after the other
        splits = assign_splits(keys[:number])
        sides = {lot: {side for key, side in splits.items() if key.lot == lot} for lot in {k.lot for k in splits}}
        assert all(len(found) == 1 for found in sides.values())
        assert {"train", "test"} == set(splits.values())
        testing = {lot for lot, found in sides.items() if found == {"test"}}
        assert not testing & trained
        trained |= sides.keys() - testing


def test_that_about_a_fifth_of_many_wafers_is_for_testing_and_none_changes_sides() -> None:
    many = [WaferKey("L", f"W{n}") for n in range(1000)]

    splits = assign_splits(many)

    assert 150 < sum(side == "test" for side in splits.values()) < 250
    some = assign_splits(many[:300])
    assert all(some[key] == splits[key] for key in some)
    assert set(assign_splits(k for k, side in splits.items() if side == "test").values()) == {"train"}


def test_that_two_wafers_are_all_for_training() -> None:
    test_side = [k for k, side in assign_splits(WaferKey("L", f"W{n}") for n in range(100)).items() if side == "test"]

    assert set(assign_splits(test_side[:2]).values()) == {"train"}


def test_that_a_chip_png_keeps_red_and_blue_apart() -> None:
    red = np.zeros((2, 3, 3), np.uint8)
    red[:, :, 0] = 200

    decoded = cv2.imdecode(np.frombuffer(encode_png(red), np.uint8), cv2.IMREAD_UNCHANGED)

    np.testing.assert_array_equal(decoded[:, :, ::-1], red)
