"""Every key on one page, written from the same table that makes the keys."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector.station.keys.actions import ACTIONS, Menu, action_text, key_text, menu_title
from inspector.station.keys.key_map import KeyMap
from inspector.wafer.classes import ClassSet


class KeySheet(QDialog):
    """Stays beside the station while one works; Esc closes it."""

    def __init__(
        self, classes: ClassSet | None, language: str, key_map: KeyMap | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("key_sheet")
        self.setWindowTitle(self.tr("All keys"))
        columns = QHBoxLayout(self)
        columns.setContentsMargins(24, 16, 24, 24)
        columns.setSpacing(48)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(0)
        given = [(c.key.upper(), c.title(language)) for c in classes or () if c.key]
        if given:
            left.addWidget(self._block(self.tr("Give a class and go on"), given))
        for menu in Menu:
            keys = [
                (" / ".join(dict.fromkeys(key_text(key) for key in own)), action_text(spec).rstrip("…"))
                for spec in ACTIONS
                if spec.menu is menu and (own := key_map.keys(spec) if key_map else spec.keys)
            ]
            into = left if menu in (Menu.DECIDE, Menu.GO) else right
            into.addWidget(self._block(_plain(menu_title(menu)), keys))
        right.addWidget(self._block(self.tr("On the wafer"), self._map_keys()))
        for column in (left, right):
            column.addStretch(1)
            columns.addLayout(column)

    def _map_keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Wheel, pinch"), self.tr("Zoom")),
            (self.tr("Drag, Shift+arrows"), self.tr("Move the wafer")),
            (self.tr("Double click"), self.tr("To a chip and back")),
        ]

    def _block(self, title: str, keys: list[tuple[str, str]]) -> QWidget:
        holder = QWidget(self)
        holder.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        block = QGridLayout(holder)
        block.setHorizontalSpacing(16)
        block.setVerticalSpacing(6)
        block.setContentsMargins(0, 8, 0, 16)
        heading = QLabel(title, self)
        font = QFont(heading.font())
        font.setBold(True)
        heading.setFont(font)
        block.addWidget(heading, 0, 0, 1, 2)
        for number, (key, words) in enumerate(keys, start=1):
            cap = QLabel(key, self)
            cap.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            cap.setMinimumWidth(140)
            text = QLabel(words, self)
            text.setTextFormat(Qt.TextFormat.PlainText)
            block.addWidget(cap, number, 0)
            block.addWidget(text, number, 1)
        block.setColumnStretch(1, 1)
        return holder


def _plain(title: str) -> str:
    """A menu's title without the mark of its key: "&File" or, as in Japanese, "...(&F)"."""
    return re.sub(r"\(&\w\)|&", "", title)
