"""What the station remembers between two starts: layout, language, look, operator, last recipe and wafer."""

from __future__ import annotations

import getpass
import json
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Literal, cast

import platformdirs
from PySide6.QtCore import QByteArray, QLocale, QSettings

from inspector.station.state.look_settings import LookSettings
from inspector.wafer.grid import WaferKey

Language = Literal["en", "ja"]
Scheme = Literal["system", "light", "dark"]
_LANGUAGES = ("en", "ja")
_SCHEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class WatchChoice:
    """The hot folder as a person has set it up. recipe: a name or a path. lot, done_file: empty where left open."""

    folder: str = ""
    recipe: str = ""
    lot: str = ""
    done_file: str = ""
    is_on: bool = False

    def turned(self, *, on: bool) -> WatchChoice:
        return replace(self, is_on=on)


def settings_file() -> Path:
    """Where the settings lie in the user's own configuration folder; the folder is made when it is missing."""
    folder = Path(platformdirs.user_config_dir("wafer-inspector", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "station.ini"


class StationSettings:
    """A typed face of one ini file that holds text only; whatever can't be understood in it reads as the default."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or settings_file()), QSettings.Format.IniFormat)
        self.looks = LookSettings(self._store)

    def _text(self, key: str, default: str = "") -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _bytes(self, key: str) -> QByteArray:
        return QByteArray.fromBase64(self._text(key).encode("ascii", "ignore"))

    def _keep_bytes(self, key: str, value: QByteArray) -> None:
        self._store.setValue(key, bytes(value.toBase64().data()).decode("ascii"))

    @property
    def language(self) -> Language:
        """The chosen language, else the system's where it is Japanese, else English."""
        found = self._text("language")
        if found in _LANGUAGES:
            return cast(Language, found)
        return system_language()

    @language.setter
    def language(self, language: Language) -> None:
        self._store.setValue("language", language)

    @property
    def scheme(self) -> Scheme:
        found = self._text("scheme")
        return cast(Scheme, found) if found in _SCHEMES else "system"

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._store.setValue("scheme", scheme)

    @property
    def operator(self) -> str:
        """The name that signs decisions; the user name of the system until somebody enters one."""
        return self._text("operator").strip() or os_user()

    @operator.setter
    def operator(self, name: str) -> None:
        self._store.setValue("operator", name.strip())

    @property
    def geometry(self) -> QByteArray:
        return self._bytes("layout/geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep_bytes("layout/geometry", geometry)

    def panes(self, layout: str, operator: str) -> QByteArray:
        """A person's splitter state of a layout ("wide" or "narrow"), else the station's; empty when none was kept."""
        own = self._bytes(f"layout/{operator.encode().hex()}/{layout}")
        return self._bytes(f"layout/{layout}") if own.isEmpty() else own

    def keep_panes(self, layout: str, operator: str, state: QByteArray) -> None:
        self._keep_bytes(f"layout/{operator.encode().hex()}/{layout}", state)

    def shows_beside(self, layout: str, operator: str) -> bool:
        """Whether a layout shows a person what stands beside the chip: where there is room, until somebody hides it."""
        usual = self._text(f"beside/{layout}", "true" if layout in ("wide", "large") else "false")
        return self._text(f"beside/{operator.encode().hex()}/{layout}", usual) == "true"

    def keep_beside(self, layout: str, operator: str, shown: bool) -> None:
        self._store.setValue(f"beside/{operator.encode().hex()}/{layout}", "true" if shown else "false")

    @property
    def asks_for_points(self) -> bool:
        """After a relabel to a defect, ask where on the chip it is."""
        return self._text("decide/points", "false") == "true"

    @asks_for_points.setter
    def asks_for_points(self, asks: bool) -> None:
        self._store.setValue("decide/points", "true" if asks else "false")

    @property
    def dwell_s(self) -> float:
        """Seconds that a chip is seen before a key decides on it, 0.05 to 2."""
        try:
            return min(max(float(self._text("decide/dwell_ms", "150")) / 1000, 0.05), 2.0)
        except ValueError:
            return 0.15

    @dwell_s.setter
    def dwell_s(self, seconds: float) -> None:
        self._store.setValue("decide/dwell_ms", str(round(seconds * 1000)))

    @property
    def recipe(self) -> str:
        """The recipe used last: a shipped recipe's name or the path of a file; empty at first."""
        return self._text("recipe")

    @recipe.setter
    def recipe(self, recipe: str) -> None:
        self._store.setValue("recipe", recipe)

    def model(self, recipe: str) -> str:
        """The model folder that was chosen for a recipe; empty where none was."""
        return self._text(f"model/{recipe}")

    def keep_model(self, recipe: str, folder: Path) -> None:
        self._store.setValue(f"model/{recipe}", str(folder))

    def folder(self, purpose: str) -> Path:
        """The folder used last for a purpose ("open", "export"), else the user's home."""
        kept = Path(self._text(f"folder/{purpose}") or Path.home())
        return kept if kept.is_dir() else Path.home()

    def keep_folder(self, purpose: str, folder: Path) -> None:
        self._store.setValue(f"folder/{purpose}", str(folder))

    def last_wafer(self, record_url: str) -> WaferKey | None:
        """The wafer that was open last in this record."""
        try:
            url, lot, wafer = json.loads(self._text("last/wafer"))
        except (ValueError, TypeError):
            return None
        return WaferKey(str(lot), str(wafer)) if url == record_url else None

    def keep_wafer(self, record_url: str, key: WaferKey) -> None:
        self._store.setValue("last/wafer", json.dumps([record_url, key.lot, key.wafer]))

    @property
    def heat_visible(self) -> bool:
        return self._text("heat/visible", "true") != "false"

    @heat_visible.setter
    def heat_visible(self, visible: bool) -> None:
        self._store.setValue("heat/visible", "true" if visible else "false")

    @property
    def heat_any_defect(self) -> bool:
        """Evidence for any defect is shown instead of that for the judged class."""
        return self._text("heat/evidence", "judged") == "any"

    @heat_any_defect.setter
    def heat_any_defect(self, any_defect: bool) -> None:
        self._store.setValue("heat/evidence", "any" if any_defect else "judged")

    @property
    def heat_opacity(self) -> float:
        """0.1 to 1."""
        try:
            return min(max(float(self._text("heat/opacity", "0.6")), 0.1), 1.0)
        except ValueError:
            return 0.6

    @heat_opacity.setter
    def heat_opacity(self, opacity: float) -> None:
        self._store.setValue("heat/opacity", f"{opacity:.2f}")

    def map_looks(self, operator: str) -> str:
        """How a person likes to see wafers, as the map has put it into text; empty where nothing was kept."""
        return self._text(f"map/{operator.encode().hex()}")

    def keep_map_looks(self, operator: str, looks: str) -> None:
        self._store.setValue(f"map/{operator.encode().hex()}", looks)

    def filters(self, operator: str) -> tuple[str, str]:
        """The search line and the order that a person left; both empty where nothing was kept."""
        place = f"filter/{operator.encode().hex()}"
        return self._text(f"{place}/line"), self._text(f"{place}/order")

    def keep_filters(self, operator: str, line: str, order: str) -> None:
        place = f"filter/{operator.encode().hex()}"
        self._store.setValue(f"{place}/line", line)
        self._store.setValue(f"{place}/order", order)

    @property
    def goes_on(self) -> bool:
        """At the end of a queue the next wafer of the lot is opened."""
        return self._text("queue/goes_on", "true") != "false"

    @goes_on.setter
    def goes_on(self, goes_on: bool) -> None:
        self._store.setValue("queue/goes_on", "true" if goes_on else "false")

    def gallery_looks(self, operator: str) -> str:
        """How a person likes to see the gallery, as the gallery has put it into text; empty where nothing was kept."""
        return self._text(f"gallery/{operator.encode().hex()}")

    def keep_gallery_looks(self, operator: str, looks: str) -> None:
        self._store.setValue(f"gallery/{operator.encode().hex()}", looks)

    @property
    def watch(self) -> WatchChoice:
        """The hot folder, as it was left."""
        try:
            folder, recipe, lot, done_file, is_on = json.loads(self._text("watch"))
        except (ValueError, TypeError):
            return WatchChoice()
        return WatchChoice(str(folder), str(recipe), str(lot), str(done_file), is_on is True)

    @watch.setter
    def watch(self, choice: WatchChoice) -> None:
        self._store.setValue("watch", json.dumps(astuple(choice)))

    @property
    def keep(self) -> str:
        """How many working copies are kept, as `Retention.parse` reads it; empty: all of them."""
        return self._text("keep")

    @keep.setter
    def keep(self, keep: str) -> None:
        self._store.setValue("keep", keep)

    @property
    def lock_minutes(self) -> int:
        """After so many minutes without a key or a touch the station locks itself; 0: never."""
        text = self._text("people/lock_minutes", "10")
        return int(text) if text.isascii() and text.isdigit() else 10

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._store.setValue("people/lock_minutes", str(minutes))

    @property
    def blind_names(self) -> bool:
        """The second review hides the names of lot, wafer and chip too."""
        return self._text("people/blind_names", "true") != "false"

    @blind_names.setter
    def blind_names(self, hidden: bool) -> None:
        self._store.setValue("people/blind_names", "true" if hidden else "false")

    def save(self) -> None:
        """Write to disk now, not at some later time."""
        self._store.sync()


def os_user() -> str:
    """The name of the person at this computer, as far as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "operator"


def system_language() -> Language:
    """Japanese where the system speaks it, else English."""
    return "ja" if QLocale.system().language() == QLocale.Language.Japanese else "en"
