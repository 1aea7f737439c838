"""A tiny product and a made-up model."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from inspector.wafer.grid import WaferKey
from inspector.wafer.judgement import ModelFacts
from inspector.wafer.recipe import Recipe

RECIPE = Recipe.model_validate(
    {
        "product": {"name": "tiny"},
        "grid": {"columns": 3, "rows": 2, "chip": [20, 16], "pitch": [24, 20], "origin": [5, 7], "missing": [[2, 1]]},
        "classes": [
            {"name": "clean", "verdict": "good", "subtypes": ["bright", "dark"]},
            {"name": "pit", "verdict": "defect", "subtypes": ["dark-pit"]},
            {"name": "scratch", "verdict": "defect"},
        ],
    }
)
FACTS = ModelFacts("m", "d", (0.0, 1.0), RECIPE.class_set.names, "cpu")
AddWafer = Callable[..., tuple[WaferKey, NDArray[np.uint8]]]
