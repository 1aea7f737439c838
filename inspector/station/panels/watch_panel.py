"""The hot folder's window: what is watched, and what has come."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inspector.exchange.hot_folder.watching import Arrival, ArrivalState
from inspector.exchange.retention import Retention
from inspector.station.dialogs.recipe_file import ask_recipe_file
from inspector.station.state.recipes_for_lists import read_listed, shipped_recipes
from inspector.station.state.sentences import told
from inspector.station.state.session import Session
from inspector.station.state.settings import WatchChoice
from inspector.station.state.watching import Watching
from inspector.wafer.errors import InspectorError, RecipeError, printable
from inspector.wafer.grid import WaferKey

_KEY = Qt.ItemDataRole.UserRole


class WatchPanel(QDialog):
    """Choose folder, product and lot, switch on and off; a double click on a judged wafer opens it."""

    def __init__(self, session: Session, watching: Watching, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("watch_panel")
        self.setWindowTitle(self.tr("Hot folder"))
        self.resize(760, 560)
        self._session, self._watching = session, watching
        choice = watching.choice
        self._folder = self._line("folder", choice.folder)
        self._recipes = QComboBox(self)
        self._recipes.setObjectName("recipe")
        self._lot = self._line("lot", choice.lot, self.tr("the name of the wafer's folder"))
        self._done_file = self._line("done_file", choice.done_file, self.tr("none; else such as {wafer}.done"))
        self._keep = self._line("keep", session.settings.keep, self.tr("all; else a number (20) or a size (50GB)"))
        self._missing = QLabel(self)
        self._missing.setObjectName("missing")
        self._missing.setWordWrap(True)
        self._missing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._switch = QPushButton(self)
        self._switch.setObjectName("switch")
        self._list = QTreeWidget(self)
        self._list.setObjectName("arrivals")
        self._list.setRootIsDecorated(False)
        self._list.setHeaderLabels([self.tr("Wafer"), self.tr("State"), self.tr("Reason")])
        self._lay_out()
        self._fill_recipes(choice.recipe or session.settings.recipe)
        self._recipes.activated.connect(self._show)
        self._switch.clicked.connect(self._turn)
        self._keep.editingFinished.connect(self._take_keep)
        self._list.itemDoubleClicked.connect(self._open)
        watching.changed.connect(self._show)
        self._show()

    def _line(self, name: str, text: str, hint: str = "") -> QLineEdit:
        line = QLineEdit(text, self)
        line.setObjectName(name)
        line.setPlaceholderText(hint)
        line.textChanged.connect(lambda _: self._show())
        return line

    def _lay_out(self) -> None:
        choose, other = QPushButton(self.tr("Choose folder…"), self), QPushButton(self.tr("Another recipe file…"), self)
        choose.clicked.connect(self._ask_folder)
        other.clicked.connect(self._ask_recipe)
        self._inputs = [self._folder, choose, self._recipes, other, self._lot, self._done_file]
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Folder"), _beside(self._folder, choose))
        form.addRow(self.tr("Product"), _beside(self._recipes, other))
        form.addRow(self.tr("Lot"), self._lot)
        form.addRow(self.tr("Done-file"), self._done_file)
        form.addRow(self.tr("Working copies kept"), self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addLayout(_beside(self._missing, self._switch))
        layout.addWidget(self._list, 1)
        for before, after in pairwise([*self._inputs, self._keep, self._switch, self._list]):
            self.setTabOrder(before, after)

    @property
    def choice(self) -> WatchChoice:
        recipe = str(self._recipes.currentData() or "")
        texts = [line.text().strip() for line in (self._folder, self._lot, self._done_file)]
        return WatchChoice(texts[0], recipe, texts[1], texts[2])

    def use_folder(self, folder: str) -> None:
        self._session.settings.keep_folder("watch", Path(folder))
        self._folder.setText(folder)

    def use_recipe(self, place: str) -> None:
        """Choose a shipped recipe by name or a recipe file by path; a file that can't be used is named below."""
        known = self._recipes.findData(place)
        if known < 0:
            try:
                self._recipes.addItem(read_listed(place).recipe.title(self._session.language), place)
            except RecipeError as error:
                self._missing.setText(told(error))
                return
            known = self._recipes.count() - 1
        self._recipes.setCurrentIndex(known)
        self._show()

    def _fill_recipes(self, chosen: str) -> None:
        for listed in shipped_recipes():
            self._recipes.addItem(listed.recipe.title(self._session.language), listed.place)
        if chosen:
            self.use_recipe(chosen)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the hot folder"), str(self._session.settings.folder("watch")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.use_folder)
        dialog.open()

    def _ask_recipe(self) -> None:
        ask_recipe_file(self, self._session.settings.folder("recipe"), self.use_recipe)

    def _take_keep(self) -> None:
        if not self._keep_problem():
            self._session.settings.keep = self._keep.text().strip()

    def _keep_problem(self) -> str:
        try:
            Retention.parse(self._keep.text())
        except InspectorError:
            return self.tr("Working copies kept: write a number of wafers (20) or of gigabytes (50GB), or nothing.")
        return ""

    def _turn(self) -> None:
        self._take_keep()
        self._watching.stop() if self._watching.is_on else self._watching.start(self.choice)

    def _show(self) -> None:
        """The switch can be pressed when nothing is missing; else the line beside it says what is."""
        on = self._watching.is_on
        for widget in self._inputs:
            widget.setEnabled(not on)
        if self._keep_problem():
            missing = self._keep_problem()
        elif not on and not Path(self.choice.folder or "?").is_dir():
            missing = self.tr("Choose a folder that is there.")
        elif not on and not self.choice.recipe:
            missing = self.tr("Choose the product's recipe.")
        else:
            missing = self._watching.trouble or (self.tr("Watching.") if on else "")
        self._missing.setText(missing)
        self._switch.setText(self.tr("Stop watching") if on else self.tr("Watch"))
        ready = Path(self.choice.folder or "?").is_dir() and bool(self.choice.recipe)
        self._switch.setEnabled(on or ready)
        self._show_arrivals()

    def _show_arrivals(self) -> None:
        current = self._list.currentItem()
        chosen = current.data(0, _KEY) if current is not None else None
        self._list.clear()
        for arrival in self._watching.arrivals:
            name = f"{arrival.key.lot} / {arrival.key.wafer}"
            item = QTreeWidgetItem([name, state_words(arrival.state), reason_words(arrival)])
            item.setData(0, _KEY, tuple(arrival.key))
            item.setToolTip(0, printable(arrival.path))
            item.setToolTip(2, reason_words(arrival))
            self._list.addTopLevelItem(item)
            if item.data(0, _KEY) == chosen:
                self._list.setCurrentItem(item)
        for column in (0, 1):
            self._list.resizeColumnToContents(column)

    def _open(self, item: QTreeWidgetItem) -> None:
        self._session.show_wafer(WaferKey(*item.data(0, _KEY)))


