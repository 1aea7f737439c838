"""Which part of a picture is seen, and how large: fit, pan and zoom as plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

MOST_PIXELS = 32.0  # one picture pixel is never drawn larger than this many screen pixels


@dataclass
class Viewport:
    """A window onto a scene, all in screen pixels.

    scene: what there is to see, scene units. size: of the window. scale: screen pixels per scene unit.
    origin: where scene point (0, 0) lies in the window. margin: left free around a fitted scene.
    """

    scene: QRectF
    size: QSizeF
    scale: float = 1.0
    origin: QPointF = field(default_factory=QPointF)
    margin: float = 0.0

    @classmethod
    def fitted(cls, scene: QRectF, size: QSizeF, margin: float = 0.0) -> Viewport:
        """The whole scene in a window of this size."""
        view = cls(scene, size, margin=margin)
        view.fit()
        return view

    @property
    def fit_scale(self) -> float:
        """The scale at which the whole scene is just seen."""
        wide = max(self.size.width() - 2 * self.margin, 1.0) / max(self.scene.width(), 1e-9)
        high = max(self.size.height() - 2 * self.margin, 1.0) / max(self.scene.height(), 1e-9)
        return min(wide, high)

    @property
    def is_fitted(self) -> bool:
        return abs(self.scale / self.fit_scale - 1.0) < 1e-6

    def fit(self) -> None:
        """Show the whole scene in the middle."""
        self.scale = self.fit_scale
        self.centre_on(self.scene.center())

    def resize(self, size: QSizeF) -> None:
        """A new window size: a fitted view stays fitted, any other keeps its middle."""
        fitted, middle = self.is_fitted, self.to_scene(QPointF(self.size.width() / 2, self.size.height() / 2))
        self.size = size
        if fitted:
            self.fit()
        else:
            self.centre_on(middle)

    def centre_on(self, point: QPointF) -> None:
        """Put a scene point into the middle, as far as the scene's edges allow."""
        middle = QPointF(self.size.width() / 2, self.size.height() / 2)
        self.origin = middle - point * self.scale
        self._keep_in_sight()

    def zoom(self, factor: float, around: QPointF) -> None:
        """Change the scale; the scene point under `around` (screen pixels) stays where it is."""
        held = self.to_scene(around)
        lowest, highest = self.fit_scale, max(MOST_PIXELS, self.fit_scale)
        self.scale = min(max(self.scale * factor, lowest), highest)
        self.origin = around - held * self.scale
        self._keep_in_sight()

    def pan(self, dx: float, dy: float) -> tuple[int, int]:
        """Move the picture by whole screen pixels; returns how far it really went."""
        before = QPointF(self.origin)
        self.origin = QPointF(before.x() + round(dx), before.y() + round(dy))
        self._keep_in_sight()
        went = self.origin - before
        whole = round(went.x()), round(went.y())
        self.origin = QPointF(before.x() + whole[0], before.y() + whole[1])
        return whole

    def to_scene(self, point: QPointF) -> QPointF:
        return (point - self.origin) / self.scale

    def to_screen(self, point: QPointF) -> QPointF:
        return point * self.scale + self.origin

    def rect_to_screen(self, rect: QRectF) -> QRectF:
        return QRectF(self.to_screen(rect.topLeft()), rect.size() * self.scale)

    def rect_to_scene(self, rect: QRectF) -> QRectF:
        return QRectF(self.to_scene(rect.topLeft()), rect.size() / self.scale)

    @property
    def seen(self) -> QRectF:
        """The part of the scene's plane that the window shows, scene units."""
        return self.rect_to_scene(QRectF(QPointF(), self.size))

    def transform(self) -> QTransform:
        """Scene units -> screen pixels."""
        return QTransform(self.scale, 0, 0, self.scale, self.origin.x(), self.origin.y())

    def _keep_in_sight(self) -> None:
        """A scene smaller than the window is centred, a larger one leaves at most the margin empty."""
        shown = self.rect_to_screen(self.scene)
        self.origin += QPointF(
            _pull(shown.left(), shown.width(), self.size.width(), self.margin),
            _pull(shown.top(), shown.height(), self.size.height(), self.margin),
        )


def _pull(start: float, length: float, window: float, margin: float) -> float:
    """How far to move [start, start + length) so that it fills or is centred in [0, window)."""
    if length + 2 * margin <= window:
        return (window - length) / 2 - start
    if start > margin:
        return margin - start
    if start + length < window - margin:
        return window - margin - (start + length)
    return 0.0
