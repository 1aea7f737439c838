"""The lots of the record and how far each of their wafers is."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inspector.station.panels.rows import Row, RowList
from inspector.station.state.lots import WaferSummary
from inspector.station.state.session import Session
from inspector.wafer.grid import WaferKey


class LotsPanel(QWidget):
    """Opens a wafer with a click; a bar shows how much of a wafer is judged while it is not complete."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[WaferKey, tuple[object, Row]] = {}  # hundreds, of which a decision changes one
        self._list = RowList("wafers", self)
        self._list.setAccessibleName(self.tr("Wafers"))
        self._list.chosen.connect(session.show_wafer)
        heading = QLabel(self.tr("Wafers"), self)
        heading.setObjectName("wafers_heading")
        heading.setContentsMargins(10, 8, 0, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading)
        layout.addWidget(self._list, 1)
        session.wafers_changed.connect(self._show_wafers)
        session.wafer_opened.connect(self._show_wafers)
        session.decided.connect(self._show_wafers)
        self._show_wafers()

    def _show_wafers(self) -> None:
        rows = []
        for lot, wafers in self._session.found_lots():
            rows.append(Row(lot, "", None, self.tr("Lot {lot}").format(lot=lot)))
            rows += [self._known_row(wafer) for wafer in wafers]
        self._list.show_rows(rows, self._session.key)
        if not rows and self._session.lots():
            self._list.show_rows([Row(self.tr("No wafer fits the search line."), "", None)], None)

    def _known_row(self, wafer: WaferSummary) -> Row:
        """A wafer's line, written anew only where it says something else than before."""
        told = (wafer, self._session.found_on(wafer.key))
        known = self._rows.get(wafer.key)
        if known is None or known[0] != told:
            known = self._rows[wafer.key] = (told, self._row(wafer))
        return known[1]

    def _row(self, wafer: WaferSummary) -> Row:
        if not wafer.is_counted:
            return Row(wafer.key.wafer, "…", wafer.key, self.tr("The chips of this wafer are being counted"))
        tip = self.tr("{judged} of {chips} chips judged, {decided} decided by a person").format(
            judged=f"{wafer.judged:,}", chips=f"{wafer.chips:,}", decided=f"{wafer.decided:,}"
        )
        found = self._session.found_on(wafer.key)
        progress = None if wafer.is_judged else wafer.judged / max(wafer.chips, 1)
        if found is not None:
            fit = self.tr("{found} chips fit the search line").format(found=f"{found:,}")
            number = self.tr("{found} found").format(found=f"{found:,}")
            return Row(wafer.key.wafer, number, wafer.key, f"{fit}; {tip}", progress)
        number = f"{wafer.decided:,} / {wafer.chips:,}" if progress is None else f"{progress:.0%}"
        return Row(wafer.key.wafer, number, wafer.key, tip, progress)
