"""The wafer in the middle of the window: its real pixels, and over them what has been answered on every chip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from inspector.station.look.chip_look import chip_sentence
from inspector.station.look.roles import canvas_text
from inspector.station.map.grey_window import GreyWindow
from inspector.station.map.map_floats import MapFloats
from inspector.station.map.map_looks import MapLooks
from inspector.station.map.map_picture import MARGIN, MapPicture
from inspector.station.map.navigation import STEP, Navigation
from inspector.station.map.turning import Turn
from inspector.station.map.viewport import Viewport
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_SEEN_CHIP = 48.0  # logical pixels: a smaller chip is not found by the eye
_DRAG = 4.0  # logical pixels a press may wander and still be a click


class WaferMap(QWidget):
    """Pan by dragging or arrows, zoom by wheel, pinch or + and -, F or 0 shows all; a click goes to a chip.

    Call `shutdown()` when the window closes: afterwards no thread reads the image.
    """

    heat_toggled = Signal(bool)
    looks_changed = Signal(object)  # MapLooks

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wafer_map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._session = session
        self._picture = MapPicture(session, self)
        self._floats = MapFloats(self._picture, session)
        self._navigation = Navigation(self, self)
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging = False
        self._connect()
        self._retranslate()
        self._show_wafer()

    def _connect(self) -> None:
        self._picture.stale.connect(self.update)
        self._picture.sharpened.connect(self._floats.take_overview)
        self._picture.overview_stale.connect(self._floats.renew_overview)
        self._session.wafer_opened.connect(self._show_wafer)
        self._session.judgements_added.connect(self._show_judgements)
        self._session.decided.connect(self._show_answers)
        self._session.current_changed.connect(self._show_current)
        self._session.job_changed.connect(self._look_for_image)

    @property
    def view(self) -> Viewport:
        """What is seen, in physical pixels."""
        return self._picture.view

    @property
    def is_settled(self) -> bool:
        """True where everything that can be seen has been read and painted."""
        return self._picture.is_settled

    @property
    def heat_visible(self) -> bool:
        return self._picture.heat_visible

    def set_heat_visible(self, visible: bool) -> None:
        """Show heat in place of the tint: P(defect) while chips are small, the evidence when they are larger."""
        if visible != self.heat_visible:
            self._picture.heat_visible = visible
            self._picture.repaint_all()
            self.heat_toggled.emit(visible)

    def set_heat_opacity(self, opacity: float) -> None:
        """0 clear to 1 opaque."""
        self.set_looks(replace(self.looks, heat=min(max(opacity, 0.0), 1.0)))

    @property
    def looks(self) -> MapLooks:
        """Turn and opacities."""
        return self._picture.looks

    def set_looks(self, looks: MapLooks) -> None:
        if looks == self.looks:
            return
        if looks.turn != self.looks.turn:
            self._floats.forget_overview()
            self._picture.turn(looks)
        else:
            self._picture.looks = looks
            self._picture.repaint_all()
        self.looks_changed.emit(looks)

    def turn_right(self) -> None:
        """Turn the view by 90 degrees clockwise; no chip's name changes."""
        self._turn_to(self.looks.turn.further(1))

    def mirror(self) -> None:
        """Mirror the view left to right; no chip's name changes."""
        self._turn_to(self.looks.turn.mirror())

    def _turn_to(self, turn: Turn) -> None:
        self.set_looks(replace(self.looks, turn=turn))
        self._session.said.emit(turn.words)

    @property
    def grey(self) -> GreyWindow | None:
        """The window through which grey values are shown; None shows them as they are."""
        return self._picture.grey

    def set_grey(self, grey: GreyWindow | None) -> None:
        self._picture.set_grey(grey)

    def fit(self) -> None:
        """Show the whole wafer."""
        self.view.fit()
        self._picture.repaint_all()

    def zoom_in(self) -> None:
        self.zoom_by(STEP, QRectF(self.rect()).center())

    def zoom_out(self) -> None:
        self.zoom_by(1 / STEP, QRectF(self.rect()).center())

    def zoom_by(self, factor: float, around: QPointF) -> None:
        """Zoom so that the picture under a point of the widget stays there."""
        self.view.zoom(factor, self._physical(around))
        self._picture.repaint_all()

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the picture; logical pixels."""
        self._picture.pan(dx * self._picture.unit, dy * self._picture.unit)

    def zoom_to(self, chip: ChipId) -> None:
        """Show one chip with its neighbours."""
        box = self._picture.polygon(chip).boundingRect()
        if box.isEmpty():
            return
        middle, size = self.view.to_scene(box.center()), self.view.size
        self.view.zoom(min(size.width() / box.width(), size.height() / box.height()) / 2.6, box.center())
        self.view.centre_on(middle)
        self._picture.repaint_all()

    def go_to(self, chip: ChipId) -> None:
        """Look at a chip, judged or not, and bring it into sight; single chips are shown with their neighbours."""
        self._session.go_to(chip)
        box = self._picture.polygon(chip).boundingRect()
        if min(box.width(), box.height()) < _SEEN_CHIP * self._picture.unit:
            self.zoom_to(chip)
        else:
            self.view.centre_on(self.view.to_scene(box.center()))
            self._picture.repaint_all()
        if self._session.current != chip:
            self._session.said.emit(chip_sentence(self._session, chip))

    def shutdown(self) -> None:
        """Let no thread go on. The map can be painted afterwards as far as it has been read."""
        self._picture.stop()

    def sizeHint(self) -> QSize:
        return QSize(800, 640)

    def _show_wafer(self) -> None:
        self._picture.unit = self.devicePixelRatioF()
        self._floats.forget_overview()
        self._picture.take_wafer(self._physical_size())
        self._describe()

    def _look_for_image(self) -> None:
        if not self._picture.is_current:
            self._floats.forget_overview()
            self._picture.take_image()

    def _show_judgements(self, chips: tuple[ChipId, ...]) -> None:
        self._look_for_image()
        self._picture.take_judgements(chips)
        self._describe()

    def _show_answers(self, chips: tuple[ChipId, ...]) -> None:
        self._picture.take_answers(chips)
        self._describe()

    def _show_current(self, chip: ChipId | None) -> None:
        if chip is not None and not self.view.is_fitted:
            box = self._picture.polygon(chip).boundingRect()
            window = QRectF(QPointF(), self.view.size)
            seen = box.intersected(window)
            if seen.width() * seen.height() < 0.5 * min(box.width() * box.height(), window.width() * window.height()):
                self.view.centre_on(self.view.to_scene(box.center()))
                self._picture.repaint_all()
        self._describe()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Wafer map"))
        self.setWhatsThis(
            self.tr("Drag to move, wheel or + and - to zoom, F to see the whole wafer; click a chip to look at it.")
        )

    def _describe(self) -> None:
        chip = self._session.current
        self.setAccessibleDescription(chip_sentence(self._session, chip) if chip is not None else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        self._take_size()
        painter = QPainter(self)
        self._picture.paint(painter, self.palette())
        layers = self._picture.layers
        if layers is None:
            painter.setPen(canvas_text(self.palette()))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.tr("No wafer is open."))
        else:
            self._floats.paint(painter, self)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._take_size()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._picture.repaint_all()
        elif event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._describe()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            chip = self._picture.chip_at(self._physical(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), chip_sentence(self._session, chip) if chip is not None else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = self._last = event.position()
            self._dragging = False
            if self._floats.take(self.size(), event.position()):
                self._floats.drag(self.size(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self._floats.drag(self.size(), event.position()):
            return
        if not self._dragging and (event.position() - self._pressed).manhattanLength() < _DRAG:
            return
        self._dragging = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        by = event.position() - self._last
        self.pan_by(by.x(), by.y())
        self._last = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        self._floats.release()
        self.unsetCursor()
        if pressed is None or self._dragging or event.button() != Qt.MouseButton.LeftButton:
            return
        chip = self._picture.chip_at(self._physical(event.position()))
        if chip is not None and not self._floats.holds(self.size(), pressed):
            self._session.go_to(chip)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._floats.holds(self.size(), event.position()):
            chip = self._picture.chip_at(self._physical(event.position()))
            if self.view.is_fitted and chip is not None:
                self.zoom_to(chip)
            else:
                self.fit()

    def _take_size(self) -> None:
        self._picture.unit = self.devicePixelRatioF()
        size = self._physical_size()
        if size != self.view.size:
            self.view.margin = MARGIN * self._picture.unit
            self.view.resize(size)
            self._picture.repaint_all()

    def _physical(self, point: QPointF) -> QPointF:
        return point * self._picture.unit

    def _physical_size(self) -> QSizeF:
        """Whole physical pixels, at least one."""
        size = QSizeF(self.size()) * self.devicePixelRatioF()
        return QSizeF(max(1, round(size.width())), max(1, round(size.height())))
