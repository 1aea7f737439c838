"""The page of numbers: figures of the open wafer and of a lot, charts of lot and record, and how people agree."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector.exchange.figures.history import History
from inspector.exchange.figures.people import PeopleAgreement
from inspector.station.look import theme
from inspector.station.numbers.cards import Cards
from inspector.station.numbers.chart import Chart
from inspector.station.numbers.class_charts import draw_classes, draw_subtypes, draw_targets
from inspector.station.numbers.override_chart import draw_overrides
from inspector.station.numbers.p_defect_chart import draw_p_defect
from inspector.station.numbers.panel import Panel, PlotPanel
from inspector.station.numbers.people_table import PeopleTable
from inspector.station.numbers.yield_chart import draw_yields
from inspector.station.pages.page import Page
from inspector.station.state.numbers import LotNumbers, Numbers
from inspector.station.state.pace import Pace
from inspector.station.state.session import Session
from inspector.wafer.classes import ClassSet

_PANEL_WIDTH = 560  # at least; as many panels stand side by side as find room
_MOST_ABREAST = 4
_MARGIN = 16


class NumbersPage(Page):
    """Counts only while it is in sight."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lot: LotNumbers | None = None
        self._history: History | None = None
        self._columns = 0
        self.numbers = Numbers(session, self)
        self._pace = Pace(session, self)
        self._body = QWidget(self)
        self.wafer_cards = Cards("wafer", self._body)
        self.lot_cards = Cards("lot", self._body)
        self.panels = self._make_panels()
        self._lay_out()
        self.numbers.counted.connect(self._take_lot)
        self.numbers.history.connect(self._take_history)
        self.numbers.people.connect(self._take_people)
        self.numbers.failed.connect(session.failed)
        self._pace.changed.connect(self._show_cards)
        self._show_cards()
        session.wafers_changed.connect(self._fill_lots)
        for panel in self.panels.values():
            panel.said.connect(session.said)
            panel.failed.connect(session.failed)

    def _make_panels(self) -> dict[str, Panel]:
        """In the order of reading."""
        settings = self._session.settings
        self._people = PeopleTable()
        plots = {
            "overrides": (
                self.tr("Overrides per lot"),
                self.tr("Share of the confirmed and changed chips that got another class than the machine named"),
            ),
            "classes": (self.tr("Classes of the lot"), self.tr("Chips of the lot by class, before and after review")),
            "p_defect": (self.tr("P(defect) of the lot"), self.tr("Judged chips of the lot by their P(defect)")),
            "yield": (self.tr("Yield per wafer"), self.tr("Good / (good + defect) of each wafer of the lot")),
            "targets": (
                self.tr("Answers to learn from"),
                self.tr("Confirmed and changed chips of the whole record: what an export can take"),
            ),
            "subtypes": (
                self.tr("Sub-types of the answers"),
                self.tr("Confirmed and changed chips of the whole record by the sub-type that people gave"),
            ),
        }
        made: dict[str, Panel] = {name: PlotPanel(name, *words, settings) for name, words in plots.items()}
        tip = self.tr("Chips that two people or more have answered, over the whole record")
        made["people"] = Panel("people", self.tr("Agreement of people"), tip, settings, self._people)
        return made

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(24)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(_MARGIN, 8, _MARGIN, _MARGIN)
        inner.setSpacing(16)
        inner.addWidget(self.wafer_cards)
        inner.addWidget(self.lot_cards)
        inner.addLayout(self._grid, 1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("numbers_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(self.tr("Numbers"))
        self._scroll.setWidget(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_head())
        layout.addWidget(self._scroll, 1)
        self.setFocusProxy(self._scroll)

    def _make_head(self) -> QHBoxLayout:
        title = QLabel(self.tr("Numbers"), self)
        title.setFont(theme.title_font())
        self.lots = QComboBox(self)
        self.lots.setObjectName("numbers_lot")
        self.lots.setAccessibleName(self.tr("Lot"))
        self.lots.setToolTip(self.tr("The lot that is counted"))
        self.lots.setMinimumSize(200, 32)
        self.lots.activated.connect(self._choose)
        self._progress = QLabel(self)
        self._progress.setObjectName("numbers_progress")
        self._progress.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        head.setSpacing(16)
        for widget in (title, self.lots):
            head.addWidget(widget)
        self._progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head.addWidget(self._progress, 1)
        return head

    def come(self) -> None:
        """Count the lot of the open wafer, and whatever changed since the page was last seen."""
        self._fill_lots()
        if not self.lots.count():
            nothing = self.tr("Nothing is judged yet: open a wafer image first.")
            for panel in self.panels.values():
                panel.tell(Chart(empty=nothing))
        if self._session.key is not None:
            self.lots.setCurrentIndex(self.lots.findData(self._session.key.lot))
        self._choose()

    def _fill_lots(self) -> None:
        names = [lot for lot, _ in self._session.lots()]
        if names != [self.lots.itemData(n) for n in range(self.lots.count())]:
            chosen = self.lots.currentData()
            self.lots.clear()
            for name in names:
                self.lots.addItem(self.tr("Lot {lot}").format(lot=name), name)
            self.lots.setCurrentIndex(max(self.lots.findData(chosen), 0))

    def _choose(self) -> None:
        lot = self.lots.currentData()
        if lot is not None and self.isVisibleTo(self.window()):
            self.numbers.wake(lot)

    def hideEvent(self, event: QHideEvent) -> None:
        self.numbers.sleep()
        super().hideEvent(event)

    def _take_lot(self, lot: LotNumbers) -> None:
        self._lot = lot
        counting = self.tr("counting: {done} of {total} wafers").format(done=len(lot.wafers), total=lot.expected)
        self._progress.setText("" if lot.is_whole else counting)
        self._show_cards()
        tally, classes, language = lot.tally, self._classes(lot), self._session.language
        self._plot("classes").show_chart(partial(draw_classes, tally, classes, language))
        self._plot("p_defect").show_chart(partial(draw_p_defect, tally))
        self._plot("yield").show_chart(partial(draw_yields, lot.wafers))

    def _take_history(self, history: History) -> None:
        self._history = history
        if self._lot is None:
            return
        classes, language = self._classes(self._lot), self._session.language
        self._plot("overrides").show_chart(partial(draw_overrides, history.lots))
        self._plot("targets").show_chart(partial(draw_targets, history.classes, classes, language))
        self._plot("subtypes").show_chart(partial(draw_subtypes, history.classes, classes, language))

    def _take_people(self, people: PeopleAgreement) -> None:
        self.panels["people"].tell(self._people.show_people(people))

    def _classes(self, lot: LotNumbers) -> ClassSet:
        """The lot's classes in the colours that the person has chosen."""
        classic = self._session.settings.looks.class_colours == "classic"
        return lot.classes.in_green_and_red() if classic else lot.classes

    def _plot(self, name: str) -> PlotPanel:
        panel = self.panels[name]
        assert isinstance(panel, PlotPanel), name
        return panel

    def _show_cards(self) -> None:
        lot, key = self._lot, self._session.key
        self.lot_cards.setVisible(lot is not None)
        if lot is None:
            self.wafer_cards.hide()
            return
        here = next((w for w in lot.wafers if w.key == key), None)
        self.wafer_cards.setVisible(here is not None)
        if here is not None:
            heading = self.tr("Wafer {wafer}").format(wafer=here.key.wafer)
            self.wafer_cards.show_tally(heading, here.tally, lot.classes, self._pace.seconds, True)
        heading = self.tr("Lot {lot}, wafers: {count}").format(lot=lot.lot, count=f"{len(lot.wafers):,}")
        self.lot_cards.show_tally(heading, lot.tally, lot.classes, self._pace.seconds, lot.is_whole)
        self._fit_cards()

    def _fit_cards(self) -> None:
        """The same figure of wafer and lot stands in the same column."""
        for mine, theirs in zip(self.wafer_cards.cards.values(), self.lot_cards.cards.values(), strict=True):
            width = max(card.minimumSizeHint().width() for card in (mine, theirs))
            for card in (mine, theirs):
                card.setMinimumWidth(width)
        for cards in (self.wafer_cards, self.lot_cards):
            cards.lay_out(self.width() - 2 * _MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_cards()
        columns = min(max((self.width() - 2 * _MARGIN) // _PANEL_WIDTH, 1), _MOST_ABREAST)
        if columns != self._columns:
            self._columns = columns
            for n, panel in enumerate(self.panels.values()):
                self._grid.addWidget(panel, n // columns, n % columns)
            for column in range(self._grid.columnCount()):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def shutdown(self) -> None:
        self.numbers.shutdown()
        self._pace.shutdown()
        for panel in self.panels.values():
            if isinstance(panel, PlotPanel):
                panel.shutdown()
