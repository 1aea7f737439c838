"""The keys of the recipe's classes: made anew with each wafer, and taken from the actions that had them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from inspector.station.keys.actions import give_keys
from inspector.station.keys.key_map import KeyMap
from inspector.station.state.settings import Language
from inspector.wafer.classes import ChipClass


class ClassKeys:
    """press(name): the class's key was pressed; with stay=True where Shift was held."""

    def __init__(self, window: QWidget, press: Callable[..., object], key_map: KeyMap) -> None:
        self._window, self._press, self._key_map = window, press, key_map
        self._actions: list[QAction] = []

    def forget(self) -> None:
        for action in self._actions:
            self._window.removeAction(action)
            action.deleteLater()
        self._actions = []

    def make(self, classes: Iterable[ChipClass], named: Mapping[str, QAction], language: Language) -> None:
        """The keys of these classes, instead of those before."""
        self.forget()
        keyed = [chip_class for chip_class in classes if chip_class.key]
        for chip_class in keyed:
            title = chip_class.title(language)
            self._add(f"key_{chip_class.name}", title, chip_class.key, partial(self._press, chip_class.name))
            stays = partial(self._press, chip_class.name, stay=True)
            self._add(f"key_stay_{chip_class.name}", title, f"Shift+{chip_class.key}", stays)
        taken = {chip_class.key.lower() for chip_class in keyed}
        give_keys(named, self._key_map.keys, frozenset(taken | {f"shift+{key}" for key in taken}))

    def _add(self, name: str, title: str, key: str, press: Callable[[], object]) -> None:
        action = QAction(title, self._window)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: press())
        self._window.addAction(action)
        self._actions.append(action)
