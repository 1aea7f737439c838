"""One line on how the work goes: decided of those asked, minutes left, yield before and after."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from inspector.exchange.report.words import percent
from inspector.station.state.live_counts import LiveCounts
from inspector.station.state.pace import Pace
from inspector.station.state.pace_words import time_left, time_left_tip
from inspector.station.state.session import Session


class ProgressLine(QLabel):
    """Follows the open wafer; empty where nothing is judged."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progress_line")
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self._counts = LiveCounts(session, self)
        self._pace = Pace(session, self)
        self._counts.changed.connect(self._show)
        self._pace.changed.connect(self._show)
        self._show()

    def shutdown(self) -> None:
        """No thread reads the record any more."""
        self._pace.shutdown()

    def _show(self) -> None:
        before, after = self._counts.yields
        asked, decided = self._counts.asked, self._counts.decided
        parts = []
        if asked:
            text = self.tr("decided {decided} of {asked}")
            parts.append(text.format(decided=f"{decided:,}", asked=f"{asked:,}"))
            left = time_left(asked - decided, self._pace.seconds)
            if left and asked > decided:
                parts.append(self.tr("about {time} left").format(time=left))
        if after.share is not None or before.share is not None:
            text = self.tr("yield {before} → {after}")
            parts.append(text.format(before=percent(before.share), after=percent(after.share)))
        self.setText(self.tr(", ").join(parts))
        self.setToolTip("\n".join(self._tips(asked - decided)) if parts else "")

    def _tips(self, waiting: int) -> list[str]:
        return [
            self.tr("Decided: chips of this wafer that want eyes, or wanted them, and that a person has decided"),
            time_left_tip(waiting, self._pace.seconds),
            self.tr("Yield: good / (good + defect), by the machine alone → with what people decided"),
        ]
