"""Every dialog of the station, opened without stopping the window: the engine is heard and drawn meanwhile.

Each is imported when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from inspector.station.keys.key_map import KeyMap
from inspector.station.state.session import Session
from inspector.station.state.watching import Watching
from inspector.wafer.manifest import IMAGE_SUFFIXES


class Dialogs(QObject):
    """Opens them over one window; what they bring goes to the session."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.watching = Watching(session, self)

    def ask_images(self) -> None:
        """Choose images in a file dialog, then ask for product and lot."""
        dialog = QFileDialog(self._window, self.tr("Open images"), str(self._session.settings.folder("open")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in IMAGE_SUFFIXES)
        dialog.setNameFilters([self.tr("Images ({patterns})").format(patterns=patterns), self.tr("All files (*)")])
        dialog.filesSelected.connect(self._take_files)
        self._show_dialog(dialog)

    def _take_files(self, files: list[str]) -> None:
        self.open_paths([Path(file) for file in files])

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Ask for product and lot of images that have been chosen or dropped."""
        from inspector.station.dialogs.open_dialog import OpenDialog

        if paths:
            self._session.settings.keep_folder("open", paths[0].absolute().parent)
            self._show_dialog(OpenDialog(self._session, paths, self._window))

    def show_hot_folder(self) -> None:
        from inspector.station.panels.watch_panel import WatchPanel

        self._show_dialog(WatchPanel(self._session, self.watching, self._window), modal=False)

    def show_guide(self) -> None:
        from inspector.station.dialogs.help_viewer import HelpViewer

        self._show_dialog(HelpViewer(self._session.language, self._window), modal=False)

    def show_keys(self) -> None:
        from inspector.station.dialogs.key_sheet import KeySheet

        session = self._session
        self._show_dialog(KeySheet(session.classes, session.language, KeyMap.of(session), self._window), modal=False)

    def _show_dialog(self, dialog: QDialog, modal: bool = True) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._window.activateWindow)  # the keyboard comes back, even without a window manager
        dialog.open() if modal else dialog.show()
        dialog.activateWindow()  # likewise
