"""A wafer that is in the record already: what the engine is asked, what is refused, and what a busy record does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from stations import CHIPS, KEY, PLACED, RECIPE, FakeLink, batch, model_folder, prepare, wafer_png

from inspector.engine.events import JobFailed, JobFinished, WaferPrepared, WaferRead
from inspector.imaging.source import fingerprint
from inspector.imaging.sources.stamp import stamp
from inspector.imaging.working_copy import make_working_copy
from inspector.station.state.session import Session
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe import Recipe

A = WaferKey("L2", "A")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return model_folder(tmp_path / "model")


@pytest.fixture
def freed(session: Session, link: FakeLink, model: Path, tmp_path: Path) -> Path:
    """The source of a wafer whose first five chips are judged and whose working copy was deleted since."""
    source = wafer_png(tmp_path, "A.png")
    session.open_images([source], RECIPE, A.lot, model)
    prepare(link)
    link.say(batch(1, CHIPS[:5], 5), JobFinished(1, stopped=True))
    session.hear_engine()
    link.requests[0].copy.unlink()
    return source


def busy(*_: object) -> None:
    raise RecordError("The record is busy: try again.")


def test_that_a_record_that_is_busy_at_the_start_of_an_image_names_it_and_the_line_goes_on(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    images = [wafer_png(tmp_path, f"{name}.png") for name in "AB"]
    look_up = session.record.wafer
    monkeypatch.setattr(session.record, "wafer", lambda key: busy() if key == A else look_up(key))

    with qtbot.waitSignal(session.failed) as failed:
        session.open_images(images, RECIPE, A.lot, model)

    assert failed.args == ["The record is busy: try again."]
    assert [r.wafer for r in link.requests] == ["B"]


def test_that_a_record_that_is_busy_for_every_image_ends_the_line(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[str] = []
    session.failed.connect(failed.append)
    monkeypatch.setattr(session.record, "wafer", busy)

    session.open_images([wafer_png(tmp_path, f"{name}.png") for name in "ABC"], RECIPE, A.lot, model)

    assert len(failed) == 3
    assert not session.job.is_active
    assert link.requests == []


def test_that_a_record_that_is_busy_after_comparing_names_it_and_the_line_goes_on(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(session.record, "judged_chips", busy)

    with qtbot.waitSignal(session.failed) as failed:
        session.open_images([tmp_path / "W01.png", wafer_png(tmp_path, "B.png")], RECIPE, KEY.lot, model)

    assert failed.args == ["The record is busy: try again."]
    assert [r.wafer for r in link.requests] == ["B"]


def test_that_a_working_copy_that_is_gone_is_made_again_and_the_wafer_goes_on(
    session: Session, link: FakeLink, model: Path, freed: Path, qtbot: QtBot
) -> None:
    before = session.record.wafer(A)
    session.open_images([freed], RECIPE, A.lot, model)
    qtbot.waitUntil(lambda: len(link.requests) == 2)
    prepare(link, 2)
    link.say(batch(2, CHIPS[5:], len(CHIPS)), JobFinished(2, stopped=False))

    session.hear_engine()

    request = link.requests[1]
    assert (request.copy, request.placed, request.skip) == (link.requests[0].copy, PLACED, frozenset(CHIPS[:5]))
    assert session.record.wafer(A) == before
    assert list(session.record.judgements(A)) == CHIPS
    assert session.key == A
    assert session.image is not None
    assert not session.job.is_active


@pytest.fixture
def unread(session: Session, link: FakeLink, model: Path, freed: Path, qtbot: QtBot) -> Path:
    """Another image, the fourth request, five of whose chips were judged when its reading was cut off."""
    source = wafer_png(freed.parent, "C.png", seed=5)
    session.open_images([source], RECIPE, A.lot, model)
    number = len(link.requests)
    link.say(WaferPrepared(number, "", PLACED, link.requests[-1].copy.name, str(stamp(source))))
    link.say(batch(number, CHIPS[:5], len(CHIPS)), JobFailed(number, "The share is gone."))
    session.hear_engine()
    return source


C = WaferKey(A.lot, "C")


def test_that_an_image_that_was_not_read_whole_goes_on_with_the_chips_that_are_not_judged(
    session: Session, link: FakeLink, model: Path, unread: Path, qtbot: QtBot
) -> None:
    before = len(link.requests)
    session.open_images([unread], RECIPE, A.lot, model)
    qtbot.waitUntil(lambda: len(link.requests) == before + 1)
    list(make_working_copy(unread, link.requests[-1].copy, RECIPE))
    sha256 = fingerprint(unread).sha256
    number = len(link.requests)
    link.say(WaferPrepared(number, "", PLACED, link.requests[-1].copy.name, str(stamp(unread))))
    link.say(WaferRead(number, sha256), batch(number, CHIPS[5:], len(CHIPS)), JobFinished(number, stopped=False))
    session.hear_engine()

    request = link.requests[-1]
    assert (request.placed, request.sha256, request.skip) == (PLACED, "", frozenset(CHIPS[:5]))
    entry = session.record.wafer(C)
    assert entry is not None
    assert entry.sha256 == sha256
    assert list(session.record.judgements(C)) == CHIPS


def test_that_an_image_that_changed_before_it_was_read_whole_is_judged_anew(
    session: Session, link: FakeLink, model: Path, unread: Path, qtbot: QtBot
) -> None:
    before = len(link.requests)
    wafer_png(unread.parent, unread.name, seed=6)

    session.open_images([unread], RECIPE, A.lot, model)
    qtbot.waitUntil(lambda: len(link.requests) == before + 1)

    assert (link.requests[-1].placed, link.requests[-1].skip) == (None, frozenset())
    assert session.record.wafer(C) is None


def test_that_nothing_stands_on_an_image_that_changed_while_it_was_read(
    session: Session, link: FakeLink, model: Path, unread: Path, qtbot: QtBot
) -> None:
    before = len(link.requests)
    session.open_images([unread], RECIPE, A.lot, model)
    qtbot.waitUntil(lambda: len(link.requests) == before + 1)
    assert len(session.record.judgements(C)) == 5
    link.say(JobFailed(len(link.requests), "The image C.png changed while it was read.", changed=True))

    session.hear_engine()

    assert session.record.wafer(C) is None
    assert session.record.judgements(C) == {}
    assert len(session.record.judgements(A)) == 5  # another image that was read whole


def test_that_a_source_that_changed_since_it_was_compared_leaves_no_copy_under_the_wafers_name(
    session: Session, link: FakeLink, model: Path, freed: Path, qtbot: QtBot
) -> None:
    session.open_images([freed], RECIPE, A.lot, model)
    qtbot.waitUntil(lambda: len(link.requests) == 2)
    wafer_png(freed.parent, freed.name, seed=9)
    prepare(link, 2)

    with qtbot.waitSignal(session.failed) as failed:
        session.hear_engine()

    assert "another image" in str(failed.args)
    assert not link.requests[1].copy.exists()


def with_classes(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"classes": recipe.classes[1:]})


def with_chips(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"grid": recipe.grid.model_copy(update={"columns": 3})})


def with_colours(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"image": recipe.image.model_copy(update={"channels": 3})})


@pytest.mark.parametrize("change", [with_classes, with_chips, with_colours])
def test_that_a_known_wafer_is_refused_with_another_recipe(
    change: Callable[[Recipe], Recipe], session: Session, link: FakeLink, model: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.failed) as failed:
        session.open_images([tmp_path / "W01.png"], change(RECIPE), KEY.lot, model)

    assert failed.args == ["Wafer W01 of lot L1 is in the record with another recipe: give another lot or wafer name."]
    assert link.requests == []


def test_that_new_titles_and_limits_do_not_make_another_recipe(
    session: Session, link: FakeLink, model: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    titled = [c.model_copy(update={"title": {"en": c.name.upper()}}) for c in RECIPE.classes]
    recipe = RECIPE.model_copy(
        update={"classes": tuple(titled), "review": RECIPE.review.model_copy(update={"low": 0.2})}
    )

    session.open_images([tmp_path / "W01.png"], recipe, KEY.lot, model)
    qtbot.waitUntil(lambda: len(link.requests) == 1)

    assert link.requests[0].placed is not None
