"""Asks for a recipe's file, wherever one can be chosen that is in no list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_recipe_file(parent: QWidget, folder: Path, take: Callable[[str], object]) -> None:
    """Opens the dialog beside `parent`, at a folder; take: is called with the file's path once one is chosen."""
    dialog = QFileDialog(parent, QCoreApplication.translate("OpenDialog", "Choose a recipe"), str(folder))
    dialog.setNameFilter(QCoreApplication.translate("OpenDialog", "Recipes (*.toml)"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(take)
    dialog.open()
