"""What filters, orders and counts of the queues cost, on a lot of wafers of 4096 chips.

python tests/benchmarks/queues.py [--wafers 25] [--rounds 20]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from inspector import paths
from inspector.records.record import Record, WaferEntry
from inspector.station.state.lot_tables import read_table
from inspector.station.state.queue_order import QueueOrder
from inspector.station.state.queues import Asker, QueueName, ReviewQueue, queue_counts
from inspector.wafer.chip_query import QueryWords, parse
from inspector.wafer.chip_table import ChipFacts, ChipTable
from inspector.wafer.decision import standing_answer
from inspector.wafer.grid import ChipId, Grid, PlacedGrid, WaferKey
from inspector.wafer.judgement import Judgement, ModelFacts, choose_class
from inspector.wafer.recipe import Recipe
from inspector.wafer.recipe_file import read_recipe

SIDE = 64
SHARES = (0.8, 0.05, 0.05, 0.03, 0.03, 0.02, 0.02)
LINE = "class:pit p>0.3 state:open zone:edge -operator:kato"


def judged_wafer(recipe: Recipe, seed: int) -> list[tuple[ChipId, Judgement]]:
    """Chips of every class, most of them sure."""
    noise, maps, classes = np.random.default_rng(seed), np.zeros((7, 2, 2), np.uint8), recipe.class_set
    found = []
    for number in range(SIDE * SIDE):
        raw = noise.normal(0, 3, 7)
        raw[int(noise.choice(7, p=SHARES))] += 8
        shares = np.exp(raw - raw.max())
        row = (shares / shares.sum()).astype(np.float32)
        name, p_defect = choose_class(row, classes)
        peak = (float(noise.uniform(0, 1024)), float(noise.uniform(0, 1024)))
        chip = ChipId(number % SIDE, number // SIDE)
        found.append((chip, Judgement(name, row, p_defect, peak, maps, float(noise.uniform(0, 1.01)))))
    return found


def make_lot(record: Record, recipe: Recipe, wafers: int) -> list[WaferKey]:
    """A lot of judged wafers whose images nobody needs."""
    placed = PlacedGrid(Grid(SIDE, SIDE, (1024.0, 1024.0), (1072.0, 1072.0), (0.0, 0.0)))
    facts = ModelFacts("laser-wafer", "0" * 64, (0.0, 1.0), recipe.class_set.names, "cpu")
    keys = [WaferKey("L", f"W{number:02d}") for number in range(wafers)]
    for number, key in enumerate(keys):
        made = datetime.now(UTC)
        record.add_wafer(WaferEntry(key, "w.tif", f"{number:064d}", recipe.model_dump_json(), placed, "w.tif", made))
        record.add_judgements(key, facts, judged_wafer(recipe, number))
    return keys


def report(what: str, rounds: int, work: Callable[[], object]) -> None:
    """CPU-milliseconds: the median and the slowest of the rounds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    sys.stdout.write(f"  {what:<58}{statistics.median(taken):8.2f}{max(taken):9.2f}\n")


def chosen(table: ChipTable, name: QueueName, order: QueueOrder, asker: Asker) -> ReviewQueue:
    queue = ReviewQueue()
    queue.choose(name, order, table.chips[0])
    queue.sort(table, asker)
    return queue


def follow(table: ChipTable, row: ChipFacts, queue: ReviewQueue, asker: Asker) -> None:
    """A decision: its row, the queue and every count."""
    table.put([(table.chips[0], row)])
    queue.sort(table, asker)
    queue_counts(table, asker)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wafers", type=int, default=25)
    options.add_argument("--rounds", type=int, default=20)
    asked = options.parse_args()
    recipe = read_recipe(paths.resource("recipes", "laser-wafer.toml"))
    with tempfile.TemporaryDirectory() as folder, Record.open(f"sqlite:///{Path(folder) / 'r.db'}") as record:
        keys = make_lot(record, recipe, asked.wafers)
        tables = [table for key in keys if (table := read_table(record, key)) is not None]
        table, words = tables[0], QueryWords.of_classes(recipe.class_set)
        asker = Asker("Kato", parse(LINE, words), time.time())
        row = ChipFacts(standing_answer("pit", ()), True, "pit", 0.7, 0.1, table.probabilities[0].copy())
        queue = chosen(table, QueueName.EVERYTHING, QueueOrder.OWN, asker)
        sys.stdout.write(f"{'CPU-milliseconds: median and slowest of ' + str(asked.rounds) + ' rounds':<60}\n")
        report("search line understood", asked.rounds, lambda: parse(LINE, words))
        report(f"filter on a wafer of {len(table)}", asked.rounds, lambda: table.matches(asker.query, asker.now))
        report(
            f"filter over {len(tables)} wafers that are in memory",
            asked.rounds,
            lambda: [t.matches(asker.query, asker.now).sum() for t in tables],
        )
        report("a wafer's chips read from the record", asked.rounds, lambda: read_table(record, keys[-1]))
        report("all counts of the queues, filtered", asked.rounds, lambda: queue_counts(table, asker))
        report("a decision taken in: row, queue, counts", asked.rounds, lambda: follow(table, row, queue, asker))
        batch = [(chip, replace(row, p_defect=0.9)) for chip in table.chips[:64]]
        report("a batch of 64 judgements taken in", asked.rounds, lambda: table.put(batch))
        everything = replace(asker, query=parse("", words))
        for order in QueueOrder:
            report(
                f"every chip sorted by {order}",
                asked.rounds,
                lambda order=order: chosen(table, QueueName.EVERYTHING, order, everything),
            )


if __name__ == "__main__":
    main()
