"""Which acts a set of decisions is, and whether whoever has signed in may do them; before they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, select

from inspector.records.decisions import Placed, authors, read_decisions
from inspector.records.judgements import machine_classes
from inspector.records.opinions import read_reviews, second_rules
from inspector.records.people import People
from inspector.records.rows import is_any_of, on_chips
from inspector.records.schema import decision, opinion
from inspector.wafer.decision import DecisionKind, NewDecision
from inspector.wafer.errors import RoleError
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.roles import Act, settlers
from inspector.wafer.second_review import ChipReview, NewOpinion, OpinionKind, ReviewState, is_defect_to_good

_OF_KIND = {
    DecisionKind.CONFIRM: Act.CONFIRM,
    DecisionKind.RELABEL: Act.RELABEL,
    DecisionKind.UNSURE: Act.UNSURE,
    DecisionKind.EXCLUDE: Act.EXCLUDE,
    DecisionKind.WITHDRAW: Act.UNDO,
}
_OF_OPINION = {
    OpinionKind.REVIEW: Act.SECOND_REVIEW,
    OpinionKind.ADJUDICATE: Act.ADJUDICATE,
    OpinionKind.RETURN: Act.RETURN_CHIP,
    OpinionKind.WITHDRAW: Act.UNDO,
}
_ENGINEERS = (ReviewState.DISPUTED, ReviewState.ADJUDICATED)


def check_decisions(connection: Connection, people: People, placed: Sequence[Placed]) -> None:
    """RoleError where whoever has signed in may not append these decisions; nothing is asked without people."""
    if not placed or not people.among(connection):
        return
    acts = {_OF_KIND[new.kind] for _, _, new in placed}
    if len(placed) > 1 and acts != {Act.UNDO}:
        acts.add(Act.BATCH)
    by_wafer: defaultdict[tuple[int, WaferKey], list[Placed]] = defaultdict(list)
    for entry in placed:
        by_wafer[entry[0], entry[1]].append(entry)
    disputes: list[tuple[WaferKey, ChipId, ChipReview]] = []
    for (wafer_row, key), of_wafer in by_wafer.items():
        acts |= _on_wafer(connection, wafer_row, of_wafer)
        found = _engineers(connection, wafer_row, key, of_wafer)
        disputes += [(key, chip, review) for chip, review in found.items()]
    if disputes:
        acts.add(Act.ADJUDICATE)
    place = what(placed[0][1], [new.chip for _, _, new in placed])
    for operator in dict.fromkeys(new.operator for _, _, new in placed):
        people.check(connection, operator, tuple(act for act in Act if act in acts), place)
        for key, chip, review in disputes:
            _check_party(connection, people, operator, Act.ADJUDICATE, key, chip, review)


def _on_wafer(connection: Connection, wafer_row: int, placed: Sequence[Placed]) -> set[Act]:
    """The acts that only the record knows: turning a defect into a good chip, and taking another's word back."""
    acts = set()
    named = [new for _, _, new in placed if new.kind is not DecisionKind.WITHDRAW]
    if any(new.to_class is not None for new in named):
        rules = second_rules(connection, wafer_row)
        machine = machine_classes(connection, wafer_row, {new.chip for new in named})
        if any(is_defect_to_good(machine.get(new.chip), new, rules.classes) for new in named):
            acts.add(Act.DEFECT_TO_GOOD)
    back = {new.withdraws: new.operator for _, _, new in placed if new.withdraws is not None}
    if back:
        query = select(decision.c.seq, decision.c.operator).where(is_any_of(decision.c.seq, back))
        if any(operator != back[seq] for seq, operator in connection.execute(query)):
            acts.add(Act.UNDO_OTHERS)
    return acts


def _engineers(
    connection: Connection, wafer_row: int, key: WaferKey, placed: Sequence[Placed]
) -> dict[ChipId, ChipReview]:
    """The chips that are an engineer's: nobody else decides again on a dispute, or on what was settled, and nobody
    else ends a dispute by taking back the answer that it is about."""
    chips = {new.chip for _, _, new in placed}
    said = select(opinion.c.chip_column, opinion.c.chip_row).where(on_chips(opinion, wafer_row, chips)).distinct()
    asked = [ChipId(*place) for place in connection.execute(said)]
    if not asked:
        return {}
    named = {new.chip for _, _, new in placed if new.withdraws is None}
    back = {new.withdraws for _, _, new in placed}
    reviews = {c: r for c, r in read_reviews(connection, wafer_row, key, asked).items() if r.state in _ENGINEERS}
    return {c: r for c, r in reviews.items() if c in named or (_is_disputed(r) and _seq(r) in back)}


def _is_disputed(review: ChipReview) -> bool:
    return review.state is ReviewState.DISPUTED


def _seq(review: ChipReview) -> int:
    return review.decision.seq if review.decision is not None else 0


def _check_party(
    connection: Connection, people: People, operator: str, act: Act, key: WaferKey, chip: ChipId, review: ChipReview
) -> None:
    """RoleError where this person gave one of the answers in dispute and somebody else could settle it."""
    others = settlers(people.here(connection), review.parties) if operator in review.parties else []
    if others:
        place = f"chip {chip.column} / {chip.row}"
        text = f"{operator} gave one of the two answers on {place}: leave it to {' or '.join(others)}."
        raise RoleError(text, operator, act, what(key, [chip]))


def check_opinion(connection: Connection, people: People, wafer_row: int, key: WaferKey, new: NewOpinion) -> None:
    """RoleError where whoever has signed in may not give such an opinion."""
    act = _OF_OPINION[new.kind]
    people.check(connection, new.operator, (act,), what(key, [new.chip]))
    if act in (Act.ADJUDICATE, Act.RETURN_CHIP):
        for chip, review in read_reviews(connection, wafer_row, key, [new.chip]).items():
            _check_party(connection, people, new.operator, act, key, chip, review)


def check_taking_back(
    connection: Connection, people: People, wafer_row: int, key: WaferKey, seqs: Collection[int], operator: str
) -> None:
    """RoleError where whoever has signed in may not take these decisions back."""
    check_withdrawal(connection, people, key, operator, authors(connection, seqs))
    if not people.among(connection):
        return
    wanted = set(seqs)
    known = [d for d in read_decisions(connection, wafer_row, key, seqs) if d.seq in wanted]
    back = [NewDecision(d.chip, DecisionKind.WITHDRAW, operator, withdraws=d.seq) for d in known]
    for chip, review in _engineers(connection, wafer_row, key, [(wafer_row, key, new) for new in back]).items():
        people.check(connection, operator, (Act.ADJUDICATE,), what(key, [chip]))
        _check_party(connection, people, operator, Act.ADJUDICATE, key, chip, review)


def check_withdrawal(
    connection: Connection, people: People, key: WaferKey, operator: str, authors: Iterable[str]
) -> None:
    """RoleError where whoever has signed in may not take back what these people said."""
    others = any(author != operator for author in authors)
    people.check(connection, operator, (Act.UNDO, Act.UNDO_OTHERS) if others else (Act.UNDO,), what(key, []))


def what(key: WaferKey, chips: Sequence[ChipId]) -> str:
    """The chip that an event is about, or how many."""
    place = f"{key.lot} / {key.wafer}"
    if not chips:
        return place
    return f"{place}, {chips[0].column} / {chips[0].row}" if len(chips) == 1 else f"{place}, {len(chips)} chips"
