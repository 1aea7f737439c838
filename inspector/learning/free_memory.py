"""How much memory chips may take: they are decoded once while they fit, and again for each view where they do not."""

from __future__ import annotations

from pathlib import Path

SHARE = 0.5  # of what is free: the network, other programs and the files' pages need the rest
UNTOLD = 6 << 30  # bytes, where the system does not say what is free
_SYSTEM = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")


def room_for_chips(processes: int = 1, system: Path = _SYSTEM, group: Path = _GROUP) -> int:
    """Bytes for each of so many processes that read the same chips. system, group: where Linux says what is free."""
    told = [found for found in (_free(system), _left(group)) if found is not None]
    return int(SHARE * min(told, default=UNTOLD / SHARE)) // processes


def _free(system: Path) -> int | None:
    """Of the machine; None where it does not say."""
    try:
        lines = system.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return None


def _left(group: Path) -> int | None:
    """Of what a container was given; None where it was given no limit."""
    try:
        most, taken = (int((group / name).read_text(encoding="ascii")) for name in ("memory.max", "memory.current"))
    except (OSError, ValueError):  # "max" is no number
        return None
    return max(0, most - taken)
