"""Reads a source into its working copy, in a thread of its own; what is in the copy can be looked at meanwhile."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from inspector.imaging import cv2
from inspector.imaging.bit_depth import unused_bits
from inspector.imaging.part_file import open_part, part_of
from inspector.imaging.pixels import Pixels
from inspector.imaging.source import Fingerprint, Source
from inspector.imaging.sources.image_header import cut_short, refusal
from inspector.imaging.sources.light import light_for
from inspector.imaging.sources.stamp import Stamp, stamp
from inspector.imaging.tiled_tiff import Layout, PyramidWriter
from inspector.imaging.wafer_image import WaferImage
from inspector.wafer.errors import ImageChangedError, ImageError, ImageSpoiltError, printable
from inspector.wafer.recipe import Recipe

_FIRST_ROWS = 2048


class Reading:
    """A source on its way into a working copy. Use as a context manager: leaving it early leaves nothing behind.

    Every row is decoded once. The source's bytes are fingerprinted meanwhile, and before the copy gets its name the
    source must be the same as at the beginning: ImageChangedError else.
    """

    def __init__(self, source: Source, target: Path, recipe: Recipe) -> None:
        self._source, self._target, self._recipe = source, target, recipe
        self._layout = layout_of(source, recipe)
        self._before = stamp(source.path)
        self._condition = threading.Condition()
        self._rows, self._brightest, self._stopped = 0, 0, False
        self._error: BaseException | None = None
        self._found: Fingerprint | None = None
        with writing(target):
            self._file = open_part(target)
            try:
                self._writer = PyramidWriter(self._file, self._layout)
                self.image = WaferImage.open(part_of(target), self.rows)
            except BaseException:
                self._drop()
                raise
        self._thread = threading.Thread(target=self._run, name="reading", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def stamp(self) -> Stamp:
        """Of the source, before its first pixel was read."""
        return self._before

    @property
    def height(self) -> int:
        return self._layout.height

    def rows(self) -> int:
        """How many rows are in the copy."""
        return self._rows

    def wait(self, rows: int, seconds: float) -> bool:
        """True once that many rows are in the copy. Raises what has ended the reading."""
        with self._condition:
            self._condition.wait_for(lambda: self._error is not None or self._rows >= rows, seconds)
        self._raise()
        return self._rows >= rows

    def found(self, seconds: float = 0.0) -> Fingerprint | None:
        """The source's fingerprint once the copy is whole, else None. Raises what has ended the reading."""
        with self._condition:
            self._condition.wait_for(lambda: self._error is not None or self._found is not None, seconds)
        self._raise()
        return self._found

    @property
    def note(self) -> str:
        """What a person should know about the pixels once all are read, one sentence; mostly ""."""
        return unused_bits(self._source.path, self._brightest, self._layout.bits)

    def close(self) -> None:
        """Stops after the present band; a copy that is not whole is deleted."""
        self._stopped = True
        self._thread.join()
        self.image.close()
        if self._found is None:
            self._drop()

    def discard(self) -> None:
        """Stops, and deletes the copy even if it is whole."""
        self.close()
        with suppress(OSError):
            self._target.unlink(missing_ok=True)

    def _drop(self) -> None:
        self._file.close()
        with suppress(OSError):
            part_of(self._target).unlink(missing_ok=True)

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            mark: Future[Fingerprint] = Future()
            hashing = threading.Thread(target=_fulfil, args=(mark, self._source.fingerprint), daemon=True)
            self._copy(hashing)
            if not self._stopped:
                self._finish(mark)
        except BaseException as caught:  # handed to whoever waits
            error = self._why(caught)
        with self._condition:
            self._error = error
            self._condition.notify_all()

    def _copy(self, beside: threading.Thread) -> None:
        """Reads all rows; starts what is to be done beside once the first chips have theirs."""
        light = light_for(self._source, self._recipe)
        with closing(_generator(self._source.bands())) as bands:
            for band in bands:
                if self._stopped:
                    return
                if self._layout.bits > 8 and band.size:
                    self._brightest = max(self._brightest, int(band.max()))
                lit = band if light is None else light.correct(band, self._rows)
                kept = as_kept(lit, self._layout, self._source.path, clip=light is not None)
                with writing(self._target):
                    self._writer.add(kept)
                del band, lit, kept  # the source makes the next one while nobody holds these
                with self._condition:
                    self._rows = self._writer.rows
                    self._condition.notify_all()
                if not beside.ident and self._rows >= min(self.height, _FIRST_ROWS):
                    beside.start()
        if self._rows != self.height:
            raise cut_short(self._source.path, f"{self._rows} of {self.height} rows could be read")

    def _finish(self, mark: Future[Fingerprint]) -> None:
        with writing(self._target):
            os.fsync(self._file.fileno())
        found = mark.result()
        if stamp(self._source.path) != self._before:
            raise _changed(self._source.path)
        with writing(self._target):
            if sys.platform == "win32":
                self._file.close()
            self.image.rename(self._target)
            self._file.close()
            self.image.share()
        with self._condition:
            self._found = found
            self._condition.notify_all()

    def _why(self, error: BaseException) -> BaseException:
        """What can't be decoded because somebody writes into it has changed; else it is damaged.

        What the system refuses is neither: the disk is full, the share is gone. Then what is judged stands.
        """
        with suppress(ImageError):  # it is not there any more: then what was met says more
            if stamp(self._source.path) != self._before:
                changed = _changed(self._source.path)
                changed.__cause__ = error
                return changed
        if isinstance(error, ImageError) and not isinstance(error.__cause__, OSError):
            spoilt = ImageSpoiltError(str(error))
            spoilt.__cause__ = error
            return spoilt
        return error


def _fulfil(promised: Future[Fingerprint], work: Callable[[], Fingerprint]) -> None:
    try:
        promised.set_result(work())
    except BaseException as error:
        promised.set_exception(error)


def _generator(bands: Iterator[Pixels]) -> Generator[Pixels]:
    yield from bands  # closing it closes them, where they can be closed


def _changed(path: Path) -> ImageChangedError:
    fault, remedy = "changed while it was read", "wait until it is written and open it again"
    return ImageChangedError(str(refusal(path, fault, remedy)))


def layout_of(source: Source, recipe: Recipe) -> Layout:
    """What the working copy of a source is like: its channels as the recipe says, all of its bits."""
    header, wanted = source.header, recipe.image
    bits = 8 if header.bits == 8 else wanted.bits
    return Layout(header.width, header.height, wanted.channels, bits, printable(source.path), wanted.um_per_px)


def as_kept(band: Pixels, layout: Layout, path: Path, clip: bool = False) -> Pixels:
    """A source's band as the copy keeps it. ImageError for values above the recipe's bits, unless they are clipped."""
    if band.dtype == np.uint16 and layout.bits < 16:
        if clip:
            band = np.minimum(band, np.uint16((1 << layout.bits) - 1))
        elif band.size and int(band.max()) >> layout.bits:
            raise refusal(path, f"holds values above {layout.bits} bits", "correct bits under [image] in the recipe")
    kept = np.asarray(band, dtype=layout.type)
    if kept.shape[2] == layout.channels:
        return kept
    if layout.channels == 3:
        return np.repeat(kept, 3, axis=2)
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(kept), cv2.COLOR_RGB2GRAY), dtype=layout.type)[:, :, None]


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turns what the file system refuses while the copy is written into ImageError."""
    try:
        yield
    except OSError as error:
        fault = f"can't be written ({error.strerror or error})"
        raise ImageError(f"The working copy {printable(target)} {fault}: check the folder and the disk.") from error
