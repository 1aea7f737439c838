"""The language of the screen: English is the source, Japanese comes from the compiled catalogue."""

from __future__ import annotations

import logging

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from inspector.paths import resource
from inspector.station.state.settings import Language

_log = logging.getLogger(__name__)
_JAPANESE_FACES = ("Yu Gothic UI", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic")
_NAMES = ("translator_station", "translator_qt")


def use_language(app: QApplication, language: Language) -> None:
    """Speak a language from now on; widgets that stand already have to be built anew.

    Kanji come from a Japanese face: left to itself, the system may give them the forms of another language.
    """
    font = QFont(app.font())
    font.setFamilies([font.families()[0], *(_JAPANESE_FACES if language == "ja" else ())])
    app.setFont(font)
    for name in _NAMES:
        before = app.findChild(QTranslator, name)
        if before is not None:
            app.removeTranslator(before)
            before.setParent(None)
            before.deleteLater()
    QLocale.setDefault(QLocale(QLocale.Language.Japanese if language == "ja" else QLocale.Language.English))
    if language == "en":
        return
    catalogue = resource("translations", f"station_{language}.qm")
    _install(app, _NAMES[0], str(catalogue))
    _install(app, _NAMES[1], f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/qtbase_{language}.qm")


def _install(app: QApplication, name: str, path: str) -> None:
    translator = QTranslator(app)
    translator.setObjectName(name)
    if translator.load(path):
        app.installTranslator(translator)
    else:
        _log.error("the catalogue %s can't be read", path)
