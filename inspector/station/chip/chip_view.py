"""The chip that is judged now, as large as the panel allows, with its verdict, its heat and the heat's scale."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from inspector.station.chip.chip_canvas import ChipCanvas
from inspector.station.chip.chip_crops import ChipCrops
from inspector.station.chip.chip_heat import (
    EvidenceChoice,
    chosen_evidence,
    heat_picture,
    heat_words,
    next_class,
    peak_of,
)
from inspector.station.chip.heat_controls import HeatControls
from inspector.station.chip.heat_scale import HeatScale
from inspector.station.chip.neighbourhood import Neighbourhood
from inspector.station.chip.verdict_line import VerdictLine
from inspector.station.look.chip_look import chip_look, chip_sentence
from inspector.wafer.grid import ChipId

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_KEPT_BYTES = 32 * 2**20  # 32 grey chips of a megapixel, or 8 in colour
_AHEAD = (1, -1, 2, -2)  # places in the queue whose pixels are fetched before they are asked for
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
        self._choice = EvidenceChoice()
        self._opacity = 0.7
        self._verdict = VerdictLine(session, self)
        self._canvas = ChipCanvas(self)
        self._around = Neighbourhood(session, self)
        self._around.setObjectName("neighbourhood_large")
        self._around.hide()
        self._scale = HeatScale(self)
        self._controls = HeatControls(self._opacity, self)
        self._caption = QLabel(self)
        self._lay_out()
        self._connect()
        self._show_chip()

    def _lay_out(self) -> None:
        self._caption.setObjectName("heat_caption")
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self._verdict, 0, 0, 1, 2)
        grid.addWidget(self._canvas, 1, 0)
        grid.addWidget(self._around, 1, 0)
        grid.addWidget(self._scale, 1, 1)
        grid.addWidget(self._caption, 2, 0, 1, 2)
        grid.addWidget(self._controls, 3, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        session = self._session
        session.wafer_opened.connect(self._show_wafer)
        session.current_changed.connect(self._show_other_chip)
        session.job_changed.connect(self._look_for_image)
        session.judgements_added.connect(self._show_judgements)
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
        return self._crops.is_idle and self._around.is_settled

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
        return self._choice.any_defect

    def set_any_defect(self, any_defect: bool) -> None:
        """Evidence for any defect instead of for the judged class."""
        self._controls.show_any_defect(any_defect)
        if any_defect != self._choice.any_defect:
            self._choice = EvidenceChoice(any_defect)
            self._show_heat()
            self.any_defect_toggled.emit(any_defect)

    def show_next_class(self) -> None:
        """Evidence for one class after the other, then as before; another chip begins as before."""
        chip = self._session.current
        if chip is not None:
            name = next_class(self._session, chip, self._choice.class_name)
            self._choice = replace(self._choice, class_name=name)
            self.set_heat_visible(True)
            self._show_heat()

    def set_heat_opacity(self, opacity: float) -> None:
        """0 clear to 1 opaque."""
        self._opacity = min(max(opacity, 0.0), 1.0)
        self._controls.show_opacity(self._opacity)
        self._show_heat()

    @property
    def shows_neighbours(self) -> bool:
        """True while the chip stands among its neighbours."""
        return self._around.isVisibleTo(self)

    def show_neighbours(self, shown: bool) -> None:
        """The chip among its neighbours in the place of the chip alone, or the chip again."""
        self._canvas.setHidden(shown)
        self._around.setVisible(shown)

    def toggle_neighbours(self) -> None:
        self.show_neighbours(not self.shows_neighbours)

    def peak(self) -> QPointF | None:
        """The hottest place for the judged class, in chip pixels, whatever is shown; None where all is cold."""
        chip = self._session.current
        evidence = chosen_evidence(self._session, chip, EvidenceChoice()) if chip is not None else None
        return peak_of(self._session, evidence) if evidence is not None else None

    def reset_zoom(self) -> None:
        """Show the whole chip."""
        self._canvas.reset_zoom()

    def shutdown(self) -> None:
        """Let no thread go on; what is shown stays."""
        self._crops.stop()
        self._around.shutdown()

    def _show_wafer(self) -> None:
        self._canvas.show_chip(None, None, "")  # the new wafer's chip may have the same name
        self._show_other_chip()

    def _show_other_chip(self) -> None:
        """Another chip is seen alone first, by itself, with the heat that the operator is used to."""
        self._choice = replace(self._choice, class_name=None)
        self._canvas.show_other(None, None, "")
        self.show_neighbours(False)
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
        """A person has answered: what the machine saw stays as it is drawn."""
        self._look_for_image()
        if self._session.current in chips:
            self._show_verdict()

    def _show_judgements(self, chips: tuple[ChipId, ...]) -> None:
        self._show_answers(chips)
        if self._session.current in chips:
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
            return self._session.image_problem or self.tr("The wafer's picture is still being read.")
        return self._crops.problem(chip)

    def _show_verdict(self) -> None:
        chip = self._session.current
        look = chip_look(self._session, chip) if chip is not None else None
        self._canvas.show_look(look)
        self._verdict.show_answer(chip, look)
        decision = self._session.standing(chip).decision if chip is not None else None
        point = decision.new.point if decision is not None else None
        self._canvas.show_point(QPointF(*point) if point is not None else None)
        self.setAccessibleName(self.tr("Chip"))
        self.setAccessibleDescription(chip_sentence(self._session, chip) if chip is not None else "")

    def _show_heat(self) -> None:
        chip = self._session.current
        judgement = self._session.judgement(chip) if chip is not None else None
        self._scale.set_limits(judgement.model.heat_scale if judgement is not None else None)
        evidence: NDArray[np.uint8] | None = None
        if chip is not None and self._heat_visible:
            evidence = chosen_evidence(self._session, chip, self._choice)
        self._scale.set_shown(self._heat_visible)
        self._caption.setText(heat_words(self._session, chip, self._choice, self._heat_visible))
        self._caption.setEnabled(evidence is not None)
        if evidence is None:
            self._canvas.show_heat(None, self._opacity, None)
        else:
            self._canvas.show_heat(heat_picture(evidence), self._opacity, peak_of(self._session, evidence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._caption.setVisible(event.size().height() >= _LOW)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_chip()
        super().changeEvent(event)
