"""Thumbnails are read beside the window, and only so many are kept."""

from __future__ import annotations

from collections.abc import Iterator
from threading import get_ident

import numpy as np
import pytest
from fakes import FakeImage, FakeSession, noise, small_recipe, small_session
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from inspector.station.gallery.sections import Likeness, by_class, by_likeness
from inspector.station.gallery.thumbnails import ThumbLook, Thumbnails
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, PlacedGrid


class BrokenImage(FakeImage):
    """Its working copy is gone."""

    def read(self, level: int, x: int, y: int, width: int, height: int) -> np.ndarray:
        raise ImageError("The working copy can't be read any more: open the wafer's image again.")


def reader(session: FakeSession) -> tuple[Thumbnails, QObject]:
    owner = QObject()
    return Thumbnails(session, owner), owner  # type: ignore[arg-type]


@pytest.fixture
def owners() -> Iterator[list[QObject]]:
    """What has to live as long as the test."""
    kept: list[QObject] = []
    yield kept
    for owner in kept:
        thumbnails = owner.findChild(Thumbnails)
        if thumbnails is not None:
            thumbnails.stop()


def test_that_pixels_are_read_in_other_threads_chips_and_the_whole_wafer(qtbot: QtBot, owners: list[QObject]) -> None:
    session = small_session()
    thumbnails, owner = reader(session)
    owners.append(owner)

    thumbnails.set_look(ThumbLook(32))
    thumbnails.want(session.chips())
    qtbot.waitUntil(lambda: thumbnails.is_idle)

    assert get_ident() not in session.image.threads  # type: ignore[attr-defined]
    assert (0, 0, 0) in session.image.reads  # type: ignore[attr-defined]
    assert thumbnails.whole is not None
    assert all(thumbnails.is_complete(chip) for chip in session.chips())
    picture, is_sharp = thumbnails.picture(session.chips()[0])
    assert is_sharp
    assert picture is not None
    assert (picture.width(), picture.height()) == (32, 32)


def test_that_another_size_is_read_anew_and_the_old_one_stays_meanwhile(qtbot: QtBot, owners: list[QObject]) -> None:
    session = small_session()
    thumbnails, owner = reader(session)
    owners.append(owner)
    chip = session.chips()[0]
    thumbnails.set_look(ThumbLook(32))
    thumbnails.want([chip])
    qtbot.waitUntil(lambda: thumbnails.is_idle)

    thumbnails.set_look(ThumbLook(64))

    assert not thumbnails.is_complete(chip)
    assert thumbnails.picture(chip)[0] is not None
    assert not thumbnails.picture(chip)[1]


def test_that_only_so_much_is_kept_and_what_is_in_sight_stays(qtbot: QtBot, owners: list[QObject]) -> None:
    recipe = small_recipe(columns=12, rows=10, chip=320)
    session = FakeSession(recipe, PlacedGrid(recipe.grid.grid()), FakeImage(noise(recipe)))
    thumbnails, owner = reader(session)
    owners.append(owner)
    thumbnails.set_look(ThumbLook(320))

    chips = session.chips()
    for first in (0, 40, 80):
        thumbnails.want(chips[first : first + 40])
        qtbot.waitUntil(lambda: thumbnails.is_idle)

    assert thumbnails.kept_bytes <= 32 * 2**20
    assert all(thumbnails.is_complete(chip) for chip in chips[80:])
    assert thumbnails.picture(chips[0]) == (None, False)


def test_that_a_picture_that_cannot_be_read_is_told_once_and_never_complete(
    qtbot: QtBot, owners: list[QObject]
) -> None:
    recipe = small_recipe()
    session = FakeSession(recipe, PlacedGrid(recipe.grid.grid()), BrokenImage(noise(recipe)))
    thumbnails, owner = reader(session)
    owners.append(owner)
    told: list[str] = []
    thumbnails.failed.connect(told.append)

    thumbnails.want(session.chips())
    qtbot.waitUntil(lambda: thumbnails.is_idle)

    assert len(told) == 1
    assert "working copy" in told[0]
    assert not any(thumbnails.is_complete(chip) for chip in session.chips())


def test_that_sections_hold_every_chip_once_whatever_the_grouping() -> None:
    session = small_session()
    chips = session.chips()
    likeness = Likeness({chips[0]: 1, chips[1]: 0, chips[2]: 1}, {chips[0]: 0.5, chips[1]: 0.1, chips[2]: 0.2})

    classes = by_class(session, chips)  # type: ignore[arg-type]
    alike = by_likeness(session, chips, likeness)  # type: ignore[arg-type]

    assert [s.chips for s in classes] == [tuple(chips)]  # nothing is judged yet
    assert sorted(chip for s in alike for chip in s.chips) == sorted(chips)
    assert (chips[2], chips[0]) in [s.chips for s in alike]  # the most typical one first
    assert ChipId(3, 2) in alike[-1].chips
