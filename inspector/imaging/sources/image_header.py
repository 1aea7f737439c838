"""What an image file says about itself, and the one way in which a file that can't be used is refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from inspector.wafer.errors import ImageError, printable

MAX_PIXELS = 1 << 34  # 16 gigapixels: 131,072 x 131,072
MAX_SIDE = 1 << 18  # pixels; a band of rows stays small in memory
_SMALL = 256 << 20  # bytes, decoded: nobody's memory is in danger
_MOST_PACKED = 400  # decoded bytes for one in the file


@dataclass(frozen=True)
class ImageHeader:
    """Facts read without decoding.

    width, height: pixels of the upright image (orientation marks applied). channels: 1 grey or 3 colour, an alpha
    channel not counted. bits: 8 or 16 of one channel, as the pixels are delivered. format: "png", "tiff" and so on.
    """

    path: Path
    width: int
    height: int
    channels: int
    bits: int
    format: str


def refusal(path: Path | str, fault: str, remedy: str) -> ImageError:
    """ImageError with one sentence: which file, what is wrong with it, what to do."""
    name = path if isinstance(path, str) else printable(path)
    return ImageError(f"The image {name} {fault}: {remedy}.")


def cut_short(path: Path, detail: str) -> ImageError:
    return refusal(path, f"is cut short ({detail})", "copy it again from where it was taken")


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Folds whatever a decoder or the file system raises into ImageError; interrupts pass."""
    try:
        yield
    except ImageError:
        raise
    except MemoryError as error:
        remedy = "close other programs or save it as a tiled TIFF"
        raise refusal(path, "needs more memory than is free", remedy) from error
    except FileNotFoundError as error:
        raise refusal(path, "does not exist", "check the path") from error
    except PermissionError as error:
        raise refusal(path, "may not be read by you", "ask for the right to read it") from error
    except OSError as error:
        raise refusal(path, f"can't be read ({error.strerror or error})", "check the path and the disk") from error
    except Exception as error:  # decoders raise anything: struct.error, KeyError, their own classes
        what = str(error).split("\n")[0][:120] or type(error).__name__
        raise refusal(path, f"can't be decoded ({what})", "save it again as PNG, JPEG or TIFF") from error


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """The file for reading; ImageError for whatever is no regular file with something in it."""
    with refusing(path):
        facts = os.stat(path)
        if stat.S_ISDIR(facts.st_mode):
            raise refusal(path, "is a folder", "name an image file in it")
        if not stat.S_ISREG(facts.st_mode):
            raise refusal(path, "is no regular file", "name an image file")
        if facts.st_size == 0:
            raise refusal(path, "is empty (0 bytes)", "copy it again from where it was taken")
        with open(path, "rb") as file:
            yield file


def within_budget(header: ImageHeader) -> ImageHeader:
    """The header itself where its size is sane; ImageError for empty images and for more than 16 gigapixels."""
    width, height = header.width, header.height
    if width < 1 or height < 1:
        raise refusal(header.path, f"has no pixels ({width} x {height})", "save it again")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        limit = f"at most {MAX_PIXELS >> 30} gigapixels and {MAX_SIDE} pixels a side can be read"
        raise refusal(header.path, f"claims {width} x {height} pixels, but {limit}", "split it or save it smaller")
    return header


def no_bomb(header: ImageHeader, decoded_bytes: int, file_bytes: int) -> None:
    """ImageError where a small file claims far more pixels than it can hold.

    A camera's noise hardly packs: real wafers take at least a tenth of their pixels' bytes. What says that more than
    256 MiB come out of a file 400 times smaller is no photograph, and is refused before anything is unpacked.
    """
    if decoded_bytes > _SMALL and decoded_bytes > file_bytes * _MOST_PACKED:
        size = f"claims {header.width} x {header.height} pixels ({decoded_bytes >> 20} MB) in {file_bytes} bytes"
        raise refusal(header.path, size, "no photograph packs so well, so save it again from where it was taken")
