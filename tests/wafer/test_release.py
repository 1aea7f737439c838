"""What a model's folder says, and the gates that it has to pass."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from inspector import paths
from inspector.wafer.errors import ModelError
from inspector.wafer.model_comparison import ComparedChip, ModelComparison
from inspector.wafer.model_folder import ModelFolder, read_model_folder
from inspector.wafer.recipe import Recipe
from inspector.wafer.release import GateName, gates, open_gates

RECIPE = Recipe.model_validate(
    {
        "product": {"name": "tiny"},
        "grid": {"kind": "whole"},
        "classes": [{"name": "clean", "verdict": "good"}, {"name": "pit", "verdict": "defect"}],
    }
)


def _folder(folder: Path, **card: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "weights.safetensors").write_bytes(b"weights")
    values = {
        "digest": hashlib.sha256(b"weights").hexdigest(),
        "recipe": RECIPE.model_dump(mode="json"),
        "training": {"date": "2026-11-22T10:00:00+00:00", "lots": ["A"], "train": {"clean": {"": 7, "x": 1}}},
        "review": {"low": 0.1, "high": 0.9, "bound": 0.004, "max_escape": 0.005, "proven": True},
    }
    (folder / "card.json").write_text(json.dumps(values | card), encoding="utf-8")
    return folder


def _chips(number: int, truth: str, before: str, after: str, lot: str = "T") -> list[ComparedChip]:
    p = {"clean": 0.02, "pit": 0.98}
    return [
        ComparedChip(f"{truth}-{before}-{after}-{i}.png", truth, before, after, p[before], p[after], lot)
        for i in range(number)
    ]


def _compared(*chips: list[ComparedChip], unseen: Any = "test", before: str = "b" * 64) -> ModelComparison:
    return ModelComparison("tiny", before, "a" * 64, tuple(c for some in chips for c in some), unseen)


GOOD = (_chips(80, "clean", "clean", "clean"), _chips(60, "pit", "pit", "pit"))


def _passed(model: ModelFolder, comparison: ModelComparison | None, whole: bool = True) -> dict[str, bool | None]:
    return {gate.name.value: gate.passed for gate in gates(model, comparison, whole=whole)}


def test_that_a_model_that_errs_nowhere_passes_every_gate_in_order(tmp_path: Path) -> None:
    model = read_model_folder(_folder(tmp_path / "m"))

    found = gates(model, _compared(*GOOD), whole=model.is_whole())

    assert [gate.name for gate in found] == list(GateName)
    assert all(gate.passed for gate in found), found
    assert open_gates(found) == []


@pytest.mark.parametrize(
    ("chips", "failed"),
    [
        (_chips(1, "pit", "pit", "clean"), {"escape"}),
        (_chips(9, "clean", "clean", "pit"), {"overkill", "verdict"}),
        (_chips(2, "clean", "clean", "pit", "poor") + _chips(8, "clean", "clean", "clean", "poor"), {"lots"}),
    ],
)
def test_that_each_way_of_being_worse_fails_its_own_gate(
    tmp_path: Path, chips: list[ComparedChip], failed: set[str]
) -> None:
    model = read_model_folder(_folder(tmp_path / "m"))

    assert {name for name, passed in _passed(model, _compared(*GOOD, chips)).items() if not passed} == failed


def test_that_one_more_overkill_may_be_chance(tmp_path: Path) -> None:
    model = read_model_folder(_folder(tmp_path / "m"))

    found = _passed(model, _compared(*GOOD, _chips(1, "clean", "clean", "pit")))

    assert (found["overkill"], found["verdict"]) == (True, True)


def test_that_what_can_not_be_known_is_neither_passed_nor_hidden(tmp_path: Path) -> None:
    model = read_model_folder(_folder(tmp_path / "m", review=None))

    found = gates(model, None, whole=True)

    assert [gate.name for gate in found] == list(GateName)
    assert {gate.passed for gate in found[1:]} == {None}
    assert len(open_gates(found)) == len(GateName) - 1


def test_that_chips_which_the_training_knows_and_too_few_of_them_prove_nothing(tmp_path: Path) -> None:
    model = read_model_folder(_folder(tmp_path / "m"))

    found = _passed(
        model, _compared(_chips(80, "clean", "clean", "clean"), _chips(58, "pit", "pit", "pit"), unseen="checked")
    )

    assert (found["unseen"], found["enough"]) == (False, False)


def test_that_limits_which_nobody_proved_fail(tmp_path: Path) -> None:
    review = {"low": 0.1, "high": 0.9, "bound": 0.02, "max_escape": 0.005, "proven": False}
    model = read_model_folder(_folder(tmp_path / "m", review=review))

    assert _passed(model, _compared(*GOOD))["accepted"] is False


def test_that_other_weights_than_the_cards_are_told(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "m")
    assert read_model_folder(folder).is_whole()

    (folder / "weights.safetensors").write_bytes(b"others")

    assert not read_model_folder(folder).is_whole()
    assert _passed(read_model_folder(folder), None, whole=False)["weights"] is False


def test_that_a_card_tells_when_from_what_and_with_which_limits(tmp_path: Path) -> None:
    model = read_model_folder(_folder(tmp_path / "m"))

    assert (model.date, model.lots, model.learned) == ("2026-11-22T10:00:00+00:00", ("A",), {"clean": 8})
    assert (model.limits.low, model.limits.high) == (0.1, 0.9)
    assert model.comparison() is None


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"digest": 1, "training": {}, "recipe": {}}', b"\xff"])
def test_that_a_damaged_card_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "card.json").write_bytes(content)

    with pytest.raises(ModelError, match=r"card\.json is damaged or of another version"):
        read_model_folder(tmp_path)


def test_that_a_damaged_comparison_is_named_and_a_folder_without_a_model_too(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "m")
    (folder / "comparison.json").write_text("{}")

    with pytest.raises(ModelError, match=r"comparison\.json is damaged"):
        read_model_folder(folder).comparison()
    with pytest.raises(ModelError, match="holds no model"):
        read_model_folder(tmp_path / "nowhere")


def test_that_the_shipped_models_cards_can_be_read() -> None:
    for name in ("laser-wafer", "crimp-a", "crimp-b"):
        model = read_model_folder(paths.shipped_model(name))
        assert model.recipe.name == name
        assert model.is_whole()
