"""The network's promise: a logit is a function of its own map, rising with every cell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_product import make_recipe

from inspector.learning.build import build_network
from inspector.learning.chip_tensors import chip_level, in_blocks, normalised
from inspector.learning.general_network import _OWN_ARGUMENTS
from inspector.learning.network import TOP_CELLS, EvidenceNetwork, pool_evidence
from inspector.wafer.errors import ModelError
from inspector.wafer.recipe import Recipe


def _chips(*size: int) -> torch.Tensor:
    return torch.randint(0, 256, size, dtype=torch.uint8, generator=torch.Generator().manual_seed(3))


def _judging(network: EvidenceNetwork) -> EvidenceNetwork:
    """A network in use: running norms that are not those of a fresh one, and a head that says something."""
    with torch.no_grad():
        for _ in range(3):
            network(_chips(4, 1, 64, 64))
        torch.nn.init.normal_(network.head.weight, generator=torch.Generator().manual_seed(1))
    return network.eval()


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 9), st.integers(1, 9), st.floats(-4, 4), st.integers(0, 10_000))
def test_that_covering_the_strongest_cells_lowers_only_the_logit_of_that_map(
    height: int, width: int, breadth: float, seed: int
) -> None:
    maps = torch.randn(1, 3, height, width, generator=torch.Generator().manual_seed(seed))
    share, bias = torch.sigmoid(torch.full((3,), breadth)), torch.zeros(3)
    covered = maps.clone()
    cells = covered[0, 1].flatten()
    cells[cells.topk(min(TOP_CELLS, len(cells))).indices] = cells.min() - 1.0
    covered[0, 1] = cells.view(height, width)

    before, after = (pool_evidence(m, share, bias)[0] for m in (maps, covered))

    assert after[1] < before[1]
    assert torch.equal(after[[0, 2]], before[[0, 2]])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.floats(-4, 4))
def test_that_no_cell_lowers_its_logit_by_rising(seed: int, breadth: float) -> None:
    generator = torch.Generator().manual_seed(seed)
    maps = torch.randn(1, 2, 5, 5, generator=generator)
    raised = maps + torch.rand(1, 2, 5, 5, generator=generator)
    share = torch.sigmoid(torch.full((2,), breadth))

    assert (pool_evidence(raised, share, torch.zeros(2)) >= pool_evidence(maps, share, torch.zeros(2))).all()


def test_that_the_logits_are_pooled_from_the_maps_that_are_shown() -> None:
    network = _judging(EvidenceNetwork(1, 3, patch=4))

    seen = network(_chips(2, 1, 64, 64))

    again = pool_evidence(seen.maps, torch.sigmoid(network.breadth), network.bias)
    assert torch.equal(seen.logits, again)


@pytest.mark.parametrize(("patch", "size"), [(4, (64, 64)), (8, (300, 300)), (8, (64, 200)), (4, (37, 50))])
def test_that_chips_of_any_size_give_a_cell_for_every_part_of_them_and_none_for_the_padding(
    patch: int, size: tuple[int, int]
) -> None:
    network = EvidenceNetwork(1, 3, patch).eval()

    maps = network(_chips(1, 1, *size)).maps

    assert maps.shape == (1, 3, -(-size[0] // network.cell), -(-size[1] // network.cell))


def test_that_folding_the_norms_changes_no_answer() -> None:
    network = _judging(EvidenceNetwork(1, 3))
    chips = _chips(2, 1, 96, 96)
    before = network(chips)

    network.fold()

    torch.testing.assert_close(network(chips).maps, before.maps, atol=1e-4, rtol=1e-4)
    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in network.modules())


def test_that_exposure_is_taken_out_and_reported() -> None:
    dark = _chips(1, 1, 64, 64) // 4
    bright = dark * 2 + 40

    (seen_dark, level_dark), (seen_bright, level_bright) = (normalised(c, chip_level(c)) for c in (dark, bright))

    assert (seen_dark - seen_bright).abs().max() < 0.3
    assert level_bright[0, 0] > level_dark[0, 0]


def test_that_colour_chips_are_read() -> None:
    assert EvidenceNetwork(3, 4).eval()(_chips(1, 3, 64, 64)).logits.shape == (1, 4)


def _general(name: str) -> Recipe:
    recipe = make_recipe()
    return recipe.model_copy(update={"model": recipe.model.model_copy(update={"network": f"torchvision:{name}"})})


@pytest.mark.parametrize("name", ["resnet18", "mobilenet_v3_small", "shufflenet_v2_x0_5", "mnasnet0_5", "googlenet"])
def test_that_a_general_networks_logits_are_the_means_of_its_maps(name: str) -> None:
    network = build_network(_general(name)).eval()

    seen = network(_chips(2, 1, 64, 64))

    torch.testing.assert_close(seen.logits, seen.maps.mean(dim=(2, 3)) + network.bias)
    assert network.cell == 32


def test_that_features_with_their_channels_last_are_turned_round() -> None:
    seen = build_network(_general("swin_t")).eval()(_chips(1, 1, 64, 64))

    assert seen.maps.shape == (1, 3, 2, 2)


@pytest.mark.parametrize(
    "name",
    [
        "vit_b_32",
        "no_such_network",
        "vgg11",
        "squeezenet1_1",
        "maxvit_t",
        "lraspp_mobilenet_v3_large",
        "ssdlite320_mobilenet_v3_large",
        "r3d_18",
    ],
)
def test_that_a_network_without_pooled_features_is_refused_by_name(name: str) -> None:
    with pytest.raises(ModelError, match=name):
        build_network(_general(name))


def test_that_a_network_that_can_not_see_chips_so_small_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_OWN_ARGUMENTS, "inception_v3", {"aux_logits": False, "init_weights": False})

    with pytest.raises(ModelError, match="inception_v3"):
        build_network(_general("inception_v3"))


def test_that_no_network_fetches_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("torch.hub.download_url_to_file", lambda url, *_, **__: asked.append(url))
    monkeypatch.setattr("torch.hub.load_state_dict_from_url", lambda url, *_, **__: asked.append(url))
    monkeypatch.setattr("torchvision.models._api.load_state_dict_from_url", lambda url, *_, **__: asked.append(url))

    with pytest.raises(ModelError, match="fcn_resnet50"):
        build_network(_general("fcn_resnet50"))

    assert asked == []


@pytest.mark.parametrize(
    "error", ["RuntimeError('operator torchvision::nms does not exist')", "ImportError('x')", "OSError('x')"]
)
def test_that_a_torchvision_that_does_not_load_is_named_with_the_way_out(
    error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torchvision").mkdir()
    (tmp_path / "torchvision" / "__init__.py").write_text(f"raise {error}")
    for name in [n for n in sys.modules if n.partition(".")[0] == "torchvision"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ModelError, match="pip install --force-reinstall torch torchvision"):
        build_network(_general("resnet18"))


def test_that_the_evidence_network_needs_no_torchvision() -> None:
    program = (
        "import sys; sys.modules['torchvision'] = None\n"
        "import inspector.learning.training\n"
        "from inspector.learning.build import build_network\n"
        "from tiny_product import make_recipe\n"
        "build_network(make_recipe())\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parent)


def test_that_a_crop_with_its_chips_level_looks_as_it_does_in_the_chip() -> None:
    chip = torch.randint(0, 256, (1, 1, 64, 64), dtype=torch.uint8, generator=torch.Generator().manual_seed(1))
    chip[..., 32:] //= 4

    seen, _ = normalised(chip, chip_level(chip))
    part, _ = normalised(chip[..., 40:56], chip_level(chip))

    torch.testing.assert_close(part, seen[..., 40:56])


def test_that_blocks_hold_every_pixel_and_repeat_the_border() -> None:
    chip = torch.arange(6, dtype=torch.uint8).view(1, 1, 2, 3)

    blocks = in_blocks(chip, 2, 4)

    assert blocks.shape == (1, 4, 2, 2)
    assert blocks[0, :, 0, 0].tolist() == [0, 1, 3, 4]
    assert blocks[0, :, 1, 1].tolist() == [5, 5, 5, 5]
