"""Works out what an answer for many chips would do, and writes it as one step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from uuid import uuid4

from inspector.station.gallery.batch_plan import BatchPlan, Ground, Wish, plan_batch
from inspector.station.gallery.batch_words import batch_in_words
from inspector.station.state.session import Session
from inspector.wafer.decision import NewDecision
from inspector.wafer.grid import ChipId, WaferKey
from inspector.wafer.second_review import SecondRules, classes_named, needs_second


class BatchDesk:
    """Everything it says rests on what the session knows at that moment."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def plan(self, chips: Sequence[ChipId], wish: Wish, seen: Collection[ChipId]) -> BatchPlan | None:
        """What would be decided; None while no wafer is open."""
        session = self._session
        key, recipe, classes = session.key, session.recipe, session.classes
        if key is None or recipe is None or classes is None:
            return None
        to_second = partial(self._goes_to_second, key, SecondRules.of(recipe))
        ground = Ground(classes, session.operator, session.standing, session.review_state, to_second)
        return plan_batch(chips, wish, ground, seen, uuid4().hex)

    def is_up_to_date(self, plan: BatchPlan, chips: Sequence[ChipId], seen: Collection[ChipId]) -> bool:
        """False where the answers have changed since the plan was shown."""
        now = self.plan(chips, plan.wish, seen)
        return now is not None and _without_batch(now) == _without_batch(plan)

    def write(self, plan: BatchPlan) -> bool:
        """True once it is in the record."""
        assert self._session.classes is not None, "a plan needs a wafer"
        text = batch_in_words(plan, self._session.classes, self._session.language)
        return self._session.decide_together(plan.decisions, text)

    def _goes_to_second(self, key: WaferKey, rules: SecondRules, new: NewDecision) -> bool:
        judgement = self._session.judgement(new.chip)
        machine = judgement.class_name if judgement is not None else None
        return needs_second(key, machine, new, rules, classes_named(self._session.log(new.chip)))


def _without_batch(plan: BatchPlan) -> BatchPlan:
    """What two plans are compared by: each has a batch of its own."""
    return replace(plan, decisions=tuple(replace(new, batch=None) for new in plan.decisions))
