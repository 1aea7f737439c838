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


@pytest.fixture(scope="session")
def staffed_record(tmp_path_factory: pytest.TempPathFactory, empty_record: Path) -> Path:
    """A record with people and one wafer on which every chip is judged a pit; PINs take long to make."""
    path = Path(shutil.copy(empty_record, tmp_path_factory.mktemp("staffed") / "r.db"))
    with Record.open(f"sqlite:///{path}") as opened:
        opened.add_wafer(fakes.reviewed())
        chips = fakes.reviewed().placed.chip_ids()
        opened.add_judgements(fakes.KEY, fakes.facts(), [(chip, fakes.judgement("pit", 0.9)) for chip in chips])
        opened.people.add(fakes.ADA, fakes.PEOPLE[fakes.ADA], fakes.PIN)
        opened.people.sign_in(fakes.ADA, fakes.PIN)
        for name, role in list(fakes.PEOPLE.items())[1:]:
            opened.people.add(name, role, fakes.PIN)
    return path


@pytest.fixture
def staffed(tmp_path: Path, staffed_record: Path) -> Iterator[Record]:
    """An open record with people, at which nobody has signed in."""
    path = Path(shutil.copy(staffed_record, tmp_path / "staffed.db"))
    with Record.open(f"sqlite:///{path}") as opened:
        yield opened
