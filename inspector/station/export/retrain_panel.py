"""Teaches a model with an export: its budget, what it begins with, how its curve goes, stop and go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inspector.exchange.export_folder import FACTS
from inspector.station.look import theme
from inspector.station.state.retraining import Retraining, TrainingState, TrainingWish
from inspector.station.state.session import Session
from inspector.station.state.words import duration
from inspector.wafer.recipe import Recipe
from inspector.wafer.roles import Act

_LEAST, _MOST, _USUAL = 0.1, 24 * 60.0, 30.0  # minutes


class RetrainPanel(QWidget):
    """source: which folder and recipe the page has chosen. models_asked: to see what came out."""

    models_asked = Signal()

    def __init__(self, session: Session, source: Callable[[], tuple[Path, Recipe | None]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("retrain")
        self._session, self._source = session, source
        self._training = Retraining.of(session)
        self._curve: QWidget | None = None
        self._minutes = QDoubleSpinBox(self)
        self._minutes.setObjectName("minutes")
        self._minutes.setRange(_LEAST, _MOST)
        self._minutes.setDecimals(1)
        self._minutes.setValue(_USUAL)
        self._minutes.setSuffix(self.tr(" min"))
        self._present = QCheckBox(self.tr("Begin with the model in use"), self)
        self._present.setObjectName("begin_with_present")
        self._present.setChecked(True)
        self._also, self._calibrate_on = QLineEdit(self), QLineEdit(self)
        self._start = QPushButton(self.tr("Train"), self)
        self._resume = QPushButton(self.tr("Go on with the last one"), self)
        self._stop = QPushButton(self.tr("Stop"), self)
        self._clear = QPushButton(self)
        self._look = QPushButton(self.tr("Look at it under Models"), self)
        self._progress = QProgressBar(self)
        self._phase, self._said = QLabel(self), QLabel(self)
        self._name_parts()
        self._lay_out()
        self._start.clicked.connect(lambda: self._begin(None))
        self._resume.clicked.connect(self._go_on)
        self._stop.clicked.connect(self._training.stop)
        self._clear.clicked.connect(self._clear_up)
        self._look.clicked.connect(self.models_asked)
        self._training.changed.connect(self._show_state)
        self.refresh()

    def _name_parts(self) -> None:
        named = {
            "also": self._also,
            "calibrate_on": self._calibrate_on,
            "train": self._start,
            "resume": self._resume,
            "stop_training": self._stop,
            "remove_trainings": self._clear,
            "look_at_models": self._look,
            "training_progress": self._progress,
            "training_phase": self._phase,
            "training_said": self._said,
        }
        for name, widget in named.items():
            widget.setObjectName(name)
            if not isinstance(widget, QLabel | QProgressBar):
                widget.setMinimumHeight(32)
        for spin in (self._minutes, self._present):
            spin.setMinimumHeight(32)
        self._also.setPlaceholderText(self.tr("none; else a folder of labelled chips"))
        self._calibrate_on.setPlaceholderText(self.tr("none; else a folder of other lots"))
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(8)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Train a model"), self)
        title.setFont(theme.title_font())
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Time"), self._minutes)
        form.addRow("", self._present)
        form.addRow(self.tr("Learn also from"), self._with_choice(self._also))
        form.addRow(self.tr("Calibrate on"), self._with_choice(self._calibrate_on))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._start, self._resume, self._stop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        behind = QHBoxLayout()
        behind.setSpacing(8)
        for button in (self._look, self._clear):
            behind.addWidget(button)
        behind.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(title)
        self._layout.addLayout(form)
        self._layout.addLayout(buttons)
        for widget in (self._progress, self._phase, self._said):
            self._layout.addWidget(widget)
        self._layout.addLayout(behind)
        self._layout.addStretch(1)

    def _with_choice(self, line: QLineEdit) -> QHBoxLayout:
        choose = QPushButton(self.tr("Choose…"), self)
        choose.setMinimumHeight(32)
        choose.clicked.connect(lambda: self._ask_folder(line))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(line, 1)
        row.addWidget(choose)
        return row

    def use_minutes(self, minutes: float) -> None:
        self._minutes.setValue(minutes)

    def refresh(self) -> None:
        """What can be done now: the folder, the recipe or the person may be others."""
        self._show_state(self._training.state)

    def _why_not(self) -> str:
        """Why nothing can be trained; empty where it can."""
        folder, recipe = self._source()
        if not self._session.record.people.may(Act.RETRAIN):
            return self.tr("Your role may not train models: ask an engineer.")
        if recipe is None or not (folder / FACTS).is_file():
            return self.tr("Export first: a model learns from a finished export.")
        return ""

    def _begin(self, resume: Path | None) -> None:
        folder, recipe = self._source()
        if recipe is None:
            return
        also = self._also.text().strip()
        on = self._calibrate_on.text().strip()
        wish = TrainingWish(
            folder,
            recipe,
            self._minutes.value(),
            self._present.isChecked(),
            (Path(also).expanduser(),) if also else (),
            Path(on).expanduser() if on else None,
            resume,
        )
        self._training.start(wish)

    def _go_on(self) -> None:
        _, recipe = self._source()
        self._begin(self._training.stopped_training(recipe.name) if recipe else None)

    def _clear_up(self) -> None:
        _, recipe = self._source()
        if recipe is not None:
            self._training.clear_up(recipe.name)

    def _show_left(self, recipe: Recipe | None, *, is_active: bool) -> None:
        """Offer to remove what trainings have left, with what that frees."""
        left = 0 if recipe is None or is_active else self._training.left_bytes(recipe.name)
        self._clear.setVisible(left > 0)
        self._clear.setEnabled(self._session.record.people.may(Act.RETRAIN))
        size = QLocale().formattedDataSize(left, 0, QLocale.DataSizeFormat.DataSizeSIFormat)
        self._clear.setText(self.tr("Remove checkpoints ({size})").format(size=size))
        self._clear.setToolTip(
            self.tr("What trainings need to be gone on with: without it, none can be. Their models stay.")
        )

    def _show_state(self, state: TrainingState) -> None:
        _, recipe = self._source()
        why = self._why_not()
        for button in (self._start, self._resume):
            button.setEnabled(not state.is_active and not why)
            button.setToolTip(why)
        self._show_left(recipe, is_active=state.is_active)
        self._resume.setVisible(recipe is not None and self._training.stopped_training(recipe.name) is not None)
        self._stop.setEnabled(state.is_active)
        self._stop.setToolTip(self.tr("Keeps the best so far and compares it. Once more leaves the comparison out."))
        self._look.setVisible(state.ready is not None)
        self._progress.setVisible(state.is_active)
        self._progress.setRange(0, max(state.total, 0))
        self._progress.setValue(state.done)
        self._phase.setText(_told(state) if state.is_active else why)
        self._said.setText(state.said)
        self._said.setVisible(bool(state.said))
        if state.epochs:
            self._draw(state)

    def _draw(self, state: TrainingState) -> None:
        from inspector.station.export.learning_curve import (
            LearningCurve,
        )  # brings pyqtgraph: only when there is a curve

        if not isinstance(self._curve, LearningCurve):
            self._curve = LearningCurve(self)
            self._layout.insertWidget(self._layout.count() - 1, self._curve, 100)
        self._curve.show_epochs(state.epochs)

    def _ask_folder(self, line: QLineEdit) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder"), str(self._session.settings.folder("export")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(line.setText)
        dialog.open()


def _told(state: TrainingState) -> str:
    """The phase, how far, and the newest figures."""
    parts = [phase_words(state.phase), duration(state.seconds_left)]
    return "   ".join(part for part in parts if part)


def phase_words(phase: str) -> str:
    """What a training does, as people say it; an unknown phase is shown as it is."""
    known = {
        "starting": QCoreApplication.translate("Retraining", "Starting"),
        "reading": QCoreApplication.translate("Retraining", "Reading chips"),
        "learning": QCoreApplication.translate("Retraining", "Learning"),
        "calibrating": QCoreApplication.translate("Retraining", "Calibrating"),
        "learning what is known": QCoreApplication.translate("Retraining", "Learning what is known"),
        "comparing": QCoreApplication.translate("Retraining", "Comparing with the model in use"),
        "stopping": QCoreApplication.translate("Retraining", "Stopping: the best so far is kept"),
    }
    if phase.startswith("split by"):
        return QCoreApplication.translate("Retraining", "Keeping lots back to check with")
    return known.get(phase, phase)
