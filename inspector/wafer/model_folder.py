"""What a model's folder says about itself, read as plain JSON: the window never loads what belongs to learning."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from inspector.wafer.errors import ModelError, printable
from inspector.wafer.model_comparison import ModelComparison
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import without_old_defaults
from inspector.wafer.review import ReviewLimits

CARD, WEIGHTS, COMPARISON = "card.json", "weights.safetensors", "comparison.json"


@dataclass(frozen=True)
class ModelFolder:
    """A model on disk. card: the values of its card.json, as `learning.model_card.ModelCard` wrote them."""

    folder: Path
    card: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """sha256 of the weights, as the card states it."""
        return str(self.card["digest"])

    @cached_property
    def recipe(self) -> Recipe:
        """The recipe that it was trained for."""
        return Recipe.model_validate(without_old_defaults(dict(self.card["recipe"])))

    @property
    def date(self) -> str:
        """UTC, ISO 8601: when it was trained."""
        return str(self.part("training").get("date", ""))

    @property
    def learned(self) -> dict[str, int]:
        """Chips that it learned from, by class."""
        return {str(name): sum(of.values()) for name, of in dict(self.part("training").get("train", {})).items()}

    @property
    def lots(self) -> tuple[str, ...] | None:
        """The lots that it learned from; None where nobody wrote them down."""
        lots = self.part("training").get("lots")
        return None if lots is None else tuple(str(lot) for lot in lots)

    @property
    def limits(self) -> ReviewLimits:
        """By which its judgements want eyes, unless a recipe gives others by hand."""
        review = self.part("review")
        own = ReviewLimits(float(review["low"]), float(review["high"])) if review else None
        return self.recipe.review.limits(own)

    def part(self, name: str) -> Mapping[str, Any]:
        """A part of the card, such as "training", "validation", "review"; empty where the card has none."""
        found = self.card.get(name)
        return found if isinstance(found, Mapping) else {}

    def comparison(self) -> ModelComparison | None:
        """How it did beside the model that was in use when it was made; None where nobody has compared them."""
        try:
            values = json.loads((self.folder / COMPARISON).read_text(encoding="utf-8"))
            return ModelComparison.from_json(values)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ModelError(f"{printable(self.folder / COMPARISON)} is damaged: compare the models again.") from error

    def is_whole(self) -> bool:
        """True where the weights are those of the card; reads all of them."""
        try:
            with (self.folder / WEIGHTS).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == self.digest
        except OSError:
            return False


def read_model_folder(folder: Path) -> ModelFolder:
    """The model in a folder. ModelError where there is none, or its card can't be understood."""
    path = folder / CARD
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        made = ModelFolder(folder, values)
        known = all(isinstance(values[name], dict) for name in ("training", "recipe"))
        if not known or len(made.digest) != 64 or made.recipe.class_set is None:
            raise ValueError("parts are missing")
    except OSError as error:
        raise ModelError(f"{printable(folder)} holds no model ({error.strerror}): name another folder.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{printable(path)} is damaged or of another version: restore the model's folder.") from error
    return made
