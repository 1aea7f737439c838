"""The command that a model's card names can be given again, to torchrun too."""

from __future__ import annotations

import shlex
import sys

import pytest
from torch.distributed.run import parse_args

from inspector.cli.learn import typed_command

TYPED = ["train", "chips", "--also", "more", "--start", "models/m", "--minutes", "66"]


def test_that_one_process_is_named_as_it_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/any/where/inspector", *TYPED])

    assert typed_command(1).split() == ["inspector", *TYPED]


def test_that_torchrun_hands_every_option_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/any/where/inspector", *TYPED])

    program, *words = shlex.split(typed_command(2))
    read = parse_args(words)

    assert (program, read.nproc_per_node, read.module) == ("torchrun", "2", True)
    assert [read.training_script, *read.training_script_args] == ["inspector", *TYPED]
