"""What opening the station costs: run by station.py in a process of its own; prints one line of JSON.

python tests/benchmarks/station_start.py RECORD_URL
"""

import json
import sys
import time

from inspector.cli.window import load_station, open_station

load_station()

from PySide6.QtCore import QTimer  # noqa: E402 (in the order in which the station imports)
from PySide6.QtWidgets import QApplication  # noqa: E402

from inspector.station.main_window import MainWindow  # noqa: E402

told: dict[str, object] = {}


def shown() -> None:
    """Comes first of all events: the window is on the screen and is painted now, if that has not happened yet."""
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    window.repaint()
    told.update(shown=time.process_time(), torch="torch" in sys.modules, visible=window.isVisible())

    def chip_painted() -> None:
        sys.stdout.write(json.dumps(told | {"chip": time.process_time()}) + "\n")
        window.work.chip.painted.disconnect()
        window.close()

    window.work.chip.painted.connect(lambda _: QTimer.singleShot(0, window, chip_painted))


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    QTimer.singleShot(0, application, shown)
    open_station(sys.argv[1])
