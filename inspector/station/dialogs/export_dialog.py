"""Exports what people have answered: where to, which lot, how many chips of each class, how far it is."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
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

from inspector.exchange.dataset_folders import export
from inspector.station.panels.rows import Row, RowList
from inspector.station.state.session import Session
from inspector.station.state.words import duration
from inspector.wafer.errors import InspectorError
from inspector.wafer.progress import Progress
from inspector.wafer.recipe_file import recipe_from_json

_SLICE_S = 0.03  # how long the window may be kept from answering


class ExportDialog(QDialog):
    """Writes chips between two looks at the window, so that Stop answers at once and needs no thread."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(self.tr("Export answers"))
        self.setMinimumWidth(520)
        self._session = session
        self._steps: Iterator[Progress[Path]] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)
        self._folder = QLineEdit(str(session.settings.folder("export") / "labels"), self)
        self._folder.setObjectName("folder")
        self._browse = QPushButton(self.tr("Choose folder…"), self)
        self._lots = QComboBox(self)
        self._lots.setObjectName("lot")
        self._counts = RowList("counts", self)
        self._counts.setFixedHeight(8 * 32)
        self._total = QLabel(self)
        self._total.setObjectName("total")
        self._progress = QProgressBar(self)
        self._progress.setObjectName("export_progress")
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(8)
        self._said = QLabel(self)
        self._said.setObjectName("export_said")
        self._said.setWordWrap(True)
        self._show = QPushButton(self.tr("Open folder"), self)
        self._show.setObjectName("open_folder")
        self._start = QPushButton(self.tr("Export"), self)
        self._start.setObjectName("export")
        self._start.setDefault(True)
        self._end = QPushButton(self.tr("Close"), self)
        self._end.setObjectName("close")
        self._lay_out()
        self._connect()
        self._fill_lots()

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self._folder, 1)
        place.addWidget(self._browse)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Folder"), place)
        form.addRow(self.tr("Lot"), self._lots)
        buttons = QHBoxLayout()
        buttons.addWidget(self._show)
        buttons.addStretch(1)
        buttons.addWidget(self._start)
        buttons.addWidget(self._end)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        for widget in (self._counts, self._total, self._progress, self._said):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._progress.hide()
        self._show.hide()

    def _connect(self) -> None:
        self._browse.clicked.connect(self._ask_folder)
        self._lots.currentIndexChanged.connect(self._show_counts)
        self._start.clicked.connect(self.start)
        self._end.clicked.connect(self.end)
        self._show.clicked.connect(self._open_folder)

    @property
    def is_running(self) -> bool:
        return self._steps is not None

    def use_folder(self, folder: Path) -> None:
        self._folder.setText(str(folder))

    def start(self) -> None:
        """Begin to write; a folder that can't be used is named in one sentence."""
        folder = Path(self._folder.text()).expanduser()
        if not folder.is_absolute():
            self._said.setText(self.tr("Give the folder with its full path."))
            return
        self._session.settings.keep_folder("export", folder.parent)
        self._steps = iter(export(self._session.record, folder, self._lots.currentData()))
        self._show_running(True)
        self._said.clear()
        self._timer.start(0)

    def end(self) -> None:
        """Stop an export that runs, else close the dialog."""
        if self.is_running:
            self._stop(self.tr("Stopped: the folder is as it was before."))
        else:
            self.reject()

    def reject(self) -> None:
        if self.is_running:
            self._stop("")
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.is_running:
            self._stop("")
        super().closeEvent(event)

    def _work(self) -> None:
        until = time.monotonic() + _SLICE_S
        try:
            while self._steps is not None and time.monotonic() < until:
                step = next(self._steps, None)
                if step is None:
                    self._finish()
                    return
                self._progress.setRange(0, step.total)
                self._progress.setValue(step.done)
                self._said.setText(duration(step.seconds_left))
        except InspectorError as error:
            self._stop(str(error))

    def _finish(self) -> None:
        self._steps = None
        self._show_running(False)
        self._show.show()
        text = self.tr("{count} chips and their manifest are in the folder.")
        self._said.setText(text.format(count=f"{self._progress.maximum():,}"))

    def _stop(self, said: str) -> None:
        if isinstance(self._steps, Generator):
            self._steps.close()
        self._steps = None
        self._show_running(False)
        self._said.setText(said)

    def _show_running(self, running: bool) -> None:
        if not running:
            self._timer.stop()
        self._progress.setVisible(running)
        self._end.setText(self.tr("Stop") if running else self.tr("Close"))
        for widget in (self._start, self._folder, self._browse, self._lots):
            widget.setEnabled(not running)

    def _fill_lots(self) -> None:
        self._lots.addItem(self.tr("All lots"), None)
        for lot, _ in self._session.lots():
            self._lots.addItem(lot, lot)
        self._show_counts()

    def _show_counts(self) -> None:
        """How many chips of each class a person has answered: what the export will hold."""
        counts: Counter[str] = Counter()
        titles: dict[str, str] = {}
        for entry in self._session.record.wafers(self._lots.currentData()):
            classes = recipe_from_json(entry.recipe_json).class_set
            titles |= {c.name: c.title(self._session.language) for c in classes}
            answers = self._session.record.standing(entry.key).values()
            counts.update(a.class_name for a in answers if a.is_human and a.class_name is not None)
        rows = [Row(title, f"{counts[name]:,}", name) for name, title in titles.items()]
        self._counts.show_rows(rows, None)
        total = counts.total()
        self._total.setText(self.tr("{count} confirmed or changed chips").format(count=f"{total:,}"))
        self._start.setEnabled(total > 0)
        self._start.setToolTip("" if total else self.tr("Nobody has answered yet: confirm or change some chips first."))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), str(self._session.settings.folder("export")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._folder.setText)
        dialog.open()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder.text()))
