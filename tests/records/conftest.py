from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import record_fakes as fakes

from inspector.records.record import Record


@pytest.fixture
def record_file(tmp_path: Path) -> Path:
    return tmp_path / "r.db"


@pytest.fixture
def record(record_file: Path) -> Iterator[Record]:
    """An open record that holds one wafer of 12 places."""
    with Record.open(f"sqlite:///{record_file}") as opened:
        opened.add_wafer(fakes.entry())
        yield opened
