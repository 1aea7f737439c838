"""What opening the station costs: run by station.py in a process of its own; prints one line of JSON.

python tests/benchmarks/station_start.py RECORD_URL
"""

import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from inspector.cli.window import open_station


def tell() -> None:
    """The window has been painted: say what the process has worked until now, and close it."""
    seconds = time.process_time()
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow))
    told = {"seconds": seconds, "torch": "torch" in sys.modules, "visible": window.isVisible()}
    sys.stdout.write(json.dumps(told) + "\n")
    window.close()


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    QTimer.singleShot(0, application, lambda: QTimer.singleShot(0, application, tell))  # behind the first painting
    open_station(sys.argv[1])