def state_words(state: ArrivalState) -> str:
    """What has become of a wafer, in the language of now."""
    return {
        ArrivalState.WAITING: QCoreApplication.translate("WatchPanel", "Being written"),
        ArrivalState.UNMARKED: QCoreApplication.translate("WatchPanel", "Waits for its done-file"),
        ArrivalState.READY: QCoreApplication.translate("WatchPanel", "Next"),
        ArrivalState.JUDGING: QCoreApplication.translate("WatchPanel", "Being judged"),
        ArrivalState.DONE: QCoreApplication.translate("WatchPanel", "Judged"),
        ArrivalState.BAD: QCoreApplication.translate("WatchPanel", "Bad"),
        ArrivalState.TWIN: QCoreApplication.translate("WatchPanel", "Copy"),
        ArrivalState.NAMESAKE: QCoreApplication.translate("WatchPanel", "Name taken"),
    }[state]


def reason_words(arrival: Arrival) -> str:
    """Why it waits or is not judged."""
    if arrival.state is ArrivalState.BAD:
        return f"{told(arrival.reason)} " + QCoreApplication.translate(
            "WatchPanel", "It is tried again when the file changes."
        )
    if arrival.twin is None:
        return told(arrival.reason)
    if arrival.state is ArrivalState.TWIN:
        text = QCoreApplication.translate(
            "WatchPanel",
            "It has the same pixels as wafer {wafer} of lot {lot}: remove it, or judge it as a wafer of its own with "
            "Open image.",
        )
    else:
        text = QCoreApplication.translate(
            "WatchPanel",
            "It has other pixels than wafer {wafer} of lot {lot} in the record: give the image another name, or put "
            "it into another lot's folder.",
        )
    return text.format(wafer=arrival.twin.wafer, lot=arrival.twin.lot)


def _beside(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(wide, 1)
    row.addWidget(narrow)
    return row
