"""The large figures of a wafer or a lot, each with its name below and what it counts on hover."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from inspector.exchange.figures.rates import agreement, yields
from inspector.exchange.figures.tally import Tally
from inspector.exchange.report.words import percent
from inspector.station.look import theme
from inspector.station.state.pace_words import time_left, time_left_tip
from inspector.wafer.audit_estimate import EscapeEstimate, Stratum, escape_estimate
from inspector.wafer.classes import ClassSet
from inspector.wafer.scores import Rate

_GAP = 24


class Card(QWidget):
    """One figure."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"card_{name}")
        self._title = title
        self._tip: Callable[[], str] = str
        self._value = QLabel("–", self)
        self._value.setObjectName("value")
        self._value.setFont(theme.title_font())
        self._value.setTextFormat(Qt.TextFormat.PlainText)
        below = QLabel(title, self)
        below.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        below.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(self._value)
        layout.addWidget(below)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        return self._value.text()

    def show_value(self, text: str, tip: str, more: Callable[[], str] = str) -> None:
        """tip: what the figure counts. more: what else to say on hover, reckoned only then."""
        self._value.setText(text)
        self._tip = lambda: f"{tip}{more()}"
        self.setAccessibleName(f"{self._title}: {text}")
        self.setAccessibleDescription(tip)

    @property
    def tip(self) -> str:
        return self._tip()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip, self)
            return True
        return super().event(event)


class Cards(QWidget):
    """A heading and its figures in a row."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"cards_{name}")
        self._heading = QLabel(self)
        self._heading.setObjectName("heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        font = self._heading.font()
        font.setBold(True)
        self._heading.setFont(font)
        titles = {
            "judged": self.tr("judged"),
            "decided": self.tr("decided of those asked"),
            "waiting": self.tr("waiting"),
            "left": self.tr("left at your pace"),
            "yield": self.tr("yield before → after"),
            "overrides": self.tr("overridden"),
            "escapes": self.tr("escapes found"),
            "overkills": self.tr("overkills found"),
            "unseen": self.tr("escapes unseen (est.)"),
        }
        self.cards = {name: Card(name, title, self) for name, title in titles.items()}
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(_GAP)
        self._layout.setVerticalSpacing(0)
        self._columns = 0

    def lay_out(self, width: int) -> None:
        """In one row where they find room, else in two or more of the same length."""
        wanted = sum(card.sizeHint().width() + _GAP for card in self.cards.values())
        rows = max(1, -(-wanted // max(width, 1)))
        columns = -(-len(self.cards) // rows)
        if columns == self._columns:
            return
        self._columns = columns
        self._layout.addWidget(self._heading, 0, 0, 1, columns)
        for n, card in enumerate(self.cards.values()):
            self._layout.addWidget(card, 1 + n // columns, n % columns, Qt.AlignmentFlag.AlignLeft)
        for column in range(self._layout.columnCount()):
            self._layout.setColumnStretch(column, 1 if column < columns else 0)

    def show_tally(self, heading: str, tally: Tally, classes: ClassSet, seconds: float | None, is_whole: bool) -> None:
        """seconds: the pace of the person at the station, None where it is not known. is_whole: all is counted."""
        self._heading.setText(heading)
        self._show_work(tally, seconds)
        self._show_yield(tally, classes)
        found = agreement(tally, classes)
        over = self.tr("{part} of {whole} confirmed or changed chips got another class than the machine named")
        escapes = self.tr("{part} of {whole} decided chips that the machine judged good became a defect")
        overkills = self.tr("{part} of {whole} decided chips that the machine judged a defect became good")
        for name, rate, tip in (
            ("overrides", found.overridden, over),
            ("escapes", found.escapes, escapes),
            ("overkills", found.overkills, overkills),
        ):
            said = tip.format(part=f"{rate.events:,}", whole=f"{rate.trials:,}")
            self.cards[name].show_value(percent(rate.share), said, partial(_bounds, rate))
        if is_whole:
            self._show_unseen(tally, classes)
        else:
            self.cards["unseen"].show_value("…", self.tr("Estimated when all wafers are counted"))

    def _show_work(self, tally: Tally, seconds: float | None) -> None:
        judged, waiting = tally.judged.total(), tally.waiting.total()
        self.cards["judged"].show_value(
            f"{judged:,} / {tally.chips:,}", self.tr("Chips that the machine has judged, of all expected places")
        )
        self.cards["decided"].show_value(
            f"{tally.asked - waiting:,} / {tally.asked:,}",
            self.tr("Chips that want eyes, or wanted them, and that a person has decided"),
        )
        self.cards["waiting"].show_value(f"{waiting:,}", self.tr("Chips that want eyes and that nobody has decided"))
        self.cards["left"].show_value(time_left(waiting, seconds) or "–", time_left_tip(waiting, seconds))

    def _show_yield(self, tally: Tally, classes: ClassSet) -> None:
        before, after = yields(tally, classes)
        tip = self.tr(
            "Good / (good + defect). Before: judgements alone, {good} good, {defect} defect. "
            "After: standing answers, {good_after} good, {defect_after} defect, {none} without a class"
        )
        self.cards["yield"].show_value(
            f"{percent(before.share)} → {percent(after.share)}",
            tip.format(
                good=f"{before.good:,}",
                defect=f"{before.defect:,}",
                good_after=f"{after.good:,}",
                defect_after=f"{after.defect:,}",
                none=f"{after.none:,}",
            ),
        )

    def _show_unseen(self, tally: Tally, classes: ClassSet) -> None:
        found = _estimate(tuple(strata(tally, classes)))
        if found.estimate is None:
            text = self.tr(
                "Not known yet: escapes among the {accepted} accepted chips can be estimated once the random audit has "
                "decided chips of every class ({audited} so far)"
            )
            tip = text.format(accepted=f"{found.accepted:,}", audited=f"{found.audited:,}")
            self.cards["unseen"].show_value("–", tip)
            return
        tip = self.tr(
            "Escapes among the {accepted} accepted chips, estimated from the {audited} of the random audit that were "
            "decided, {found} of them as a defect; 95 % bounds {low} to {high}"
        ).format(
            accepted=f"{found.accepted:,}",
            audited=f"{found.audited:,}",
            found=f"{found.found:,}",
            low=f"{found.low:,.0f}",
            high=f"{found.high:,.0f}",
        )
        self.cards["unseen"].show_value(f"{found.estimate:,.0f} (≤ {found.high:,.0f})", tip)


def strata(tally: Tally, classes: ClassSet) -> list[Stratum]:
    """The accepted chips of each class, and what the audit found among them."""
    audited = tally.audited
    return [
        Stratum(c.name, tally.accepted[c.name], audited[c.name, False] + audited[c.name, True], audited[c.name, True])
        for c in classes
        if tally.accepted[c.name]
    ]


@lru_cache(maxsize=16)
def _estimate(there: tuple[Stratum, ...]) -> EscapeEstimate:
    """Kept, because bounds take milliseconds and the cards are filled at every decision."""
    return escape_estimate(there)


def _bounds(rate: Rate) -> str:
    if not rate.trials:
        return ""
    low, high = rate.bounds
    return f" ({percent(low)} – {percent(high)})"
