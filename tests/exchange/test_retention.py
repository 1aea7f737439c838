from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from exchange_fakes import FACTS, AddWafer

from inspector.exchange.chip_pictures import chips_of
from inspector.exchange.retention import Retention, drop_copies, has_open_work
from inspector.records.record import Record, WaferEntry
from inspector.wafer.errors import ImageError, InspectorError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.judgement import Judgement

OTHER = replace(FACTS, digest="d2")
PIT = Judgement("pit", np.array([0.1, 0.9, 0], np.float32), 0.9, (1.0, 1.0), np.zeros((3, 2, 2), np.uint8))


def _copies(record: Record) -> list[str]:
    return [e.key.wafer for e in record.wafers() if (record.images_folder / e.copy_name).exists()]


def _entry(record: Record, key: WaferKey) -> WaferEntry:
    entry = record.wafer(key)
    assert entry is not None
    return entry


def _add(record: Record, add_wafer: AddWafer, count: int) -> list[WaferKey]:
    """Wafers that nobody needs to look at."""
    return [_closed(record, add_wafer(wafer=f"W{n}")[0]) for n in range(count)]


def _closed(record: Record, key: WaferKey) -> WaferKey:
    clean = replace(PIT, class_name="clean", p_defect=0.0)
    record.add_judgements(key, OTHER, [(chip, clean) for chip in _entry(record, key).placed.chip_ids()])
    return key


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", Retention()),
        ("20", Retention(wafers=20)),
        ("50GB", Retention(gigabytes=50)),
        (" 1.5 gb ", Retention(None, 1.5)),
    ],
)
def test_that_what_to_keep_is_understood(text: str, meant: Retention) -> None:
    assert Retention.parse(text) == meant


@pytest.mark.parametrize("text", ["0", "-3", "many", "2.5", "0GB", "5 TB", "5 GB 3"])
def test_that_what_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(InspectorError, match="number of wafers"):
        Retention.parse(text)


def test_that_the_oldest_copies_go_until_so_many_are_left(record: Record, add_wafer: AddWafer) -> None:
    keys = _add(record, add_wafer, 4)

    assert drop_copies(record, Retention()) == []
    assert drop_copies(record, Retention(wafers=2)) == keys[:2]

    assert _copies(record) == ["W2", "W3"]
    assert drop_copies(record, Retention(wafers=2)) == []


def test_that_the_oldest_copies_go_until_so_many_bytes_are_left(record: Record, add_wafer: AddWafer) -> None:
    keys = _add(record, add_wafer, 3)
    size = sum((record.images_folder / e.copy_name).stat().st_size for e in record.wafers())

    assert drop_copies(record, Retention(gigabytes=size * 0.7e-9)) == keys[:1]
    assert drop_copies(record, Retention(gigabytes=1e-9)) == keys[1:2]  # the newest stays


def test_that_copies_with_open_work_and_spared_ones_stay(record: Record, add_wafer: AddWafer) -> None:
    keys = _add(record, add_wafer, 5)
    chip = ChipId(1, 0)
    record.add_judgements(keys[0], FACTS, [(chip, PIT)])
    unjudged = WaferKey("P1", "unjudged")
    entry = _entry(record, keys[1])
    record.add_wafer(WaferEntry(unjudged, "s", "zz", entry.recipe_json, entry.placed, "unjudged.tif", entry.added))
    (record.images_folder / "unjudged.tif").write_bytes(b"copy")

    dropped = drop_copies(record, Retention(wafers=1), spare={keys[2]})

    assert dropped == [keys[1], keys[3], keys[4]]
    assert _copies(record) == ["W0", "W2", "unjudged"]


def test_that_a_wafer_has_open_work_until_its_chips_are_decided(
    record: Record, add_wafer: AddWafer, decide: Callable[..., int]
) -> None:
    (key,) = _add(record, add_wafer, 1)
    assert not has_open_work(record, _entry(record, key))
    record.add_judgements(key, FACTS, [(ChipId(1, 0), PIT)])
    assert has_open_work(record, _entry(record, key))

    decide(key, 1, 0, "pit")

    assert not has_open_work(record, _entry(record, key))


@pytest.mark.parametrize("channels", [1, 3])
def test_that_decided_chips_outlive_their_copy(
    record: Record, add_wafer: AddWafer, decide: Callable[..., int], channels: int
) -> None:
    key, pixels = add_wafer(channels=channels)
    _closed(record, key)
    add_wafer(wafer="W2", channels=channels)
    decide(key, 1, 1, "pit")
    entry = _entry(record, key)

    drop_copies(record, Retention(wafers=1))

    assert not (record.images_folder / entry.copy_name).exists()
    with chips_of(record, entry) as picture:
        np.testing.assert_array_equal(picture(ChipId(1, 1)), pixels[27:43, 29:49])
        with pytest.raises(ImageError):
            picture(ChipId(0, 0))


def test_that_a_copy_that_can_not_be_read_stays_with_its_decided_chips(
    record: Record, add_wafer: AddWafer, decide: Callable[..., int]
) -> None:
    (key,) = _add(record, add_wafer, 1)
    add_wafer(wafer="W2")
    decide(key, 1, 1, "pit")
    copy = record.images_folder / _entry(record, key).copy_name
    copy.write_bytes(b"no image")

    assert drop_copies(record, Retention(wafers=1)) == []
    assert copy.exists()
