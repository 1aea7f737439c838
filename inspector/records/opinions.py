"""Writes, reads and folds second opinions and what engineers settle, inside a transaction that the caller holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, false, or_, select, true

from inspector.records.decisions import head_seq, insert_decisions, read_decisions, withdraw_decisions
from inspector.records.entries import check_name, check_text, now_text
from inspector.records.judgements import machine_classes
from inspector.records.placements import lapsed
from inspector.records.rows import is_any_of, next_seq, on_chips
from inspector.records.schema import decision, judgement, opinion, recipe, wafer
from inspector.records.wafers import is_there
from inspector.wafer.decision import Decision, DecisionKind, NewDecision
from inspector.wafer.errors import OutdatedError, RecordError, RoleError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.recipe_file import recipe_from_json
from inspector.wafer.roles import Act
from inspector.wafer.second_review import (
    ChipReview,
    NewOpinion,
    Opinion,
    OpinionKind,
    ReviewState,
    SecondReason,
    SecondRules,
    chip_review,
)

Written = tuple[Opinion, list[Decision]]  # an opinion and the decision that came with it, if any
WAITING = (ReviewState.SECOND_REVIEW, ReviewState.DISPUTED, ReviewState.RETURNED)
_NOTHING = ChipReview(ReviewState.OPEN)


def insert_opinion(connection: Connection, wafer_row: int, key: WaferKey, new: NewOpinion) -> Written:
    """Appends an opinion, and the decision that it brings. RecordError where the chip does not wait for it."""
    check_name(new.operator, "The person's name")
    check_text(new.reason, "The reason")
    if new.kind is OpinionKind.WITHDRAW:
        raise RecordError(f"Opinion {new.withdraws} is taken back by its number, not by another opinion: undo it.")
    rules = second_rules(connection, wafer_row)
    if new.class_name is not None and new.class_name not in rules.classes:
        raise RecordError(
            f"The recipe has no class {new.class_name!r}: choose one of {', '.join(rules.classes.names)}."
        )
    review = read_reviews(connection, wafer_row, key, [new.chip]).get(new.chip, _NOTHING)
    stands = _expected(review, new)
    after = head_seq(connection)
    machine = machine_classes(connection, wafer_row, [new.chip]).get(new.chip)
    brought = _brought(stands, new, machine)
    made = insert_decisions(connection, [(wafer_row, key, brought)]) if brought else []
    return _insert(connection, wafer_row, key, new, stands.seq, made[0].seq if made else None, after), made


def _expected(review: ChipReview, new: NewOpinion) -> Decision:
    """The decision that the opinion is about, where the chip waits for such an opinion by this person."""
    place = f"Chip {new.chip.column} / {new.chip.row}"
    wanted = ReviewState.SECOND_REVIEW if new.kind is OpinionKind.REVIEW else ReviewState.DISPUTED
    if review.decision is None or review.state is not wanted:
        waits = "a second opinion" if new.kind is OpinionKind.REVIEW else "an engineer"
        raise OutdatedError(f"{place} does not wait for {waits} any more: go on with the next one.")
    if new.about is not None and new.about != review.decision.seq:
        raise OutdatedError(f"{place} was decided again meanwhile: look at it once more.")
    if new.kind is OpinionKind.REVIEW and new.operator == review.decision.new.operator:
        text = f"{new.operator} decided on {place.lower()} first: the second opinion is another person's."
        raise RoleError(text, new.operator, Act.SECOND_REVIEW, place)
    return review.decision


def _brought(stands: Decision, new: NewOpinion, machine: str | None) -> NewDecision | None:
    """A settled dispute is a decision; so is the answer of a second person where the first one had none."""
    answers_unsure = new.kind is OpinionKind.REVIEW and stands.kind is DecisionKind.UNSURE
    if new.class_name is None or not (new.kind is OpinionKind.ADJUDICATE or answers_unsure):
        return None
    before = stands.new.to_class
    kind = DecisionKind.CONFIRM if new.class_name == (before or machine) else DecisionKind.RELABEL
    point, subtype = (stands.new.point, stands.new.subtype) if new.class_name == before else (None, None)
    return NewDecision(new.chip, kind, new.operator, before, new.class_name, subtype, new.reason, point)


def _insert(
    connection: Connection,
    wafer_row: int,
    key: WaferKey,
    new: NewOpinion,
    about: int,
    made: int | None = None,
    after: int = 0,
) -> Opinion:
    seq, time = next_seq(connection, opinion), now_text()
    values = {
        "seq": seq,
        "wafer_id": wafer_row,
        "chip_column": int(new.chip.column),
        "chip_row": int(new.chip.row),
        "kind": new.kind.value,
        "operator": new.operator,
        "time": time,
        "class_name": new.class_name,
        "reason": new.reason,
        "about": about,
        "made": made,
        "last_decision": after,
        "withdraws": new.withdraws,
        "ms_spent": new.ms_spent,
    }
    connection.execute(opinion.insert().values(**values))
    return Opinion(seq, datetime.fromisoformat(time), key, replace(new, about=about), about, made, after)


def withdraw_opinions(
    connection: Connection, wafer_row: int, key: WaferKey, seqs: Iterable[int], operator: str, reason: str
) -> tuple[list[Opinion], list[Decision]]:
    """Takes opinions back; one that brought a decision is taken back by that decision's withdrawal.

    Returns the withdrawals of both kinds that were appended. What is taken back already is left as it is.
    """
    log = {o.seq: o for o in read_opinions(connection, wafer_row, key)}
    gone = {o.new.withdraws for o in log.values()}
    opinions: list[Opinion] = []
    decisions: list[Decision] = []
    for seq in dict.fromkeys(seqs):
        said = log.get(seq)
        if said is None or said.kind is OpinionKind.WITHDRAW:
            raise OutdatedError(f"Wafer {key.wafer!r} has no opinion {seq}: open the wafer again and look.")
        if said.made is not None:
            decisions += withdraw_decisions(connection, wafer_row, key, [said.made], operator, reason)
        elif seq not in gone:
            new = NewOpinion(said.chip, OpinionKind.WITHDRAW, operator, reason=reason, withdraws=seq)
            opinions.append(_insert(connection, wafer_row, key, new, said.about, after=head_seq(connection)))
    return opinions, decisions


def read_opinions(
    connection: Connection, wafer_row: int, key: WaferKey, chips: Iterable[ChipId] | None = None
) -> list[Opinion]:
    """Every opinion on a wafer or on some of its chips, withdrawn ones and withdrawals too, in seq order."""
    query = select(opinion).where(on_chips(opinion, wafer_row, chips)).order_by(opinion.c.seq)
    return [opinion_of(row, key) for row in connection.execute(query)]


def opinion_of(row: Row[Any], key: WaferKey) -> Opinion:
    """The opinion that a row of the table holds."""
    new = NewOpinion(
        ChipId(row.chip_column, row.chip_row),
        OpinionKind(row.kind),
        row.operator,
        row.class_name,
        row.reason,
        row.about,
        row.withdraws,
        row.ms_spent,
    )
    return Opinion(row.seq, datetime.fromisoformat(row.time), key, new, row.about, row.made, row.last_decision)


def read_reviews(
    connection: Connection, wafer_row: int, key: WaferKey, chips: Collection[ChipId] | None = None
) -> dict[ChipId, ChipReview]:
    """Where the decided chips of a wafer stand in the second review; with `chips`, only these are looked at."""
    by_chip: defaultdict[ChipId, list[Decision]] = defaultdict(list)
    for entry in read_decisions(connection, wafer_row, key, chips=chips):
        by_chip[entry.chip].append(entry)
    if not by_chip:
        return {}
    said: defaultdict[ChipId, list[Opinion]] = defaultdict(list)
    for given in read_opinions(connection, wafer_row, key, chips):
        said[given.chip].append(given)
    machine = machine_classes(connection, wafer_row, by_chip.keys())
    moved = lapsed(connection, wafer_row, [d for log in by_chip.values() for d in log])
    rules = second_rules(connection, wafer_row)
    return {
        chip: chip_review(machine.get(chip), by_chip[chip], said.get(chip, ()), rules, moved)
        for chip in sorted(by_chip)
    }


def second_rules(connection: Connection, wafer_row: int) -> SecondRules:
    """What the wafer's recipe, as it was when the wafer was judged, sends to a second person."""
    query = select(recipe.c.json).join(wafer, wafer.c.recipe_id == recipe.c.id).where(wafer.c.id == wafer_row)
    return _rules(connection.execute(query).scalar_one())


