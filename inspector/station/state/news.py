"""Notices beside the window what other stations and commands write to the record, and tells the session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.records.news import News
from inspector.station.state.background import Background
from inspector.wafer.errors import InspectorError

if TYPE_CHECKING:
    from inspector.station.state.session import Session

_EVERY_MS = 1500


class NewsWatch(QObject):
    """`came` when somebody else has decided, or given an opinion, on whichever wafer; the session knows it by then.

    A record that can't be read at the moment is looked at again; the next decision says what is wrong with it.
    """

    came = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._since = session.record.work.heads()
        self._turn = 0
        self._background = Background(self, 1)
        self._background.done.connect(self._take)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        session.closing.connect(self._stop)

    def look(self) -> None:
        """Ask the record what is new; one question at a time."""
        if self._background.running:
            return
        session, self._turn = self._session, self._turn + 1
        read = session.read_up_to or self._since
        ask = partial(session.record.work.news, self._since, session.key, read, session.operator)
        self._background.run((self._turn, session.key), ask)

    def _stop(self) -> None:
        self._timer.stop()
        self._turn += 1
        self._background.stop()

    def _take(self, asked: tuple[int, object], news: object) -> None:
        turn, key = asked
        if turn != self._turn or not isinstance(news, News) or key != self._session.key:
            return  # another wafer was opened meanwhile: the next look asks about that one
        try:
            if news.people:
                self._session.people.hear()
            came = self._session.take_news(news)
        except InspectorError:
            return  # the next look brings the same again
        self._since = news.heads
        if came:
            self.came.emit()
