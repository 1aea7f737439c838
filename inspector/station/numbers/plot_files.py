"""Writes a chart's picture or its figures to a file: to a temporary name, then replaced."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from inspector.exchange.export_folder import replace_bytes
from inspector.station.look import theme
from inspector.station.numbers.chart import Chart

_RATIO = 2.0  # pixels of the picture for each on the screen: legible on paper
_MARGIN = 16
_HEAD = 40
_FOOT = 56


def write_table(path: Path, chart: Chart) -> None:
    """The figures as CSV; with a mark at the start that tells spreadsheets that it is UTF-8. OSError where it fails."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(chart.header)
    writer.writerows(chart.rows)
    replace_bytes(path, text.getvalue().encode("utf-8-sig"))


def write_picture(path: Path, body: QWidget, title: str, chart: Chart) -> None:
    """What is seen, with its title and caption, as PNG. OSError where it fails."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture(body, title, chart.caption).save(buffer, "PNG")  # type: ignore[call-overload]
    replace_bytes(path, bytes(data.data()))


def picture(body: QWidget, title: str, caption: str) -> QImage:
    """The body between its title and its caption, in the window's colours."""
    size = QSize(body.width() + 2 * _MARGIN, body.height() + _HEAD + _FOOT)
    image = QImage(size * _RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_RATIO)
    palette = body.palette()
    image.fill(palette.color(QPalette.ColorRole.Window))
    painter = QPainter(image)
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    font = theme.text_font()
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(_MARGIN, 0, body.width(), _HEAD, Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(theme.text_font())
    foot = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(_MARGIN, _HEAD + body.height() + 8, body.width(), _FOOT - 8, foot, caption)
    painter.translate(_MARGIN, _HEAD)
    body.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    return image
