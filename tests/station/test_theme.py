"""The look: readable by day and by night, grey but for classes and one accent, icons in the palette's colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from inspector.paths import resource
from inspector.station.look.glyphs import badge, glyph_path, ink_on
from inspector.station.look.roles import accent, canvas, canvas_text, is_dark, make_palette, pressed, quiet
from inspector.station.look.theme import apply_theme, hatch_brush, icon, text_font, title_font
from inspector.wafer.palette import DEFECT, GLYPHS, GOOD

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))
WANTED = (
    "open export undo redo stop heat fit zoom-in zoom-out help confirm unsure exclude settings language wafer queue "
    "light dark"
)
ROLE = QPalette.ColorRole


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    apply_theme(qapp, "light")


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2: 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = np.array([colour.redF(), colour.greenF(), colour.blueF()])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def drawn(image: QImage) -> np.ndarray:
    """uint8 (H, W, 4), red first."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


@pytest.mark.parametrize("dark", [False, True])
def test_that_text_can_be_read_on_every_ground(dark: bool) -> None:
    palette = make_palette(dark)

    pairs = [
        (ROLE.WindowText, ROLE.Window),
        (ROLE.Text, ROLE.Base),
        (ROLE.Text, ROLE.AlternateBase),
        (ROLE.ButtonText, ROLE.Button),
        (ROLE.ToolTipText, ROLE.ToolTipBase),
    ]
    assert min(contrast(palette.color(a), palette.color(b)) for a, b in pairs) >= 7
    assert contrast(quiet(palette), palette.color(ROLE.Window)) >= 4.5
    assert contrast(palette.color(ROLE.HighlightedText), palette.color(ROLE.Highlight)) >= 3.9
    assert contrast(canvas_text(palette), canvas(palette)) >= 7
    assert contrast(palette.color(ROLE.ButtonText), pressed(palette)) >= 4.5
    assert contrast(accent(palette), palette.color(ROLE.Window)) >= 3
    switched_off = palette.color(QPalette.ColorGroup.Disabled, ROLE.ButtonText)
    assert contrast(switched_off, palette.color(ROLE.Window)) >= 3
    assert is_dark(palette) is dark


@pytest.mark.parametrize("dark", [False, True])
def test_that_chrome_is_grey(dark: bool) -> None:
    palette = make_palette(dark)
    coloured = {ROLE.Highlight, ROLE.Accent, ROLE.Link, ROLE.LinkVisited}

    for role in set(ROLE) - coloured - {ROLE.NColorRoles, ROLE.NoRole}:
        colour = palette.color(role)
        assert colour.red() == colour.green() == colour.blue(), role


def test_that_the_scheme_can_be_changed_while_the_program_runs(themed: QApplication) -> None:
    apply_theme(themed, "dark")
    dark = themed.palette().color(ROLE.Window).lightness()
    apply_theme(themed, "light")
    light = themed.palette().color(ROLE.Window).lightness()
    apply_theme(themed, "system")

    assert dark < 80 < 200 < light
    assert themed.style().name().lower() == "fusion"
    assert themed.font().pixelSize() == 13


def test_that_there_are_two_sizes_of_type_with_figures_of_one_width(themed: QApplication) -> None:
    apply_theme(themed, "light")

    assert (text_font().pixelSize(), title_font().pixelSize()) == (13, 20)
    assert all(font.featureTags()[0].toString() == "tnum" for font in (text_font(), title_font()))


def test_that_every_wanted_icon_is_there() -> None:
    assert set(WANTED.split()) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_that_an_icon_is_monochrome_and_follows_the_palette(themed: QApplication, name: str) -> None:
    source = Path(resource("icons", f"{name}.svg")).read_text(encoding="utf-8")
    apply_theme(themed, "dark")
    on = drawn(icon(name).pixmap(QSize(20, 20), 2.0).toImage())
    off = drawn(icon(name).pixmap(QSize(20, 20), 2.0, QIcon.Mode.Disabled).toImage())

    wanted = QColor(themed.palette().color(ROLE.ButtonText))
    assert 'viewBox="0 0 20 20"' in source
    assert not re.findall(r'(?:fill|stroke)="(?!none|currentColor)[^"]*"', source)
    assert on.shape == (40, 40, 4)
    assert 0.02 < (on[..., 3] > 128).mean() < 0.6
    full = on[on[..., 3] == 255]
    assert np.abs(full[:, :3].astype(int) - [wanted.red(), wanted.green(), wanted.blue()]).max() <= 2
    assert off[off[..., 3] == 255].mean() < full.mean()


def test_that_a_missing_icon_is_an_error(themed: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_that_a_hatch_has_lines_and_gaps(qapp: QApplication) -> None:
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.fillRect(image.rect(), hatch_brush(QColor("#ffffff")))
    painter.end()

    alpha = drawn(image)[..., 3]

    assert 0.05 < (alpha > 128).mean() < 0.5
    assert (alpha == 0).mean() > 0.3
    assert np.array_equal(alpha[:32, :32], alpha[32:, 32:]), "the pattern repeats"


def test_that_all_glyphs_differ_as_shapes(qapp: QApplication) -> None:
    shapes = [drawn(badge("#808080", glyph, 24))[..., 0] for glyph in (*GLYPHS, "?", "!", "×")]

    for i, one in enumerate(shapes):
        for other in shapes[i + 1 :]:
            assert (np.abs(one.astype(int) - other) > 60).mean() > 0.03


def test_that_any_character_can_be_a_glyph(qapp: QApplication) -> None:
    box = glyph_path("Ω").boundingRect()

    assert 0.85 < max(box.width(), box.height()) <= 0.93
    assert abs(box.center().x()) < 0.02


@pytest.mark.parametrize("colour", [*GOOD, *DEFECT])
def test_that_ink_reads_on_every_class_colour(colour: str) -> None:
    assert contrast(ink_on(QColor(colour)), QColor(colour)) >= 4.5
