"""The p-chart: does a share vary from lot to lot by more than chance, and which lots stand out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

SIGMAS = 3.0
RUN = 8  # lots in a row on one side of the centre
LEAST = 200  # chips below which chance alone is too coarse for an alarm


class Alarm(StrEnum):
    """Why a lot is out of control."""

    ABOVE = "above"
    BELOW = "below"
    RUN_ABOVE = "run_above"
    RUN_BELOW = "run_below"


@dataclass(frozen=True)
class ChartPoint:
    """One lot: events among trials, the limits for its number of trials, and why it stands out.

    judged: it has enough trials for an alarm; without them its alarms are empty.
    """

    name: str
    events: int
    trials: int
    low: float
    high: float
    judged: bool
    alarms: tuple[Alarm, ...] = ()

    @property
    def share(self) -> float:
        return self.events / self.trials


@dataclass(frozen=True)
class PChart:
    """centre: events / trials of the lots that set it; None where there are no trials."""

    centre: float | None
    points: tuple[ChartPoint, ...]

    @property
    def out_of_control(self) -> tuple[ChartPoint, ...]:
        return tuple(point for point in self.points if point.alarms)


def limits(centre: float, trials: int) -> tuple[float, float]:
    """centre +- 3 sqrt(centre (1 - centre) / n), within 0 and 1: NIST/SEMATECH e-Handbook of Statistical Methods,
    6.3.3.2 (proportions control charts)."""
    reach = SIGMAS * math.sqrt(centre * (1.0 - centre) / trials)
    return max(centre - reach, 0.0), min(centre + reach, 1.0)


def p_chart(lots: Sequence[tuple[str, int, int]], least: int = LEAST) -> PChart:
    """The chart over (name, events, trials) in the order of time; lots without trials are left out.

    Each lot has the limits of its own n. The centre comes from the lots that lie within the limits around the median
    lot, so that a bad lot does not make good ones look odd (revised limits: Montgomery, Introduction to Statistical
    Quality Control, 7.2, who begins with the mean of all and leaves the choice to people). A lot stands out beyond a
    limit, or as one of eight or more in a row on one side of the centre; of the Western Electric rules (6.3.2 of the
    handbook) these two only, as all of them together would call one lot in 92 by chance. A lot of fewer than `least`
    trials raises no alarm and takes no part in a run.
    """
    known = [(name, events, trials) for name, events, trials in lots if trials]
    if not known:
        return PChart(None, ())
    trial = median(events / trials for _, events, trials in known)
    within = [lot for lot in known if _is_within(limits(trial, lot[2]), lot)]
    centre = _centre(within or known)
    points, side, run = [], 0, 0
    for name, events, trials in known:
        low, high = limits(centre, trials)
        if trials < least:
            points.append(ChartPoint(name, events, trials, low, high, False))
            continue
        share = events / trials
        before, side = side, (share > centre) - (share < centre)
        run = run + 1 if side and side == before else abs(side)
        points.append(ChartPoint(name, events, trials, low, high, True, _alarms(share, low, high, side, run)))
    return PChart(centre, tuple(points))


def _centre(lots: Sequence[tuple[str, int, int]]) -> float:
    return sum(events for _, events, _ in lots) / sum(trials for _, _, trials in lots)


def _is_within(both: tuple[float, float], lot: tuple[str, int, int]) -> bool:
    _, events, trials = lot
    return both[0] <= events / trials <= both[1]


def _alarms(share: float, low: float, high: float, side: int, run: int) -> tuple[Alarm, ...]:
    found = [Alarm.ABOVE] if share > high else [Alarm.BELOW] if share < low else []
    if run >= RUN:
        found.append(Alarm.RUN_ABOVE if side > 0 else Alarm.RUN_BELOW)
    return tuple(found)
