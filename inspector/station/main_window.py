"""The one window: it lays out the panels, hands keys and drops on, and keeps its place between two starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from inspector.station.chip.chip_tools import ChipTools
from inspector.station.dialogs.opening import Dialogs
from inspector.station.grid.grid_desk import GridDesk
from inspector.station.grid.grid_mode import GridMode
from inspector.station.keys.actions import give_keys, make_actions, tint_icons
from inspector.station.keys.answering import Act, Answering
from inspector.station.keys.class_keys import ClassKeys
from inspector.station.keys.deciding_keys import DecidingKeys
from inspector.station.keys.heat_answers import HeatAnswers
from inspector.station.keys.held_keys import HeldKeys
from inspector.station.keys.key_map import KeyMap
from inspector.station.keys.menu_bar import Choice, make_menu_bar
from inspector.station.keys.own_keys import OwnKeys
from inspector.station.look import theme
from inspector.station.look.i18n import use_language
from inspector.station.look.targets import enlarge
from inspector.station.pages.pages import Pages
from inspector.station.pages.table import PAGES, QUEUE_PAGES
from inspector.station.panels.command_search import CommandSearch
from inspector.station.panels.notices import Banner
from inspector.station.panels.top_bar import TopBar
from inspector.station.panels.welcome import Welcome
from inspector.station.panels.work_area import WorkArea
from inspector.station.people.gate import Gate
from inspector.station.people.permissions import show_able
from inspector.station.state.dropped import dropped_paths
from inspector.station.state.session import Session
from inspector.station.state.settings import Language, Scheme
from inspector.station.tour.tour import begin_tour


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
        self.key_map = KeyMap.of(session)
        self.key_map.changed.connect(self._give_keys)
        self.dialogs = Dialogs(session, self)
        self.grid_desk = GridDesk(session, self)
        self.deciding = DecidingKeys(session)
        self.gate = Gate(self, session, self.switch_language)
        session.wafer_opened.connect(self._show_wafer)
        session.people.changed.connect(self._show_able)
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
        self.pages = Pages(self.session, centre)
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.work)
        self.pages.built.connect(self._fit)
        self._top.follow(self.pages)
        self.grid_mode = GridMode(self.grid_desk, self.pages, lambda: self.work.map.looks.turn, self.pages.go_home)
        self.answering = Answering(self.session, self.pages, self.work, self.deciding)
        self.command_search = CommandSearch(lambda: self.named, self.key_map, centre)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._top, self.banner):
            layout.addWidget(widget)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(centre)
        self._make_actions()
        self._connect()
        self._fit(centre)
        self._show_wafer()
        self._show_undo()
        self.gate.renew()

    def _connect(self) -> None:
        answers = self.work.answers
        self.work.chip.painted.connect(self.deciding.see)
        answers.confirm_asked.connect(partial(self.answering.click, "confirm"))
        answers.unsure_asked.connect(partial(self.answering.click, "unsure"))
        answers.exclude_asked.connect(partial(self.answering.click, "exclude"))
        answers.class_asked.connect(self.answering.click_class)
        self.work.queues.use_pages(frozenset(QUEUE_PAGES))
        self.work.queues.page_asked.connect(self.pages.show_queue)
        self.welcome.open_asked.connect(self.dialogs.ask_images)
        self.welcome.help_asked.connect(self.dialogs.show_guide)
        self._top.language_asked.connect(self.switch_language)
        self.banner.grid_asked.connect(self.grid_desk.place_refused)
        self.grid_desk.ended.connect(self.banner.offer_again)
        self.grid_mode.judge_asked.connect(self.open_paths)

    def _make_actions(self) -> None:
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        self._heat = HeatAnswers(self.session, self.work)
        self.answering.own = self._answers() | {spec.name: partial(self.pages.toggle, spec.name) for spec in PAGES}
        self.answering.providers = [self._heat, self.answering.decisions, ChipTools(self.work), self.grid_mode]
        self.named = make_actions(self, self.answering.act)
        self._class_keys = ClassKeys(self, self.answering.press_class, self.key_map)
        give_keys(self.named, self.key_map.keys)
        settings = self.session.settings
        self.setMenuBar(make_menu_bar(self, self.named, settings.scheme, self.use_scheme, self._choices()))
        self._top.operator_menu.fill(self.named)

    def _answers(self) -> dict[str, Act]:
        session, work = self.session, self.work
        return {
            "open": self.dialogs.ask_images,
            "hot_folder": self.dialogs.show_hot_folder,
            "quit": self.close,
            "undo": session.undo_stack.undo,
            "redo": session.undo_stack.redo,
            "next": partial(session.step, 1),
            "previous": partial(session.step, -1),
            "next_wafer": partial(session.step_wafer, 1),
            "previous_wafer": partial(session.step_wafer, -1),
            "go_to_chip": work.go_to_field.ask,
            "search": work.queues.filter_bar.ask,
            "clear_search": session.filters.clear,
            "large_map": self._toggle_large_map,
            "zoom_in": work.map.zoom_in,
            "zoom_out": work.map.zoom_out,
            "whole_wafer": work.map.fit,
            "layers": work.map_tools.show_layers,
            "grey": work.map_tools.show_grey,
            "turn": work.map.turn_right,
            "mirror": work.map.mirror,
            "fullscreen": self._toggle_fullscreen,
            "lock": session.people.lock,
            "sign_out": session.people.sign_out,
            "guide": self.dialogs.show_guide,
            "key_sheet": self.dialogs.show_keys,
            "commands": self.command_search.ask,
            "tour": self.show_tour,
        }

    def expect_wafer(self) -> None:
        """A wafer will be open in a moment, if the record has one: its place is shown, not the first screen."""
        if self.session.newest_wafer() is not None:
            self.pages.set_home(self.work)

    def _show_wafer(self) -> None:
        """The working screen once a wafer is open, with the keys of its recipe."""
        key = self.session.key
        if self.grid_desk.is_busy:
            self.grid_desk.cancel()  # another wafer was opened: what was begun on the one before ends
        self.pages.set_home(self.work if key else self.welcome)
        self.setWindowTitle(
            f"{key.wafer} · {key.lot} · " + self.tr("Wafer Inspector") if key else self.tr("Wafer Inspector")
        )
        self._give_keys()
        self._show_able()

    def _show_able(self) -> None:
        """Which actions can be used now: by the person at the station, on what is open."""
        show_able(self.named, self.session.people, self.session.key is not None)

    def _give_keys(self) -> None:
        self._class_keys.make(self.session.classes or (), self.named, self.session.language)

    def _toggle_large_map(self) -> None:
        if self.pages.page is None:
            self.work.set_map_large(not self.work.is_map_large)
        else:
            self.pages.go_home()

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
        self.pages.shutdown()
        old = self.takeCentralWidget()
        if old is not None:
            old.deleteLater()  # later: the click that asked for this comes from one of its buttons
        self._build()

    def _choices(self) -> tuple[Choice, ...]:
        looks = self.session.settings.looks
        classic = looks.class_colours == "classic"
        return (
            Choice("green_and_red", self.tr("Classes in green and red"), classic, self._use_green_and_red),
            Choice("gloves", self.tr("Large buttons, for gloves"), looks.gloves, self._use_gloves),
        )

    def _use_green_and_red(self, on: bool) -> None:
        self.session.use_class_colours("classic" if on else "recipe")
        self.use_language(self.session.language)

    def _use_gloves(self, on: bool) -> None:
        self.session.settings.looks.gloves = on
        self.use_language(self.session.language)

    def _fit(self, root: QWidget) -> None:
        """A page or panel has been built: its controls keep their own keys and have the size that was chosen."""
        self._own_keys.keep(root)
        if self.session.settings.looks.gloves:
            enlarge(root)

    def show_tour(self) -> None:
        self.pages.go_home()
        begin_tour(self.session, self.work)

    def use_scheme(self, scheme: Scheme) -> None:
        """Light, dark or as the system has it."""
        self.session.settings.scheme = scheme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply_theme(app, scheme)

    def _toggle_fullscreen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def event(self, event: QEvent) -> bool:
        """Keeps a key that is held down away from the shortcuts, except where it only moves."""
        if isinstance(event, QKeyEvent) and self._held_keys.is_repeat(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._heat.key.handles(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._heat.key.handles(event):
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
        self.pages.shutdown()
        self.dialogs.watching.shutdown()
        self.session.close()
        super().closeEvent(event)
