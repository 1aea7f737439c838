"""The brightness across the emitter stripes of a laser chip, and what their wandering edge lines hide."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inspector.imaging import cv2
from inspector.imaging.synthetic.character import LotCharacter
from inspector.imaging.synthetic.criteria import Stripes
from inspector.imaging.synthetic.optics import NOMINAL


def across_stripe(lot: LotCharacter, inside: NDArray[np.float32]) -> NDArray[np.float32]:
    """Relative brightness of one stripe at so many px inside its border (outside: below zero)."""
    body = lot.stripe_contrast / (1 + np.exp(-np.clip((inside - 3.0) * 1.6, -30, 30)))
    edge = -lot.edge_depth * np.exp(-(((inside - 1.5) / 1.3) ** 2))
    glow = 0.05 * np.exp(-(((inside + 3.5) / 2.5) ** 2))
    return np.asarray(body + edge + glow, dtype=np.float32)


def relief(
    lot: LotCharacter, stripes: Stripes, width: int, height: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """float32 (height, width): relative brightness; each stripe wanders a little along its length."""
    x = np.arange(width, dtype=np.float32) + 0.5
    profiles, slopes = [], []
    for centre in stripes.centres:
        profile = across_stripe(lot, stripes.width / 2 - np.abs(x - centre)) * np.float32(1 + rng.uniform(-0.06, 0.06))
        profiles.append(profile)
        slopes.append(np.gradient(profile))
    wander = cv2.GaussianBlur(rng.standard_normal((len(slopes), height), dtype=np.float32), (0, 0), 7, sigmaY=0.01)
    wander *= lot.roughness / max(float(wander.std()), 1e-3)
    found = wander.T @ np.array(slopes, dtype=np.float32)  # (height, stripes) @ (stripes, width)
    found += 1 + np.sum(profiles, axis=0, dtype=np.float32)
    return np.asarray(found, dtype=np.float32)


def wander_noise(lot: LotCharacter, stripes: Stripes, x: float, diameter: float) -> float:
    """Grey levels (standard deviation) by which the wandering of a stripe changes the surface under a dot at x px."""
    under = np.linspace(x - diameter / 2, x + diameter / 2, 9, dtype=np.float32)
    centre = min(stripes.centres, key=lambda c: abs(c - x))
    inside = stripes.width / 2 - np.abs(under - np.float32(centre))
    slope = (across_stripe(lot, inside + 0.5) - across_stripe(lot, inside - 0.5)).astype(np.float64)
    return NOMINAL * lot.roughness * float(np.sqrt(np.mean(slope**2)))
