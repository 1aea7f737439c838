"""The look of the window: light or dark by palette, two sizes of type, and icons tinted from the palette."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication, QIcon, QImage, QPainter, QPalette, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from inspector.paths import resource
from inspector.station.look.roles import make_palette

Scheme = Literal["system", "light", "dark"]
TEXT_PX = 13
TITLE_PX = 20
ICON_PX = 20
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class _Follower(QObject):
    """Follows the system's change between day and night while the scheme is "system"."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("theme_follower")
        self._app = app
        self.scheme: Scheme = "system"
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        if self.scheme == "system":
            self._app.setPalette(make_palette(_system_is_dark()))


def apply_theme(app: QApplication, scheme: Scheme) -> None:
    """Style, palette and type for the whole program; call it again to change the scheme."""
    follower = app.findChild(_Follower, "theme_follower") or _Follower(app)
    follower.scheme = scheme
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    app.styleHints().setColorScheme(_SCHEMES[scheme])
    app.setPalette(make_palette(_system_is_dark() if scheme == "system" else scheme == "dark"))
    app.setFont(text_font())


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def text_font() -> QFont:
    """The small size, with figures that stand under each other; the face is the system's own."""
    return _font(TEXT_PX)


def title_font() -> QFont:
    """The large size: what must be read from two metres."""
    return _font(TITLE_PX)


def _font(pixels: int) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def icon(name: str) -> QIcon:
    """The icon of a name in resources/icons, in the palette's text colours, sharp at one and two pixels a point.

    It keeps the palette's colours of now: ask again after QEvent.PaletteChange. FileNotFoundError without such an icon.
    """
    palette = QGuiApplication.palette()
    group, role = QPalette.ColorGroup, QPalette.ColorRole.ButtonText
    modes = {
        QIcon.Mode.Normal: palette.color(group.Active, role),  # also where the pointer is
        QIcon.Mode.Selected: palette.color(group.Active, QPalette.ColorRole.HighlightedText),
        QIcon.Mode.Disabled: palette.color(group.Disabled, role),
    }
    made = QIcon()
    for mode, colour in modes.items():
        drawing = _drawing(name, colour)
        for ratio in (1, 2, 3):
            made.addPixmap(_drawn(drawing, ICON_PX, ratio), mode)
    return made


def icon_pixmap(name: str, colour: QColor, side: int, ratio: float = 1.0) -> QPixmap:
    """An icon in one colour, `side` logical pixels wide."""
    return _drawn(_drawing(name, colour), side, ratio)


def _drawing(name: str, colour: QColor) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour.name()).encode()))


def _drawn(drawing: QSvgRenderer, side: int, ratio: float) -> QPixmap:
    pixels = round(side * ratio)
    pixmap = QPixmap(QSize(pixels, pixels))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=64)
def _svg(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def hatch_brush(colour: QColor, unit: float = 1.0, *, crossed: bool = False) -> QBrush:
    """Slanting lines that say "nobody has answered here"; crossed: "there is nothing to answer on".

    unit: physical pixels in a logical one.
    """
    side = max(6, round(8 * unit))
    tile = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, max(1.0, 1.2 * unit)))
    for shift in (-side, 0, side):
        painter.drawLine(shift, side, shift + side, 0)
        if crossed:
            painter.drawLine(shift, 0, shift + side, side)
    painter.end()
    return QBrush(tile)
