"""Overrides per lot and answers to learn from are those of the decisions that stand, product by product."""

from __future__ import annotations

from collections import Counter

import report_fakes as fakes

from inspector.exchange.figures.history import class_answers, read_history
from inspector.exchange.figures.rates import agreement, yields
from inspector.exchange.figures.tally import tally_wafer, total
from inspector.records.record import Record
from inspector.wafer.grid import WaferKey
from inspector.wafer.recipe import Recipe
from inspector.wafer.review import ReviewLimits
from inspector.wafer.scores import Rate


def test_that_overrides_are_counted_by_lot_and_direction(record: Record) -> None:
    fakes.fill(record)

    first, second = read_history(record, fakes.RECIPE).lots

    assert first.lot == "A"
    assert first.overridden == Rate(3, 5)
    assert first.escapes == Rate(1, 3)
    assert first.overkills == Rate(1, 2)
    assert (second.lot, second.overridden) == ("B", Rate(0, 0))


def test_that_the_whole_record_says_what_the_wafers_say_one_by_one(record: Record) -> None:
    fakes.fill(record)
    wafers = [tally_wafer(record, entry) for entry in record.wafers("A")]

    slow = agreement(total(w.tally for w in wafers), fakes.RECIPE.class_set)

    fast = read_history(record, fakes.RECIPE).lots[0]
    assert (fast.overridden, fast.escapes, fast.overkills) == (slow.overridden, slow.escapes, slow.overkills)


def test_that_answers_count_by_class_and_sub_type_against_the_target(record: Record) -> None:
    fakes.fill(record)
    values = fakes.RECIPE.model_dump()
    values["classes"][2]["target"] = 5
    wanted = Recipe.model_validate(values)

    clean, haze, pit, scratch = read_history(record, wanted).classes

    assert (clean.chips, clean.target, clean.missing, clean.subtypes) == (3, None, 0, ())
    assert (pit.chips, pit.target, pit.missing) == (2, 5, 3)
    assert pit.subtypes == (("dark-pit", 2),)
    assert (haze.chips, scratch.chips) == (0, 1)


def test_that_a_sub_type_is_thin_below_twenty_chips_or_two_percent() -> None:
    answers = Counter({("pit", "dark-pit"): 30, ("pit", "odd"): 3, ("pit", ""): 1967})

    pit = class_answers(answers, fakes.RECIPE)[2]

    assert pit.subtypes == (("dark-pit", 30), ("odd", 3), ("", 1967))
    assert pit.fewest == 40


def test_that_another_product_is_left_out(record: Record) -> None:
    fakes.add_wafer(record, WaferKey("A", "W1"), [fakes.SURE])
    fakes.add_wafer(record, WaferKey("P", "W1"), [fakes.SURE], fakes.PARTS)
    fakes.decide(record, WaferKey("P", "W1"), 0, "pit")

    history = read_history(record, fakes.RECIPE)

    assert [lot.lot for lot in history.lots] == ["A"]
    assert [c.chips for c in history.classes] == [0, 0, 0, 0]


def test_that_a_tally_knows_p_defect_its_limits_and_who_was_asked(record: Record) -> None:
    fakes.fill(record)

    tally = tally_wafer(record, record.wafers("A")[0]).tally

    assert tally.p_defect == {1: 3, 15: 1, 49: 2}  # 50 bins; the undecided chip has no P(defect)
    assert tally.limits == {ReviewLimits(): 7}
    assert tally.asked == 4
    assert tally.asked - tally.waiting.total() == 3
    assert yields(tally, fakes.RECIPE.class_set)[0].share == 4 / 6


def test_that_the_audit_counts_only_accepted_chips_of_the_sample_that_were_decided(record: Record) -> None:
    values = fakes.RECIPE.model_dump()
    values["review"]["audit"] = 1.0  # every accepted chip is in the sample
    everything = Recipe.model_validate(values)
    key = WaferKey("A", "W1")
    fakes.add_wafer(record, key, [fakes.SURE] * 4 + [("haze", 0.02), ("pit", 0.98), ("clean", 0.3)], everything)
    fakes.decide(record, key, 0, "clean")
    fakes.decide(record, key, 1, "pit")
    fakes.decide(record, key, 2, "unsure")
    fakes.decide(record, key, 5, "clean")

    tally = tally_wafer(record, record.wafers()[0]).tally

    assert tally.accepted == {"clean": 4, "haze": 1}
    assert tally.audited == {("clean", False): 1, ("clean", True): 1}
