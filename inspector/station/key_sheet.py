"""Every key on one page, written from the same table that makes the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector.station.actions import ACTIONS, Menu, action_text, key_text, menu_title
from inspector.wafer.classes import ClassSet


class KeySheet(QDialog):
    """Stays beside the station while one works; Esc closes it."""

    def __init__(self, classes: ClassSet | None, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_sheet")
        self.setWindowTitle(self.tr("All keys"))
        columns = QHBoxLayout(self)
        columns.setContentsMargins(24, 16, 24, 24)
        columns.setSpacing(48)
        left, right = QVBoxLayout(), QVBoxLayout()
        given = [(c.key.upper(), c.title(language)) for c in classes or () if c.key]
        if given:
            left.addLayout(self._block(self.tr("Give a class and go on"), given))
        for menu in Menu:
            keys = [
                (" / ".join(dict.fromkeys(key_text(key) for key in spec.keys)), action_text(spec).rstrip("…"))
                for spec in ACTIONS
                if spec.menu is menu and spec.keys
            ]
            into = left if menu in (Menu.DECIDE, Menu.GO) else right
            into.addLayout(self._block(menu_title(menu).replace("&", ""), keys))
        right.addLayout(self._block(self.tr("Wafer"), self._map_keys()))
        for column in (left, right):
            column.addStretch(1)
            columns.addLayout(column)

    def _map_keys(self) -> list[tuple[str, str]]:
        return [
            ("+ / -", self.tr("Zoom (or the wheel)")),
            ("0 / F", self.tr("Whole wafer")),
        ]

    def _block(self, title: str, keys: list[tuple[str, str]]) -> QGridLayout:
        block = QGridLayout()
        block.setHorizontalSpacing(16)
        block.setVerticalSpacing(6)
        block.setContentsMargins(0, 8, 0, 8)
        heading = QLabel(title, self)
        font = QFont(heading.font())
        font.setBold(True)
        heading.setFont(font)
        heading.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        block.addWidget(heading, 0, 0, 1, 2)
        for number, (key, words) in enumerate(keys, start=1):
            cap = QLabel(key, self)
            cap.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            cap.setMinimumWidth(140)
            text = QLabel(words, self)
            text.setTextFormat(Qt.TextFormat.PlainText)
            for label in (cap, text):
                label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            block.addWidget(cap, number, 0)
            block.addWidget(text, number, 1)
        block.setColumnStretch(1, 1)
        return block
