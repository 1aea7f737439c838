"""What a person answers on chips, before it becomes decisions: what is known of a class is kept while the class is."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.wafer.decision import DecisionKind, NewDecision, StandingAnswer
from inspector.wafer.grid import ChipId


@dataclass(frozen=True)
class Answer:
    """class_name: None for unsure and exclude. subtype, point: None where nothing was said; point in chip pixels."""

    kind: DecisionKind
    class_name: str | None = None
    subtype: str | None = None
    point: tuple[float, float] | None = None
    reason: str = ""

    def on(self, chip: ChipId, standing: StandingAnswer, operator: str, batch: str | None) -> NewDecision:
        """The decision on one chip on which that answer stood.

        A relabel to the class that stands is a confirmation, unless it says more about a class that a person gave.
        Sub-type and point go on from the decision that stood as long as the class stays.
        """
        same = self.class_name is not None and standing.class_name == self.class_name
        before = standing.decision.new if same and standing.decision is not None else None
        says_more = self.subtype is not None or self.point is not None
        kind = DecisionKind.CONFIRM if same and self.kind is DecisionKind.RELABEL and not says_more else self.kind
        return NewDecision(
            chip,
            kind,
            operator,
            standing.class_name,
            self.class_name,
            subtype=self.subtype if self.subtype is not None or before is None else before.subtype,
            reason=self.reason,
            point=self.point if self.point is not None or before is None else before.point,
            batch=batch,
        )


def more_about(standing: StandingAnswer, subtype: str | None, point: tuple[float, float] | None) -> Answer | None:
    """The standing class again with what is known better about it now; None where no class stands."""
    if standing.class_name is None:
        return None
    kind = standing.decision.kind if standing.decision is not None else DecisionKind.CONFIRM
    return Answer(kind, standing.class_name, subtype, point)
