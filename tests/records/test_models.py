"""Which model judges is an event in the record: activating, going back, folders that move or are gone."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector import paths
from inspector.records.models import (
    activate_model,
    activations,
    active_model,
    kept_models,
    model_in_use,
    models_folder,
)
from inspector.records.record import Record
from inspector.wafer.errors import ModelError, RoleError
from inspector.wafer.recipe_file import read_recipe
from inspector.wafer.roles import Act, Role

NAME = "laser-wafer"


def _model(record: Record, name: str, content: bytes, recipe: str = NAME) -> Path:
    """A folder that looks like a model of the laser recipe from outside."""
    folder = models_folder(record, recipe) / name
    folder.mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(content)
    card = {
        "digest": hashlib.sha256(content).hexdigest(),
        "recipe": read_recipe(paths.resource("recipes", f"{NAME}.toml")).model_dump(mode="json"),
        "training": {"date": "2026-11-22T10:00:00+00:00", "train": {}},
    }
    (folder / "card.json").write_text(json.dumps(card))
    return folder


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    (tmp_path / "here").mkdir()
    with Record.open(f"sqlite:///{tmp_path / 'here' / 'r.db'}") as opened:
        yield opened


def test_that_the_shipped_model_judges_until_one_is_activated_and_again_after_going_back(record: Record) -> None:
    first = _model(record, "20261101-000000-a", b"1")
    assert model_in_use(record, NAME) == paths.shipped_model(NAME)

    activate_model(record, NAME, first, ["escape"], "aki")
    assert model_in_use(record, NAME) == first
    activate_model(record, NAME, paths.shipped_model(NAME), operator="aki")

    assert model_in_use(record, NAME) == paths.shipped_model(NAME)
    assert [(a.person, a.folder, a.failed) for a in activations(record, NAME)] == [
        ("aki", first, ("escape",)),
        ("aki", paths.shipped_model(NAME), ()),
    ]
    assert active_model(record, "another") is None


def test_that_models_are_listed_the_newest_first_and_the_shipped_one_last(record: Record) -> None:
    old, new = _model(record, "20261101-000000-a", b"1"), _model(record, "20261102-000000-b", b"2")
    (models_folder(record, NAME) / "training" / "20261103-000000").mkdir(parents=True)

    assert kept_models(record, NAME) == [new, old, paths.shipped_model(NAME)]


def test_that_a_model_activated_from_elsewhere_stays_among_them_so_that_one_can_go_back(
    record: Record, tmp_path: Path
) -> None:
    own = _model(record, "20261101-000000-a", b"1")
    elsewhere = tmp_path / "usb"
    shutil.copytree(own, elsewhere)
    activate_model(record, NAME, elsewhere, operator="aki")
    activate_model(record, NAME, own, operator="aki")

    assert kept_models(record, NAME) == [own, elsewhere, paths.shipped_model(NAME)]


def test_that_record_and_models_can_be_moved_together(record: Record, tmp_path: Path) -> None:
    folder = _model(record, "20261101-000000-a", b"1")
    activate_model(record, NAME, folder, operator="aki")
    record.close()

    shutil.move(tmp_path / "here", tmp_path / "there")

    with Record.open(f"sqlite:///{tmp_path / 'there' / 'r.db'}") as moved:
        assert model_in_use(moved, NAME) == tmp_path / "there" / "r.models" / NAME / "20261101-000000-a"


def test_that_an_active_model_that_is_gone_or_another_one_now_is_never_replaced_unsaid(record: Record) -> None:
    folder = _model(record, "20261101-000000-a", b"1")
    activate_model(record, NAME, folder, operator="aki")
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | {"digest": "0" * 64}))
    with pytest.raises(ModelError, match="is not the one that was activated"):
        model_in_use(record, NAME)

    shutil.rmtree(folder)

    with pytest.raises(ModelError, match="holds no model"):
        model_in_use(record, NAME)


def test_that_damaged_weights_are_not_activated(record: Record) -> None:
    folder = _model(record, "20261101-000000-a", b"1")
    (folder / "weights.safetensors").write_bytes(b"2")

    with pytest.raises(ModelError, match="not those of its card"):
        activate_model(record, NAME, folder, operator="aki")

    assert activations(record) == []


def test_that_an_operator_may_not_activate_a_model_and_the_attempt_is_kept(record: Record) -> None:
    folder = _model(record, "20261101-000000-a", b"1")
    record.people.add("Root", Role.ADMINISTRATOR, "123456")
    record.people.sign_in("Root", "123456")
    for name, role in (("Kato", Role.OPERATOR), ("Ito", Role.ENGINEER)):
        record.people.add(name, role, "654321")
    record.people.sign_in("Kato", "654321")

    with pytest.raises(RoleError, match="may not activate model"):
        activate_model(record, NAME, folder)
    assert active_model(record, NAME) is None
    record.people.sign_in("Ito", "654321")
    activate_model(record, NAME, folder)

    assert [(e.kind, e.person) for e in record.people.events(act=Act.ACTIVATE_MODEL)] == [
        ("refused", "Kato"),
        ("done", "Ito"),
    ]
