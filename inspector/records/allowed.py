"""Which acts a set of decisions is, and whether whoever has signed in may do them; before they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from inspector.records.decisions import Placed
from inspector.records.judgements import machine_classes
from inspector.records.opinions import read_reviews, second_rules
from inspector.records.people import People
from inspector.records.rows import is_any_of, on_chips
from inspector.records.schema import decision, opinion
from inspector.wafer.decision import DecisionKind
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.roles import Act
from inspector.wafer.second_review import NewOpinion, OpinionKind, ReviewState, is_defect_to_good

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
    for (wafer_row, key), of_wafer in by_wafer.items():
        acts |= _on_wafer(connection, wafer_row, key, of_wafer)
    place = what(placed[0][1], [new.chip for _, _, new in placed])
    for operator in dict.fromkeys(new.operator for _, _, new in placed):
        people.check(connection, operator, tuple(act for act in Act if act in acts), place)


def _on_wafer(connection: Connection, wafer_row: int, key: WaferKey, placed: Sequence[Placed]) -> set[Act]:
    """The acts that only the record knows: turning a defect into a good chip, and taking an engineer's word back."""
    acts = set()
    named = [new for _, _, new in placed if new.kind is not DecisionKind.WITHDRAW]
    if any(new.to_class is not None for new in named):
        rules = second_rules(connection, wafer_row)
        machine = machine_classes(connection, wafer_row, {new.chip for new in named})
        if any(is_defect_to_good(machine.get(new.chip), new, rules.classes) for new in named):
            acts.add(Act.DEFECT_TO_GOOD)
    if named and _is_an_engineers(connection, wafer_row, key, {new.chip for new in named}):
        acts.add(Act.ADJUDICATE)
    back = {new.withdraws: new.operator for _, _, new in placed if new.withdraws is not None}
    if back:
        query = select(decision.c.seq, decision.c.operator).where(is_any_of(decision.c.seq, back))
        if any(operator != back[seq] for seq, operator in connection.execute(query)):
            acts.add(Act.UNDO_OTHERS)
    return acts


def _is_an_engineers(connection: Connection, wafer_row: int, key: WaferKey, chips: set[ChipId]) -> bool:
    """True where one of the chips is in dispute or was settled: only an engineer decides on it again."""
    said = select(opinion.c.chip_column, opinion.c.chip_row).where(on_chips(opinion, wafer_row, chips)).distinct()
    asked = [ChipId(*place) for place in connection.execute(said)]
    if not asked:
        return False
    return any(review.state in _ENGINEERS for review in read_reviews(connection, wafer_row, key, asked).values())


def check_opinion(connection: Connection, people: People, key: WaferKey, new: NewOpinion) -> None:
    """RoleError where whoever has signed in may not give such an opinion."""
    people.check(connection, new.operator, (_OF_OPINION[new.kind],), what(key, [new.chip]))


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
