"""The chip that is judged now, as large as the panel allows, with its verdict, its heat and the heat's scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from inspector.imaging.heat import defect_evidence, heat_rgba, shown_evidence
from inspector.station.chip.chip_canvas import ChipCanvas
from inspector.station.chip.chip_crops import ChipCrops
from inspector.station.chip.heat_controls import HeatControls
from inspector.station.chip.heat_scale import HeatScale
from inspector.station.look.chip_look import answer_origin, answer_title, chip_look, chip_sentence
from inspector.station.look.glyphs import badge
from inspector.station.look.theme import title_font
from inspector.station.map.tiles import to_qimage
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_KEPT_BYTES = 192 * 2**20
_AHEAD = (1, -1, 2, -2)  # places in the queue whose pixels are fetched before they are asked for
_SMOOTH = 512  # px: heat is enlarged to this before it is coloured, so that no edge of a cell shows
_BADGE = 28  # logical pixels
_LOW = 420  # logical pixels: in a lower view the chip needs the line of words for itself


class ChipView(QWidget):
    """Follows the session's current chip. `painted(chip)`: its full-resolution pixels are on the screen.

    Call `shutdown()` when the window closes: afterwards no thread reads the image.
    """

    painted = Signal(object)
    heat_toggled = Signal(bool)
    any_defect_toggled = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip_view")
        self._session = session
        self._crops = ChipCrops(session, self, _KEPT_BYTES)
        self._heat_visible = False
        self._any_defect = False
        self._opacity = 0.7
        self._badge = QLabel(self)
        self._title = QLabel(self)
        self._origin = QLabel(self)
        self._canvas = ChipCanvas(self)
        self._scale = HeatScale(self)
        self._controls = HeatControls(self._opacity, self)
        self._caption = QLabel(self)
        self._lay_out()
        self._connect()
        self._show_chip()

    def _lay_out(self) -> None:
        for label, name in ((self._badge, "verdict_badge"), (self._title, "verdict"), (self._origin, "verdict_origin")):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._badge.setFixedSize(_BADGE, _BADGE)
        self._title.setFont(title_font())
        self._origin.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._caption.setObjectName("heat_caption")
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for label in (self._title, self._origin):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            label.setMinimumHeight(_BADGE)
        verdict = QHBoxLayout()
        verdict.setSpacing(8)
        verdict.addWidget(self._badge)
        verdict.addWidget(self._title, 3)
        verdict.addWidget(self._origin, 4)
        self._origin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addLayout(verdict, 0, 0, 1, 2)
        grid.addWidget(self._canvas, 1, 0)
        grid.addWidget(self._scale, 1, 1)
        grid.addWidget(self._caption, 2, 0, 1, 2)
        grid.addWidget(self._controls, 3, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        session = self._session
        session.wafer_opened.connect(self._show_wafer)
        session.current_changed.connect(self._show_chip)
        session.job_changed.connect(self._look_for_image)
        session.judgements_added.connect(self._show_answers)
        session.decided.connect(self._show_answers)
        session.queue_changed.connect(self._fetch)
        self._crops.arrived.connect(self._show_crop)
        self._canvas.painted.connect(self.painted)
        self._controls.heat_asked.connect(self.set_heat_visible)
        self._controls.any_defect_asked.connect(self.set_any_defect)
        self._controls.opacity_asked.connect(self.set_heat_opacity)

    @property
    def canvas(self) -> ChipCanvas:
        return self._canvas

    @property
    def is_settled(self) -> bool:
        """True where nothing that was asked for is still to come."""
        return self._crops.is_idle

    @property
    def heat_visible(self) -> bool:
        return self._heat_visible

    def set_heat_visible(self, visible: bool) -> None:
        """Lay the heat over the chip or take it away."""
        self._controls.show_heat(visible)
        if visible != self._heat_visible:
            self._heat_visible = visible
            self._show_heat()
            self.heat_toggled.emit(visible)

    @property
    def any_defect(self) -> bool:
        return self._any_defect

    def set_any_defect(self, any_defect: bool) -> None:
        """Evidence for any defect instead of for the judged class."""
        self._controls.show_any_defect(any_defect)
        if any_defect != self._any_defect:
            self._any_defect = any_defect
            self._show_heat()
            self.any_defect_toggled.emit(any_defect)

    def set_heat_opacity(self, opacity: float) -> None:
        """0 clear to 1 opaque."""
        self._opacity = min(max(opacity, 0.0), 1.0)
        self._controls.show_opacity(self._opacity)
        self._show_heat()

    def reset_zoom(self) -> None:
        """Show the whole chip."""
        self._canvas.reset_zoom()

    def shutdown(self) -> None:
        """Let no thread go on; what is shown stays."""
        self._crops.stop()

    def _show_wafer(self) -> None:
        self._canvas.show_chip(None, None, "")  # the new wafer's chip may have the same name
        self._show_chip()

    def _show_chip(self) -> None:
        self._fetch()
        chip = self._session.current
        picture = self._crops.get(chip) if chip is not None else None
        self._canvas.show_chip(chip, picture, self._why_nothing(chip))
        self._show_verdict()
        self._show_heat()

    def _look_for_image(self) -> None:
        if self._canvas.picture is None:
            self._show_chip()

    def _show_crop(self, chip: ChipId) -> None:
        if chip == self._session.current:
            self._canvas.show_chip(chip, self._crops.get(chip), self._why_nothing(chip))

    def _show_answers(self, chips: tuple[ChipId, ...]) -> None:
        self._look_for_image()
        if self._session.current in chips:
            self._show_verdict()
            self._show_heat()

    def _fetch(self) -> None:
        """Ask for the current chip's pixels, then for its neighbours' in the queue."""
        self._crops.follow_session()
        chip = self._session.current
        if chip is None:
            return
        queue = self._session.queue()
        place = queue.index(chip) if chip in queue else None
        ahead = [] if place is None else [queue[place + n] for n in _AHEAD if 0 <= place + n < len(queue)]
        self._crops.want([chip, *ahead])

    def _why_nothing(self, chip: ChipId | None) -> str:
        if chip is None:
            return self.tr("Choose a chip on the map or in a queue.")
        if self._session.image is None:
            return self.tr("The wafer's picture is still being read.")
        return self._crops.problem(chip)

    def _show_verdict(self) -> None:
        chip = self._session.current
        look = chip_look(self._session, chip) if chip is not None else None
        self._canvas.show_look(look)
        for label in (self._badge, self._title, self._origin):
            label.setVisible(chip is not None)
        if chip is None or look is None:
            self.setAccessibleDescription("")
            return
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(badge(look.colour, look.glyph, round(_BADGE * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        self._badge.setPixmap(pixmap)
        self._title.setText(answer_title(self._session, chip))
        self._origin.setText(answer_origin(self._session, chip))
        self._origin.setToolTip(self._origin.text())
        self.setAccessibleName(self.tr("Chip"))
        self.setAccessibleDescription(chip_sentence(self._session, chip))

    def _show_heat(self) -> None:
        chip = self._session.current
        judgement = self._session.judgement(chip) if chip is not None else None
        self._scale.set_limits(judgement.model.heat_scale if judgement is not None else None)
        evidence = self._shown_evidence(chip) if chip is not None and self._heat_visible else None
        self._scale.set_shown(self._heat_visible)
        self._caption.setText(self._heat_words(chip))
        self._caption.setEnabled(evidence is not None)
        if evidence is None or chip is None:
            self._canvas.show_heat(None, self._opacity, None)
            return
        height, width = evidence.shape
        factor = max(1, _SMOOTH // max(height, width))
        heat: QImage = to_qimage(heat_rgba(evidence, (width * factor, height * factor)))
        self._canvas.show_heat(heat, self._opacity, self._peak(evidence))

    def _shown_evidence(self, chip: ChipId) -> NDArray[np.uint8] | None:
        """uint8 (h, w): the map of the judged class where that is a defect and asked for, else of any defect."""
        judgement, classes = self._session.judgement(chip), self._session.classes
        evidence = self._session.evidence(chip)
        if judgement is None or classes is None or evidence is None or len(evidence) != len(classes):
            return None
        if self._any_defect:
            return defect_evidence(evidence, classes.defect_mask)
        return shown_evidence(evidence, judgement.class_name, classes)

    def _heat_words(self, chip: ChipId | None) -> str:
        """Which evidence the heat shows, in one line."""
        judgement = self._session.judgement(chip) if chip is not None else None
        classes = self._session.classes
        if judgement is None or classes is None:
            return ""
        if not self._heat_visible:
            return self.tr("Heat is hidden")
        name = judgement.class_name
        if self._any_defect or name is None or name not in classes:
            return self.tr("Heat: evidence for any defect")
        if classes[name].is_good:
            return self.tr("Heat: evidence for any defect (judged good)")
        return self.tr("Heat: evidence for the judged class, {name}").format(
            name=classes[name].title(self._session.language)
        )

    def _peak(self, evidence: NDArray[np.uint8]) -> QPointF | None:
        """The middle of the hottest cell of what is shown, in chip pixels; None where all is cold."""
        placed = self._session.placed
        if placed is None or evidence.max() == 0:
            return None
        height, width = evidence.shape
        row, column = divmod(int(evidence.argmax()), width)
        return QPointF((column + 0.5) * placed.grid.chip[0] / width, (row + 0.5) * placed.grid.chip[1] / height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._caption.setVisible(event.size().height() >= _LOW)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_chip()
        elif event.type() == QEvent.Type.ApplicationFontChange:
            self._title.setFont(title_font())
        super().changeEvent(event)
