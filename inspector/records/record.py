"""The record: what the machine judged and what people decided; it only ever grows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine

from inspector.records import allowed, counting
from inspector.records import beside as beside_rows
from inspector.records import decisions as decision_rows
from inspector.records import judgements as judgement_rows
from inspector.records import notes as note_rows
from inspector.records import opinions as opinion_rows
from inspector.records import placements as placement_rows
from inspector.records import wafers as wafer_rows
from inspector.records.beside import Verified
from inspector.records.connection import open_engine, record_path
from inspector.records.copies import Copies
from inspector.records.entries import Placement, StoredJudgement, WaferCounts, WaferEntry
from inspector.records.file import RecordFile
from inspector.records.notes import Note
from inspector.records.opinions import WAITING
from inspector.records.people import People
from inspector.records.review_counts import ReviewCounts
from inspector.records.work import WorkDone
from inspector.wafer.decision import Decision, NewDecision, StandingAnswer
from inspector.wafer.errors import RecordError
from inspector.wafer.grid import ChipId, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.roles import Act
from inspector.wafer.second_review import ChipReview, NewOpinion, Opinion, ReviewState

__all__ = ["Placement", "Record", "StoredJudgement", "WaferCounts", "WaferEntry"]

Answer = TypeVar("Answer")


class Record:
    """An open record; several threads, and several programs, may use one file at the same time.

    What a method that writes has returned is on disk. Every failure is a RecordError, and then nothing was written,
    but for the event of a RoleError.

    people: who has signed in here, and may do what. work: who did what. counting: how many. copies: of which wafers.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._file = RecordFile(path, engine)
        self.people, self.work, self.copies = People(self._file), WorkDone(self._file), Copies(self._file)
        self.counting = ReviewCounts(self._file)

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
        self._file.engine.dispose()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The record's address with an absolute path: another process can open it from anywhere."""
        return f"sqlite:///{self.path.as_posix()}"

    @property
    def images_folder(self) -> Path:
        """The folder of the working copies beside the record; made when it is missing."""
        return self._file.images_folder

    def _ask(self, key: WaferKey, question: Callable[[Connection, int], Answer], nothing: Answer) -> Answer:
        """What the record says about a wafer, by its row; `nothing` where it has no such wafer."""
        with self._file.reading() as connection:
            row = wafer_rows.wafer_id(connection, key)
            return nothing if row is None else question(connection, row)

    def add_wafer(self, entry: WaferEntry) -> None:
        """Adds a wafer; one that is there with the same image stays as it is. RecordError for another image."""
        with self._file.writing() as connection:
            wafer_rows.insert_wafer(connection, entry)

    def wafer(self, key: WaferKey) -> WaferEntry | None:
        with self._file.reading() as connection:
            return next(iter(wafer_rows.read_wafers(connection, key.lot, key.wafer)), None)

    def wafers(self, lot: str | None = None) -> list[WaferEntry]:
        """The wafers of a lot, or all, in the order in which they were added."""
        with self._file.reading() as connection:
            return wafer_rows.read_wafers(connection, lot)

    def finish_wafer(self, key: WaferKey, sha256: str) -> None:
        """Says that the image of a wafer that was added without its fingerprint has been read whole, and unchanged."""
        with self._file.writing() as connection:
            wafer_rows.finish_reading(connection, wafer_rows.known_wafer_id(connection, key), sha256)

    def withdraw_wafer(self, key: WaferKey, reason: str) -> None:
        """Sets a wafer aside with all its judgements and decisions, such as when its image changed while it was read.

        The record no longer knows it, and its name is free again; its rows stay in the file.
        """
        with self._file.writing() as connection:
            wafer_rows.withdraw_wafer(connection, wafer_rows.known_wafer_id(connection, key), reason)

    def move_grid(self, key: WaferKey, placed: PlacedGrid, operator: str) -> Placement:
        """Appends where a wafer's grid lies from now on.

        Chips that lie more than 1 pixel from where they were judged are no longer judged; decisions on chips that lie
        more than half a pitch from where they were decided no longer stand, and stay in the trail.
        """
        with self._file.writing() as connection:
            self.people.check(connection, operator, (Act.MOVE_GRID,), f"{key.lot} / {key.wafer}")
            row = wafer_rows.known_wafer_id(connection, key)
            return placement_rows.insert_placement(connection, row, placed, operator)

    def placements(self, key: WaferKey) -> list[Placement]:
        """Every place of a wafer's grid, oldest first, from where the machine found it (seq 0)."""
        return self._ask(key, placement_rows.read_placements, [])

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
        with self._file.writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            if placed is not None:
                moved = placement_rows.moved_since(connection, row, placed)
                packed = [p for p in packed if p.chip not in moved]
            judgement_rows.insert_judgements(connection, row, facts, packed)

    def judgements(self, key: WaferKey) -> dict[ChipId, StoredJudgement]:
        """The newest judgement of every chip that was judged where it lies now, row by row; evidence stays on disk."""
        return self._ask(key, judgement_rows.read_judgements, {})

    def judgement(self, key: WaferKey, chip: ChipId) -> StoredJudgement | None:
        """The newest judgement of one chip that was judged where it lies now; evidence stays on disk."""
        return self._ask(key, lambda c, row: judgement_rows.read_judgements(c, row, [chip]).get(chip), None)

    def judged_chips(self, key: WaferKey, digest: str) -> set[ChipId]:
        """The chips whose newest judgement is by these weights: what a restarted run skips."""
        return self._ask(key, lambda c, row: judgement_rows.judged_chips(c, row, digest), set())

    def evidence(self, key: WaferKey, chip: ChipId) -> NDArray[np.uint8] | None:
        """uint8 (K, h, w): the maps behind the chip's newest judgement; None where it is not judged."""
        return self._ask(key, lambda c, row: judgement_rows.read_evidence(c, row, chip), None)

    def append(self, key: WaferKey, decisions: Sequence[NewDecision]) -> list[Decision]:
        """Appends decisions on one wafer in one transaction; returns them numbered and timed, in the same order."""
        return self.append_many([(key, new) for new in decisions])

    def append_many(self, decisions: Iterable[tuple[WaferKey, NewDecision]]) -> list[Decision]:
        """Appends decisions on any wafers in one transaction: all or none."""
        all_of_them = list(decisions)
        with self._file.writing() as connection:
            rows = {key: wafer_rows.known_wafer_id(connection, key) for key in dict.fromkeys(k for k, _ in all_of_them)}
            placed = [(rows[key], key, new) for key, new in all_of_them]
            allowed.check_decisions(connection, self.people, placed)
            return decision_rows.insert_decisions(connection, placed)

    def decisions(self, key: WaferKey) -> list[Decision]:
        """Every decision on a wafer in seq order; withdrawn and lapsed decisions and withdrawals are in it."""
        return self._ask(key, lambda c, row: decision_rows.read_decisions(c, row, key), [])

    def lapsed(self, key: WaferKey) -> frozenset[int]:
        """The seqs of decisions that no longer stand because their chip was moved by more than half a pitch."""
        log = decision_rows.read_decisions
        return self._ask(key, lambda c, row: placement_rows.lapsed(c, row, log(c, row, key)), frozenset())

    def withdraw(self, key: WaferKey, seqs: Iterable[int], operator: str, reason: str = "") -> list[Decision]:
        """Takes decisions back (a withdrawal too); what is taken back already is left as it is.

        Returns the withdrawals that were appended. RecordError where the wafer has no such decision.
        """
        with self._file.writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            wanted = list(seqs)
            allowed.check_taking_back(connection, self.people, row, key, wanted, operator)
            return decision_rows.withdraw_decisions(connection, row, key, wanted, operator, reason)

    def add_opinion(self, key: WaferKey, new: NewOpinion) -> tuple[Opinion, list[Decision]]:
        """Appends a second opinion, or what an engineer settles or returns, with the decision that it brings.

        RecordError where the chip does not wait for it, RoleError where this person may not give it.
        """
        with self._file.writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            allowed.check_opinion(connection, self.people, row, key, new)
            return opinion_rows.insert_opinion(connection, row, key, new)

    def withdraw_opinions(
        self, key: WaferKey, seqs: Iterable[int], operator: str, reason: str = ""
    ) -> tuple[list[Opinion], list[Decision]]:
        """Takes opinions back, and the decisions that came with them; returns the withdrawals that were appended."""
        with self._file.writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            wanted = list(seqs)
            allowed.check_withdrawal(connection, self.people, key, operator, opinion_rows.authors(connection, wanted))
            return opinion_rows.withdraw_opinions(connection, row, key, wanted, operator, reason)

    def opinions(self, key: WaferKey) -> list[Opinion]:
        """Every opinion on a wafer in seq order, withdrawn ones and withdrawals too: `standing_opinions` sorts them."""
        return self._ask(key, lambda c, row: opinion_rows.read_opinions(c, row, key), [])

    def reviews(self, key: WaferKey, chips: Collection[ChipId] | None = None) -> dict[ChipId, ChipReview]:
        """Where the decided chips of a wafer, or these of them, stand in the second review."""
        return self._ask(key, lambda c, row: opinion_rows.read_reviews(c, row, key, chips), {})

    def all_reviews(
        self, lot: str | None = None, states: Collection[ReviewState] = WAITING
    ) -> dict[WaferKey, dict[ChipId, ChipReview]]:
        """The chips of a lot, or of all, that are in one of these states (not OPEN or DECIDED), wafer by wafer."""
        with self._file.reading() as connection:
            return opinion_rows.waiting(connection, lot, states)

    def add_note(self, key: WaferKey, chip: ChipId, text: str, operator: str) -> Note:
        """Appends a note on a chip."""
        with self._file.writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            self.people.check(connection, operator, (Act.NOTE,), allowed.what(key, [chip]))
            return note_rows.insert_note(connection, row, chip, text, operator)

    def withdraw_note(self, key: WaferKey, seq: int, operator: str) -> None:
        """Takes a note back."""
        with self._file.writing() as connection:
            row = wafer_rows.known_wafer_id(connection, key)
            author = note_rows.note_operator(connection, row, seq)
            allowed.check_withdrawal(connection, self.people, key, operator, [author or operator])
            note_rows.withdraw_note(connection, row, seq, operator)

    def notes(self, key: WaferKey) -> dict[ChipId, list[Note]]:
        """The notes on a wafer's chips that nobody took back, oldest first."""
        return self._ask(key, note_rows.read_notes, {})

    def standing(self, key: WaferKey) -> dict[ChipId, StandingAnswer]:
        """The standing answer of every chip that is judged or decided."""
        return self._ask(key, lambda c, row: decision_rows.read_standing(c, row, key), {})

    def counts(self, lot: str | None = None) -> dict[WaferKey, WaferCounts]:
        """Judged and decided chips of every wafer of a lot, or of all, in the order in which they were added."""
        with self._file.reading() as connection:
            return counting.read_counts(connection, lot)

    def count(self, key: WaferKey) -> WaferCounts:
        """Judged and decided chips of one wafer; what all other wafers hold costs no time."""
        with self._file.reading() as connection:
            return counting.read_counts(connection, key=key).get(key, WaferCounts(0, 0))

    def verified(
        self, beside: tuple[WaferKey, ChipId], product: str, class_name: str, row: NDArray[np.float32]
    ) -> list[Verified]:
        """Chips with a standing human answer `class_name`, nearest to a chip first; see `beside_rows.verified`."""
        with self._file.reading() as connection:
            return beside_rows.verified(connection, product, class_name, beside, row)

    def at_place(self, lot: str, chip: ChipId) -> dict[WaferKey, StandingAnswer]:
        """The standing answers on the same place of every wafer of a lot on which it is judged or decided."""
        with self._file.reading() as connection:
            return beside_rows.at_place(connection, lot, chip)

    def judgements_of(self, key: WaferKey, chip: ChipId) -> list[StoredJudgement]:
        """Every judgement of one chip that was made where it lies now, oldest first."""
        return self._ask(key, lambda c, row: judgement_rows.judgements_of(c, row, chip), [])

    @property
    def head_seq(self) -> int:
        """The number of the newest decision, 0 where there is none."""
        with self._file.reading() as connection:
            return decision_rows.head_seq(connection)

    @property
    def last_judgement(self) -> int:
        """The number of the newest judgement, 0 where there is none: about how many there are, at once."""
        with self._file.reading() as connection:
            return counting.last_judgement(connection)
