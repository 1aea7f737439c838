"""Working copies that no wafer has go: at once where two programs made one each, and a day later else."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import uuid4

import pytest
from exchange_fakes import AddWafer

from inspector.exchange.retention import Retention, drop_copies, drop_orphans, drop_own_copy
from inspector.imaging.part_file import clear_unknown
from inspector.imaging.wafer_image import WaferImage
from inspector.records.record import Record


def orphan(record: Record, like: Path, days: float) -> Path:
    """A whole copy that no wafer has, last written so many days ago."""
    path = record.images_folder / f"{uuid4().hex}.tif"
    path.write_bytes(like.read_bytes())
    then = time.time() - days * 86_400
    os.utime(path, (then, then))
    return path


@pytest.fixture
def copy(record: Record, add_wafer: AddWafer) -> Path:
    """The working copy of a wafer of the record, as old as the hills."""
    key, *_ = add_wafer(wafer="W1")
    entry = record.wafer(key)
    assert entry is not None
    path = record.images_folder / entry.copy_name
    os.utime(path, (0, 0))
    return path


def test_that_an_old_copy_that_no_wafer_has_goes_and_others_stay(record: Record, copy: Path) -> None:
    gone, fresh = orphan(record, copy, 2), orphan(record, copy, 0.5)
    foreign = record.images_folder / "my own picture.tif"
    foreign.write_bytes(b"not ours")
    os.utime(foreign, (0, 0))

    assert drop_orphans(record) == [gone.name]

    assert {path.name for path in record.images_folder.glob("*.tif")} == {copy.name, fresh.name, foreign.name}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files by itself")
def test_that_a_copy_that_somebody_looks_at_stays(record: Record, copy: Path) -> None:
    held = orphan(record, copy, 2)

    with WaferImage.open(held):
        assert drop_orphans(record) == []
    assert drop_orphans(record) == [held.name]


def test_that_a_new_record_in_the_place_of_another_one_leaves_its_copies(record: Record, copy: Path) -> None:
    theirs = orphan(record, copy, 2)
    record.close()
    away = record.path.with_suffix(".old")
    record.path.rename(away)

    with Record.open(record.url) as new:
        assert drop_orphans(new) == []

    assert theirs.exists()
    assert copy.exists()


def test_that_retention_clears_them_too_even_without_a_limit(record: Record, copy: Path) -> None:
    gone = orphan(record, copy, 2)

    assert drop_copies(record, Retention()) == []
    assert not gone.exists()
    assert copy.exists()


def test_that_a_withdrawn_wafers_copy_is_known(record: Record, copy: Path) -> None:
    named = orphan(record, copy, 2)
    (key,) = [entry.key for entry in record.wafers()]

    record.withdraw_wafer(key, "It changed.")

    assert clear_unknown(record.images_folder, record.copies.names() | {named.name}) == []
    assert copy.name in record.copies.names()


def test_that_the_second_of_two_programs_takes_its_own_copy_with_it(record: Record, copy: Path) -> None:
    (entry,) = record.wafers()
    own = orphan(record, copy, 0)

    assert drop_own_copy(record, entry.key, own)
    assert not drop_own_copy(record, entry.key, copy)

    assert not own.exists()
    assert copy.exists()
