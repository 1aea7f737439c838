"""The table of everything that a key or a menu can ask for; menus, keys and the key sheet all come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from inspector.station.look import theme


class Menu(StrEnum):
    FILE = "file"
    DECIDE = "decide"
    GO = "go"
    WAFER = "wafer"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True)
class ActionSpec:
    """name: of the action and of the method that answers it. keys: the first is shown in the menu.

    decides: it changes data, so it waits until the chip has been seen. by_hand: its key is handled elsewhere, because
    holding it means something else than tapping it. text: English, as QT_TRANSLATE_NOOP hands it through (untyped).
    """

    name: str
    menu: Menu
    text: object
    keys: tuple[str, ...] = ()
    icon: str = ""
    decides: bool = False
    by_hand: bool = False


ACTIONS = (
    ActionSpec("open", Menu.FILE, QT_TRANSLATE_NOOP("Actions", "Open image…"), ("Ctrl+O",), "open"),
    ActionSpec("hot_folder", Menu.FILE, QT_TRANSLATE_NOOP("Actions", "Hot folder…")),
    ActionSpec("export", Menu.FILE, QT_TRANSLATE_NOOP("Actions", "Export answers…"), ("Ctrl+E",), "export"),
    ActionSpec("quit", Menu.FILE, QT_TRANSLATE_NOOP("Actions", "Quit"), ("Ctrl+Q",)),
    ActionSpec(
        "confirm",
        Menu.DECIDE,
        QT_TRANSLATE_NOOP("Actions", "Confirm and go on"),
        ("Return", "Enter", "Space"),
        "confirm",
        decides=True,
    ),
    ActionSpec("unsure", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Unsure: look again later"), ("U",), "unsure", True),
    ActionSpec("exclude", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Exclude the chip"), ("X",), "exclude", True),
    ActionSpec("undo", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Undo"), ("Ctrl+Z",), "undo"),
    ActionSpec("redo", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec("next", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Next chip of the queue"), ("Right",), "next"),
    ActionSpec("previous", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Chip before"), ("Left",), "previous"),
    ActionSpec("go_to_chip", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Go to chip…"), ("Ctrl+G",)),
    ActionSpec("next_wafer", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Next wafer"), ("PgDown",)),
    ActionSpec("previous_wafer", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Wafer before"), ("PgUp",)),
    ActionSpec(
        "heat", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Heat map (hold to peek)"), ("H",), "heat", by_hand=True
    ),
    ActionSpec("evidence", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Evidence: judged class or any defect"), ("E",)),
    ActionSpec("heat_more", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Stronger heat map"), ("]",)),
    ActionSpec("heat_less", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Fainter heat map"), ("[",)),
    ActionSpec("large_map", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Large wafer"), ("M",), "wafer"),
    ActionSpec("zoom_in", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Zoom in"), ("+", "="), "zoom-in"),
    ActionSpec("zoom_out", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Zoom out"), ("-",), "zoom-out"),
    ActionSpec("whole_wafer", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Whole wafer"), ("0", "F"), "fit"),
    ActionSpec("map_heat", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Heat on the wafer"), ("Shift+H",)),
    ActionSpec("layers", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Layers…"), ("L",), "layers"),
    ActionSpec("grey", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Window and level…"), ("W",), "contrast"),
    ActionSpec("turn", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Turn the view by 90°"), ("Ctrl+R",), "turn"),
    ActionSpec("mirror", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Mirror the view"), ("Ctrl+M",)),
    ActionSpec("correct_grid", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Correct grid…")),
    ActionSpec("fullscreen", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Full screen"), ("F11",)),
    ActionSpec("guide", Menu.HELP, QT_TRANSLATE_NOOP("Actions", "Operator's guide"), ("F1",), "help"),
    ActionSpec("key_sheet", Menu.HELP, QT_TRANSLATE_NOOP("Actions", "All keys"), ("?",)),
)


def action_text(spec: ActionSpec) -> str:
    """The action's words in the language of now."""
    return QCoreApplication.translate("Actions", str(spec.text))


def menu_title(menu: Menu) -> str:
    return {
        Menu.FILE: QCoreApplication.translate("Actions", "&File"),
        Menu.DECIDE: QCoreApplication.translate("Actions", "&Decide"),
        Menu.GO: QCoreApplication.translate("Actions", "&Go"),
        Menu.WAFER: QCoreApplication.translate("Actions", "&Wafer"),
        Menu.VIEW: QCoreApplication.translate("Actions", "&View"),
        Menu.HELP: QCoreApplication.translate("Actions", "&Help"),
    }[menu]


def key_text(key: str) -> str:
    """A key as it stands on the keyboard."""
    arrows = {"Right": "→", "Left": "←", "Return": "Enter"}
    return arrows.get(key) or QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def make_actions(window: QWidget, answers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """One QAction for each line of the table, added to the window. answers: what each name does."""
    made = {}
    for spec in ACTIONS:
        action = QAction(action_text(spec), window)
        action.setObjectName(f"action_{spec.name}")
        if not spec.by_hand:
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.triggered.connect(answers[spec.name])
        window.addAction(action)
        made[spec.name] = action
    tint_icons(made)
    return made


def tint_icons(actions: Mapping[str, QAction]) -> None:
    """Icons in the colours of the palette of now."""
    for spec in ACTIONS:
        if spec.icon and spec.name in actions:
            actions[spec.name].setIcon(theme.icon(spec.icon))


def free_keys(actions: Mapping[str, QAction], taken: frozenset[str]) -> None:
    """Give each action its keys, except those that the recipe gives to a class."""
    for spec in ACTIONS:
        if not spec.by_hand:
            actions[spec.name].setShortcuts([QKeySequence(key) for key in spec.keys if key.lower() not in taken])
