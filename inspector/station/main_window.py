"""The one window: it lays out the panels, hands keys and drops on, and keeps its place between two starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from inspector.station.dialogs.opening import Dialogs
from inspector.station.grid.grid_desk import GridDesk
from inspector.station.grid.grid_mode import GridMode
from inspector.station.keys.actions import ACTIONS, Menu, free_keys, make_actions, tint_icons
from inspector.station.keys.deciding_keys import DecidingKeys
from inspector.station.keys.heat_key import HeatKey
from inspector.station.keys.held_keys import HeldKeys
from inspector.station.keys.menu_bar import make_menu_bar
from inspector.station.keys.own_keys import OwnKeys
from inspector.station.look import theme
from inspector.station.look.i18n import use_language
from inspector.station.panels.notices import Banner
from inspector.station.panels.top_bar import TopBar
from inspector.station.panels.welcome import Welcome
from inspector.station.panels.work_area import WorkArea
from inspector.station.state.dropped import dropped_paths
from inspector.station.state.session import Session
from inspector.station.state.settings import Language, Scheme

_OPACITY_STEP = 0.1


class MainWindow(QMainWindow):
    """Everything in it can be built anew in another language while the session goes on."""

    def __init__(self, session: Session, open_demo: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        self.session = session
        self.named: dict[str, QAction] = {}
        self._open_demo = open_demo
        self._own_keys = OwnKeys(self)
        self._held_keys = HeldKeys()
        self.dialogs = Dialogs(session, self)
        self.grid_desk = GridDesk(session, self)
        self.deciding = DecidingKeys(session)
        session.wafer_opened.connect(self._show_wafer)
        session.undo_stack.undoTextChanged.connect(self._show_undo)
        session.undo_stack.redoTextChanged.connect(self._show_undo)
        self.setMinimumSize(1024, 640)
        self.resize(QSize(1600, 960).boundedTo(self.screen().availableSize()))
        self.restoreGeometry(session.settings.geometry)
        self._build()

    def _build(self) -> None:
        """Every visible thing, in the language of now."""
        centre = QWidget(self)
        self.welcome = Welcome(self.session, self._open_demo, centre)
        self.work = WorkArea(self.session, centre)
        self._top = TopBar(self.session, centre)
        self.banner = Banner(self.session, centre)
        self._pages = QStackedWidget(centre)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.work)
        self.grid_mode = GridMode(self.grid_desk, self._pages, lambda: self.work.map.looks.turn, self._show_page)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._top, self.banner):
            layout.addWidget(widget)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self._make_actions()
        self._connect()
        self._own_keys.keep(centre)
        self._show_wafer()
        self._show_undo()

    def _connect(self) -> None:
        chip, answers = self.work.chip, self.work.answers
        chip.painted.connect(self.deciding.see)
        chip.heat_toggled.connect(self._keep_heat)
        chip.any_defect_toggled.connect(self._keep_evidence)
        chip.set_any_defect(self.session.settings.heat_any_defect)
        chip.set_heat_opacity(self.session.settings.heat_opacity)
        chip.set_heat_visible(self.session.settings.heat_visible)
        self._heat_key = HeatKey(chip, self.work)
        answers.confirm_asked.connect(partial(self.deciding.click, self.session.confirm))
        answers.unsure_asked.connect(partial(self.deciding.click, self.session.unsure))
        answers.exclude_asked.connect(partial(self.deciding.click, self.session.exclude))
        answers.class_asked.connect(self._click_class)
        self.welcome.open_asked.connect(self.dialogs.ask_images)
        self.welcome.help_asked.connect(self.dialogs.show_guide)
        self._top.language_asked.connect(self.switch_language)
        self.banner.grid_asked.connect(self.grid_desk.place_refused)

    def _make_actions(self) -> None:
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        session, press = self.session, self._press
        self._class_actions: list[QAction] = []
        self.named = make_actions(
            self,
            {
                "open": self.dialogs.ask_images,
                "hot_folder": self.dialogs.show_hot_folder,
                "export": self.dialogs.show_export,
                "quit": self.close,
                "confirm": partial(press, "confirm", session.confirm),
                "unsure": partial(press, "unsure", session.unsure),
                "exclude": partial(press, "exclude", session.exclude),
                "undo": session.undo_stack.undo,
                "redo": session.undo_stack.redo,
                "next": partial(session.step, 1),
                "previous": partial(session.step, -1),
                "next_wafer": partial(session.step_wafer, 1),
                "previous_wafer": partial(session.step_wafer, -1),
                "heat": self._toggle_heat,
                "evidence": self._toggle_evidence,
                "heat_more": partial(self._change_opacity, _OPACITY_STEP),
                "heat_less": partial(self._change_opacity, -_OPACITY_STEP),
                "map_heat": self._toggle_map_heat,
                "go_to_chip": self.work.go_to_field.ask,
                "large_map": self._toggle_large_map,
                "zoom_in": self.work.map.zoom_in,
                "zoom_out": self.work.map.zoom_out,
                "whole_wafer": self.work.map.fit,
                "layers": self.work.map_tools.show_layers,
                "grey": self.work.map_tools.show_grey,
                "turn": self.work.map.turn_right,
                "mirror": self.work.map.mirror,
                "correct_grid": self.grid_desk.correct_open_wafer,
                "fullscreen": self._toggle_fullscreen,
                "guide": self.dialogs.show_guide,
                "key_sheet": self.dialogs.show_keys,
            },
        )
        settings = session.settings
        self.setMenuBar(make_menu_bar(self, self.named, settings.scheme, self.use_scheme))

    def _show_wafer(self) -> None:
        """The working screen once a wafer is open, with the keys of its recipe."""
        key, classes = self.session.key, self.session.classes
        if self.grid_desk.is_busy:
            self.grid_desk.cancel()  # another wafer was opened: what was begun on the one before ends
        self._show_page()
        self.setWindowTitle(
            f"{key.wafer} · {key.lot} · " + self.tr("Wafer Inspector") if key else self.tr("Wafer Inspector")
        )
        for action in self._class_actions:
            self.removeAction(action)
            action.deleteLater()
        self._class_actions = []
        for chip_class in classes or ():
            if chip_class.key:
                action = QAction(chip_class.title(self.session.language), self)
                action.setObjectName(f"key_{chip_class.name}")
                action.setShortcut(QKeySequence(chip_class.key))
                action.triggered.connect(partial(self._press_class, chip_class.name))
                self.addAction(action)
                self._class_actions.append(action)
        free_keys(self.named, frozenset(c.key.lower() for c in classes or ()))
        for spec in ACTIONS:
            if spec.menu in (Menu.DECIDE, Menu.GO, Menu.WAFER) and spec.name not in ("undo", "redo"):
                self.named[spec.name].setEnabled(key is not None)

    def _show_page(self) -> None:
        page = self.work if self.session.key else self.welcome
        self._pages.setCurrentWidget(page)
        page.setFocus()

    def _toggle_large_map(self) -> None:
        self.work.set_map_large(not self.work.is_map_large)

    def _press(self, key: str, act: Callable[[], object]) -> None:
        """A deciding key: while the chip is not on the screen, nobody answers for it."""
        if self._pages.currentWidget() is self.work and not self.work.is_map_large:
            self.deciding.press(key, act)
        else:
            self.session.said.emit(self.tr("The chip is not in sight: M shows it again."))

    def _press_class(self, name: str) -> None:
        self._press(name, partial(self.session.relabel, name))

    def _click_class(self, name: str) -> None:
        self.deciding.click(partial(self.session.relabel, name))

    def _show_undo(self) -> None:
        stack = self.session.undo_stack
        for name, able, words, what in (
            ("undo", stack.canUndo(), self.tr("Undo"), stack.undoText()),
            ("redo", stack.canRedo(), self.tr("Redo"), stack.redoText()),
        ):
            self.named[name].setEnabled(able)
            self.named[name].setText(f"{words}  {what}".strip().replace("&", "&&"))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Ask for product and lot of images that have been chosen or dropped."""
        self.dialogs.open_paths(paths)

    def switch_language(self) -> None:
        self.use_language("en" if self.session.language == "ja" else "ja")

    def use_language(self, language: Language) -> None:
        """Speak another language at once: the panels are built anew, the session and the engine go on."""
        self.session.settings.language = language
        app = QApplication.instance()
        assert isinstance(app, QApplication), "a window needs its application"
        use_language(app, language)
        self.grid_desk.cancel()
        self.work.shutdown()
        old = self.takeCentralWidget()
        if old is not None:
            old.deleteLater()  # later: the click that asked for this comes from one of its buttons
        self._build()

    def use_scheme(self, scheme: Scheme) -> None:
        """Light, dark or as the system has it."""
        self.session.settings.scheme = scheme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply_theme(app, scheme)

    def _keep_heat(self, visible: bool) -> None:
        self.session.settings.heat_visible = visible

    def _keep_evidence(self, any_defect: bool) -> None:
        self.session.settings.heat_any_defect = any_defect

    def _toggle_evidence(self) -> None:
        """The other evidence, and heat with it: who asks for evidence wants to see it."""
        self.work.chip.set_any_defect(not self.work.chip.any_defect)
        self.work.chip.set_heat_visible(True)

    def _change_opacity(self, by: float) -> None:
        settings = self.session.settings
        settings.heat_opacity = min(max(settings.heat_opacity + by, 0.1), 1.0)
        for view in (self.work.chip, self.work.map):
            view.set_heat_opacity(settings.heat_opacity)
        self.session.said.emit(self.tr("Heat map {percent} %").format(percent=round(settings.heat_opacity * 100)))

    def _toggle_heat(self) -> None:
        self._heat_key.toggle()

    def _toggle_map_heat(self) -> None:
        self.work.map.set_heat_visible(not self.work.map.heat_visible)

    def _toggle_fullscreen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def event(self, event: QEvent) -> bool:
        """Keeps a key that is held down away from the shortcuts, except where it only moves."""
        if isinstance(event, QKeyEvent) and self._held_keys.is_repeat(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._heat_key.handles(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._heat_key.handles(event):
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.open_paths(paths)
        else:
            self.session.failed.emit(self.tr("There is no image among the dropped files: drop PNG, JPEG or TIFF."))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            tint_icons(self.named)
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.session.settings.geometry = self.saveGeometry()
        self.grid_desk.shutdown()
        self.work.shutdown()
        self.dialogs.watching.shutdown()
        self.session.close()
        super().closeEvent(event)
