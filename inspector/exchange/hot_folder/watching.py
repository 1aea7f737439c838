"""Which wafers of a hot folder are waiting, ready, judged or refused; what has been judged, the record says."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from inspector.exchange.hot_folder.candidates import Candidate, Rules, candidates
from inspector.imaging.source import open_source
from inspector.imaging.sources.stamp import Stamp, stamp
from inspector.records.entries import check_name
from inspector.records.record import Record, WaferEntry
from inspector.wafer.errors import ImageError, InspectorError, printable
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe import Recipe


class ArrivalState(StrEnum):
    """WAITING: still written, as far as can be seen. UNMARKED: its done-file is not there yet.

    TWIN: a wafer of another name has the same pixels. NAMESAKE: the wafer of this name has other pixels. Both in the
    record, and for a person to settle.
    """

    WAITING = "waiting"
    UNMARKED = "unmarked"
    READY = "ready"
    JUDGING = "judging"
    DONE = "done"
    BAD = "bad"
    TWIN = "twin"
    NAMESAKE = "namesake"

    @property
    def is_settled(self) -> bool:
        """True where nothing happens any more unless the file changes."""
        return self in (ArrivalState.DONE, ArrivalState.BAD, ArrivalState.TWIN, ArrivalState.NAMESAKE)

    @property
    def words(self) -> str:
        """As people read it, on the command line and in the station's list."""
        return _WORDS[self]


_WORDS = {
    ArrivalState.WAITING: "Being written",
    ArrivalState.UNMARKED: "Waits for its done-file",
    ArrivalState.READY: "Next",
    ArrivalState.JUDGING: "Being judged",
    ArrivalState.DONE: "Judged",
    ArrivalState.BAD: "Bad",
    ArrivalState.TWIN: "Copy",
    ArrivalState.NAMESAKE: "Name taken",
}
TRIED_AGAIN = "It is tried again when the file changes."


@dataclass(frozen=True)
class Arrival:
    """A wafer of the hot folder as it was seen last.

    reason: one sentence, why it waits or is not judged. twin: the wafer that has its pixels or its name.
    """

    path: Path
    key: WaferKey
    state: ArrivalState
    reason: str = ""
    twin: WaferKey | None = None


@dataclass
class _Seen:
    candidate: Candidate
    stamp: Stamp
    since: float
    state: ArrivalState = ArrivalState.WAITING
    reason: str = ""
    twin: WaferKey | None = None
    was_opened: bool = False
    was_tried_again: bool = False
    will_do: bool = False  # it lacks pictures, but can be judged without them

    def become(self, state: ArrivalState, reason: str = "", twin: WaferKey | None = None) -> None:
        self.state, self.reason, self.twin = state, reason, twin

    def arrival(self) -> Arrival:
        return Arrival(self.candidate.path, self.candidate.key, self.state, self.reason, self.twin)


