"""The station's few colours by role, light and dark: neutral greys and one accent; other colour belongs to classes."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup

_LIGHT = {
    _Role.Window: "#f3f3f3",
    _Role.WindowText: "#1b1b1b",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f7f7f7",
    _Role.Text: "#1b1b1b",
    _Role.PlaceholderText: "#5f5f5f",
    _Role.Button: "#e6e6e6",
    _Role.ButtonText: "#1b1b1b",
    _Role.BrightText: "#000000",
    _Role.ToolTipBase: "#2b2b2b",
    _Role.ToolTipText: "#f5f5f5",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#ececec",
    _Role.Mid: "#bdbdbd",
    _Role.Dark: "#9a9a9a",
    _Role.Shadow: "#6a6a6a",
    _Role.Highlight: "#1f5fbf",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#1f5fbf",
    _Role.Link: "#1f5fbf",
    _Role.LinkVisited: "#1f5fbf",
}
_DARK = {
    _Role.Window: "#242424",
    _Role.WindowText: "#e8e8e8",
    _Role.Base: "#1c1c1c",
    _Role.AlternateBase: "#212121",
    _Role.Text: "#e8e8e8",
    _Role.PlaceholderText: "#a0a0a0",
    _Role.Button: "#343434",
    _Role.ButtonText: "#e8e8e8",
    _Role.BrightText: "#ffffff",
    _Role.ToolTipBase: "#3a3a3a",
    _Role.ToolTipText: "#f2f2f2",
    _Role.Light: "#4a4a4a",
    _Role.Midlight: "#3f3f3f",
    _Role.Mid: "#2d2d2d",
    _Role.Dark: "#171717",
    _Role.Shadow: "#0c0c0c",
    _Role.Highlight: "#3d7edb",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#6aa5f2",
    _Role.Link: "#6aa5f2",
    _Role.LinkVisited: "#6aa5f2",
}
_DISABLED = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


def make_palette(dark: bool) -> QPalette:
    """The whole palette of a scheme; text that is switched off keeps 3:1 against its ground."""
    palette = QPalette()
    for role, colour in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(colour))
    for role in _DISABLED:
        palette.setColor(_Group.Disabled, role, QColor("#808080" if dark else "#858585"))
    palette.setColor(_Group.Disabled, _Role.Base, palette.color(_Role.Window))  # a field that takes no words
    palette.setColor(_Group.Disabled, _Role.Highlight, QColor("#3a3a3a" if dark else "#cfcfcf"))
    return palette


def is_dark(palette: QPalette) -> bool:
    """True where text is lighter than its ground."""
    return palette.color(_Role.WindowText).lightness() > palette.color(_Role.Window).lightness()


def canvas(palette: QPalette) -> QColor:
    """The ground that pictures lie on: darker than the chrome by night, a middle grey by day, never white."""
    return QColor("#121212") if is_dark(palette) else QColor("#d4d4d4")


def canvas_text(palette: QPalette) -> QColor:
    """Text on the canvas."""
    return QColor("#d8d8d8") if is_dark(palette) else QColor("#262626")


def pressed(palette: QPalette) -> QColor:
    """A button that is switched on: lit by night, darker by day, so that it is told from its neighbours at once."""
    return QColor("#5e5e5e") if is_dark(palette) else QColor("#b4b4b4")


def quiet(palette: QPalette) -> QColor:
    """Text that may wait."""
    return palette.color(_Role.PlaceholderText)


def accent(palette: QPalette) -> QColor:
    """Focus, the current chip and the primary action."""
    return palette.color(_Role.Accent)
