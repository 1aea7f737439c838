"""The working screen: lists, wafer, chip, answers and filmstrip, arranged so that the chip is as large as it can be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from inspector.station.chip.chip_context import ChipContext
from inspector.station.chip.chip_view import ChipView
from inspector.station.chip.filmstrip import Filmstrip
from inspector.station.map.map_looks import MapLooks
from inspector.station.map.wafer_map import WaferMap
from inspector.station.panels.answer_panel import AnswerPanel
from inspector.station.panels.ask_strip import AskStrip
from inspector.station.panels.go_to_field import GoToField
from inspector.station.panels.lots_panel import LotsPanel
from inspector.station.panels.map_tools import MapTools
from inspector.station.panels.notices import StatusLine
from inspector.station.panels.queue_panel import QueuePanel
from inspector.station.state.session import Session

NARROW_BELOW = 1400  # logical pixels of width
TALL_FROM = 1100  # logical pixels of height
LARGE_FROM = 2200  # logical pixels of width of a tall window: room for all that stands beside the chip
_LISTS = 220
_ANSWERS = 320
_CHIP_SHARE = 0.36  # of a tall window's width, without what stands beside the chip
_BESIDE_SMALL, _BESIDE_LARGE = 264, 440
_MAP_SHARE = 0.3  # of a wide window's width, at least
_AROUND_CHIP = 150  # pixels of width more than of height that the chip's panel needs: scale, margins, heat controls
_OVERVIEW_HEIGHT = 200
_OVERVIEW_LEAST = 96
_LISTS_HEIGHT = 594  # search line, all queues, two wafers and the filmstrip below them
_MAP_AT_LEAST = 240
_ANY = 16_777_215  # Qt's "no limit"


class WorkArea(QWidget):
    """Lays out the panels, from left to right.

    Narrow: lists above the wafer, chip, answers. Wide, and low: lists, wafer, chip, answers. Tall: lists, wafer, chip
    above answers. Large: as tall, with the neighbourhood, references and history beside the chip. Large map: lists,
    wafer. Each arrangement remembers for each person where its dividers stand, and whether it shows what stands beside
    the chip.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("work_area")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._session = session
        self._layout_name = ""
        self._person = session.operator  # whose layout it is
        self.lists = QWidget(self)
        self._lists_layout = QVBoxLayout(self.lists)
        self._lists_layout.setContentsMargins(0, 0, 0, 0)
        self._lists_layout.setSpacing(0)
        self.queues = QueuePanel(session, self.lists)
        self._lists_layout.addWidget(self.queues)
        self._lists_layout.addWidget(LotsPanel(session, self.lists), 1)
        self.map = WaferMap(session, self)
        self.map_tools = MapTools(session, self.map)
        self.go_to_field = GoToField(session, self)
        self.chip_side = QWidget(self)
        self.chip = ChipView(session, self.chip_side)
        self.chip.setContentsMargins(16, 8, 16, 4)
        self.answers = AnswerPanel(session, self.chip_side)
        self.strip = AskStrip(self.answers)
        self._chip_layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.chip_side)
        self._chip_layout.setContentsMargins(0, 0, 0, 0)
        self._chip_layout.setSpacing(0)
        self.context = ChipContext(session, self.chip, self.chip_side)
        self._beside_layout = QHBoxLayout()
        self._beside_layout.setContentsMargins(0, 0, 0, 0)
        self._beside_layout.setSpacing(0)
        self._beside_layout.addWidget(self.chip, 1)
        self._beside_layout.addWidget(self.context)
        self._chip_layout.addLayout(self._beside_layout, 1)
        self._chip_layout.addWidget(self.answers)
        self.filmstrip = Filmstrip(session, self)
        self._panes = QSplitter(Qt.Orientation.Horizontal, self)
        self._panes.setObjectName("panes")
        self._panes.setChildrenCollapsible(False)
        self._panes.setHandleWidth(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._panes, 1)
        layout.addWidget(self.filmstrip)
        self._status = StatusLine(session, self)
        layout.addWidget(self._status)
        self._panes.addWidget(self.lists)
        self._panes.addWidget(self.chip_side)
        self._is_map_large = False
        self.map.looks_changed.connect(self._keep_looks)
        self.go_to_field.chosen.connect(self.map.go_to)
        session.operator_changed.connect(self._take_person)
        session.wafer_opened.connect(self._lay_out_again)
        self._take_looks()

    @property
    def is_narrow(self) -> bool:
        return self._layout_name == "narrow"

    @property
    def is_map_large(self) -> bool:
        """True while the wafer has the room of the chip and its answers too."""
        return self._is_map_large

    def set_map_large(self, large: bool) -> None:
        """Give the wafer the room of the chip, or give it back."""
        self._is_map_large = large
        self._lay_out(self.width(), self.height())
        # whoever hands the keyboard back need not know which it is; PySide's stub leaves None out
        self.setFocusProxy(self.map if large else None)  # type: ignore[arg-type]
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the chip alone, from its neighbours and from the large wafer."""
        if event.key() != Qt.Key.Key_Escape or not (self.chip.shows_neighbours or self._is_map_large):
            super().keyPressEvent(event)
        elif self._is_map_large:
            self.set_map_large(False)
        else:
            self.chip.show_neighbours(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(event.size().width(), event.size().height())
        self.go_to_field.place()
        super().resizeEvent(event)

    def _lay_out(self, width: int, height: int) -> None:
        name = "narrow" if width < NARROW_BELOW else "wide"
        if name == "wide" and height >= TALL_FROM:
            name = "large" if width >= LARGE_FROM else "tall"
        elif name == "wide" and self._spare_height(height) < self.context.least_height():
            name = "low"
        name = "map" if self._is_map_large else name
        if name != self._layout_name:
            self.keep_panes()
            self._layout_name = name
            self._arrange()
            self._restore_panes()
        self._fit_overview(height)

    def _fit_overview(self, height: int) -> None:
        """On a low screen the overview gives way, so that no queue is cut off."""
        if self.is_narrow:
            self.map.setFixedHeight(min(max(height - _LISTS_HEIGHT, _OVERVIEW_LEAST), _OVERVIEW_HEIGHT))

    def _take_looks(self) -> None:
        self.map.set_looks(MapLooks.from_text(self._session.settings.map_looks(self._session.operator)))

    def _keep_looks(self, looks: MapLooks) -> None:
        self._session.settings.keep_map_looks(self._session.operator, looks.to_text())

    def _take_person(self, person: str) -> None:
        """Another person has the station: the layout of the one before is kept, theirs comes."""
        if person != self._person:
            self.keep_panes()
            self._person = person
            if self._layout_name:
                self._place_context()
                self._restore_panes()
        self._take_looks()

    def keep_panes(self) -> None:
        """Remember where the dividers of this layout stand."""
        if self._layout_name:
            self._session.settings.keep_panes(self._layout_name, self._person, self._panes.saveState())

    def shutdown(self) -> None:
        """Keep the layout and let no thread read the image any more."""
        self.keep_panes()
        for view in (self.map, self.map_tools, self.chip, self.context, self.filmstrip, self._status):
            view.shutdown()

    def _arrange(self) -> None:
        if self.is_narrow:
            self._lists_layout.addWidget(self.map)
        else:
            self._lists_layout.removeWidget(self.map)
            self._panes.insertWidget(1, self.map)
            self.map.setMinimumHeight(_MAP_AT_LEAST)
            self.map.setMaximumHeight(_ANY)
        self.map.show()
        self.chip_side.setHidden(self._is_map_large)
        stacked = self._layout_name in ("tall", "large")
        self._place_context()
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._chip_layout.setDirection(way)
        self.answers.setMinimumWidth(0 if stacked else _ANSWERS)
        self.answers.setMaximumWidth(_ANY if stacked else _ANSWERS)

    def _spare_height(self, height: int) -> int:
        """What the answers of a wide window leave free."""
        below = self.filmstrip.minimumSizeHint().height() + self._status.sizeHint().height()
        return self.answers.spare_height(height - below)

    def _lay_out_again(self) -> None:
        self._lay_out(self.width(), self.height())

    def toggle_context(self) -> None:
        """I: show or hide what stands beside the chip, in this arrangement."""
        shown = not self.context.isVisibleTo(self.chip_side)
        self._session.settings.keep_beside(self._layout_name, self._person, shown)
        self.context.setVisible(shown)

    def _place_context(self) -> None:
        """Beside the chip, or where the answers have room to spare."""
        large = self._layout_name == "large"
        if self._layout_name == "wide":
            self.answers.hold(self.context)
            self.context.setContentsMargins(0, 8, 0, 8)
            self.context.setMinimumWidth(0)
            self.context.setMaximumWidth(_ANY)
        else:
            self._beside_layout.addWidget(self.context)
            self.context.setContentsMargins(0, 8, 16, 8)
            self.context.setFixedWidth(_BESIDE_LARGE if large else _BESIDE_SMALL)
        self.context.set_room(large=large, tight=self._layout_name == "wide")
        self.context.setVisible(self._session.settings.shows_beside(self._layout_name, self._person))

    def _restore_panes(self) -> None:
        self._panes.setStretchFactor(0, 0)
        for pane in range(1, self._panes.count()):
            self._panes.setStretchFactor(pane, 1)
        if self._panes.restoreState(self._session.settings.panes(self._layout_name, self._person)):
            return
        room = self.width() - _LISTS
        if self.is_narrow or self._is_map_large:
            self._panes.setSizes([_LISTS, room])
            return
        chip = round(self.width() * _CHIP_SHARE)
        if self._layout_name == "large":
            chip += _BESIDE_LARGE
        if self._layout_name in ("wide", "low"):
            square = self.height() - self.filmstrip.sizeHint().height() - _AROUND_CHIP + _ANSWERS
            chip = min(square + _AROUND_CHIP // 2, round(room - self.width() * _MAP_SHARE))
        self._panes.setSizes([_LISTS, room - chip, chip])
