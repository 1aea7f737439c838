"""Chips stay decoded in half of the memory that is free, of the machine or of the container."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.learning.free_memory import UNTOLD, room_for_chips


@pytest.fixture
def system(tmp_path: Path) -> Path:
    told = tmp_path / "meminfo"
    told.write_text("MemTotal:       65000000 kB\nMemFree:  100 kB\nMemAvailable:   40000000 kB\n", encoding="ascii")
    return told


def group(folder: Path, most: str, taken: int) -> Path:
    folder.mkdir()
    (folder / "memory.max").write_text(f"{most}\n", encoding="ascii")
    (folder / "memory.current").write_text(f"{taken}\n", encoding="ascii")
    return folder


def test_that_half_of_what_is_free_is_shared_by_the_processes(tmp_path: Path, system: Path) -> None:
    free = 40_000_000 << 10

    assert room_for_chips(1, system, tmp_path / "none") == free // 2
    assert room_for_chips(4, system, tmp_path / "none") == free // 8


def test_that_a_containers_limit_holds(tmp_path: Path, system: Path) -> None:
    assert room_for_chips(1, system, group(tmp_path / "small", str(8 << 30), 2 << 30)) == 3 << 30
    assert room_for_chips(1, system, group(tmp_path / "full", str(8 << 30), 9 << 30)) == 0
    assert room_for_chips(1, system, group(tmp_path / "free", "max", 2 << 30)) == (40_000_000 << 10) // 2


def test_that_a_system_that_does_not_tell_gets_the_usual_room(tmp_path: Path) -> None:
    assert room_for_chips(2, tmp_path / "none", tmp_path / "none") == UNTOLD // 2
