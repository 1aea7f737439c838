from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from inspector.exchange import export_folder
from inspector.exchange.dataset_folders import export
from inspector.exchange.export_plan import ExportChoice
from inspector.records.record import Record
from inspector.wafer.errors import DatasetError, ImageError
from inspector.wafer.grid import WaferKey

AddWafer = Callable[..., tuple[WaferKey, np.ndarray]]
Decide = Callable[..., int]


def _export(record: Record, folder: Path, lot: str | None = None) -> list[Path]:
    return [step.found for step in export(record, folder, ExportChoice(lot)) if step.found]


def _contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_that_a_folder_with_other_files_is_refused_and_kept(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    decide(add_wafer()[0], 0, 0)
    other = tmp_path / "photos"
    other.mkdir()
    (other / "manifest.csv").write_text("path,class\nme.png,holiday\n")
    (other / "me.png").write_bytes(b"x")

    with pytest.raises(DatasetError, match="holds other files: name a new or an empty folder"):
        _export(record, other)

    assert set(_contents(other)) == {"manifest.csv", "me.png"}
    with pytest.raises(DatasetError, match="is a file: name a folder"):
        _export(record, other / "me.png")


def test_that_an_export_that_is_stopped_leaves_the_earlier_one_whole(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0, "pit")
    decide(key, 1, 0, "pit")
    _export(record, tmp_path / "out")
    before = _contents(tmp_path / "out")
    decide(key, 0, 0, "scratch")
    decide(key, 1, 0, "scratch")

    job = export(record, tmp_path / "out")
    while next(job).phase != "writing":
        pass
    job.close()

    assert _contents(tmp_path / "out") == before


def test_that_an_export_whose_working_copy_is_gone_leaves_an_empty_folder(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    decide(add_wafer(wafer="W1")[0], 0, 0)
    decide(add_wafer(wafer="W2")[0], 0, 0)
    (record.images_folder / "copy1.tif").unlink()

    with pytest.raises(ImageError, match=r"copy1\.tif"):
        _export(record, tmp_path / "out")

    assert _contents(tmp_path / "out") == {}


def test_that_an_export_that_was_killed_is_taken_up_and_leaves_no_stray_file(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0, "pit")
    decide(key, 1, 0, "pit")
    killed = tmp_path / "killed"
    job = export(record, killed)
    while next(job).phase != "writing":
        pass
    shutil.copytree(killed, tmp_path / "out")  # what lies there in the middle of an export
    (tmp_path / "out" / "pit" / "P1_W1_c1_r0.png.part").write_bytes(b"half a file")
    job.close()
    decide(key, 0, 0, "scratch")

    _export(record, tmp_path / "out")

    assert set(_contents(tmp_path / "out")) == {
        "pit/P1_W1_c1_r0.png",
        "scratch/P1_W1_c0_r0.png",
        "manifest.csv",
        "export.json",
    }


def test_that_a_tampered_manifest_never_removes_a_file_outside(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path
) -> None:
    decide(add_wafer()[0], 0, 0)
    _export(record, tmp_path / "out")
    outside = [tmp_path / "precious.txt", tmp_path / "linked" / "precious.txt"]
    outside[1].parent.mkdir()
    for path in outside:
        path.write_text("keep")
    (tmp_path / "out" / "link").symlink_to(tmp_path / "linked")
    with (tmp_path / "out" / "manifest.csv").open("a") as stream:
        stream.write(f"../precious.txt,pit\n{outside[0]},pit\nlink/precious.txt,pit\n..\\precious.txt,pit\n")

    _export(record, tmp_path / "out")

    assert [path.read_text() for path in outside] == ["keep", "keep"]


def test_that_a_full_disk_gives_one_sentence_and_an_empty_folder(
    record: Record, add_wafer: AddWafer, decide: Decide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = add_wafer()
    decide(key, 0, 0)
    decide(key, 1, 0)
    real, written = export_folder.os.fsync, []

    def full_after_two(handle: int) -> None:
        written.append(handle)
        if len(written) > 2:  # the journal and one image
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(export_folder.os, "fsync", full_after_two)

    with pytest.raises(DatasetError, match=r"No space left on device.*make room"):
        _export(record, tmp_path / "out")

    assert _contents(tmp_path / "out") == {}
