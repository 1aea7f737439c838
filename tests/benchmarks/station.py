"""Whether the station keeps its pace on a record of 1,000,000 chips while a wafer is judged beside it.

python tests/benchmarks/station.py --folder DIR [--simulated] [--size 1366x768] [--only NAME ...]

The record is that of million.py, made in --folder once (some minutes, 5 GB). The real window runs on whatever screen
QT_QPA_PLATFORM names; the engine judges one more wafer with the shipped model, or with --simulated a stand-in hands
over four judgements ten times a second. Each line gives its budget. Figures count on a machine that does nothing else:
the first line says how busy it was.

  start    CPU-seconds of a process of its own until the window is painted, Python's start included; torch absent;
           and until the first wafer is open in it, with its first chip painted (station_start.py)
  lots     a wafer of another lot: from the call until it is painted
  chips    the next chip: from the step until its exact pixels are painted, 0.4 s apart
  decide   a confirmation: until it is on disk, and until the next chip is painted
  filter   a search line: until the queue and its counts are painted
  gallery  gaps of the event loop while 4000 thumbnails are scrolled through
  work     gaps of the event loop while chips are looked at and decided
  map      gaps of the event loop while the wafer is panned and zoomed
  memory   of the window's process and the engine's, after all of this
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

import numpy as np
import psutil
from million import TO_JUDGE, Million, make_million
from PySide6.QtCore import QEventLoop, QPointF, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from station_start import measure_start
from viewer import JudgingLink, hand, measure, wheel

from inspector import paths
from inspector.engine.link import EngineLink
from inspector.station.app import build
from inspector.station.main_window import MainWindow
from inspector.station.quiet_python import QuietPython
from inspector.station.state.queues import QueueName
from inspector.station.state.requests import ImageToJudge
from inspector.wafer.chip_query import parse
from inspector.wafer.grid import ChipId, WaferKey

PAUSE_S = 0.4  # longer than the shortest dwell, shorter than any look
LINES = ("class:scratch p>0.3", "p>0.05 p<0.9", "state:open", "class:pit state:decided", "zone:edge", "")
PARTS = ("start", "map", "work", "gallery", "chips", "decide", "filter", "lots", "memory")


def show(name: str, ms: Sequence[float], budgets: dict[str, float]) -> None:
    """One line: the spread of some times in ms, and what of it has a budget."""
    values = np.asarray(ms, dtype=np.float64)
    found = dict(zip(("p50", "p95", "p99"), np.percentile(values, [50, 95, 99]), strict=True), max=values.max())
    told = "  ".join(f"{key} {found[key]:6.1f}" for key in found)
    asked = ", ".join(f"{k} <= {v:g}: {'met' if found[k] <= v else 'MISSED'}" for k, v in budgets.items())
    sys.stdout.write(f"{name:34}{told} ms   n {len(values):5}   {asked}\n")
    sys.stdout.flush()


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def rest(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    loop.exec()


def wait(happened: Callable[[], bool], longest_s: float = 5.0) -> float:
    """Seconds until something has happened in the event loop; RuntimeError where it does not."""
    start = time.perf_counter()
    while not happened():
        if time.perf_counter() - start > longest_s:
            raise RuntimeError("what was waited for did not happen")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
    return time.perf_counter() - start


class Desk:
    """The window with a hand and an eye: acts, and notes when which chip was painted."""

    def __init__(self, window: MainWindow, made: Million) -> None:
        self.window, self.session, self.made = window, window.session, made
        self._painted: ChipId | None = None
        window.work.chip.painted.connect(self._see)

    def _see(self, chip: ChipId) -> None:
        self._painted = chip

    def until_painted(self, act: Callable[[], object]) -> float:
        """ms from the act until the chip that is then current is painted with its own pixels."""
        self._painted, start = None, time.perf_counter()
        act()
        wait(lambda: self._painted == self.session.current)
        return (time.perf_counter() - start) * 1000

    def open(self, key: WaferKey) -> float:
        """ms until another wafer is on the screen: map, lists, and the first chip's pixels."""
        return self.until_painted(lambda: self.session.show_wafer(key))

    def lots(self) -> None:
        keys = self.made.judged
        chosen = [keys[n] for n in np.random.default_rng(2).permutation(len(keys))[:30]]
        show("open a lot", [self.open(key) for key in chosen], {"p95": 300, "max": 300})

    def chips(self) -> None:
        self.open(self.made.judged[-3])
        rest(1.0)
        times = []
        for _ in range(60):
            times.append(self.until_painted(lambda: self.session.step(1)))
            rest(PAUSE_S)
        show("next chip painted", times, {"p95": 100})

    def decide(self) -> None:
        self.open(self.made.judged[-1])
        rest(1.0)
        on_disk, painted = [], []
        append = self.session.record.append

        def timed(key: WaferKey, decisions: Sequence[object]) -> object:
            written = append(key, decisions)  # type: ignore[arg-type]
            on_disk.append((time.perf_counter() - start) * 1000)
            return written

        self.session.record.append = timed  # type: ignore[method-assign,assignment]
        for _ in range(60):
            if self.session.standing(self.session.current).class_name is None:
                self.session.step(1)
            start = time.perf_counter()
            painted.append(self.until_painted(self.session.confirm))
            rest(PAUSE_S)
        self.session.record.append = append  # type: ignore[method-assign]
        show("a decision on disk", on_disk, {"p95": 20})
        show("next chip painted after it", painted, {"p95": 100})

    def filter(self) -> None:
        self.open(self.made.judged[-2])
        self.session.choose_queue(QueueName.EVERYTHING)
        rest(0.5)
        times = []
        for line in LINES * 5:
            query = parse(line, self.session.query_words())
            start = time.perf_counter()
            self.session.filters.take(query)
            QApplication.processEvents()
            times.append((time.perf_counter() - start) * 1000)
            rest(0.2)
        show("filter", times, {"p95": 200, "max": 200})

    def gallery(self) -> None:
        self.open(self.made.judged[-4])
        self.session.choose_queue(QueueName.EVERYTHING)
        self.window.named["gallery"].trigger()
        view = self.window.findChild(QAbstractScrollArea, "gallery_view")
        assert view is not None, "the gallery is open"
        rest(1.5)
        turns = cycle([-1.0] * 150 + [1.0] * 60)
        middle = QPointF(view.viewport().rect().center())
        show_gaps("gallery scrolled", 8.0, lambda: wheel(view.viewport(), middle, next(turns)))
        self.window.named["gallery"].trigger()

    def work(self) -> None:
        self.open(self.made.judged[-5])
        rest(1.0)
        show_gaps("chips gone through", 12.0, self._hand().__next__)

    def _hand(self) -> Iterator[None]:
        """Every half second a chip is confirmed or stepped over; now and then heat is switched."""
        for number in range(1 << 20):
            if number % 30 == 0:
                self.session.step(1) if number % 60 else self.session.confirm()
            elif number % 150 == 20:
                self.window.named["heat"].trigger()
            yield

    def map(self) -> None:
        self.open(self.made.judged[-6])
        self.window.work.set_map_large(True)
        rest(1.0)
        show_gaps("panned and zoomed", 15.0, hand(self.window).__next__)
        self.window.work.set_map_large(False)