@lru_cache(maxsize=16)
def _rules(recipe_json: str) -> SecondRules:
    return SecondRules.of(recipe_from_json(recipe_json))


def waiting(
    connection: Connection, lot: str | None, states: Collection[ReviewState]
) -> dict[WaferKey, dict[ChipId, ChipReview]]:
    """The chips of a lot, or of all, that are in one of these states; wafers without any are left out."""
    decided = select(decision.c.wafer_id).distinct()
    query = select(wafer.c.id, wafer.c.lot, wafer.c.wafer).where(is_there(), wafer.c.id.in_(decided))
    query = query if lot is None else query.where(wafer.c.lot == lot)
    found: dict[WaferKey, dict[ChipId, ChipReview]] = {}
    for row in connection.execute(query.order_by(wafer.c.id)).all():
        key = WaferKey(row.lot, row.wafer)
        asked = _asked(connection, row.id)
        reviews = read_reviews(connection, row.id, key, asked) if asked else {}
        if chosen := {chip: review for chip, review in reviews.items() if review.state in states}:
            found[key] = chosen
    return found


def authors(connection: Connection, seqs: Iterable[int]) -> set[str]:
    """Whose these opinions are."""
    query = select(opinion.c.operator).where(is_any_of(opinion.c.seq, seqs)).distinct()
    return set(connection.execute(query).scalars())


def _asked(connection: Connection, wafer_row: int) -> set[ChipId]:
    """The chips that may ever have been sent to a second person: few, so that only these are folded."""
    rules = second_rules(connection, wafer_row)
    good = [c.name for c in rules.classes if c.is_good]
    bad = [c.name for c in rules.classes if not c.is_good]
    unsure = decision.c.kind == DecisionKind.UNSURE.value if SecondReason.UNSURE in rules.second else false()
    risky = and_(decision.c.to_class.in_(good), true() if rules.share > 0 else _said_defect(bad, rules))
    query = select(decision.c.chip_column, decision.c.chip_row).where(decision.c.wafer_id == wafer_row)
    return {ChipId(*place) for place in connection.execute(query.where(or_(unsure, risky)))}


def _said_defect(bad: Sequence[str], rules: SecondRules) -> ColumnElement[bool]:
    if SecondReason.DEFECT_TO_GOOD not in rules.second:
        return false()
    here = and_(judgement.c.wafer_id == decision.c.wafer_id, judgement.c.chip_row == decision.c.chip_row)
    judged = select(judgement.c.seq).where(here, judgement.c.chip_column == decision.c.chip_column)
    other = decision.alias()
    there = and_(other.c.wafer_id == decision.c.wafer_id, other.c.chip_row == decision.c.chip_row)
    named = select(other.c.seq).where(there, other.c.chip_column == decision.c.chip_column, other.c.to_class.in_(bad))
    machine = judged.where(judgement.c.class_name.in_(bad)).exists()
    return or_(decision.c.from_class.in_(bad), machine, named.exists())
