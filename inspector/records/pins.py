"""PINs: kept as argon2id, which makes guessing slow; argon2-cffi is imported when the first PIN is typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector.wafer.errors import RecordError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_PIN = re.compile(r"[0-9]{4,12}")


def _hasher() -> PasswordHasher:
    """19 MiB, two passes, one lane: the least that OWASP's password storage cheat sheet recommends for argon2id."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(pin: str) -> str:
    """What the record keeps of a PIN. RecordError for one that is none."""
    if not _PIN.fullmatch(pin):
        raise RecordError("A PIN has 4 to 12 digits: choose another one.")
    return _hasher().hash(pin)


def fits(kept: str | None, pin: str) -> bool:
    """True where the PIN is the one that was kept; nothing fits where none was kept."""
    from argon2.exceptions import VerificationError

    try:
        return kept is not None and _hasher().verify(kept, pin)
    except VerificationError:
        return False
