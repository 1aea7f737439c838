"""The checksum that a camera's program may leave beside an image: it alone tells a changed byte in a raw picture."""

from __future__ import annotations

import re
from pathlib import Path

from inspector.imaging.sources.image_header import refusal, refusing

_MOST_BYTES = 4096
_SUM = re.compile(rb"(?:\A|\s)\\?([0-9a-fA-F]{64})(?:\s|\Z)")


def checksum_file(path: Path) -> Path:
    """Where the checksum of an image would stand: its name with .sha256 behind it, as `sha256sum` writes it."""
    return path.with_name(path.name + ".sha256")


def refuse_other_sum(path: Path, sha256: str) -> None:
    """ImageError where a checksum file lies beside the image and names another sha256 than its bytes have."""
    told = checksum_file(path)
    try:
        with open(told, "rb") as file:
            text = file.read(_MOST_BYTES)
    except (FileNotFoundError, IsADirectoryError):
        return
    except OSError as error:
        if len(told.name.encode("utf-8", "surrogateescape")) > 255:  # no file can have that name
            return
        with refusing(told):
            raise error
    found = _SUM.search(text)
    if found is None:
        raise refusal(told, "holds no sha256", "write it again or take it away")
    if found.group(1).decode().lower() != sha256:
        remedy = "copy both again from where they were taken"
        raise refusal(path, "has other bytes than its checksum file says (.sha256)", remedy)
