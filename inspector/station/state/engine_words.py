"""What the operator is told about the engine itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def death_words(restarting: bool) -> str:
    """The engine's process has ended by itself. restarting: a new one goes on."""
    if restarting:
        return QCoreApplication.translate(
            "Judging", "The engine ended by itself and goes on where it stopped; nothing that was judged is lost."
        )
    return QCoreApplication.translate("Judging", "The engine ended by itself; it starts again with the next image.")
