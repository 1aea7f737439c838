"""Finds, beside the window, what helps to decide on the current chip: references, repeaters, earlier judgements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from inspector.records.beside import Verified
from inspector.records.notes import Note
from inspector.records.record import Record, StoredJudgement
from inspector.station.map.tiles import to_qimage
from inspector.station.state.background import Background
from inspector.wafer.classes import ClassSet
from inspector.wafer.decision import StandingAnswer
from inspector.wafer.errors import ImageError
from inspector.wafer.grid import ChipId, WaferKey

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_PAUSE_MS = 200
_TRIED = 4  # references whose picture may be gone before none is shown


@dataclass(frozen=True)
class Reference:
    """A chip that a person has answered, with its pixels."""

    of: Verified
    picture: QImage


@dataclass(frozen=True)
class Facts:
    """What was found about one chip.

    references: (class, reference), first for the class that the machine proposes, then for the runner-up; None where
    no person has given that class to a chip of this product yet. at_place: the same place on the wafers of the lot.
    judgements, notes: of this chip, oldest first.
    """

    key: WaferKey
    chip: ChipId
    references: tuple[tuple[str, Reference | None], ...] = ()
    at_place: dict[WaferKey, StandingAnswer] = field(default_factory=dict)
    judgements: tuple[StoredJudgement, ...] = ()
    notes: tuple[Note, ...] = ()


class Beside(QObject):
    """`found(Facts)` once everything about a chip is there; None while it is still looked for."""

    found = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: tuple[WaferKey, ChipId] | None = None
        self._facts: Facts | None = None
        self._turn = 0  # counts the looks, so that a late answer to an earlier one is known
        self._answered = 0
        self._background = Background(self, 1)
        self._background.done.connect(self._take)
        self._pause = QTimer(self)  # who goes through the chips quickly reads nothing beside them
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._look(self._session.current))
        session.current_changed.connect(self.forget)
        session.wafer_opened.connect(self.forget)
        session.decided.connect(self._look_again)
        session.judgements_added.connect(self._look_again)
        session.noted.connect(self._look_again)

    @property
    def facts(self) -> Facts | None:
        """About the current chip; None while nobody knows."""
        return self._facts

    @property
    def is_idle(self) -> bool:
        """True where nothing is still to come."""
        return not self._pause.isActive() and (self._wanted is None or self._answered == self._turn)

    def look(self, chip: ChipId | None) -> None:
        """The chip has been painted: if it stays in sight, there is time for what lies beside it."""
        if chip is not None and chip == self._session.current:
            self._pause.start()

    def _look(self, chip: ChipId | None) -> None:
        key, recipe = self._session.key, self._session.recipe
        if chip is None or key is None or recipe is None or chip != self._session.current:
            return
        if self._wanted == (key, chip):
            return
        self._wanted = (key, chip)
        self._turn += 1
        judgement = self._session.judgement(chip)
        self._background.run(
            self._turn,
            partial(
                _find, self._session.record, recipe.name, key, chip, _proposed(judgement, recipe.class_set), judgement
            ),
        )

    def forget(self) -> None:
        """Another chip: what was found is no longer about the current one."""
        self._pause.stop()
        self._wanted, self._facts = None, None
        self.found.emit(None)

    def stop(self) -> None:
        """Let no thread go on."""
        self._pause.stop()
        self._background.stop()

    def _look_again(self, chips: Sequence[ChipId]) -> None:
        """An answer on the current chip changes what is said about it; those on others change its references later."""
        chip = self._session.current
        if chip in chips and self._wanted is not None:
            self._wanted = None
            self._look(chip)

    def _take(self, turn: int, value: object) -> None:
        if turn != self._turn or self._wanted is None:
            return
        self._answered = turn
        self._facts = value if isinstance(value, Facts) else Facts(*self._wanted)
        self.found.emit(self._facts)


def _proposed(judgement: StoredJudgement | None, classes: ClassSet) -> tuple[str, ...]:
    """The class that the machine proposes and the likeliest other one; nothing for an undecided chip."""
    if judgement is None or judgement.class_name is None or len(judgement.probabilities) != len(classes):
        return ()
    order = [classes.names[i] for i in np.argsort(-judgement.probabilities, kind="stable")]
    others = [name for name in order if name != judgement.class_name]
    return (judgement.class_name, *others[:1])


def _find(
    record: Record,
    product: str,
    key: WaferKey,
    chip: ChipId,
    names: tuple[str, ...],
    judgement: StoredJudgement | None,
) -> Facts:
    references: list[tuple[str, Reference | None]] = []
    for name in names:
        assert judgement is not None, "only a judged chip has proposed classes"
        alike = record.verified((key, chip), product, name, judgement.probabilities)
        references.append((name, _first_shown(record, alike)))
    at_place = record.at_place(key.lot, chip)
    judgements, notes = record.judgements_of(key, chip), record.notes(key).get(chip, ())
    return Facts(key, chip, tuple(references), at_place, tuple(judgements), tuple(notes))


def _first_shown(record: Record, alike: Sequence[Verified]) -> Reference | None:
    """The nearest reference of which the pixels are still there."""
    from inspector.exchange.chip_pictures import chips_of  # not before the window is shown

    for one in alike[:_TRIED]:
        entry = record.wafer(one.key)
        if entry is None or one.chip not in entry.placed.grid.chip_ids():
            continue
        try:
            with chips_of(record, entry) as picture:
                return Reference(one, to_qimage(picture(one.chip)))
        except ImageError:
            continue
    return None
