"""The wafer in the middle of the window: its real pixels, and over them what has been answered on every chip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from inspector.station.look.chip_look import chip_sentence
from inspector.station.look.roles import accent, canvas_text
from inspector.station.map.map_overlay import Overview, paint_ring, paint_scale_bar
from inspector.station.map.map_picture import MARGIN, MapPicture
from inspector.station.map.viewport import Viewport
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_DRAG = 4.0  # logical pixels a press may wander and still be a click
_STEP = 1.25  # zoom of one wheel notch or key press


class WaferMap(QWidget):
    """Pan by dragging, zoom by wheel or + and -, F or 0 shows the whole wafer; a click goes to a chip.

    Call `shutdown()` when the window closes: afterwards no thread reads the image.
    """

    heat_toggled = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wafer_map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._session = session
        self._picture = MapPicture(session, self)
        self._overview = Overview()
        self._opacity = 0.75
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging = False
        self._connect()
        self._retranslate()
        self._show_wafer()

    def _connect(self) -> None:
        self._picture.stale.connect(self.update)
        self._picture.sharpened.connect(self._show_overview)
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
        return self._picture.heat is not None

    def set_heat_visible(self, visible: bool) -> None:
        """Show heat in place of the tint: P(defect) while chips are small, the evidence when they are larger."""
        if visible != self.heat_visible:
            self._picture.heat = self._opacity if visible else None
            self._picture.repaint_all()
            self.heat_toggled.emit(visible)

    def set_heat_opacity(self, opacity: float) -> None:
        """0 clear to 1 opaque."""
        self._opacity = min(max(opacity, 0.0), 1.0)
        if self.heat_visible:
            self._picture.heat = self._opacity
            self._picture.repaint_all()

    def fit(self) -> None:
        """Show the whole wafer."""
        self.view.fit()
        self._picture.repaint_all()

    def zoom_in(self) -> None:
        self._zoom(_STEP, self._middle())

    def zoom_out(self) -> None:
        self._zoom(1 / _STEP, self._middle())

    def zoom_to(self, chip: ChipId) -> None:
        """Show one chip with its neighbours."""
        box = self._picture.polygon(chip).boundingRect()
        if box.isEmpty():
            return
        middle, size = self.view.to_scene(box.center()), self.view.size
        self.view.zoom(min(size.width() / box.width(), size.height() / box.height()) / 2.6, box.center())
        self.view.centre_on(middle)
        self._picture.repaint_all()

    def shutdown(self) -> None:
        """Let no thread go on. The map can be painted afterwards as far as it has been read."""
        self._picture.stop()

    def sizeHint(self) -> QSize:
        return QSize(800, 640)

    def _show_wafer(self) -> None:
        self._picture.unit = self.devicePixelRatioF()
        self._overview.set_picture(None)
        self._picture.take_wafer(self._physical_size())
        self._describe()

    def _look_for_image(self) -> None:
        if not self._picture.is_current:
            self._overview.set_picture(None)
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

    def _show_overview(self) -> None:
        if not self._overview.has_picture:
            self._overview.set_picture(self._picture.whole())
            self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Wafer map"))
        self.setWhatsThis(
            self.tr("Drag to move, wheel or + and - to zoom, F to see the whole wafer; click a chip to look at it.")
        )

    def _describe(self) -> None:
        current = self._session.current
        self.setAccessibleDescription(chip_sentence(self._session, current) if current is not None else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        self._take_size()
        painter = QPainter(self)
        self._picture.paint(painter, self.palette())
        layers = self._picture.layers
        if layers is None:
            painter.setPen(canvas_text(self.palette()))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.tr("No wafer is open."))
        else:
            self._paint_over(painter)
        painter.end()

    def _paint_over(self, painter: QPainter) -> None:
        unit, current, window = self._picture.unit, self._session.current, QSizeF(self.size())
        if current is not None:
            painter.save()
            painter.scale(1 / unit, 1 / unit)
            paint_ring(painter, self._picture.polygon(current), accent(self.palette()), unit)
            painter.restore()
        recipe = self._session.recipe
        um_per_px = recipe.image.um_per_px if recipe is not None else None
        paint_scale_bar(painter, window, self.view.scale / unit, um_per_px)
        place, tint = self._overview.place(window, self.view), self._picture.tint()
        if place is not None and tint is not None and self._picture.layers is not None:
            self._overview.paint(painter, place, self.view, unit, tint, self._picture.layers.extent())
        if self.hasFocus():
            painter.setPen(accent(self.palette()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(_STEP ** (event.angleDelta().y() / 120), self._physical(event.position()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        known = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_F: self.fit,
        }
        action = known.get(Qt.Key(event.key()))
        if action is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            action()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = self._last = event.position()
            self._dragging = False
            self._go_by_overview(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self._go_by_overview(event.position()):
            return
        if not self._dragging and (event.position() - self._pressed).manhattanLength() < _DRAG:
            return
        self._dragging = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        by = (event.position() - self._last) * self._picture.unit
        self._picture.pan(by.x(), by.y())
        self._last = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        self.unsetCursor()
        if pressed is None or self._dragging or event.button() != Qt.MouseButton.LeftButton:
            return
        chip = None if self._on_overview(pressed) else self._picture.chip_at(self._physical(event.position()))
        if chip is not None:
            self._session.go_to(chip)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._on_overview(event.position()):
            chip = self._picture.chip_at(self._physical(event.position()))
            if self.view.is_fitted and chip is not None:
                self.zoom_to(chip)
            else:
                self.fit()

    def _on_overview(self, point: QPointF) -> bool:
        place = self._overview.place(QSizeF(self.size()), self.view)
        return place is not None and place.contains(point)

    def _go_by_overview(self, point: QPointF) -> bool:
        """A press inside the overview, or a drag that began there, moves the view to that place."""
        place = self._overview.place(QSizeF(self.size()), self.view)
        if place is None or self._pressed is None or not place.contains(self._pressed):
            return False
        self.view.centre_on(self._overview.scene_point(place, self.view, point))
        self._picture.repaint_all()
        return True

    def _zoom(self, factor: float, around: QPointF) -> None:
        self.view.zoom(factor, around)
        self._picture.repaint_all()

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

    def _middle(self) -> QPointF:
        return QPointF(self.view.size.width() / 2, self.view.size.height() / 2)
