"""Where a training begins: with a shipped model's layers where nobody located anything, else at random."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch
from tiny_product import make_recipe

from inspector import paths
from inspector.learning.chip_tensors import in_blocks
from inspector.learning.model_card import load_network, read_card
from inspector.learning.network import DETAIL, EvidenceNetwork, Stem
from inspector.learning.start import TEACHER, first_network, refitted, start_from
from inspector.wafer.errors import ModelError


@pytest.fixture
def shipped(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny trained model, shipped as the teacher."""
    folder = tmp_path / "models" / TEACHER
    shutil.copytree(trained, folder)
    monkeypatch.setattr(paths, "data_root", lambda: tmp_path)
    return folder


def test_that_image_labels_alone_begin_with_the_shipped_models_layers_but_their_own_classes(shipped: Path) -> None:
    teacher = load_network(shipped, read_card(shipped)).state_dict()
    network, digest, goes_on = first_network(make_recipe(), located=False)
    own = network.state_dict()
    assert not goes_on
    assert digest == read_card(shipped).digest
    assert all(torch.equal(own[k], v) for k, v in teacher.items() if k.split(".")[0] not in {"head", "bias", "breadth"})
    assert not torch.equal(own["head.weight"], teacher["head.weight"])


def test_that_located_marks_teach_a_network_from_random_numbers_on(shipped: Path) -> None:
    teacher = load_network(shipped, read_card(shipped)).state_dict()
    network, digest, _ = first_network(make_recipe(), located=True)
    assert digest == ""
    assert not torch.equal(network.state_dict()["stem.plain"], teacher["stem.plain"])


def test_that_an_installation_without_the_model_begins_at_random(tmp_path: Path) -> None:
    assert start_from(EvidenceNetwork(1, 3), tmp_path) is None


def test_that_a_damaged_model_is_not_begun_with(shipped: Path) -> None:
    (shipped / "weights.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelError, match="sha256"):
        first_network(make_recipe(), located=False)


@pytest.mark.parametrize("kind", ["plain", "detail"])
def test_that_a_refitted_stem_answers_to_a_small_coloured_picture_as_to_the_large_grey_one(kind: str) -> None:
    large_stem, small_stem = Stem(1, 4, 32), Stem(3, 2, 32)
    filters = refitted(getattr(large_stem, kind).detach(), 4, 2, 1, 3)
    setattr(small_stem, kind, torch.nn.Parameter(filters))
    small = torch.rand(1, 1, 12, 12, generator=torch.Generator().manual_seed(2))
    large = small.repeat_interleave(2, 2).repeat_interleave(2, 3)
    wanted, got = large_stem(in_blocks(large, 4, 4)), small_stem(in_blocks(small.expand(-1, 3, -1, -1), 2, 2))
    part = slice(0, 32 - DETAIL) if kind == "plain" else slice(32 - DETAIL, 32)
    torch.testing.assert_close(got[:, part], wanted[:, part], rtol=1e-4, atol=1e-3)


def test_that_a_retraining_begins_with_the_named_model_and_its_classes(trained: Path) -> None:
    teacher = load_network(trained, read_card(trained)).state_dict()
    network, digest, goes_on = first_network(read_card(trained).recipe, located=True, start=trained)
    assert goes_on
    assert digest == read_card(trained).digest
    assert all(torch.equal(v, teacher[k]) for k, v in network.state_dict().items())


def test_that_a_folder_without_a_model_to_begin_with_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"card\.json"):
        first_network(make_recipe(), located=True, start=tmp_path)
