"""Several processes learn what one would have learned, each view is seen once, and none is left waiting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from learn_together import learn
from tiny_product import make_recipe

from inspector.learning.batches import learning_batches
from inspector.learning.checkpoint import read_standing
from inspector.learning.dataset import ChipPixels, balanced_weights
from inspector.learning.model_card import load_network, read_card
from inspector.learning.ranks import Ranks, joined
from inspector.wafer.errors import ModelError
from inspector.wafer.manifest import read_dataset

HERE = Path(__file__).parent
Make = Callable[..., Path]


def _two(tmp_path: Path, dataset: Path, *numbers: int) -> list[dict[str, Any]]:
    """Run `learn_together.py` in two processes; what each noted. The model is in tmp_path / "two"."""
    words = [dataset, tmp_path / "two", tmp_path, *numbers]
    root = str(HERE.parents[1])
    ended = subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
        + [str(word) for word in (HERE / "learn_together.py", *words)],
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join([root, str(HERE)])},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return [json.loads((tmp_path / f"{rank}.json").read_text()) for rank in (0, 1)]


@pytest.mark.parametrize("number", [1, 2, 3, 5])
@pytest.mark.parametrize("batch", [5, 7, 16])
def test_that_the_shares_of_a_batch_follow_each_other_and_differ_by_one_at_most(number: int, batch: int) -> None:
    rows = [list(range(batch))[Ranks("cpu", rank, number).rows(batch)] for rank in range(number)]

    assert [row for each in rows for row in each] == list(range(batch))
    assert max(map(len, rows)) - min(map(len, rows)) <= 1


def test_that_every_process_has_a_chip_of_every_batch(make_dataset: Make) -> None:
    store = ChipPixels(read_dataset(make_dataset(per_class=3)), make_recipe())  # 9 chips: batches of 4 leave 1 over

    def made(rank: int) -> list[int]:
        batches = learning_batches(store, balanced_weights(store.examples), 0, 32, 4, (0,), ranks=Ranks("cpu", rank, 3))
        return [len(batch.chips) for batch in batches]

    assert [made(rank) for rank in range(3)] == [[2, 2], [1, 2], [1, 1]]


@pytest.mark.slow
def test_that_two_processes_see_every_view_once_and_learn_what_one_learns(make_dataset: Make, tmp_path: Path) -> None:
    dataset, notes = make_dataset(per_class=6), tmp_path / "alone"
    notes.mkdir()
    learn(dataset, tmp_path / "one", notes, 1)
    alone = json.loads((notes / "0.json").read_text())

    first, second = _two(tmp_path, dataset, 1)

    assert [a + b for a, b in zip(first["shown"], second["shown"], strict=True)] == alone["shown"]
    assert all(len(a) - len(b) in (0, 1) for a, b in zip(first["shown"], second["shown"], strict=True))
    assert first["losses"] == second["losses"]
    # Sums in another order: rounding grows from step to step, as it does in any two runs that differ in a bit
    np.testing.assert_allclose(first["losses"][:8], alone["losses"][:8], rtol=1e-4)
    np.testing.assert_allclose(np.mean(first["losses"]), np.mean(alone["losses"]), rtol=0.02)
    assert (first["epochs"], second["epochs"]) == (1, 0)  # the second says nothing
    # A thread of Gloo's that lets go of a tensor while Python shuts down would abort the process, now and then
    assert not [name for name in (*first["threads"], *second["threads"]) if "gloo" in name]
    assert read_card(tmp_path / "two").training.chips_seen == read_card(tmp_path / "one").training.chips_seen


@pytest.mark.slow
def test_that_a_signal_to_one_process_stops_both_before_the_same_step(make_dataset: Make, tmp_path: Path) -> None:
    first, second = _two(tmp_path, make_dataset(per_class=6), 1000, 3)

    standing = read_standing(tmp_path / "two", make_recipe(crop=32, batch=7).digest)
    load_network(tmp_path / "two", read_card(tmp_path / "two"))
    assert len(first["shown"]) == len(second["shown"]) == standing.steps >= 3
    assert standing.epoch < 1000
    assert standing.kept


def test_that_processes_cannot_share_one_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"WORLD_SIZE": "2", "RANK": "0", "MASTER_ADDR": "localhost"}.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ModelError, match="each on a GPU of its own"), joined("cuda:0"):
        pass
