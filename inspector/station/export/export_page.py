"""The page that hands answers out: what goes along, what is wrong with it, the writing, and the training after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSplitter, QVBoxLayout, QWidget

from inspector.exchange.dataset_check.balance import Concern
from inspector.exchange.dataset_check.check import DatasetReport
from inspector.station.export.choice_panel import ChoicePanel
from inspector.station.export.concern_list import ConcernList
from inspector.station.export.exporting import Exporting, Preview
from inspector.station.export.preview_table import PreviewTable
from inspector.station.export.retrain_panel import RetrainPanel
from inspector.station.look import theme
from inspector.station.pages.page import Page
from inspector.station.state.session import Session
from inspector.station.state.words import duration
from inspector.wafer.progress import Progress
from inspector.wafer.recipe import Recipe
from inspector.wafer.roles import Act
from inspector.wafer.second_review import ReviewState


class ExportPage(Page):
    """Left: the export. Right: the training that learns from it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.exporting = Exporting(session.record, self)
        self.choice = ChoicePanel(session, self)
        self.retrain = RetrainPanel(session, self._source, self)
        self._table, self._concerns = PreviewTable(self), ConcernList(self)
        self._summary, self._said = self._label("summary"), self._label("export_said")
        self._write = self._button("export", self.tr("Export"))
        self._check = self._button("check", self.tr("Look for near-duplicates"))
        self._open = self._button("open_folder", self.tr("Open folder"))
        self._progress = QProgressBar(self)
        self._progress.setObjectName("export_progress")
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(8)
        self._progress.hide()
        self._open.hide()
        self._lay_out()
        self._connect()

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setMinimumHeight(32)
        return button

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Export answers"), self)
        title.setFont(theme.title_font())
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._write)
        buttons.addWidget(self._check)
        buttons.addStretch(1)
        buttons.addWidget(self._open)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.choice)
        column.addWidget(self._summary)
        lists = QSplitter(Qt.Orientation.Vertical, left)
        for widget, share in ((self._table, 3), (self._concerns, 2)):
            lists.addWidget(widget)
            lists.setStretchFactor(lists.indexOf(widget), share)
        column.addWidget(lists, 1)
        column.addLayout(buttons)
        column.addWidget(self._progress)
        column.addWidget(self._said)
        sides = QSplitter(self)
        sides.addWidget(left)
        sides.addWidget(self.retrain)
        for place, share in enumerate((5, 4)):
            sides.setStretchFactor(place, share)
            sides.setCollapsible(place, False)
        self.retrain.setContentsMargins(8, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(sides)
        self._said.setForegroundRole(QPalette.ColorRole.WindowText)

    def _connect(self) -> None:
        work = self.exporting
        work.offered.connect(self.choice.offer)
        work.previewed.connect(self._show_preview)
        work.nothing.connect(self._show_nothing)
        work.checking.connect(self._show_checking)
        work.checked.connect(self._show_checked)
        work.writing.connect(self._show_writing)
        work.written.connect(self._show_written)
        work.ended.connect(self._show_ended)
        self.choice.changed.connect(self._plan)
        self._write.clicked.connect(self.start)
        self._check.clicked.connect(self._look_closely)
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.choice.folder))))
        self.retrain.models_asked.connect(lambda: self.page_asked.emit("models"))

    def come(self) -> None:
        """Answers may have been given since: count anew."""
        if not self.exporting.is_writing:
            self._wait_for_counts()
            self.exporting.look()
        self.retrain.refresh()

    def shutdown(self) -> None:
        self.exporting.shutdown()

    def start(self) -> None:
        """Write the export, or stop the one under way."""
        if self.exporting.is_writing:
            self.exporting.stop_writing()
            return
        folder = self.choice.folder
        if not folder.is_absolute():
            self._said.setText(self.tr("Give the folder with its full path."))
            return
        self._session.settings.keep_folder("export", folder.parent)
        self._said.clear()
        self._set_writing(True)
        self.exporting.write(folder, self.choice.choice)

    def _source(self) -> tuple[Path, Recipe | None]:
        return self.choice.folder, self.choice.recipe

    def _plan(self) -> None:
        recipe = self.choice.recipe
        self._wait_for_counts()
        if recipe is None:
            self._show_nothing(self.tr("The record is empty: judge a wafer first, and answer on some of its chips."))
        else:
            self.exporting.plan(recipe, self.choice.choice)

    def _wait_for_counts(self) -> None:
        self._summary.setText(self.tr("Counting…"))
        for button in (self._write, self._check):
            button.setEnabled(False)
            button.setToolTip(self.tr("The answers are still being counted."))

    def _show_preview(self, preview: Preview) -> None:
        if not preview.plan.chips:
            self._show_nothing(self.tr("Nobody has settled a chip here yet: confirm or change some chips first."))
            return
        self._summary.setText(summary_words(preview))
        self._table.show_plan(preview.plan, preview.recipe, self._session.language)
        self._show_concerns(preview.concerns, preview.recipe)
        may = self._session.record.people.may(Act.EXPORT)
        self._write.setEnabled(may)
        self._write.setToolTip("" if may else self.tr("Your role may not export: ask an engineer."))
        self._check.setEnabled(True)
        self._check.setToolTip("")
        self.retrain.refresh()

    def _show_concerns(self, concerns: Sequence[Concern], recipe: Recipe) -> None:
        self._concerns.show_concerns(concerns, recipe.class_set, self._session.language)

    def _show_nothing(self, why: str) -> None:
        self._summary.setText(why)
        self._table.clear()
        self._concerns.clear()
        for button in (self._write, self._check):
            button.setEnabled(False)
            button.setToolTip(self.tr("Nobody has answered yet: confirm or change some chips first."))
        self.retrain.refresh()

    def _look_closely(self) -> None:
        if self.exporting.is_checking:
            self.exporting.stop_checking()
            return
        self._check.setText(self.tr("Stop looking"))
        self._progress.show()
        self.exporting.check()

    def _show_checking(self, step: Progress[object]) -> None:
        self._show_step(step, self.tr("Comparing chips"))

    def _show_checked(self, report: DatasetReport | None) -> None:
        self._check.setText(self.tr("Look for near-duplicates"))
        self._progress.hide()
        self._said.clear()
        recipe = self.choice.recipe
        if report is not None and recipe is not None:
            self._show_concerns(report.concerns, recipe)
            text = self.tr("{count} pairs of chips are nearly the same.")
            self._said.setText(text.format(count=QLocale().toString(len(report.twins))))

    def _show_writing(self, step: Progress[object]) -> None:
        self._show_step(step, self.tr("Writing chips"))

    def _show_step(self, step: Progress[object], what: str) -> None:
        self._progress.setRange(0, step.total)
        self._progress.setValue(step.done)
        self._said.setText(f"{what}   {duration(step.seconds_left)}".rstrip())

    def _show_written(self, folder: Path) -> None:
        self._set_writing(False)
        self._open.show()
        preview = self.exporting.preview
        count = len(preview.plan.chips) if preview else 0
        text = self.tr("{count} chips and their manifest are in the folder.")
        self._said.setText(text.format(count=QLocale().toString(count)))
        self.retrain.refresh()

    def _show_ended(self, why: str) -> None:
        self._set_writing(False)
        self._check.setText(self.tr("Look for near-duplicates"))
        self._said.setText(why or self.tr("Stopped: the folder is as it was before."))

    def _set_writing(self, writing: bool) -> None:
        self._progress.setRange(0, 0)
        self._progress.setVisible(writing)
        self._write.setText(self.tr("Stop") if writing else self.tr("Export"))
        self.choice.set_busy(writing)
        self._check.setEnabled(not writing)


def summary_words(preview: Preview) -> str:
    """How many chips, on which side, from how many lots, and who waits."""
    plan, number = preview.plan, QLocale().toString
    sides = Counter(plan.splits[c.entry.key] for c in plan.chips)
    lots = len({c.entry.key.lot for c in plan.chips})
    text = QCoreApplication.translate(
        "ExportPage", "Chips: {count}, to learn from: {train}, to test with: {test}. Lots: {lots}."
    ).format(count=number(len(plan.chips)), lots=number(lots), train=number(sides["train"]), test=number(sides["test"]))
    waiting = {
        ReviewState.SECOND_REVIEW: QCoreApplication.translate("ExportPage", "{n} wait for a second person"),
        ReviewState.DISPUTED: QCoreApplication.translate("ExportPage", "{n} are disputed"),
        ReviewState.RETURNED: QCoreApplication.translate("ExportPage", "{n} were returned"),
    }
    left = [words.format(n=number(plan.left_out[state])) for state, words in waiting.items() if state in plan.left_out]
    if left:
        text += " " + QCoreApplication.translate("ExportPage", "Left out: {what}.").format(what=", ".join(left))
    return text
