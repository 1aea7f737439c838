"""Who agrees with whom: kappa of every two people, and each one's misses and false alarms."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from inspector.exchange.figures.people import PeopleAgreement
from inspector.exchange.report.words import percent
from inspector.station.numbers.chart import Cell, Chart
from inspector.wafer.scores import Rate

_ROW = 32
_GAP = 12
_COLUMNS = 7
_ROWS_SHOWN = 12
_HEADER = (
    "who",
    "chips",
    "same_class",
    "same_pass_fail",
    "kappa_class",
    "kappa_pass_fail",
    "missed",
    "settled_defect",
    "false_alarms",
    "settled_good",
)


class PeopleTable(QTableWidget):
    """A row for every two people, for each person against the settled answers, and for all together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, _COLUMNS, parent)
        self.setObjectName("people_table")
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self._name_columns()

    def _name_columns(self) -> None:
        names = {
            self.tr("Who"): self.tr("Two people, one person against the settled answers, or all together"),
            self.tr("Chips"): self.tr("Chips that all of them answered"),
            self.tr("Same class"): self.tr("Share of these chips on which they gave the same class"),
            self.tr("κ class"): self.tr(
                "Kappa over all classes: agreement beyond chance; 0.9 very good, below 0.7 poor"
            ),
            self.tr("κ pass/fail"): self.tr("Kappa over good and defect alone"),
            self.tr("Missed"): self.tr("Called good, of the chips that were settled as a defect"),
            self.tr("False alarms"): self.tr("Called a defect, of the chips that were settled as good"),
        }
        self.setHorizontalHeaderLabels(list(names))
        for column, tip in enumerate(names.values()):
            self._head(column).setToolTip(tip)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._head(0).setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _head(self, column: int) -> QTableWidgetItem:
        item = self.horizontalHeaderItem(column)
        assert item is not None, "every column has its name"
        return item

    def show_people(self, people: PeopleAgreement) -> Chart:
        """Fill the table; the chart's words to it."""
        if not people.chips:
            return Chart(
                empty=self.tr(
                    "No chip has been answered by two people yet: second review brings such chips, and so does a "
                    "chip that two people decide one after the other."
                )
            )
        rows = list(self._rows(people))
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        for column in range(1, _COLUMNS):
            widest = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            self.setColumnWidth(column, widest + _GAP)
        self.setMinimumHeight(_ROW * (min(len(rows), _ROWS_SHOWN) + 1) + 8)
        text = self.tr("{chips} chips were answered by two people or more, {blind} of them blind in second review.")
        return Chart(
            text.format(chips=f"{people.chips:,}", blind=f"{people.blind:,}"), _HEADER, tuple(_figures(people))
        )

    def _rows(self, people: PeopleAgreement) -> Iterator[tuple[str, ...]]:
        two, settled = self.tr("{first} – {second}"), self.tr("{person} – settled")
        for pair in people.pairs:
            name = two.format(first=pair.first, second=pair.second)
            kappas = (_kappa(pair.kappa), _kappa(pair.kappa_verdict))
            yield name, f"{pair.same.trials:,}", percent(pair.same.share), *kappas, "", ""
        for one in people.persons:
            rates = (_rate(one.missed), _rate(one.alarms))
            name = settled.format(person=one.person)
            yield name, f"{one.same_verdict.trials:,}", "", "", _kappa(one.kappa_verdict), *rates
        if people.group.people > 2:
            group = people.group
            name = self.tr("all {count}").format(count=group.people)
            yield name, f"{group.chips:,}", "", _kappa(group.kappa), _kappa(group.kappa_verdict), "", ""


def _figures(people: PeopleAgreement) -> Iterator[tuple[Cell, ...]]:
    """The same rows for a spreadsheet; empty where a figure is not defined."""
    for pair in people.pairs:
        same = (pair.same.trials, pair.same.events, pair.same_verdict.events)
        yield f"{pair.first} - {pair.second}", *same, _rounded(pair.kappa), _rounded(pair.kappa_verdict), "", "", "", ""
    for one in people.persons:
        found = (one.missed.events, one.missed.trials, one.alarms.events, one.alarms.trials)
        verdicts = (one.same_verdict.trials, "", one.same_verdict.events)
        yield f"{one.person} - settled", *verdicts, "", _rounded(one.kappa_verdict), *found
    group = people.group
    if group.people > 2:
        kappas = (_rounded(group.kappa), _rounded(group.kappa_verdict))
        yield f"all {group.people}", group.chips, "", "", *kappas, "", "", "", ""


def _rounded(kappa: float | None) -> Cell:
    return "" if kappa is None else round(kappa, 4)


def _kappa(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"


def _rate(rate: Rate) -> str:
    return f"{percent(rate.share)} ({rate.events:,}/{rate.trials:,})" if rate.trials else "–"
