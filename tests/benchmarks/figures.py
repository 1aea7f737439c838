"""What the page of numbers and the line at the bottom cost on a large record, such as million.py makes.

python tests/benchmarks/figures.py RECORD.db [--rounds 5]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from inspector.engine.link import EngineLink
from inspector.exchange.figures.history import read_history
from inspector.exchange.figures.people import read_people
from inspector.exchange.figures.tally import kept_recipe, tally_wafer
from inspector.records.record import Record
from inspector.station.look import theme
from inspector.station.numbers.canvas import Canvas
from inspector.station.numbers.class_charts import draw_classes
from inspector.station.numbers.override_chart import draw_overrides
from inspector.station.numbers.p_defect_chart import draw_p_defect
from inspector.station.state.live_counts import LiveCounts
from inspector.station.state.session import Session
from inspector.station.state.settings import StationSettings


def report(what: str, where: str, rounds: int, work: Callable[[], object]) -> None:
    """Median wall and CPU milliseconds of some calls."""
    wall, cpu = [], []
    for _ in range(rounds):
        start, busy = time.perf_counter(), time.thread_time()
        work()
        wall.append(time.perf_counter() - start)
        cpu.append(time.thread_time() - busy)
    spent = f"{1e3 * statistics.median(wall):8.1f} ms wall {1e3 * statistics.median(cpu):8.1f} ms CPU"
    sys.stdout.write(f"{what:44} {where:10} {spent}\n")


def main() -> None:
    """Print what each question costs, and in which thread it is asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("record", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    app = QApplication(sys.argv[:1])
    theme.apply_theme(app, "light")
    with Record.open(f"sqlite:///{given.record}", existing=True) as record:
        measure(record, given.rounds)


def measure(record: Record, rounds: int) -> None:
    """beside: in a thread of its own; window: in the window's own thread."""
    entries = record.wafers()
    lot = entries[0].key.lot
    mine = [entry for entry in entries if entry.key.lot == lot]
    recipe = kept_recipe(mine[0].recipe_json)
    chips = sum(len(entry.placed.chip_ids()) for entry in entries)
    sys.stdout.write(f"{chips:,} places on {len(entries)} wafers, {len(mine)} in lot {lot}\n")
    report("is anything new in the lot", "beside", rounds, lambda: record.counting.stamps(lot))
    report("count one wafer", "beside", rounds, lambda: tally_wafer(record, mine[0]))
    report("overrides and answers of the record", "beside", rounds, lambda: read_history(record, recipe))
    report("agreement of people over the record", "beside", rounds, lambda: read_people(record, recipe))
    report("a person's pace", "beside", rounds, lambda: record.counting.moments("Kato", 200))
    tally, history, canvas = tally_wafer(record, mine[0]).tally, read_history(record, recipe), Canvas()
    canvas.resize(640, 320)
    classes = recipe.class_set
    draws: dict[str, Callable[[], object]] = {
        "draw overrides per lot": lambda: draw_overrides(history.lots, canvas),
        "draw classes": lambda: draw_classes(tally, classes, "en", canvas),
        "draw P(defect)": lambda: draw_p_defect(tally, canvas),
    }
    for what, draw in draws.items():
        report(what, "window", rounds, lambda draw=draw: (canvas.clear(), draw(), canvas.grab()))
    measure_line(record, rounds)


def measure_line(record: Record, rounds: int) -> None:
    """The counts of the open wafer: all of them when it opens, one chip at each decision."""
    with tempfile.TemporaryDirectory() as folder:
        session = Session(record, StationSettings(Path(folder) / "s.ini"), EngineLink())
        session.show_wafer(record.wafers()[0].key)
        counts = LiveCounts(session, QObject(session))
        chip = session.chips()[0]
        report("open wafer: all chips of the line", "window", rounds, counts._count_all)
        report("one decision: counts of the line", "window", rounds, lambda: counts._count((chip,)))
        session.close()


if __name__ == "__main__":
    main()