class HotFolder:
    """Look, take a wafer, judge it, say how it went, and again; one call at a time.

    Nothing is kept but in the record: a new start looks at everything again, and judges what the record lacks.
    Polled, because changes on network shares are announced to nobody.
    """

    def __init__(self, rules: Rules, recipe: Recipe, record: Record, now: Callable[[], float] = time.monotonic) -> None:
        self.rules = rules
        self._recipe = recipe
        self._record = record
        self._now = now
        self._seen: dict[Path, _Seen] = {}

    def look(self) -> list[Arrival]:
        """See what has come, grown or gone. ImageError where the folder can't be read now."""
        try:
            found = candidates(self.rules, self._recipe)
        except OSError as error:
            folder = printable(self.rules.folder)
            raise ImageError(f"The folder {folder} can't be read ({error.strerror}): check path and rights.") from error
        there = {candidate.path for candidate in found}
        for path in [p for p, seen in self._seen.items() if p not in there and seen.state != ArrivalState.JUDGING]:
            del self._seen[path]
        for candidate in found:
            self._look_at(candidate)
        return self.arrivals()

    def arrivals(self) -> list[Arrival]:
        """Everything that lies in the folder, by lot and name."""
        every = sorted(self._seen.values(), key=lambda seen: (seen.candidate.key, seen.candidate.path))
        return [seen.arrival() for seen in every]

    def take(self) -> Arrival | None:
        """The next wafer to judge, from now on JUDGING; what the record knows already is sorted out on the way."""
        ready = [arrival.path for arrival in self.arrivals() if arrival.state is ArrivalState.READY]
        for path in ready:
            try:
                self._identify(self._seen[path])
            except ImageError as error:
                self.refuse(path, error)
            taken = self._seen[path].arrival()
            if taken.state is ArrivalState.JUDGING:
                return taken
        return None

    def finish(self, path: Path) -> None:
        """The wafer has been judged."""
        self._seen[path].become(ArrivalState.DONE)

    def refuse(self, path: Path, error: InspectorError) -> None:
        """The wafer can't be judged; where it has changed since it was taken, it waits until it is written."""
        seen = self._seen[path]
        try:
            same = stamp(path) == seen.stamp
        except ImageError:
            same = False
        seen.become(ArrivalState.BAD if same else ArrivalState.WAITING, str(error) if same else "")

    def put_back(self, path: Path) -> None:
        """The wafer was not judged to its end, and may be taken again."""
        self._seen[path].become(ArrivalState.READY)

    def _look_at(self, candidate: Candidate) -> None:
        try:
            mark = stamp(candidate.path)
        except ImageError:
            return  # gone between listing and looking
        seen = self._seen.get(candidate.path)
        if seen is not None and seen.state is ArrivalState.JUDGING:
            return  # whoever reads it finds out by himself
        if seen is None or seen.stamp != mark:
            self._seen[candidate.path] = seen = _Seen(candidate, mark, self._now())
        if seen.state in (ArrivalState.WAITING, ArrivalState.UNMARKED):
            self._wait(seen)
        elif seen.state is ArrivalState.BAD and not seen.was_tried_again and self._record.wafer(candidate.key):
            seen.was_tried_again = True  # somebody has placed its grid by hand, or opened it with another recipe
            seen.become(ArrivalState.READY)

    def _wait(self, seen: _Seen) -> None:
        unchanged = self._now() - seen.since
        if unchanged < self.rules.settle_s:
            return
        try:
            if self.rules.done_file and not seen.candidate.is_done(self.rules.done_file):
                wanted = printable(seen.candidate.done_file(self.rules.done_file))
                return seen.become(ArrivalState.UNMARKED, f"Its done-file {wanted} is not there yet.")
        except OSError:
            return
        if not seen.was_opened:
            seen.was_opened = True
            try:
                check_name(seen.candidate.key.lot, "The lot's name")
                check_name(seen.candidate.key.wafer, "The wafer's name")
                with open_source(seen.candidate.path, self._recipe) as source:
                    missing = () if self.rules.done_file else getattr(source, "missing", ())
            except InspectorError as error:
                seen.reason = str(error)
            else:
                if not missing:
                    return seen.become(ArrivalState.READY)
                seen.will_do, seen.reason = True, _lacks(seen.candidate.path, missing, self.rules.patience_s)
        if unchanged >= self.rules.patience_s:
            seen.become(ArrivalState.READY if seen.will_do else ArrivalState.BAD, "" if seen.will_do else seen.reason)

    def _identify(self, seen: _Seen) -> None:
        """What is to become of a finished wafer, by what the record holds."""
        path, key = seen.candidate.path, seen.candidate.key
        entry = self._record.wafer(key)
        if entry is not None and not entry.sha256:
            return seen.become(ArrivalState.JUDGING)  # its reading was cut off
        if entry is not None and _is_as_it_was(entry, path, seen.stamp):
            return seen.become(self._judged(entry))
        alike = [known for known in self._record.wafers() if known.sha256 and _may_be_alike(known, seen.stamp)]
        sha256 = ""
        if alike or (entry is not None and path.is_dir()):  # a folder's size counts files that are no pictures, too
            with open_source(path, self._recipe) as source:
                sha256 = source.fingerprint().sha256
        if entry is not None:
            if entry.sha256 == sha256:
                return seen.become(self._judged(entry))
            return seen.become(ArrivalState.NAMESAKE, _other_pixels(path, key), key)
        twin = next((known.key for known in alike if known.sha256 == sha256), None)
        if twin is None:
            return seen.become(ArrivalState.JUDGING)
        return seen.become(ArrivalState.TWIN, _same_pixels(path, twin), twin)

    def _judged(self, entry: WaferEntry) -> ArrivalState:
        judged = self._record.counts(entry.key.lot)[entry.key].judged
        return ArrivalState.DONE if judged >= len(entry.placed.chip_ids()) else ArrivalState.JUDGING


def _is_as_it_was(entry: WaferEntry, path: Path, mark: Stamp) -> bool:
    return entry.source == printable(path.absolute()) and entry.stamp == str(mark)


def _may_be_alike(entry: WaferEntry, mark: Stamp) -> bool:
    """False where the sizes tell already that these are other bytes; a record of old keeps no sizes."""
    return not entry.stamp or entry.stamp.startswith(f"{mark.size} ")


def _lacks(path: Path, missing: tuple[str, ...], patience_s: float) -> str:
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    return (
        f"{printable(path)} lacks the picture {printable(missing[0])}{more}: copy it, or it is judged without after "
        f"{patience_s / 60:.0f} minutes; a done-file would say at once that the wafer is whole."
    )


def _same_pixels(path: Path, twin: WaferKey) -> str:
    return (
        f"{printable(path)} has the same pixels as wafer {twin.wafer} of lot {twin.lot}: remove it, or judge it as a "
        "wafer of its own with inspector judge."
    )


def _other_pixels(path: Path, key: WaferKey) -> str:
    return (
        f"{printable(path)} has other pixels than wafer {key.wafer} of lot {key.lot} in the record: "
        "give the image another name, or put it into another lot's folder."
    )
