"""Which device judges and learns, and what it is good for."""

from __future__ import annotations

import contextlib
import ctypes
import platform

import torch

from inspector.wafer.errors import ModelError

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3


def pick_device(name: str) -> str:
    """ "auto", "cpu", "cuda" or "cuda:N" -> a torch device name. ModelError where the machine has no such device."""
    if name == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cpu":
        return "cpu"
    if name.split(":")[0] == "cuda":
        number = int(name.partition(":")[2] or 0) if name.partition(":")[2].isdigit() or ":" not in name else -1
        if torch.cuda.is_available() and 0 <= number < torch.cuda.device_count():
            return name
        raise ModelError(f"The device {name!r} is not on this machine: use --device cpu or auto.")
    raise ModelError(f"The device {name!r} is unknown: use auto, cpu or cuda.")


def device_title(device: str) -> str:
    """What a person calls the device: the name of the GPU, or the CPU with its number of threads."""
    if device.startswith("cuda"):
        return str(torch.cuda.get_device_name(torch.device(device)))
    threads = torch.get_num_threads()
    return f"CPU ({platform.machine()}, {threads} {'thread' if threads == 1 else 'threads'})"


def has_fast_bfloat16(device: str) -> bool:
    """True where arithmetic in bfloat16 is done by the hardware, not imitated."""
    if device.startswith("cuda"):
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    asks = (getattr(torch.cpu, f"_is_{name}_supported", None) for name in ("avx512_bf16", "amx_tile"))
    return any(bool(ask()) for ask in asks if ask is not None)


def mixed_precision(device: str, on: bool) -> contextlib.AbstractContextManager[object]:
    """bfloat16 for convolutions, float32 for what needs it; nothing where `on` is False."""
    if not on:
        return contextlib.nullcontext()
    return torch.autocast(device.split(":")[0], dtype=torch.bfloat16)


def keep_memory() -> None:
    """Let the C library keep what a network frees instead of handing it back to the system and asking again.

    A chip's activations are tens of megabytes that come and go; fetching fresh pages for them costs a good part of the
    time on a CPU. Only glibc has these two settings; elsewhere nothing happens.
    """
    if platform.libc_ver()[0] != "glibc":
        return
    library = ctypes.CDLL(None)
    library.mallopt(_M_MMAP_THRESHOLD, 32 << 20)  # the largest that glibc takes
    library.mallopt(_M_TRIM_THRESHOLD, 1 << 30)
