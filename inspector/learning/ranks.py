"""Several processes that learn one model together: who they are, what each of them takes, and how they agree.

`torchrun --nproc-per-node 2 -m inspector train ...` starts the processes; DistributedDataParallel adds up their
gradients. What they learn is what one process would learn from the same batches, but for rounding:

- The recipe's batch is the batch of all processes together. Everyone draws the whole epoch by the seed and takes its
  rows of each batch, so that each view is made and seen exactly once.
- The loss is a mean over the whole batch, with the worst cells of the whole batch: a mean over the processes' own
  means would be another one. So everyone is told the others' evidence (some hundred kilobytes) and computes the one
  loss; DistributedDataParallel takes the mean of the gradients, hence a loss counts as often as there are processes.
- Norms are over the whole batch too: SyncBatchNorm on GPUs; torch has none for the CPU, where `JointNorm` stands in.
- Two-dimensional dropout (the evidence network's) is drawn for the whole batch; other kinds, which some of
  torchvision's networks have, by each process for itself.
- What depends on a clock or on chips that were kept back is decided by the first process and told to the others. It
  alone reads those chips, checks, prints and writes.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
from collections.abc import Generator
from dataclasses import dataclass
from datetime import timedelta

import torch
from torch import Tensor, distributed, nn

from inspector.learning import joint_layers
from inspector.learning.device import pick_device
from inspector.learning.loss import Target
from inspector.learning.network import Evidence, JudgingNetwork
from inspector.wafer.errors import ModelError

PATIENCE = timedelta(hours=2)  # the first process reads, checks and calibrates while the others wait


@dataclass(frozen=True)
class Ranks:
    """rank: which of `number` processes this is, from 0. device: the one that it learns on."""

    device: str
    rank: int = 0
    number: int = 1

    @property
    def is_first(self) -> bool:
        return self.rank == 0

    def rows(self, batch: int) -> slice:
        """This process's rows of a batch of so many chips. The shares follow each other and differ by one at most."""
        share, more = divmod(batch, self.number)
        first = self.rank * share + min(self.rank, more)
        return slice(first, first + share + (self.rank < more))

    def agree(self, done: float, stop: bool) -> tuple[float, bool]:
        """How far the first process is, and whether anybody wants to stop. Everyone asks before each step."""
        if self.number == 1:
            return done, stop
        said = torch.tensor([done, float(stop)], dtype=torch.float64)
        all_said = [torch.empty_like(said) for _ in range(self.number)]
        distributed.all_gather(all_said, said)
        return float(all_said[0][0]), any(bool(each[1]) for each in all_said)

    def anyone(self, flag: bool) -> bool:
        """Whether the flag is up with anybody."""
        return self.agree(0.0, flag)[1]

    def together(self, network: JudgingNetwork) -> nn.Module:
        """The network as a step calls it: itself, or so wrapped that its norms and gradients are everybody's.

        Its parameters and their names stay what they are; copies to judge with are made before.
        """
        if self.number == 1:
            return network
        joint_layers.exchange_dropout(network)
        if self.device.startswith("cuda"):
            joint = nn.SyncBatchNorm.convert_sync_batchnorm(network)  # type: ignore[no-untyped-call]
            return nn.parallel.DistributedDataParallel(joint, [torch.device(self.device)])
        joint_layers.exchange_norms(network, self.rank, self.number)
        return nn.parallel.DistributedDataParallel(network)

    def tell(self, network: nn.Module, batch: int) -> None:
        """Before a step: how many chips the whole batch has."""
        for layer in network.modules() if self.number > 1 else ():
            if isinstance(layer, joint_layers.JointDropout):
                layer.rows, layer.batch = self.rows(batch), batch

    def whole(self, seen: Evidence, target: Target, batch: int) -> tuple[Evidence, Target]:
        """The whole batch's evidence and targets, in its order. Gradients flow into this process's own rows.

        batch: chips in the whole batch. The features stay this process's own: no loss looks at them.
        """
        if self.number == 1:
            return seen, target
        maps, logits = self._gathered(seen.maps, batch), self._gathered(seen.logits, batch)
        classes, cells = self._gathered(target.classes, batch), self._gathered(target.cells, batch)
        return Evidence(maps, logits, seen.features), Target(classes, cells)

    def _gathered(self, own: Tensor, batch: int) -> Tensor:
        most = -(-batch // self.number)
        padded = own.new_zeros((most, *own.shape[1:]))
        padded[: len(own)] = own.detach()
        parts = [torch.empty_like(padded) for _ in range(self.number)]
        distributed.all_gather(parts, padded)
        share, more = divmod(batch, self.number)
        rows = [part[: share + (rank < more)] for rank, part in enumerate(parts)]
        rows[self.rank] = own
        return torch.cat(rows)


ALONE = Ranks("cpu")


def started_together() -> tuple[int, int]:
    """How many processes torchrun started to learn together, and which of them this is; (1, 0) when started alone."""
    said = [os.environ.get(name, "") for name in ("WORLD_SIZE", "RANK")]
    if "MASTER_ADDR" not in os.environ or not all(each.isdigit() for each in said):
        return 1, 0
    return int(said[0]), int(said[1])


@contextlib.contextmanager
def joined(device: str) -> Generator[Ranks, None, None]:
    """This process among those that torchrun started, or alone. device: as for `pick_device`.

    ModelError where there is no such device, or fewer GPUs than processes, or where another process is gone.
    """
    number, rank = started_together()
    if number == 1:
        yield Ranks(pick_device(device))
        return
    own = _own_device(device)
    if own.startswith("cuda"):
        torch.cuda.set_device(torch.device(own))
    # DistributedDataParallel imports it; imported while the group exists, it would keep the group and Gloo's threads
    # alive: one that lets go of a tensor while Python shuts down aborts the process.
    importlib.import_module("torch._dynamo")
    # Gloo for what is decided between steps, so that no GPU has to wait for it
    distributed.init_process_group("cpu:gloo,cuda:nccl" if own.startswith("cuda") else "gloo", timeout=PATIENCE)
    try:
        yield Ranks(own, rank, number)
    except distributed.DistError as error:
        raise _lost() from error
    except RuntimeError as error:  # what Gloo says when the other end has closed
        if any(word in str(error) for word in ("gloo", "Gloo", "onnection closed", "NCCL")):
            raise _lost() from error
        raise
    finally:
        gc.collect()  # the wrapped network refers to itself and to the group
        distributed.destroy_process_group()


def _lost() -> ModelError:
    return ModelError("Another process of this training has ended: what was finished before is kept; see its message.")


def _own_device(device: str) -> str:
    """cuda:LOCAL_RANK, or the CPU."""
    if ":" in device:
        raise ModelError(f"Several processes learn together, each on a GPU of its own: not all can have {device!r}.")
    picked = pick_device(device)
    if picked == "cpu":
        return "cpu"
    local, gpus = int(os.environ.get("LOCAL_RANK", "0")), torch.cuda.device_count()
    if local >= gpus:
        raise ModelError(f"There are {gpus} GPU(s) for the processes here: run torchrun --nproc-per-node {gpus}.")
    return f"cuda:{local}"
