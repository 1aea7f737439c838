"""What happened to a chip: every judgement, decision, opinion, withdrawal and note, with who and when, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from inspector.records.record import StoredJudgement
from inspector.station.chip.beside import Facts
from inspector.station.state.words import clock, reason_word
from inspector.wafer.decision import Decision, DecisionKind
from inspector.wafer.grid import ChipId
from inspector.wafer.second_review import Opinion, OpinionKind, ReviewState

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_HEADER = 32  # logical pixels


class History(QWidget):
    """A header that opens and closes a list of lines. `toggled` after it did."""

    toggled = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._session = session
        self._header = QToolButton(self)
        self._header.setObjectName("history_header")
        self._header.setCheckable(True)
        self._header.setMinimumHeight(_HEADER)
        self._header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._header.setAutoRaise(True)
        self._header.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._header.toggled.connect(self._open)
        self._lines = QLabel()
        self._lines.setObjectName("history_lines")
        self._lines.setTextFormat(Qt.TextFormat.PlainText)
        self._lines.setWordWrap(True)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._lines.setForegroundRole(QPalette.ColorRole.WindowText)
        self._area = QScrollArea(self)
        self._area.setWidget(self._lines)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._lines.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._header)
        column.addWidget(self._area, 1)
        self._open(False)
        self.show_facts(None)

    @property
    def is_open(self) -> bool:
        return self._header.isChecked()

    def set_open(self, is_open: bool) -> None:
        self._header.setChecked(is_open)

    def show_facts(self, facts: Facts | None) -> None:
        lines = history_lines(self._session, facts) if facts is not None else []
        self._header.setEnabled(bool(lines))
        self._header.setText(self.tr("History ({count})").format(count=len(lines)) if lines else self.tr("History"))
        tip = (
            self.tr("Judgements, decisions, second opinions and notes on this chip")
            if lines
            else self.tr("Nothing has happened here")
        )
        self._header.setToolTip(tip)
        self._lines.setText("\n".join(lines))

    def _open(self, is_open: bool) -> None:
        self._area.setVisible(is_open)
        down = QSizePolicy.Policy.Expanding if is_open else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, down)
        self.toggled.emit()
        self._header.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)


def history_lines(session: Session, facts: Facts) -> list[str]:
    """One line for each thing that happened, newest first."""
    events: list[tuple[datetime, str]] = [(j.time, _judged(session, j)) for j in facts.judgements]
    decisions = {d.seq: d for d in session.log(facts.chip)}
    opinions = _shown_opinions(session, facts.chip)
    made = {o.made for o in opinions}  # such a decision is told as the opinion that brought it
    events += [(d.time, _decided(session, d, decisions)) for d in decisions.values() if d.seq not in made]
    said = {o.seq: o for o in opinions}
    events += [(o.time, _opined(session, o, said)) for o in opinions]
    events += [(note.time, _noted(note.operator, note.text)) for note in facts.notes]
    return [f"{clock(time)}  {words}" for time, words in sorted(events, key=lambda e: e[0], reverse=True)]


def _judged(session: Session, judged: StoredJudgement) -> str:
    if judged.class_name is None:
        text = QCoreApplication.translate("History", "machine ({model}): undecided")
        return text.format(model=judged.model.name)
    text = QCoreApplication.translate("History", "machine ({model}): {title}, P(defect) {p}")
    return text.format(model=judged.model.name, title=_title(session, judged.class_name), p=f"{judged.p_defect:.2f}")


def _decided(session: Session, decision: Decision, known: dict[int, Decision]) -> str:
    new = decision.new
    if new.kind is DecisionKind.WITHDRAW:
        before = known.get(new.withdraws or 0)
        what = _answer(session, before) if before is not None else ""
        return QCoreApplication.translate("History", "{who} took back: {what}").format(who=new.operator, what=what)
    return f"{new.operator}: {_answer(session, decision)}"


def _shown_opinions(session: Session, chip: ChipId) -> list[Opinion]:
    """While the chip waits for a second person, nobody reads what others have said of it, not even if they took it
    back: whoever reads this may be that person."""
    said = session.opinions_on(chip)
    if session.review_state(chip) is not ReviewState.SECOND_REVIEW:
        return list(said)
    return [o for o in said if o.new.operator == session.operator]


def _opined(session: Session, opinion: Opinion, known: dict[int, Opinion]) -> str:
    new = opinion.new
    if opinion.kind is OpinionKind.WITHDRAW:
        before = known.get(new.withdraws or 0)
        what = _opinion(session, before) if before is not None else ""
        return QCoreApplication.translate("History", "{who} took back: {what}").format(who=new.operator, what=what)
    return f"{new.operator}: {_opinion(session, opinion)}"


def _opinion(session: Session, opinion: Opinion) -> str:
    new = opinion.new
    title = _title(session, new.class_name) if new.class_name else QCoreApplication.translate("History", "unsure")
    words = {
        OpinionKind.REVIEW: QCoreApplication.translate("History", "second review: {title}"),
        OpinionKind.ADJUDICATE: QCoreApplication.translate("History", "dispute settled: {title}"),
        OpinionKind.RETURN: QCoreApplication.translate("History", "dispute returned"),
        OpinionKind.WITHDRAW: QCoreApplication.translate("History", "taken back"),
    }[new.kind].format(title=title)
    return f"{words} ({new.reason})" if new.reason else words


def _answer(session: Session, decision: Decision) -> str:
    new = decision.new
    title = _title(session, new.to_class) if new.to_class else ""
    words = {
        DecisionKind.CONFIRM: QCoreApplication.translate("History", "{title} confirmed"),
        DecisionKind.RELABEL: QCoreApplication.translate("History", "changed to {title}"),
        DecisionKind.UNSURE: QCoreApplication.translate("History", "unsure"),
        DecisionKind.EXCLUDE: QCoreApplication.translate("History", "excluded"),
        DecisionKind.WITHDRAW: QCoreApplication.translate("History", "taken back"),
    }[new.kind].format(title=title)
    if new.subtype:
        words += f" / {_subtype(session, new.to_class, new.subtype)}"
    if new.reason:
        words += f" ({reason_word(new.reason)})"
    if new.point is not None:
        words += QCoreApplication.translate("History", ", marked at {x} / {y}").format(
            x=round(new.point[0]), y=round(new.point[1])
        )
    return words


def _noted(who: str, text: str) -> str:
    return QCoreApplication.translate("History", "{who} noted: {text}").format(who=who, text=text)


def _title(session: Session, class_name: str) -> str:
    classes = session.classes
    return classes[class_name].title(session.language) if classes and class_name in classes else class_name


def _subtype(session: Session, class_name: str | None, subtype: str) -> str:
    classes = session.classes
    if classes is None or class_name is None or class_name not in classes:
        return subtype
    return classes[class_name].subtype_title(subtype, session.language)
