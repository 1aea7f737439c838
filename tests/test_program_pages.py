"""Only pages that their file can fill again are given back, and a model judges the same without them."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from inspector import paths
from inspector.program_pages import let_go, needless

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells which pages of a file are held.")
TEXT = "7f0000000000-7f0000400000 r-xp 00001000 fe:00 4711                       /opt/lib/libbig.so.1"


def mapping(head: str, **kb: int) -> str:
    """One mapping as Linux writes it; sizes in kB where they are not those of clean pages."""
    clean = {"Size": 4096, "Rss": 2048, "Shared_Clean": 0, "Shared_Dirty": 0, "Private_Clean": 2048}
    sizes = clean | {"Private_Dirty": 0, "Anonymous": 0, "AnonHugePages": 0, "Swap": 0, "SwapPss": 0, "Locked": 0} | kb
    told = "".join(f"{name}: {size:>15} kB\n" for name, size in sizes.items())
    return f"{head}\n{told}THPeligible:           0\nVmFlags: rd ex mr mw me sd\n"


def test_that_clean_program_text_is_needless_and_its_addresses_are_those_of_the_mapping() -> None:
    read_only = TEXT.replace("r-xp", "r--p").replace("7f0000", "7f1000")
    both = mapping(TEXT) + mapping(read_only, Private_Clean=0, Shared_Clean=2048)
    assert list(needless(both)) == [(0x7F0000000000, 0x7F0000400000), (0x7F1000000000, 0x7F1000400000)]


@pytest.mark.parametrize("name", ["Private_Dirty", "Shared_Dirty", "Anonymous", "Swap", "Locked"])
def test_that_a_mapping_with_one_page_that_was_written_or_is_locked_stays(name: str) -> None:
    assert list(needless(mapping(TEXT, **{name: 4}))) == []


@pytest.mark.parametrize("name", ["Rss", "Private_Dirty", "Anonymous", "Swap"])
def test_that_a_mapping_stays_where_the_system_does_not_tell_what_it_holds(name: str) -> None:
    told = [line for line in mapping(TEXT).splitlines(keepends=True) if not line.startswith(f"{name}:")]
    assert list(needless("".join(told))) == []


@pytest.mark.parametrize(
    "head",
    [
        TEXT.replace("r-xp", "rw-p"),
        TEXT.replace("r-xp", "r--s"),
        TEXT.replace("/opt/lib/libbig.so.1", ""),
        TEXT.replace("4711", "0"),
        TEXT.replace("/opt/lib/libbig.so.1", "[heap]"),
        TEXT.replace("/opt/lib/libbig.so.1", "/dev/nvidia0"),
        TEXT.replace("libbig.so.1", "libbig.so.cache/model.safetensors"),
        TEXT.replace("/opt/lib/libbig.so.1", "/data/wafer.tif"),
        TEXT + " (deleted)",
    ],
)
def test_that_what_is_no_program_file_can_be_written_or_is_gone_stays(head: str) -> None:
    assert list(needless(mapping(head) + mapping(TEXT.replace("7f0000", "7f2000")))) == [
        (0x7F2000000000, 0x7F2000400000)
    ]


def test_that_little_is_not_worth_asking_for() -> None:
    assert list(needless(mapping(TEXT, Rss=64, Private_Clean=64))) == []


@ON_LINUX
def test_that_a_model_judges_the_same_after_its_program_pages_have_gone() -> None:
    from inspector.learning.classifier import load_classifier

    classifier = load_classifier(paths.shipped_model("laser-wafer"), None, "cpu")
    width, height = classifier.input_size
    chips = np.random.default_rng(1).integers(0, 255, (1, height, width, classifier.channels), dtype=np.uint8)
    (before,) = classifier.judge(chips)
    assert let_go() > 10 << 20
    (after,) = classifier.judge(chips)
    assert before.class_name == after.class_name
    np.testing.assert_array_equal(before.probabilities, after.probabilities)
    np.testing.assert_array_equal(before.evidence, after.evidence)
