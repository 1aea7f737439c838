"""`inspector doctor`: what is here, what is missing and how to get it."""

from __future__ import annotations

import ctypes
import json
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from inspector import __version__, paths
from inspector.cli.window import can_open
from inspector.wafer.errors import InspectorError

_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
_PACKAGES = ("PySide6-Essentials", "torch", "torchvision", "opencv-python", "numpy", "tifffile", "SQLAlchemy")
_WAL_BUG_MENDED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
_LOW_DISK = 5 * 2**30


@dataclass(frozen=True)
class Finding:
    """One line of the report. state: "ok", "warn" (works, but read it) or "missing" (something can't work)."""

    what: str
    state: str
    detail: str
    remedy: str = ""


def examine(as_json: bool) -> int:
    """Print every finding; 1 where something is missing that the program needs."""
    findings = [finding for check in _CHECKS for finding in check()]
    if as_json:
        typer.echo(json.dumps({"version": __version__, "findings": [asdict(f) for f in findings]}, ensure_ascii=False))
    else:
        for f in findings:
            typer.echo(f"{f.state:8}{f.what:22}{f.detail}" + (f"\n{'':30}-> {f.remedy}" if f.remedy else ""))
    return 1 if any(f.state == "missing" for f in findings) else 0


def _python() -> Iterator[Finding]:
    yield Finding("Python", "ok", f"{platform.python_version()} on {platform.platform()}")
    for name in _PACKAGES:
        try:
            yield Finding(name, "ok", version(name))
        except PackageNotFoundError:
            yield Finding(name, "missing", "not installed", "pip install -e . in the program's folder")


def _gpu() -> Iterator[Finding]:
    try:
        from inspector.learning.device import device_title, pick_device

        device = pick_device("auto")
    except (ImportError, OSError, RuntimeError, InspectorError) as error:
        remedy = "install torch and torchvision as a pair: pip install --force-reinstall torch torchvision"
        yield Finding("Device", "missing", f"torch does not start: {error}", remedy)
        return
    if device.startswith("cuda"):
        yield Finding("Device", "ok", device_title(device))
    else:
        remedy = "for speed: an NVIDIA GPU with a current driver (nvidia-smi should list it)"
        yield Finding("Device", "warn", f"{device_title(device)}: no GPU, everything works but slower", remedy)


def _qt() -> Iterator[Finding]:
    if not sys.platform.startswith("linux"):
        return
    lacking = [package for library, package in _LIBRARIES.items() if not _loads(library)]
    if lacking:
        yield Finding("Qt on X11", "missing", f"{len(lacking)} libraries", f"sudo apt install {' '.join(lacking)}")
    else:
        yield Finding("Qt on X11", "ok", "all libraries are here")
    if can_open():
        shown = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
        yield Finding("Display", "ok", str(shown))
    else:
        yield Finding("Display", "warn", "none: the station can't open here", "inspector demo --headless works")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _sqlite() -> Iterator[Finding]:
    found = sqlite3.sqlite_version_info
    mended = found >= _WAL_BUG_MENDED[-1] or any(found[:2] == m[:2] and found >= m for m in _WAL_BUG_MENDED)
    if mended:
        yield Finding("SQLite", "ok", sqlite3.sqlite_version)
    else:
        detail = f"{sqlite3.sqlite_version}: has the WAL-reset bug when several programs write one record"
        yield Finding("SQLite", "warn", detail, "one station per record, or a Python that links SQLite 3.51.3 or newer")


def _models() -> Iterator[Finding]:
    recipes = sorted(path.stem for path in paths.resource("recipes").glob("*.toml"))
    for name in recipes:
        folder = paths.shipped_model(name)
        try:
            from inspector.learning.model_card import load_network, read_card

            card = read_card(folder)
            load_network(folder, card)
            yield Finding(f"Model {name}", "ok", f"sha256 {card.digest[:16]}")
        except InspectorError as error:
            yield Finding(f"Model {name}", "missing", str(error), "get the models/ folder again")
        except (ImportError, RuntimeError) as error:
            yield Finding(f"Model {name}", "missing", str(error), "install torch first")


def _disk() -> Iterator[Finding]:
    folder = paths.user_data()
    free = shutil.disk_usage(folder).free
    detail = f"{free / 2**30:.1f} GiB free in {folder}"
    state, remedy = ("ok", "") if free >= _LOW_DISK else ("warn", "a wafer's working copy takes up to its image's size")
    yield Finding("Disk", state, detail, remedy)
    yield Finding("Record", "ok", str(Path(paths.default_record_url().removeprefix("sqlite:///"))))


_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _gpu, _qt, _sqlite, _models, _disk)
