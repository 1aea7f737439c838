"""The table of everything that a key or a menu can ask for; menus, keys and the key sheet all come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

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
    PEOPLE = "people"
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
    ActionSpec("export", Menu.FILE, QT_TRANSLATE_NOOP("Actions", "Export and train…"), ("Ctrl+E",), "export"),
    ActionSpec("models", Menu.FILE, QT_TRANSLATE_NOOP("Actions", "Models…"), ("Ctrl+Shift+M",)),
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
    ActionSpec("subtype", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Sub-type of the class…"), ("S",), decides=True),
    ActionSpec("point", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Where the defect is"), ("P",), decides=True),
    ActionSpec(
        "ask_points", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Ask where the defect is after a relabel: on or off")
    ),
    ActionSpec("note", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Note on the chip…"), ("N",)),
    ActionSpec("undo", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Undo"), ("Ctrl+Z",), "undo"),
    ActionSpec("redo", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec(
        "confirm_rest",
        Menu.DECIDE,
        QT_TRANSLATE_NOOP("Actions", "Gallery: confirm the rest that was seen"),
        ("Ctrl+Return", "Ctrl+Enter"),
    ),
    ActionSpec(
        "choose_in_sight", Menu.DECIDE, QT_TRANSLATE_NOOP("Actions", "Gallery: choose all in sight"), ("Ctrl+A",)
    ),
    ActionSpec("next", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Next chip of the queue"), ("Right",), "next"),
    ActionSpec("previous", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Chip before"), ("Left",), "previous"),
    ActionSpec("go_to_chip", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Go to chip…"), ("Ctrl+G",)),
    ActionSpec("search", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Search chips…"), ("/",), "search"),
    ActionSpec("clear_search", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Clear the search line"), ("Ctrl+Backspace",)),
    ActionSpec("next_wafer", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Next wafer"), ("PgDown",)),
    ActionSpec("previous_wafer", Menu.GO, QT_TRANSLATE_NOOP("Actions", "Wafer before"), ("PgUp",)),
    ActionSpec(
        "heat", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Heat map (hold to peek)"), ("H",), "heat", by_hand=True
    ),
    ActionSpec("evidence", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Evidence: judged class or any defect"), ("E",)),
    ActionSpec("class_evidence", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Evidence for another class"), ("Shift+H",)),
    ActionSpec("heat_more", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Stronger heat map"), ("]",)),
    ActionSpec("heat_less", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Fainter heat map"), ("[",)),
    ActionSpec("gallery", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Gallery"), ("G",), "gallery"),
    ActionSpec("large_map", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Large wafer"), ("M",), "wafer"),
    ActionSpec("zoom_in", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Zoom in"), ("+", "="), "zoom-in"),
    ActionSpec("zoom_out", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Zoom out"), ("-",), "zoom-out"),
    ActionSpec("whole_wafer", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Whole wafer"), ("0", "F"), "fit"),
    ActionSpec("map_heat", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Heat on the wafer"), ("Ctrl+H",)),
    ActionSpec("layers", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Layers…"), ("L",), "layers"),
    ActionSpec("grey", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Window and level…"), ("W",), "contrast"),
    ActionSpec("turn", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Turn the view by 90°"), ("Ctrl+R",), "turn"),
    ActionSpec("mirror", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Mirror the view"), ("Ctrl+M",)),
    ActionSpec("correct_grid", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Correct grid…")),
    ActionSpec("new_grid", Menu.WAFER, QT_TRANSLATE_NOOP("Actions", "Grid from an image…")),
    ActionSpec("neighbours", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Chip among its neighbours"), ("Z",)),
    ActionSpec("blink", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Blink with a verified example"), ("B",)),
    ActionSpec("blink_other", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Blink with the runner-up"), ("Shift+B",)),
    ActionSpec("beside", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Examples, repeaters, history"), ("I",)),
    ActionSpec("numbers", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Numbers"), ("Ctrl+J",), "numbers"),
    ActionSpec("fullscreen", Menu.VIEW, QT_TRANSLATE_NOOP("Actions", "Full screen"), ("F11",)),
    ActionSpec("second_review", Menu.PEOPLE, QT_TRANSLATE_NOOP("Actions", "Second review"), ("Ctrl+B",)),
    ActionSpec("disputes", Menu.PEOPLE, QT_TRANSLATE_NOOP("Actions", "Disputes"), ("Ctrl+D",)),
    ActionSpec("hand_over", Menu.PEOPLE, QT_TRANSLATE_NOOP("Actions", "Hand over the shift")),
    ActionSpec("people", Menu.PEOPLE, QT_TRANSLATE_NOOP("Actions", "People…")),
    ActionSpec("lock", Menu.PEOPLE, QT_TRANSLATE_NOOP("Actions", "Lock now"), ("Ctrl+L",)),
    ActionSpec("sign_out", Menu.PEOPLE, QT_TRANSLATE_NOOP("Actions", "Change person")),
    ActionSpec("guide", Menu.HELP, QT_TRANSLATE_NOOP("Actions", "Operator's guide"), ("F1",), "help"),
    ActionSpec("key_sheet", Menu.HELP, QT_TRANSLATE_NOOP("Actions", "All keys"), ("?",)),
    ActionSpec("tour", Menu.HELP, QT_TRANSLATE_NOOP("Actions", "Show me around")),
    ActionSpec("keys", Menu.HELP, QT_TRANSLATE_NOOP("Actions", "Choose keys…")),
    ActionSpec("commands", Menu.HELP, QT_TRANSLATE_NOOP("Actions", "Search actions…"), ("Ctrl+K",)),
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
        Menu.PEOPLE: QCoreApplication.translate("Actions", "&People"),
        Menu.HELP: QCoreApplication.translate("Actions", "&Help"),
    }[menu]


def key_text(key: str) -> str:
    """A key as it stands on the keyboard."""
    arrows = {"Right": "→", "Left": "←"}
    named = key.replace("Return", "Enter")
    return arrows.get(key) or QKeySequence(named).toString(QKeySequence.SequenceFormat.NativeText)


Keys = Callable[[ActionSpec], Sequence[str]]


def make_actions(window: QWidget, act: Callable[[str], object]) -> dict[str, QAction]:
    """One QAction for each line of the table, without keys yet. act: is told which one is asked for."""
    made = {}
    for spec in ACTIONS:
        action = QAction(action_text(spec), window)
        action.setObjectName(f"action_{spec.name}")
        action.triggered.connect(partial(act, spec.name))
        window.addAction(action)
        made[spec.name] = action
    tint_icons(made)
    return made


def tint_icons(actions: Mapping[str, QAction]) -> None:
    """Icons in the colours of the palette of now."""
    for spec in ACTIONS:
        if spec.icon and spec.name in actions:
            actions[spec.name].setIcon(theme.icon(spec.icon))


def give_keys(actions: Mapping[str, QAction], keys: Keys, taken: frozenset[str] = frozenset()) -> None:
    """Give each action its keys, except those that the recipe gives to a class (lower case)."""
    for spec in ACTIONS:
        if not spec.by_hand:
            actions[spec.name].setShortcuts([QKeySequence(key) for key in keys(spec) if key.lower() not in taken])
