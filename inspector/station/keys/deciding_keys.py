"""Guards the keys that decide: nobody answers for a chip that is not on the screen yet, and a held key answers once."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from inspector.station.state.session import Session
from inspector.wafer.grid import ChipId

_DWELL_S = 0.150  # shorter than any look: the same key again so soon is a key held down

Act = Callable[[], object]


class DecidingKeys(QObject):
    """A key that comes before its chip is painted waits for it; only the last such key is kept."""

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(session)
        self._session = session
        self._clock = clock
        self._painted: ChipId | None = None
        self._painted_at = 0.0
        self._last_key = ""
        self._waiting: tuple[str, Act] | None = None
        session.current_changed.connect(self._forget_paint)
        session.wafer_opened.connect(self._forget_paint)

    @property
    def is_ready(self) -> bool:
        """True where any key would act at once: the current chip has been seen for long enough."""
        seen = self._session.current is not None and self._painted == self._session.current
        return seen and self._clock() - self._painted_at >= _DWELL_S

    def press(self, key: str, act: Act) -> None:
        """A deciding key was pressed: act now, or as soon as the current chip has been painted."""
        if self._session.current is None:
            return
        if self._painted != self._session.current:
            self._waiting = (key, act)
        elif key != self._last_key or self._clock() - self._painted_at >= _DWELL_S:
            self._last_key = key
            act()

    def click(self, act: Act) -> None:
        """A button was clicked: the eye is on the screen, but the chip must be there too."""
        if self._session.current is not None and self._painted == self._session.current:
            self._last_key = ""
            act()

    def see(self, chip: ChipId | None) -> None:
        """The chip view has painted a chip in full."""
        if chip is None or chip != self._session.current or chip == self._painted:
            return
        self._painted, self._painted_at = chip, self._clock()
        if self._waiting is not None:
            QTimer.singleShot(0, self, self._act_on_waiting)  # not from within a paint event

    def _act_on_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.press(*waiting)

    def _forget_paint(self) -> None:
        self._painted = None
        self._waiting = None
