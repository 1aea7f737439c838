"""A file or folder is known again by what the system says about it, without reading it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from imaging_fakes import encoded, plain_recipe, textured

from inspector.imaging.source import fingerprint
from inspector.imaging.sources.stamp import same_image, stamp
from inspector.wafer.errors import ImageError


def test_that_every_write_changes_a_files_stamp_also_one_whose_times_are_set_back(tmp_path: Path) -> None:
    file = tmp_path / "w.tif"
    file.write_bytes(b"12345678")
    before, facts = stamp(file), file.stat()
    assert stamp(file) == before

    with file.open("r+b") as opened:
        opened.write(b"87654321")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))

    assert (str(stamp(file)), stamp(file) == before) == (str(before), False)


def test_that_a_folder_changes_with_its_files_but_not_with_a_record_that_lies_in_it(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(b"1234")
    before = stamp(tmp_path)
    assert (before.size, len(before.files)) == (8, 2)

    (tmp_path / "r.images").mkdir()
    (tmp_path / "r.images" / "copy.tif.part").write_bytes(b"5")
    (tmp_path / "r.db").write_bytes(b"6")
    (tmp_path / "r.db-wal").write_bytes(b"7")
    assert stamp(tmp_path) == before

    (tmp_path / "c").write_bytes(b"")
    assert stamp(tmp_path) != before
    assert str(stamp(tmp_path)) != str(before)


def test_that_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="does not exist"):
        stamp(tmp_path / "gone.tif")


def test_that_an_image_is_known_by_its_bytes_or_until_it_is_read_whole_by_its_stamp(tmp_path: Path) -> None:
    file = tmp_path / "w.png"
    file.write_bytes(encoded(".png", textured(40, 50)))
    sha256, known = fingerprint(file).sha256, str(stamp(file))
    os.utime(file, ns=(1, 1))

    assert same_image(file, plain_recipe(), sha256, known)
    assert not same_image(file, plain_recipe(), "0" * 64, known)
    assert not same_image(file, plain_recipe(), "", known)
    assert same_image(file, plain_recipe(), "", str(stamp(file)))
