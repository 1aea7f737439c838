"""What people chose about keys, colours and sizes; a part of the station's settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal, cast

from PySide6.QtCore import QSettings

ClassColours = Literal["recipe", "classic"]


class LookSettings:
    """store: the station's ini file; whatever can't be understood in it reads as the default."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Keys of one's own, by the name of the action, in Qt's portable text; an empty tuple: no key."""
        try:
            kept = json.loads(str(self._store.value("keys/own", "{}")))
            return {str(name): tuple(str(key) for key in keys) for name, keys in kept.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    @keys.setter
    def keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self._store.setValue("keys/own", json.dumps({name: list(own) for name, own in keys.items()}))

    @property
    def class_colours(self) -> ClassColours:
        """classic: green for good and red for defects, for eyes that tell the two apart."""
        found = str(self._store.value("look/class_colours", "recipe"))
        return cast(ClassColours, found) if found == "classic" else "recipe"

    @class_colours.setter
    def class_colours(self, colours: ClassColours) -> None:
        self._store.setValue("look/class_colours", colours)

    @property
    def gloves(self) -> bool:
        """Buttons are at least 48 pixels high, for fingers in gloves."""
        return self._store.value("look/gloves", "false") == "true"

    @gloves.setter
    def gloves(self, gloves: bool) -> None:
        self._store.setValue("look/gloves", "true" if gloves else "false")

    @property
    def tour_seen(self) -> bool:
        return self._store.value("look/tour_seen", "false") == "true"

    @tour_seen.setter
    def tour_seen(self, seen: bool) -> None:
        self._store.setValue("look/tour_seen", "true" if seen else "false")
