"""The operator's guide, in the language of the screen; it is shipped with the program, stations have no internet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QWidget

from inspector.paths import resource
from inspector.station.panels.rows import Row, RowList
from inspector.station.state.settings import Language

_MARGIN = 20  # px around the text


def guide_pages(language: Language) -> list[Path]:
    """The pages of the guide in reading order: their file names begin with a number."""
    return sorted(resource("help", language).glob("*.md"))


def page_title(page: Path) -> str:
    """The first heading of a page."""
    first = page.read_text(encoding="utf-8").lstrip().splitlines()[0]
    return first.lstrip("# ").strip()


class _Page(QTextBrowser):
    """Pictures are never wider than the column."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        found = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return found
        picture = QImage(self.source().resolved(QUrl(name)).toLocalFile())
        ratio = self.devicePixelRatioF()
        room = round((self.width() - self.verticalScrollBar().sizeHint().width() - 2 * _MARGIN - 2) * ratio)
        if picture.width() > room:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture


class HelpViewer(QDialog):
    """Pages at the left, the text at the right; the station goes on beside it."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_viewer")
        self.setWindowTitle(self.tr("Operator's guide"))
        self.resize(880, 640)
        self._pages = RowList("help_pages", self)
        self._pages.setFixedWidth(220)
        self._text = _Page(self)
        self._text.setObjectName("help_text")
        self._text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._text.document().setDocumentMargin(_MARGIN)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages)
        layout.addWidget(self._text, 1)
        self._found = guide_pages(language)
        self._pages.chosen.connect(self.show_page)
        self._text.sourceChanged.connect(self._show_source)
        if self._found:
            self.show_page(self._found[0])

    def show_page(self, page: Path) -> None:
        self._text.setSource(QUrl.fromLocalFile(str(page)))

    def _show_source(self, url: QUrl) -> None:
        _space_out(self._text.document())
        rows = [Row(page_title(page), "", page) for page in self._found]
        self._pages.show_rows(rows, next((page for page in self._found if page.name == url.fileName()), None))


def _space_out(document: QTextDocument) -> None:
    """Room between paragraphs and lines, which text from Markdown comes without."""
    block = document.begin()
    while block.isValid():
        cursor, form = QTextCursor(block), QTextBlockFormat()
        heading = block.blockFormat().headingLevel() > 0
        form.setTopMargin(18 if heading and block.blockNumber() else 6)
        form.setBottomMargin(6)
        pictures = "\ufffc" in block.text()  # the character that stands for an object
        form.setLineHeight(100 if pictures else 130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(form)
        block = block.next()
