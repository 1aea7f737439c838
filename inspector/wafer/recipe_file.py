"""Reads a recipe from TOML; a mistake is named with its line and the nearest known key."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from inspector.wafer.errors import RecipeError
from inspector.wafer.recipe import Recipe

_MAX_BYTES = 1_000_000
_OLD_DEFAULTS = ((0.05, 0.95), (0.15, 0.9))


def read_recipe(path: Path) -> Recipe:
    """The recipe in a TOML file. RecipeError with file, line and way out where it can't be used."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RecipeError(f"The recipe {path} can't be read ({error.strerror}): check the path.") from error
    if len(raw) > _MAX_BYTES:
        raise RecipeError(f"The recipe {path} is larger than 1 MB: that is no recipe, name a TOML file.")
    try:
        text = raw.decode("utf-8-sig")
        table = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RecipeError(f"The recipe {path} is not valid TOML ({error}): mend that place.") from error
    try:
        return Recipe.model_validate(_beside(path, table))
    except ValidationError as error:
        raise RecipeError(_explain(path, text, error)) from error


def _beside(path: Path, table: dict[str, Any]) -> dict[str, Any]:
    """The recipe's values with the light's images as whole paths: they lie beside the recipe."""
    light = table.get("light")
    if not isinstance(light, dict):
        return table
    named = {key: light[key] for key in ("reference", "dark") if isinstance(light.get(key), str)}
    whole = {key: str((path.absolute().parent / name).resolve()) for key, name in named.items()}
    return table | {"light": light | whole}


def recipe_from_json(text: str) -> Recipe:
    """The recipe as the record keeps it (`Recipe.model_dump_json`)."""
    return Recipe.model_validate_json(json.dumps(without_old_defaults(json.loads(text))))


def without_old_defaults(values: dict[str, Any]) -> dict[str, Any]:
    """A recipe's values as they were kept before models had limits of their own: defaults were written down then.

    The defaults, and the shipped laser recipe's limits for its first model, are not taken for limits given by hand.
    """
    review = values.get("review") or {}
    pair = (review.get("low"), review.get("high"))
    return values | {"review": {}} if "max_escape" not in review and pair in _OLD_DEFAULTS else values


def _explain(path: Path, text: str, error: ValidationError) -> str:
    first = min(error.errors(), key=lambda e: (e["type"] != "extra_forbidden", -len(e["loc"])))
    loc = tuple(first["loc"])
    line = line_of(text, loc)
    place = f"{path}, line {line}" if line else str(path)
    name = ".".join(str(part) for part in loc) or "the recipe"
    if first["type"] == "extra_forbidden":
        nearest = _nearest_key(loc)
        hint = f"; did you mean {nearest!r}?" if nearest else f"; known keys: {', '.join(_known_keys(loc))}."
        return f"{place}: unknown key {name!r}{hint}"
    message = str(first["msg"]).removeprefix("Value error, ")
    if first["type"] == "missing":
        return f"{place}: {name!r} is missing: add it."
    return f"{place}: {name!r}: {message}: change that value."


def _section_model(loc: tuple[Any, ...]) -> type[BaseModel]:
    model: type[BaseModel] = Recipe
    for part in loc[:-1]:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        inner = [annotation, *getattr(annotation, "__args__", ())]
        model = next((a for a in inner if isinstance(a, type) and issubclass(a, BaseModel)), model)
    return model


def _known_keys(loc: tuple[Any, ...]) -> list[str]:
    return list(_section_model(loc).model_fields)


def _nearest_key(loc: tuple[Any, ...]) -> str | None:
    close = difflib.get_close_matches(str(loc[-1]), _known_keys(loc), n=1, cutoff=0.5)
    return close[0] if close else None


def line_of(text: str, loc: tuple[Any, ...]) -> int | None:
    """The line (from 1) where a key path such as ("classes", 2, "verdict") stands, or the section that lacks it."""
    names = [part for part in loc if isinstance(part, str)]
    if not names:
        return None
    lines = text.splitlines()
    headers = [n for n, line in enumerate(lines) if re.match(rf"^\s*\[\[?\s*{re.escape(names[0])}\s*\]\]?", line)]
    if headers:
        start = headers[min(next((part for part in loc if isinstance(part, int)), 0), len(headers) - 1)]
        end = next(
            (n for n in range(start + 1, len(lines)) if re.match(r"^\s*\[\[?\s*[\"'A-Za-z_]", lines[n])), len(lines)
        )
    else:
        start = next((n for n, line in enumerate(lines) if re.match(rf"^\s*\[*\s*{re.escape(names[0])}\b", line)), 0)
        end = len(lines)
    if len(names) > 1:
        key = re.compile(rf"(^|[\s{{,.\"'])({re.escape(names[-1])})[\"']?\s*[=.]")
        return next((n + 1 for n in range(start, end) if key.search(lines[n].split("#")[0])), start + 1)
    return start + 1
