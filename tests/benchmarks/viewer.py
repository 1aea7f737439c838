"""How long the station's event loop is held up while one pans and zooms over a large wafer that is being judged.

python tests/benchmarks/viewer.py [--side 16384] [--seconds 20] [--folder DIR] [--size 1366x768] [--engine]

The real window, on whatever screen QT_QPA_PLATFORM names, over a working copy of repeated pixels (65536 x 65536 needs
5.7 GB in --folder, and is made once). A timer of 2 ms notes when it is served; meanwhile a script of wheel turns, drags
and heat goes over the wafer, batches of 16 judgements come ten times a second and are written to the record, and
another process burns one core as judging does. With --engine the real engine judges instead, with the shipped model.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from inspector import paths
from inspector.engine.events import ChipsJudged, Event, InspectRequest, JobFinished
from inspector.engine.link import EngineLink
from inspector.imaging.tiled_tiff import Layout, PyramidWriter
from inspector.records.record import Record, WaferEntry
from inspector.station.app import build
from inspector.station.main_window import MainWindow
from inspector.station.quiet_python import QuietPython
from inspector.station.state.requests import ImageToJudge
from inspector.wafer.grid import ChipId, Grid, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe

KEY = WaferKey("bench", "W01")
HERE = Path(__file__)
CHIPS = 64  # on a side
BAND = 1024
TICK_MS = 2
BATCH, BATCH_S = 16, 0.1
SCHEDULER = Path("/proc/thread-self/schedstat")
LEFT = Qt.MouseButton.LeftButton
_BURN = "import os; os.nice(10)\nwhile True: sum(i * i for i in range(10000))"  # as the engine does


def recipe_for(side: int) -> Recipe:
    """The laser recipe with a grid of 64 x 64 chips that fills the image."""
    pitch = side // CHIPS
    grid = {"columns": CHIPS, "rows": CHIPS, "chip": (pitch - 16, pitch - 16), "pitch": (pitch, pitch)}
    values = read_recipe(paths.resource("recipes", "laser-wafer.toml")).model_dump(mode="json")
    values["grid"] = grid | {"origin": (8.0, 8.0), "align": False}
    return Recipe.model_validate(values)


def write_copy(path: Path, side: int, band: int = BAND) -> None:
    """A working copy of chips and streets, repeated from one square of pixels; its side divides the image's."""
    noise = np.random.default_rng(1)
    chip = np.full((band, band), 120, np.uint8)
    chip[:16], chip[:, :16] = 30, 30
    chip = np.clip(chip + noise.normal(0, 18, chip.shape), 0, 255).astype(np.uint8)
    rows = np.tile(chip, (1, side // band))[:, :, None]
    with open(path, "wb", buffering=0) as file:
        writer = PyramidWriter(file, Layout(side, side, 1, 8, "viewer.tif"))
        for _ in range(side // band):
            writer.add(rows)


def judgement(classes: tuple[str, ...], number: int) -> Judgement:
    """A good chip or, one in nine, a defect with a warm place."""
    name = classes[4 + number % (len(classes) - 4)] if number % 9 == 0 else classes[number % 3]
    maps = np.zeros((len(classes), 32, 32), np.uint8)
    maps[4:, 8:14, 10:18] = 220 if number % 9 == 0 else 12
    p_defect = 0.97 if number % 9 == 0 else 0.01
    return Judgement(name, np.full(len(classes), 1 / len(classes), np.float32), p_defect, (9.0, 9.0), maps)


class JudgingLink:
    """An engine that hands over a batch ten times a second as long as there are chips."""

    def __init__(self, facts: ModelFacts, batch: int = BATCH) -> None:
        self._facts = facts
        self._batch = batch
        self._left: list[ChipId] = []
        self._next = 0.0
        self._total = 0

    def start(self) -> None: ...

    def inspect(self, request: InspectRequest) -> int:
        assert request.placed is not None, "the wafer is in the record"
        self._left = [chip for chip in request.placed.chip_ids() if chip not in request.skip]
        self._total = len(self._left)
        return 1

    def written(self, job: int, chips: Iterable[ChipId]) -> None: ...

    def poll(self) -> list[Event]:
        if not self._total or time.monotonic() < self._next:
            return []
        self._next = time.monotonic() + BATCH_S
        chips, self._left = self._left[: self._batch], self._left[self._batch :]
        if not chips:
            self._total = 0
            return [JobFinished(1, False)]
        judged = tuple((chip, judgement(self._facts.classes, sum(chip))) for chip in chips)
        return [ChipsJudged(1, self._facts, judged, self._total - len(self._left), self._total, 1.0)]

    def stop_job(self) -> None: ...

    def close(self) -> None: ...


def places(folder: Path, side: int) -> tuple[str, ModelFacts, Path]:
    """The record's URL, the model that its judgements are of, and that model's folder."""
    facts = ModelFacts("bench", "b" * 64, (0.0, 6.0), recipe_for(side).class_set.names, "cpu")
    return f"sqlite:///{(folder / f'viewer-{side}.db').as_posix()}", facts, folder / "model"


def make_record(folder: Path, side: int) -> tuple[str, ModelFacts, Path]:
    """A record with one wafer of which the first half is judged; its copy is made where it is not there."""
    recipe = recipe_for(side)
    url, facts, model = places(folder, side)
    for old in folder.glob(f"viewer-{side}.db*"):
        old.unlink()
    grid = recipe.grid.grid()
    with Record.open(url) as record:
        copy = record.images_folder / "copy.tif"
        if not copy.is_file():
            write_copy(copy.with_suffix(".part"), side)
            copy.with_suffix(".part").rename(copy)
        record.add_wafer(
            WaferEntry(
                KEY, "viewer.tif", "0" * 64, recipe.model_dump_json(), _placed(grid), copy.name, datetime.now(UTC)
            )
        )
        half = [(chip, judgement(facts.classes, sum(chip))) for chip in grid.chip_ids()[: CHIPS * CHIPS // 2]]
        record.add_judgements(KEY, facts, half)
    model.mkdir(exist_ok=True)
    (model / "card.json").write_text(f'{{"digest": "{facts.digest}"}}', encoding="utf-8")
    return url, facts, model


def _placed(grid: Grid) -> PlacedGrid:
    return PlacedGrid(grid, (1.0, 0.0004, 0.0, -0.0004, 1.0, 0.0))


def wheel(widget: QWidget, at: QPointF, notches: float) -> None:
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def mouse(widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    event = QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at)), button, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def hand(window: MainWindow) -> Iterator[None]:
    """What a person does, one step at a time, for ever: in to single pixels, drags at each scale, heat, and out."""
    wafer = window.work.map
    number = 0
    while True:
        number += 1
        at = QPointF(wafer.width() * (0.25 + 0.5 * ((number * 0.37) % 1)), wafer.height() * 0.45)
        for step in range(60):
            wheel(wafer, at, 0.5)
            yield
            if step % 15 == 14:
                yield from drag(wafer, at, 40)
        wafer.set_heat_visible(not wafer.heat_visible)
        yield
        for step in range(60):
            wheel(wafer, at, -0.5)
            yield
            if step % 20 == 19:
                yield from drag(wafer, at, 40)


def drag(wafer: QWidget, at: QPointF, steps: int) -> Iterator[None]:
    mouse(wafer, QEvent.Type.MouseButtonPress, at)
    for step in range(1, steps + 1):
        mouse(wafer, QEvent.Type.MouseMove, at + QPointF(-9.0 * step, 5.0 * step))
        yield
    mouse(wafer, QEvent.Type.MouseButtonRelease, at + QPointF(-9.0 * steps, 5.0 * steps))


def measure(seconds: float, act: Callable[[], object]) -> NDArray[np.float64]:
    """float64 (N, 3), ms between two servings of a timer of 2 ms, while `act` is called every 16 ms.

    Column 0 as the clock says, column 1 the same without the time in which the window's own thread could have run but
    other programs had every core (Linux only, else 0 is taken off), column 2 what that thread worked in between.
    """
    served: list[tuple[float, float, float]] = []
    ticker, script = QTimer(), QTimer()
    for timer, ms, what in ((ticker, TICK_MS, lambda: served.append(now())), (script, 16, act)):
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(ms)
        timer.timeout.connect(what)
        timer.start()
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    loop.exec()
    ticker.stop()
    script.stop()
    return np.diff(np.array(served), axis=0) * 1000


def now() -> tuple[float, float, float]:
    """Seconds: the clock, the clock less what this thread has waited for a core, and what it has worked."""
    clock, waited = time.perf_counter(), 0.0
    if SCHEDULER.is_file():
        waited = int(SCHEDULER.read_text().split()[1]) / 1e9
    return clock, clock - waited, time.thread_time()


def report(name: str, gaps: NDArray[np.float64]) -> None:
    for kind, ms in zip(("gap", "gap, less the wait for a core", "own work"), gaps.T, strict=True):
        p50, p99 = np.percentile(ms, [50, 99])
        times = f"p50 {p50:6.1f}   p99 {p99:6.1f}   max {ms.max():6.1f} ms   over 50 ms: {(ms > 50).sum()}"
        sys.stdout.write(f"  {name:28}{kind:31}{times}\n")


def main() -> None:
    """Print the gaps of the event loop at rest and under the hand."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--side", type=int, default=16384)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--folder", type=Path, default=None)
    options.add_argument("--size", default="1366x768")
    options.add_argument("--engine", action="store_true", help="the real engine judges with the shipped model")
    options.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.prepare:
        make_record(given.folder, given.side)
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = scratch
        folder = given.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        run(folder, given.side, given.seconds, given.engine, *(int(v) for v in given.size.split("x")))


def run(folder: Path, side: int, seconds: float, engine: bool, width: int, height: int) -> None:
    prepare = [sys.executable, HERE, "--prepare", "--side", str(side), "--folder", str(folder)]
    subprocess.run(prepare, check=True)  # in a process of its own: its memory is not the window's
    url, facts, model = places(folder, side)
    link = EngineLink() if engine else JudgingLink(facts)
    _, window = build(url, link=link, argv=["viewer"])
    window.resize(width, height)
    window.show()
    quiet = QuietPython(lambda: 0.0, window)  # somebody works all the time
    window.session.wafer_opened.connect(quiet.keep_what_is_there)
    window.work.set_map_large(True)
    session = window.session
    sys.stdout.write(f"A wafer of {side} x {side} pixels, {CHIPS} x {CHIPS} chips, window {width} x {height}\n")
    measure(2.0, lambda: None)
    report("at rest", measure(3.0, lambda: None))
    report("pan and zoom", measure(seconds, hand(window).__next__))
    burner = subprocess.Popen([sys.executable, "-c", "" if engine else _BURN])
    try:
        assert session.recipe is not None
        folder = paths.shipped_model("laser-wafer") if engine else model
        session.judge_again(ImageToJudge(Path("viewer.tif"), KEY, session.recipe, folder, from_copy=True))
        if engine:
            measure(10.0, lambda: None)  # the engine loads torch and the model
        report("pan and zoom while judging", measure(seconds, hand(window).__next__))
    finally:
        burner.kill()
        burner.wait()
    sys.stdout.write(f"  judged by now: {session.job.done} chips\n")
    pids = {"window": os.getpid()} | ({"engine": link.pid} if isinstance(link, EngineLink) and link.pid else {})
    taken = {name: psutil.Process(pid).memory_full_info().uss >> 20 for name, pid in pids.items()}
    told = " + ".join(f"{mb} MB of the {name}" for name, mb in taken.items())
    sys.stdout.write(f"  private memory (USS): {told} = {sum(taken.values())} MB\n")
    quiet.stop()
    window.close()


if __name__ == "__main__":
    del sys.modules["__main__"].__file__  # or the engine's process would load this file, and with it all of Qt
    main()
