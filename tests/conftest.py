"""Every test runs without a screen and with user folders of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).parent / "learning"))  # tiny_product: learnt from on other floors too

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data and settings folders, empty and away from the real ones; child processes inherit them."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("OMP_NUM_THREADS", os.environ.get("OMP_NUM_THREADS", "2"))
    return home


@pytest.fixture(scope="session")
def real_images() -> Path:
    """The folder of real images beside the checkout (elpv, xsdd, deeppcb); skips where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the real images (../shared/data) are not here")
    return SHARED
