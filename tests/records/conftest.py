from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import record_fakes as fakes

from inspector.records.record import Record


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record without a wafer; copying it is ten times as fast as making one."""
    path = tmp_path_factory.mktemp("empty") / "r.db"
    Record.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def record_file(tmp_path: Path, empty_record: Path) -> Path:
    return Path(shutil.copy(empty_record, tmp_path / "r.db"))


@pytest.fixture
def record(record_file: Path) -> Iterator[Record]:
    """An open record that holds one wafer of 12 places."""
    with Record.open(f"sqlite:///{record_file}") as opened:
        opened.add_wafer(fakes.entry())
        yield opened
