"""Where resources, shipped models and the user's own data lie."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_DATA = _PACKAGE / "_data"


def data_root() -> Path:
    """The folder that holds `resources/` and `models/`: inside an installed wheel, else the checkout."""
    return _DATA if _DATA.is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """Path of a shipped resource, such as `resource("recipes", "laser-wafer.toml")`."""
    return data_root().joinpath("resources", *parts)


def shipped_model(recipe_name: str) -> Path:
    """Folder of the model that is shipped for a recipe (it may not exist)."""
    return data_root() / "models" / recipe_name


def user_data() -> Path:
    """The user's own folder: the default record and the demo lot. Made when it is missing."""
    folder = Path(platformdirs.user_data_dir("wafer-inspector", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def default_record_url() -> str:
    """The record that is used when none is named."""
    return f"sqlite:///{(user_data() / 'record.db').as_posix()}"
