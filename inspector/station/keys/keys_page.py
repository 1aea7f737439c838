"""The page on which keys are chosen: every action with its keys; a key that is taken says by whom before it moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QFont, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from inspector.station.keys.actions import ACTIONS, ActionSpec, Menu, action_text, key_text, menu_title
from inspector.station.keys.key_map import KeyMap
from inspector.station.keys.typing_keys import takes_typing
from inspector.station.look import theme
from inspector.station.look.targets import TallRows
from inspector.station.pages.page import Page
from inspector.station.state.session import Session

_WIDEST = 880
_ROLE = Qt.ItemDataRole.UserRole


class KeysPage(Page):
    """What is chosen holds at once and is on disk; keys of classes belong to the recipe and are refused."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._map = session, KeyMap.of(session)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._search = self._make_search()
        self._tree = self._make_tree()
        self._field = QKeySequenceEdit(self)
        self._field.setObjectName("new_key")
        self._field.setMaximumSequenceLength(1)
        self._field.setAccessibleName(self.tr("New key"))
        self._field.setMinimumHeight(32)
        self._field.installEventFilter(self)
        self._line = QLabel(self)
        self._line.setObjectName("key_line")
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)
        self._give = self._button("give_key", self.tr("Use this key"), self._give_key)
        self._take = self._button("remove_key", self.tr("Without keys"), self._remove_keys)
        self._reset = self._button("reset_key", self.tr("Usual key"), self._reset_one)
        self._reset_all = self._button("reset_keys", self.tr("All usual keys"), self._map.reset)
        self._lay_out()
        self._field.keySequenceChanged.connect(self._say)
        self._tree.currentItemChanged.connect(self._say)
        self._search.textChanged.connect(self._filter)
        self._map.changed.connect(self._show_keys)
        self._fill()

    def come(self) -> None:
        self._show_keys()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return watched is self._field and takes_typing(event)

    def _make_search(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("key_search")
        field.setPlaceholderText(self.tr("Search actions and keys"))
        field.setAccessibleName(field.placeholderText())
        field.setClearButtonEnabled(True)
        field.setMinimumHeight(32)
        return field

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setObjectName("key_table")
        tree.setColumnCount(3)
        tree.setHeaderLabels([self.tr("Action"), self.tr("Keys"), self.tr("Usual keys")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setItemDelegate(TallRows(tree))
        tree.setIndentation(16)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setStretchLastSection(False)
        return tree

    def _button(self, name: str, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setMinimumHeight(32)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())  # type: ignore[operator]
        return button

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Keys"), self)
        title.setFont(theme.title_font())
        middle = QWidget(self)
        middle.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(middle)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self._field, self._give, self._take, self._reset):
            row.addWidget(widget, 1 if widget is self._field else 0)
        row.addSpacing(16)
        row.addWidget(self._reset_all)
        for part in (title, self._search):
            column.addWidget(part)
        column.addWidget(self._tree, 1)
        column.addWidget(self._line)
        column.addLayout(row)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(middle, 100)
        outer.addStretch(1)
        self.setFocusProxy(self._tree)

    def _fill(self) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        for menu in Menu:
            group = QTreeWidgetItem([menu_title(menu).replace("&", "").split("(")[0]])
            group.setFirstColumnSpanned(True)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFont(0, bold)
            self._tree.addTopLevelItem(group)
            for spec in (spec for spec in ACTIONS if spec.menu is menu):
                item = QTreeWidgetItem(group, [action_text(spec).rstrip("…"), "", _keys_text(spec.keys)])
                item.setData(0, _ROLE, spec.name)
                self._items[spec.name] = item
        self._tree.expandAll()
        self._show_keys()
        self._tree.setCurrentItem(next(iter(self._items.values())))

    def _show_keys(self) -> None:
        bold = QFont(self.font())
        bold.setBold(True)
        for spec in ACTIONS:
            item = self._items[spec.name]
            item.setText(1, _keys_text(self._map.keys(spec)))
            item.setFont(1, bold if self._map.is_own(spec) else self.font())
            item.setForeground(2, self.palette().brush(QPalette.ColorRole.PlaceholderText))
        self._say()

    def _filter(self, words: str) -> None:
        wanted = words.casefold()
        for item in self._items.values():
            item.setHidden(not any(wanted in item.text(column).casefold() for column in range(2)))
        for number in range(self._tree.topLevelItemCount()):
            group = self._tree.topLevelItem(number)
            if group is not None:
                under = (group.child(n) for n in range(group.childCount()))
                group.setHidden(all(item is None or item.isHidden() for item in under))

    def _spec(self) -> ActionSpec | None:
        item = self._tree.currentItem()
        name = item.data(0, _ROLE) if item is not None else None
        return next((spec for spec in ACTIONS if spec.name == name), None)

    def _key(self) -> str:
        return self._field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _say(self) -> None:
        """What would happen, before it happens."""
        spec, key = self._spec(), self._key()
        self._take.setEnabled(spec is not None and bool(self._map.keys(spec)) and not spec.by_hand)
        self._reset.setEnabled(spec is not None and self._map.is_own(spec))
        self._give.setEnabled(False)
        if spec is None:
            self._line.setText(self.tr("Choose an action, click the field below and press its new key."))
            return
        action = action_text(spec).rstrip("…")
        if not key:
            self._line.setText(self.tr("Click the field below and press a key for “{action}”.").format(action=action))
            return
        taken = next((c for c in self._session.classes or () if c.key and c.key.lower() == key.lower()), None)
        if taken is not None:
            text = self.tr("{key} gives the class {title} in this recipe: choose another key.")
            self._line.setText(text.format(key=key_text(key), title=taken.title(self._session.language)))
            return
        holder = self._map.holder(key, besides=spec.name)
        self._give.setEnabled(True)
        if holder is None:
            self._line.setText(self.tr("{key} is free.").format(key=key_text(key)))
        else:
            text = self.tr("{key} belongs to “{other}”, which loses it to “{action}”.")
            other = action_text(holder).rstrip("…")
            self._line.setText(text.format(key=key_text(key), other=other, action=action))

    def _give_key(self) -> None:
        spec, key = self._spec(), self._key()
        if spec is not None and key and self._give.isEnabled():
            with QSignalBlocker(self._field):
                self._field.clear()
            self._map.add(spec.name, key)

    def _remove_keys(self) -> None:
        spec = self._spec()
        for key in self._map.keys(spec) if spec is not None else ():
            self._map.remove(spec.name, key)  # type: ignore[union-attr]

    def _reset_one(self) -> None:
        spec = self._spec()
        if spec is not None:
            self._map.reset([spec.name])


def _keys_text(keys: tuple[str, ...]) -> str:
    return "   ".join(dict.fromkeys(key_text(key) for key in keys))
