"""Drives the program as a user does: through `main()`, with arguments, exit codes and what is printed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from running import Answer, Inspector, Synthetic

from inspector import paths
from inspector.cli import main
from inspector.imaging.synthetic import synthesize
from inspector.wafer.recipe_file import read_recipe


@pytest.fixture
def inspector(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inspector:
    """`inspector("judge", ...)` calls main() in this process."""

    def call(*arguments: object) -> Answer:
        monkeypatch.setattr(sys, "argv", ["inspector", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return call


@pytest.fixture(scope="session")
def small_wafer(tmp_path_factory: pytest.TempPathFactory) -> Synthetic:
    """A laser wafer of 3x2 chips of 512 px."""
    folder = tmp_path_factory.mktemp("small-wafer")
    recipe = read_recipe(paths.resource("recipes", "laser-wafer.toml"))
    for _ in synthesize(folder, recipe, wafers=1, seed=11, columns=3, rows=2, chip=512):
        pass
    (image,) = folder.glob("*.tif")
    return Synthetic(image, folder / "recipe.toml", folder / "truth.csv")


@pytest.fixture(scope="session")
def laser_model() -> Path:
    """The shipped model of the laser recipe."""
    return paths.shipped_model("laser-wafer")
