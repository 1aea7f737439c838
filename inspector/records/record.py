"""The record: what the machine judged and what people decided; it only ever grows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, select

from inspector.records import decisions as decision_rows
from inspector.records import judgements as judgement_rows
from inspector.records import placements as placement_rows
from inspector.records import wafers as wafer_rows
from inspector.records.connection import explained, open_engine, record_path
from inspector.records.entries import Placement, StoredJudgement, WaferCounts, WaferEntry
from inspector.records.schema import wafer
from inspector.wafer.decision import Decision, DecisionKind, NewDecision, StandingAnswer
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts

__all__ = ["Placement", "Record", "StoredJudgement", "WaferCounts", "WaferEntry"]


class Record:
    """An open record; several threads, and several programs, may use one file at the same time.

    What a method that writes has returned is on disk. Every failure is a RecordError, and then nothing was written.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._reader = engine.execution_options(reads=True)
        self._file = _file_identity(path)

    @classmethod
    def open(cls, url: str, *, existing: bool = False) -> Record:
        """Opens `sqlite:///FILE`, making or migrating the file where needed. RecordError where it can't be used.

        existing: refuse to make a new record, for whoever wants what is in an old one.
        """
        path = record_path(url)
        if existing and not path.exists():
            raise RecordError(f"There is no record {path}: check the path, or judge an image into it first.")
        return cls(path, open_engine(path))

    def close(self) -> None:
        """Closes the file; the record can't be used afterwards."""
        self._engine.dispose()

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The record's address with an absolute path: another process can open it from anywhere."""
        return f"sqlite:///{self.path.as_posix()}"

    @property
    def images_folder(self) -> Path:
        """The folder of the working copies beside the record, `<stem>.images`. Made when it is missing."""
        folder = self.path.with_name(f"{self.path.stem}.images")
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise RecordError(f"The folder {folder} can't be made ({error.strerror}): allow writing there.") from error
        return folder

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self.path), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if _file_identity(self.path) != self._file:  # SQLite would go on writing into the moved file, unseen
            raise RecordError(f"The record {self.path} was moved or replaced while it was open: open it again.")
        with explained(self.path), self._engine.begin() as connection:
            yield connection

    def add_wafer(self, entry: WaferEntry) -> None:
        """Adds a wafer; one that is there with the same image stays as it is. RecordError for another image."""
        with self._writing() as connection:
            wafer_rows.insert_wafer(connection, entry)

    def wafer(self, key: WaferKey) -> WaferEntry | None:
        with self._reading() as connection:
            return next(iter(wafer_rows.read_wafers(connection, key.lot, key.wafer)), None)

    def wafers(self, lot: str | None = None) -> list[WaferEntry]:
        """The wafers of a lot, or all, in the order in which they were added."""
        with self._reading() as connection:
            return wafer_rows.read_wafers(connection, lot)

    def finish_wafer(self, key: WaferKey, sha256: str) -> None:
        """Says that the image of a wafer that was added without its fingerprint has been read whole, and unchanged."""
        with self._writing() as connection:
            wafer_rows.finish_reading(connection, wafer_rows.known_wafer_id(connection, key), sha256)

    def withdraw_wafer(self, key: WaferKey, reason: str) -> None:
        """Sets a wafer aside with all its judgements and decisions, such as when its image changed while it was read.

        The record no longer knows it, and its name is free again; its rows stay in the file.
        """
        with self._writing() as connection:
            wafer_rows.withdraw_wafer(connection, wafer_rows.known_wafer_id(connection, key), reason)

    def move_grid(self, key: WaferKey, placed: PlacedGrid, operator: str) -> Placement:
        """Appends where a wafer's grid lies from now on.

        Chips that lie more than 1 pixel from where they were judged are no longer judged; decisions on chips that lie
        more than half a pitch from where they were decided no longer stand, and stay in the trail.
        """
        with self._writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            return placement_rows.insert_placement(connection, row, placed, operator)

    def placements(self, key: WaferKey) -> list[Placement]:
        """Every place of a wafer's grid, oldest first, from where the machine found it (seq 0)."""
        with self._reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            return [] if row is None else placement_rows.read_placements(connection, row)

    def add_judgements(
        self,
        key: WaferKey,
        facts: ModelFacts,
        judged: Sequence[tuple[ChipId, Judgement]],
        placed: PlacedGrid | None = None,
    ) -> None:
        """Appends judgements in one transaction; a chip that the same weights judged already is left as it is.

        placed: the grid on which they were judged, where it may have been moved meanwhile; chips that lie elsewhere
        now are left out.
        """
        packed = judgement_rows.pack(judged)
        with self._writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            if placed is not None:
                moved = placement_rows.moved_since(connection, row, placed)
                packed = [p for p in packed if p.chip not in moved]
            judgement_rows.insert_judgements(connection, row, facts, packed)

    def judgements(self, key: WaferKey) -> dict[ChipId, StoredJudgement]:
        """The newest judgement of every chip that was judged where it lies now, row by row; evidence stays on disk."""
        with self._reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            return {} if row is None else judgement_rows.read_judgements(connection, row)

    def judged_chips(self, key: WaferKey, digest: str) -> set[ChipId]:
        """The chips whose newest judgement is by these weights: what a restarted run skips."""
        with self._reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            return set() if row is None else judgement_rows.judged_chips(connection, row, digest)

    def evidence(self, key: WaferKey, chip: ChipId) -> NDArray[np.uint8] | None:
        """uint8 (K, h, w): the maps behind the chip's newest judgement; None where it is not judged."""
        with self._reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            return None if row is None else judgement_rows.read_evidence(connection, row, chip)

    def append(self, key: WaferKey, decisions: Sequence[NewDecision]) -> list[Decision]:
        """Appends decisions on one wafer in one transaction; returns them numbered and timed, in the same order."""
        return self.append_many([(key, new) for new in decisions])

    def append_many(self, decisions: Iterable[tuple[WaferKey, NewDecision]]) -> list[Decision]:
        """Appends decisions on any wafers in one transaction: all or none."""
        with self._writing() as connection:
            rows: dict[WaferKey, int] = {}
            placed = []
            for key, new in decisions:
                if key not in rows:
                    rows[key] = wafer_rows.known_wafer_id(connection, key)
                placed.append((rows[key], key, new))
            return decision_rows.insert_decisions(connection, placed)

    def decisions(self, key: WaferKey) -> list[Decision]:
        """Every decision on a wafer in seq order; withdrawn and lapsed decisions and withdrawals are in it."""
        with self._reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            return [] if row is None else decision_rows.read_decisions(connection, row, key)

    def lapsed(self, key: WaferKey) -> frozenset[int]:
        """The seqs of decisions that no longer stand because their chip was moved by more than half a pitch."""
        with self._reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            if row is None:
                return frozenset()
            return placement_rows.lapsed(connection, row, decision_rows.read_decisions(connection, row, key))

    def withdraw(self, key: WaferKey, seqs: Iterable[int], operator: str, reason: str = "") -> list[Decision]:
        """Takes decisions back (a withdrawal too); what is taken back already is left as it is.

        Returns the withdrawals that were appended. RecordError where the wafer has no such decision.
        """
        with self._writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            wanted = list(dict.fromkeys(seqs))
            log = {d.seq: d for d in decision_rows.read_decisions(connection, row, key, wanted)}
            for seq in wanted:
                if seq not in log:
                    raise RecordError(f"Wafer {key.wafer!r} has no decision {seq}: open the wafer again and look.")
            moved = placement_rows.lapsed(connection, row, log.values())
            before = decision_rows.fold(judgement_rows.machine_classes(connection, row), log.values(), moved)
            gone = decision_rows.taken_back(log.values())
            batch = uuid.uuid4().hex
            news = [
                NewDecision(
                    chip=log[seq].chip,
                    kind=DecisionKind.WITHDRAW,
                    operator=operator,
                    from_class=before[log[seq].chip].class_name,
                    reason=reason,
                    batch=batch,
                    withdraws=seq,
                )
                for seq in wanted
                if seq not in gone
            ]
            return decision_rows.insert_decisions(connection, [(row, key, new) for new in news])

    def standing(self, key: WaferKey) -> dict[ChipId, StandingAnswer]:
        """The standing answer of every chip that is judged or decided."""
        with self._reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            if row is None:
                return {}
            log = decision_rows.read_decisions(connection, row, key)
            moved = placement_rows.lapsed(connection, row, log)
            return decision_rows.fold(judgement_rows.machine_classes(connection, row), log, moved)

    def counts(self, lot: str | None = None) -> dict[WaferKey, WaferCounts]:
        """Judged and decided chips of every wafer of a lot, or of all, in the order in which they were added."""
        with self._reading() as connection:
            query = select(wafer.c.id, wafer.c.lot, wafer.c.wafer).where(wafer_rows.is_there()).order_by(wafer.c.id)
            rows = connection.execute(query if lot is None else query.where(wafer.c.lot == lot)).all()
            judged, decided = judgement_rows.count_judged(connection), decision_rows.count_decided(connection)
        return {WaferKey(w, n): WaferCounts(judged.get(i, 0), decided.get(i, 0)) for i, w, n in rows}

    def judged_count(self, key: WaferKey) -> int:
        """How many chips of one wafer are judged where they lie now; what all other wafers hold costs no time."""
        with self._reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            return 0 if row is None else judgement_rows.count_judged(connection, row).get(row, 0)

    @property
    def head_seq(self) -> int:
        """The number of the newest decision, 0 where there is none."""
        with self._reading() as connection:
            return decision_rows.head_seq(connection)


def _file_identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
