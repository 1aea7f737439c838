"""What the deciding keys do on the work page: they guard the way from defect to good, and ask for more where wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.station.chip.point_mark import PointMark
from inspector.station.panels.ask_strip import AskStrip, Question
from inspector.station.state.words import REASONS, reason_word
from inspector.wafer.classes import ChipClass
from inspector.wafer.errors import InspectorError
from inspector.wafer.grid import ChipId
from inspector.wafer.second_review import SecondReason

if TYPE_CHECKING:
    from inspector.station.chip.chip_view import ChipView
    from inspector.station.state.session import Session

_MOST_OPTIONS = 9


class ChipDecisions(QObject):
    """A provider of the work page. Nothing here waits: what it asks is asked in place, and going on answers it too."""

    def __init__(self, session: Session, view: ChipView, strip: AskStrip) -> None:
        super().__init__(view)
        self._session = session
        self._strip = strip
        self._clicked: tuple[ChipId, str] | None = None  # a defect that a click would make good
        self.point = PointMark(session, view)
        session.current_changed.connect(self._forget)
        session.wafer_opened.connect(self._forget)

    @property
    def answers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "confirm": self.confirm,
            "unsure": self.unsure,
            "exclude": self.exclude,
            "subtype": self.ask_subtype,
            "note": self.ask_note,
            "point": self.ask_point,
            "ask_points": self.toggle_asking,
        }

    def confirm(self) -> None:
        """Enter: the standing answer is right; while a point is asked for, the marked place is."""
        if self.point.asks:
            self.point.take_offered()
        else:
            self._session.confirm()

    def unsure(self) -> None:
        self.point.end()
        self._session.unsure()

    def relabel(self, name: str, *, stay: bool = False, by_click: bool = False) -> None:
        """Give the current chip a class. stay: Shift was held, so the chip stays in sight.

        From defect to good only with Shift (or a second click), unless the recipe sends such answers to a second
        person anyway. After a relabel to a defect a point is asked for, where the operator wants that.
        """
        session, chip, classes = self._session, self._session.current, self._session.classes
        if chip is None or classes is None or name not in classes:
            return
        chosen, stood = classes[name], session.standing(chip).class_name
        escapes = chosen.is_good and self._was_defect(chip)
        if escapes and not stay and not self._goes_to_second() and self._clicked != (chip, name):
            self._clicked = (chip, name) if by_click else None
            self._say_how(chosen, by_click)
            return
        asks = session.settings.asks_for_points and not chosen.is_good and stood != name
        if not session.relabel(name, stay=stay or asks):
            return
        if asks:
            self.point.ask(stays=stay)
        elif escapes and self._goes_to_second():
            words = self.tr("Chip {column} / {row}: {title}. A defect becomes good, so a second person looks at it.")
            session.said.emit(words.format(column=chip.column, row=chip.row, title=chosen.title(session.language)))

    def exclude(self) -> None:
        """Ask why, in place; Enter or X again takes the first reason."""
        if self._session.current is None:
            return
        self.point.end()
        title = self.tr("Exclude: why?")
        if self._strip.question is not None and self._strip.question.title == title:
            self._strip.take_first()
            return
        question = Question(
            title,
            tuple((reason, reason_word(reason)) for reason in REASONS),
            self.tr("another reason"),
            self.tr("Digit, or Enter for the first; Esc leaves it"),
            again="x",
        )
        self._strip.ask(question, self._session.exclude)

    def ask_subtype(self) -> None:
        """Ask in place of which sub-type the standing class is."""
        session, chip = self._session, self._session.current
        name = session.standing(chip).class_name if chip is not None else None
        if name is None or session.classes is None or name not in session.classes:
            session.said.emit(self.tr("No class stands here: choose a class first, then its sub-type."))
            return
        chosen = session.classes[name]
        title = chosen.title(session.language)
        if not chosen.subtypes:
            session.said.emit(self.tr("{title} has no sub-types in this recipe.").format(title=title))
            return
        question = Question(
            self.tr("Sub-type of {title}").format(title=title),
            tuple((s, chosen.subtype_title(s, session.language)) for s in chosen.subtypes[:_MOST_OPTIONS]),
            hint=self.tr("A digit chooses; Esc leaves it"),
        )
        self.point.end()
        self._strip.ask(question, partial(self._give_subtype, name))

    def ask_note(self) -> None:
        """Ask in place for a few words on the chip."""
        chip, key = self._session.current, self._session.key
        if chip is None or key is None:
            return
        title = self.tr("Note on chip {column} / {row}").format(column=chip.column, row=chip.row)
        question = Question(title, line=self.tr("a few words"), hint=self.tr("Enter keeps it; Esc leaves it"))
        self._strip.ask(question, partial(self._keep_note, chip))

    def ask_point(self) -> None:
        """P: say where the defect is, also when nobody asks; P again: without."""
        session, chip, classes = self._session, self._session.current, self._session.classes
        name = session.standing(chip).class_name if chip is not None else None
        if self.point.asks:
            self.point.end()
        elif name is None or classes is None or name not in classes or classes[name].is_good:
            session.said.emit(self.tr("Only a defect has a place: choose its class first."))
        else:
            self.point.ask(stays=True)

    def toggle_asking(self) -> None:
        """Whether a relabel to a defect asks for its place; kept for the next start."""
        settings = self._session.settings
        settings.asks_for_points = not settings.asks_for_points
        on = self.tr("After a relabel to a defect, its place is asked for.")
        self._session.said.emit(on if settings.asks_for_points else self.tr("Nobody is asked for a defect's place."))

    def _give_subtype(self, name: str, subtype: str) -> None:
        """Nothing happens where another class stands since it was asked: undone, or judged anew."""
        chip = self._session.current
        if chip is not None and self._session.standing(chip).class_name == name:
            self._session.give_subtype(subtype)

    def _keep_note(self, chip: ChipId, text: str) -> None:
        session = self._session
        if session.key is None:
            return
        try:
            session.record.add_note(session.key, chip, text, session.operator)
        except InspectorError as error:
            session.failed.emit(str(error))
            return
        session.noted.emit((chip,))
        words = self.tr("Noted on chip {column} / {row}: {text}")
        session.said.emit(words.format(column=chip.column, row=chip.row, text=text))

    def _was_defect(self, chip: ChipId) -> bool:
        """True where the machine or the answer that stands says defect."""
        classes, judgement = self._session.classes, self._session.judgement(chip)
        said = (judgement.class_name if judgement is not None else None, self._session.standing(chip).class_name)
        return classes is not None and any(s is not None and s in classes and not classes[s].is_good for s in said)

    def _goes_to_second(self) -> bool:
        recipe = self._session.recipe
        return recipe is not None and SecondReason.DEFECT_TO_GOOD.value in recipe.review.second

    def _say_how(self, chosen: ChipClass, by_click: bool) -> None:
        title = chosen.title(self._session.language)
        if by_click or not chosen.key:
            words = self.tr("Click again: {title} (a defect becomes good)").format(title=title)
        else:
            words = self.tr("Shift+{key}: {title} (a defect becomes good)").format(key=chosen.key, title=title)
        self._session.said.emit(words)

    def _forget(self) -> None:
        self._clicked = None
        self._strip.close_strip()
