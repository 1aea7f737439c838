"""The page of models in words: gates, places, rates with their bounds, dates."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from inspector.wafer.model_comparison import RateFigure
from inspector.wafer.release import GateName


def when(text: str) -> str:
    """A moment in UTC as local date and time; the text itself where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def share(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{QLocale().toString(100 * value, 'f', digits)} %"


def rate(figure: RateFigure) -> str:
    """A rate with its count and bounds: "1.2 % (3 / 250; 0.2 – 3.5 %)"."""
    if not figure.trials:
        return "–"
    low, high = figure.bounds
    number = QLocale().toString
    counted = f"{number(figure.events)} / {number(figure.trials)}"
    return f"{share(figure.share)}   ({counted};  {share(low)} – {share(high)})"


def place_word(place: str) -> str:
    return {
        "own": QCoreApplication.translate("Models", "trained here"),
        "elsewhere": QCoreApplication.translate("Models", "another folder"),
        "shipped": QCoreApplication.translate("Models", "shipped"),
    }.get(place, place)


def gate_words(name: GateName) -> tuple[str, str]:
    """A gate's title, and what it asks."""
    return {
        GateName.WEIGHTS: (
            QCoreApplication.translate("Models", "Weights are whole"),
            QCoreApplication.translate("Models", "The file is the one that the card was written for."),
        ),
        GateName.UNSEEN: (
            QCoreApplication.translate("Models", "Compared on unseen lots"),
            QCoreApplication.translate("Models", "The chips are of lots that its training never saw."),
        ),
        GateName.ENOUGH: (
            QCoreApplication.translate("Models", "Enough chips"),
            QCoreApplication.translate("Models", "Defects / good chips. 59 without an error prove a rate below 5 %."),
        ),
        GateName.ACCEPTED: (
            QCoreApplication.translate("Models", "Escapes among accepted chips"),
            QCoreApplication.translate(
                "Models", "Upper 95 % bound on its calibration chips, against the recipe's max_escape."
            ),
        ),
        GateName.ESCAPE: (
            QCoreApplication.translate("Models", "No new escape"),
            QCoreApplication.translate(
                "Models", "Before → now / defects; then those that only the new model lets pass."
            ),
        ),
        GateName.OVERKILL: (
            QCoreApplication.translate("Models", "No more overkill"),
            QCoreApplication.translate("Models", "Before → now / good chips. More is allowed where it may be chance."),
        ),
        GateName.VERDICT: (
            QCoreApplication.translate("Models", "Pass/fail no worse"),
            QCoreApplication.translate("Models", "McNemar's exact test on chips where only one of the two is right."),
        ),
        GateName.CALIBRATED: (
            QCoreApplication.translate("Models", "Probabilities hold"),
            QCoreApplication.translate("Models", "ECE of the verdict: how far P and truth lie apart, on average."),
        ),
        GateName.LOTS: (
            QCoreApplication.translate("Models", "No poor lot"),
            QCoreApplication.translate("Models", "Pass/fail accuracy of the worst lot of ten chips or more."),
        ),
    }[name]


def state_word(passed: bool | None) -> str:
    if passed is None:
        return QCoreApplication.translate("Models", "not known")
    if passed:
        return QCoreApplication.translate("Models", "passed")
    return QCoreApplication.translate("Models", "not passed")


def unseen_word(unseen: str) -> str:
    """What the chips of a comparison are worth."""
    return {
        "test": QCoreApplication.translate("Models", "Both models judged chips of lots that this training never saw."),
        "checked": QCoreApplication.translate(
            "Models", "The new model was chosen and calibrated on these chips: the figures flatter it."
        ),
        "nobody knows": QCoreApplication.translate(
            "Models", "Nobody knows whether training has seen these lots: the figures may flatter the models."
        ),
    }.get(unseen, unseen)


def chips_word(unseen: str) -> str:
    """The same in a word."""
    return {
        "test": QCoreApplication.translate("Models", "unseen lots"),
        "checked": QCoreApplication.translate("Models", "chips it was chosen by"),
        "nobody knows": QCoreApplication.translate("Models", "unknown lots"),
    }.get(unseen, unseen)
