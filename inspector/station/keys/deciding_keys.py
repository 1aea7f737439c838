"""Guards the keys that decide: nobody answers for a chip that is not on the screen yet, and a held key answers once."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from inspector.station.state.session import Session
from inspector.wafer.grid import ChipId

Act = Callable[[], object]


class DecidingKeys(QObject):
    """A key that comes before its chip has been seen for the shortest dwell waits for it; only the last one is kept.

    The dwell is `settings.dwell_s`, shorter than any look: the same key again within it is a key held down.
    """

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(session)
        self._session = session
        self._clock = clock
        self._painted: ChipId | None = None
        self._painted_at = 0.0
        self._last_key = ""
        self._waiting: tuple[str, Act] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._act_on_waiting)
        session.current_changed.connect(self._forget_paint)
        session.wafer_opened.connect(self._forget_paint)
        session.judgements_added.connect(self._look_at_judgements)
        session.operator_changed.connect(self._look_anew)

    @property
    def is_ready(self) -> bool:
        """True where any key would act at once: the current chip has been seen for long enough."""
        return self._is_seen and self._left() <= 0

    def press(self, key: str, act: Act) -> None:
        """A deciding key was pressed: act now, or as soon as the current chip has been seen for long enough."""
        if self._session.current is None:
            return
        if self.is_ready:
            self._last_key = key
            act()
        elif not self._is_seen:
            self._waiting = (key, act)
        elif key != self._last_key:
            self._waiting = (key, act)
            self._timer.start(round(self._left() * 1000) + 1)

    def click(self, act: Act) -> None:
        """A button was clicked: the eye is on the screen, but the chip must be there too."""
        if self._is_seen:
            self._last_key = ""
            act()

    def see(self, chip: ChipId | None) -> None:
        """The chip view has painted a chip in full."""
        if chip is None or chip != self._session.current or chip == self._painted:
            return
        self._painted, self._painted_at = chip, self._clock()
        self._session.see(chip)
        if self._waiting is not None and self._waiting[0] != self._last_key:
            self._timer.start(round(self._left() * 1000) + 1)
        else:
            self._waiting = None

    @property
    def _is_seen(self) -> bool:
        return self._session.current is not None and self._painted == self._session.current

    def _left(self) -> float:
        """Seconds until the chip has been seen for long enough."""
        return self._session.settings.dwell_s - (self._clock() - self._painted_at)

    def _act_on_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self._is_seen:
            self._last_key = waiting[0]
            waiting[1]()

    def _forget_paint(self) -> None:
        self._painted = None
        self._waiting = None
        self._timer.stop()

    def _look_at_judgements(self, chips: tuple[ChipId, ...]) -> None:
        """Nobody answers for a judgement that came while the finger was on its way."""
        if self._session.current in chips:
            self._look_anew()

    def _look_anew(self) -> None:
        """The same chip, but another judgement or another person: a look begins anew, and no key waits any more."""
        self._waiting = None
        self._timer.stop()
        if self._painted is not None and self._is_seen:
            self._painted_at = self._clock()
            self._session.see(self._painted)
