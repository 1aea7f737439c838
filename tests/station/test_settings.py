"""What is remembered between two starts, and what happens when the file is broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from inspector.station.state.settings import StationSettings, os_user, settings_file
from inspector.wafer.grid import WaferKey


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station.ini"


def test_that_everything_comes_back(path: Path, tmp_path: Path) -> None:
    first = StationSettings(path)
    first.language, first.scheme, first.operator, first.recipe = "ja", "dark", "佐藤", "crimp-a"
    first.geometry = QByteArray(b"\x01\x02")
    first.keep_panes("wide", "Kato", QByteArray(b"\x03"))
    first.heat_visible, first.heat_opacity, first.heat_any_defect = False, 0.4, True
    first.keep_folder("open", tmp_path)
    first.keep_model("crimp-a", tmp_path / "model")
    first.keep_wafer("sqlite:///r.db", WaferKey("L, 1", "W 1"))
    first.save()

    again = StationSettings(path)

    assert (again.language, again.scheme, again.operator, again.recipe) == ("ja", "dark", "佐藤", "crimp-a")
    assert (again.geometry.data(), again.panes("wide", "Kato").data()) == (b"\x01\x02", b"\x03")
    assert (again.heat_visible, again.heat_opacity, again.heat_any_defect) == (False, 0.4, True)
    assert again.folder("open") == tmp_path
    assert again.model("crimp-a") == str(tmp_path / "model")
    assert again.last_wafer("sqlite:///r.db") == WaferKey("L, 1", "W 1")


def test_that_each_person_has_a_layout_and_begins_with_the_stations(path: Path) -> None:
    old = QSettings(str(path), QSettings.Format.IniFormat)
    old.setValue("layout/wide", "AQ==")  # kept before layouts were a person's own
    old.setValue("beside/wide", "false")
    old.sync()
    settings = StationSettings(path)

    settings.keep_panes("wide", "佐藤", QByteArray(b"\x02"))
    settings.keep_beside("wide", "佐藤", True)

    assert (settings.panes("wide", "佐藤").data(), settings.panes("wide", "Kato").data()) == (b"\x02", b"\x01")
    assert (settings.shows_beside("wide", "佐藤"), settings.shows_beside("wide", "Kato")) == (True, False)


def test_that_the_wafer_of_another_record_is_not_offered(path: Path) -> None:
    settings = StationSettings(path)
    settings.keep_wafer("sqlite:///a.db", WaferKey("L", "W"))

    assert settings.last_wafer("sqlite:///b.db") is None


@pytest.mark.parametrize(
    "broken",
    [
        b"\x00\xff\xfe garbage [[[",
        b"[General]\nlanguage=klingon\nscheme=7\noperator=   \n[heat]\nopacity=loud\n",
        b"[layout]\ngeometry=%%%\n[last]\nwafer=[1, 2\n[folder]\nopen=/no/such/folder\n",
    ],
)
def test_that_a_broken_file_reads_as_the_defaults(path: Path, broken: bytes) -> None:
    path.write_bytes(broken)

    settings = StationSettings(path)

    assert settings.language in ("en", "ja")
    assert (settings.scheme, settings.operator) == ("system", os_user())
    assert settings.heat_opacity == 0.6
    assert settings.geometry.isEmpty()
    assert settings.last_wafer("sqlite:///r.db") is None
    assert settings.folder("open") == Path.home()


def test_that_the_settings_lie_in_the_users_own_folder(own_folders: Path) -> None:
    assert settings_file().is_relative_to(own_folders)
