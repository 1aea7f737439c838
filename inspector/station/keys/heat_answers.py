"""What the heat map's keys do: show it, which evidence, how strong; and what of it is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject

from inspector.station.keys.actions import ACTIONS
from inspector.station.keys.answering import Act
from inspector.station.keys.heat_key import HeatKey
from inspector.station.keys.key_map import KeyMap
from inspector.station.panels.work_area import WorkArea
from inspector.station.state.session import Session

_OPACITY_STEP = 0.1


class HeatAnswers(QObject):
    """A provider for the heat maps of chip and wafer; lives as long as the work page."""

    def __init__(self, session: Session, work: WorkArea) -> None:
        super().__init__(work)
        self._session, self._work = session, work
        chip, settings = work.chip, session.settings
        chip.set_any_defect(settings.heat_any_defect)
        chip.set_heat_opacity(settings.heat_opacity)
        chip.set_heat_visible(settings.heat_visible)
        chip.heat_toggled.connect(self._keep_heat)
        chip.any_defect_toggled.connect(self._keep_evidence)
        heat = next(spec for spec in ACTIONS if spec.name == "heat")
        self.key = HeatKey(chip, work, lambda: KeyMap.of(session).keys(heat))

    @property
    def answers(self) -> Mapping[str, Act]:
        return {
            "heat": self.key.toggle,
            "evidence": self._toggle_evidence,
            "heat_more": partial(self._change_opacity, _OPACITY_STEP),
            "heat_less": partial(self._change_opacity, -_OPACITY_STEP),
            "map_heat": self._toggle_map_heat,
        }

    def _keep_heat(self, visible: bool) -> None:
        self._session.settings.heat_visible = visible

    def _keep_evidence(self, any_defect: bool) -> None:
        self._session.settings.heat_any_defect = any_defect

    def _toggle_evidence(self) -> None:
        """The other evidence, and heat with it: who asks for evidence wants to see it."""
        self._work.chip.set_any_defect(not self._work.chip.any_defect)
        self._work.chip.set_heat_visible(True)

    def _change_opacity(self, by: float) -> None:
        settings = self._session.settings
        settings.heat_opacity = min(max(settings.heat_opacity + by, 0.1), 1.0)
        for view in (self._work.chip, self._work.map):
            view.set_heat_opacity(settings.heat_opacity)
        self._session.said.emit(self.tr("Heat map {percent} %").format(percent=round(settings.heat_opacity * 100)))

    def _toggle_map_heat(self) -> None:
        self._work.map.set_heat_visible(not self._work.map.heat_visible)
