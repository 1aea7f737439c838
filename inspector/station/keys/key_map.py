"""Which keys ask for which action: the table's, or those that somebody chose instead."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from inspector.station.keys.actions import ACTIONS, ActionSpec
from inspector.station.state.look_settings import LookSettings
from inspector.station.state.session import Session

_SPECS = {spec.name: spec for spec in ACTIONS}


class KeyMap(QObject):
    """The one place where keys are looked up. changed: some action has other keys now, and they are on disk."""

    changed = Signal()

    def __init__(self, settings: LookSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._own = {name: keys for name, keys in settings.keys.items() if name in _SPECS}

    @classmethod
    def of(cls, session: Session) -> KeyMap:
        """The session's key map; made when it is first asked for."""
        found = session.findChild(KeyMap)
        return found if isinstance(found, KeyMap) else cls(session.settings.looks, session)

    def keys(self, spec: ActionSpec) -> tuple[str, ...]:
        """In Qt's portable text; the first is shown in menus."""
        return self._own.get(spec.name, spec.keys)

    def is_own(self, spec: ActionSpec) -> bool:
        """True where somebody has chosen other keys than the table's."""
        return spec.name in self._own

    def holder(self, key: str, besides: str = "") -> ActionSpec | None:
        """The action that has a key, apart from the one named `besides`; None where the key is free."""
        wanted = portable(key)
        for spec in ACTIONS:
            if spec.name != besides and wanted in map(portable, self.keys(spec)):
                return spec
        return None

    def add(self, name: str, key: str) -> None:
        """Give an action one more key, and take it from the one that has it."""
        before = self.holder(key, besides=name)
        if before is not None:
            self._own[before.name] = tuple(k for k in self.keys(before) if portable(k) != portable(key))
        kept = [k for k in self.keys(_SPECS[name]) if portable(k) != portable(key)]
        self._put(name, (portable(key), *kept))

    def remove(self, name: str, key: str) -> None:
        self._put(name, tuple(k for k in self.keys(_SPECS[name]) if portable(k) != portable(key)))

    def reset(self, names: Iterable[str] | None = None) -> None:
        """The table's keys again, for some actions or all; whoever has such a key meanwhile loses it."""
        for name in [*self._own] if names is None else names:
            self._own.pop(name, None)
            for key in _SPECS[name].keys:
                other = self.holder(key, besides=name)
                if other is not None and other.name in self._own:
                    self._own[other.name] = tuple(k for k in self._own[other.name] if portable(k) != portable(key))
        self._keep()

    def _put(self, name: str, keys: tuple[str, ...]) -> None:
        if tuple(map(portable, keys)) == tuple(map(portable, _SPECS[name].keys)):
            self._own.pop(name, None)
        else:
            self._own[name] = keys
        self._keep()

    def _keep(self) -> None:
        self._settings.keys = self._own
        self.changed.emit()


def portable(key: str) -> str:
    """A key as it is kept and compared: the same text on every system and in every language."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
