"""What opening the station costs, in CPU-seconds (user and system) of a process of its own, Python's start included.

python tests/benchmarks/station_start.py RECORD_URL [--wafer LOT WAFER] [--rounds 5]

Each round opens the station as `inspector` does, and an empty window of Qt, in turn: the second figure tells a slow
hour of the machine from a slow station. Modules are compiled beforehand, as pip does when it installs the program;
what the very first start takes without that is printed too. For a child: --once station, --once empty.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from statistics import median

BUDGET_S = 0.8


def open_empty_window(*_: object) -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.show()
    application.processEvents()
    window.repaint()
    tell({"shown": time.process_time()})


def open_the_station(url: str, wafer: Sequence[str] | None) -> None:
    """wafer: lot and name of one on which chips are judged; else the newest."""
    from inspector.cli.window import load_station, open_station

    load_station()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from inspector.station.main_window import MainWindow
    from inspector.wafer.grid import WaferKey

    told: dict[str, object] = {}

    def shown() -> None:
        """Comes first of all events: the window is on the screen and is painted now, if it has not been yet."""
        (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        window.repaint()
        told.update(shown=time.process_time(), torch="torch" in sys.modules)
        assert window.isVisible()

        def chip_painted() -> None:
            tell(told | {"chip": time.process_time()})
            window.work.chip.painted.disconnect()
            window.close()

        window.work.chip.painted.connect(lambda _: QTimer.singleShot(0, window, chip_painted))

    application = QApplication(sys.argv[:1])
    QTimer.singleShot(0, application, shown)
    open_station(url, WaferKey(*wafer) if wafer else None)


def tell(figures: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")


def run_child(kind: str, place: Sequence[str], folder: str) -> dict[str, float]:
    """The figures of one start, with the settings and the compiled modules in `folder`."""
    surroundings = os.environ | {"XDG_CONFIG_HOME": folder, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, __file__, *place, "--once", kind]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings, timeout=60)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure_start(url: str, wafer: Sequence[str] | None, rounds: int = 5) -> None:
    """Starts both in turn and prints the median of each, the station's beside its budget."""
    place = [url, "--wafer", *wafer] if wafer else [url]
    with tempfile.TemporaryDirectory() as folder:
        first = run_child("station", place, folder)
        found: dict[str, list[dict[str, float]]] = {"station": [], "empty": []}
        run_child("empty", place, folder)
        for _ in range(rounds):
            for kind, of_kind in found.items():
                of_kind.append(run_child(kind, place, folder))
    shown, empty = (sorted(f["shown"] for f in of_kind) for of_kind in found.values())
    is_met = "met" if median(shown) <= BUDGET_S else "MISSED"
    is_absent = "MISSED" if any(f["torch"] for f in found["station"]) else "met"
    sys.stdout.write(
        f"window shown after {median(shown):.2f} CPU-seconds (of {rounds}: {shown[0]:.2f} to {shown[-1]:.2f})   "
        f"<= {BUDGET_S:g}: {is_met};  torch absent: {is_absent}\n"
        f"  first chip painted after {median(f['chip'] for f in found['station']):.2f};  "
        f"an empty window of Qt after {median(empty):.2f} ({empty[0]:.2f} to {empty[-1]:.2f});  "
        f"the first start of all, which compiles the modules: {first['shown']:.2f}\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Print the figures, or in a child what one start took."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("url", metavar="RECORD_URL")
    options.add_argument("--wafer", nargs=2, metavar=("LOT", "WAFER"), help="Opened first; else the newest.")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--once", choices=("station", "empty"))
    asked = options.parse_args()
    if asked.once is None:
        measure_start(asked.url, asked.wafer, asked.rounds)
    else:
        {"station": open_the_station, "empty": open_empty_window}[asked.once](asked.url, asked.wafer)


if __name__ == "__main__":
    main()