def show_gaps(name: str, seconds: float, act: Callable[[], object]) -> None:
    """Gaps of the event loop, as the clock says and less the time in which other programs had every core."""
    gaps = measure(seconds, act)
    budgets = {"p99": 16.0, "max": 50.0}
    show(f"gaps, {name}", gaps[:, 0], budgets)
    show("  less the wait for a core", gaps[:, 1], budgets)


def show_memory(link: EngineLink | JudgingLink) -> None:
    """USS: pages that no other process has. Written: those of them that are the process's own work."""
    window, written = private_mb(os.getpid())
    say(f"memory of the window: {window:.0f} MB USS, {written:.0f} MB written   <= 400: {met(window <= 400)}")
    pid = link.pid if isinstance(link, EngineLink) else None
    if pid is not None:
        engine, its_written = private_mb(pid)
        both = window + engine
        say(f"memory of the engine: {engine:.0f} MB USS, {its_written:.0f} MB written")
        say(f"memory of both: {both:.0f} MB USS, {written + its_written:.0f} MB written   <= 700: {met(both <= 700)}")


def private_mb(pid: int) -> tuple[float, float]:
    uss = psutil.Process(pid).memory_full_info().uss / (1 << 20)
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    found = re.search(r"Private_Dirty:\s+(\d+)", rollup.read_text()) if rollup.exists() else None
    return uss, int(found.group(1)) / 1024 if found else uss


def met(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def measure_all(made: Million, parts: Sequence[str], simulated: bool, size: tuple[int, int]) -> None:
    if "start" in parts:
        first = made.judged[-7]
        measure_start(made.url, (first.lot, first.wafer))
    link = JudgingLink(made.facts, batch=4) if simulated else EngineLink()
    start = time.perf_counter()
    _, window = build(made.url, link=link, argv=["station"], wafer=made.judged[-7])
    window.resize(*size)
    window.show()
    QApplication.processEvents()
    say(f"window built and painted in {time.perf_counter() - start:.2f} s")
    quiet = QuietPython(lambda: 0.0, window)  # somebody works all the time
    window.session.wafer_opened.connect(quiet.keep_what_is_there)
    session, recipe = window.session, window.session.recipe
    assert recipe is not None
    judge = ImageToJudge(Path("wafer.tif"), TO_JUDGE, recipe, paths.shipped_model("laser-wafer"), from_copy=True)
    session.judge_again(judge)
    rest(3.0)
    if not simulated:
        wait(lambda: session.job.done > 0, 120)
    desk = Desk(window, made)
    for part in parts:
        if part not in ("start", "memory"):
            getattr(desk, part)()
    rests = "still works" if session.job.is_active else "has nothing left to do: the last figures are without it"
    say(f"the judge {rests}")
    if "memory" in parts:
        show_memory(link)
    quiet.stop()
    window.close()


def main() -> None:
    """Make the record where it is not there, and print every figure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--simulated", action="store_true", help="no engine: judgements are made up")
    options.add_argument("--size", default="1366x768")
    options.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    given = options.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch
        made = make_million(given.folder)
        width, height = (int(side) for side in given.size.split("x"))
        say(f"window {width} x {height}; load of the machine before: {os.getloadavg()[0]:.1f}")
        measure_all(made, given.only, given.simulated, (width, height))


if __name__ == "__main__":
    del sys.modules["__main__"].__file__  # or the engine's process would load this file, and with it all of Qt
    main()
