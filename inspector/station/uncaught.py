"""The last net: an error that nobody expected is logged and shown in the banner; the station stays open."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Signal

_log = logging.getLogger(__name__)


class Uncaught(QObject):
    """Takes the place of sys.excepthook. It never fails itself: in doubt, the hook before it takes over."""

    happened = Signal(str)

    def install(self) -> None:
        self._before = sys.excepthook
        sys.excepthook = self._hook

    def remove(self) -> None:
        sys.excepthook = self._before

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        try:
            _log.error("an error that nobody expected", exc_info=(kind, error, trace))
            text = QCoreApplication.translate(
                "Uncaught", "The station met an error it did not expect ({error}). What you decided is kept."
            )
            self.happened.emit(text.format(error=f"{kind.__name__}: {error}"))
        except Exception:
            self._before(kind, error, trace)
