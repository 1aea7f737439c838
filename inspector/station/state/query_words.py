"""The search line in the operator's language: what its words mean, and what is wrong with one that is not known."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from inspector.wafer.chip_completions import Completion
from inspector.wafer.chip_query import Field
from inspector.wafer.classes import ClassSet
from inspector.wafer.errors import QueryError, QueryProblem


def problem_sentence(error: QueryError) -> str:
    """What can't be understood and what could stand there."""
    text = {
        QueryProblem.WORD: QCoreApplication.translate("Query", "“{word}” is not known here. Known are {known}."),
        QueryProblem.VALUE: QCoreApplication.translate("Query", "“{word}” is no {of}. Known are {known}."),
        QueryProblem.EMPTY: QCoreApplication.translate("Query", "What comes after “{word}:”? Known are {known}."),
        QueryProblem.NUMBER: QCoreApplication.translate("Query", "“{word}” is no number. Write it like {known}."),
        QueryProblem.NO_NUMBER: QCoreApplication.translate(
            "Query", "“{word}” is no number: write {word}: and a value. Numbers are {known}."
        ),
    }[error.problem]
    if error.problem is QueryProblem.EMPTY and not error.known:
        text = QCoreApplication.translate("Query", "What comes after “{word}:”?")
    return text.format(word=error.word, of=error.of, known=", ".join(error.known))


def completion_meaning(completion: Completion, classes: ClassSet | None, language: str) -> str:
    """What a word stands for, in the operator's language; empty where it says so itself."""
    of, value = completion.field, completion.value
    if not value:
        return _field_meaning(of)
    if of in (Field.CLASS, Field.MACHINE):
        return classes[value].title(language) if classes is not None and value in classes else ""
    known = _states() if of is Field.STATE else _zones() if of is Field.ZONE else _verdicts()
    return known.get(value, "") if of in (Field.STATE, Field.ZONE, Field.VERDICT) else ""


def _field_meaning(of: Field) -> str:
    return {
        Field.CLASS: QCoreApplication.translate("Query", "class of the answer that stands"),
        Field.P: QCoreApplication.translate("Query", "P(defect), such as p>0.3"),
        Field.STATE: QCoreApplication.translate("Query", "open, decided, borderline and more"),
        Field.ZONE: QCoreApplication.translate("Query", "place on the wafer: ring or quarter"),
        Field.OPERATOR: QCoreApplication.translate("Query", "who decided"),
        Field.MACHINE: QCoreApplication.translate("Query", "class that the machine judged"),
        Field.VERDICT: QCoreApplication.translate("Query", "good or defect"),
        Field.SUBTYPE: QCoreApplication.translate("Query", "sub-type that a person gave"),
        Field.NOVELTY: QCoreApplication.translate("Query", "unlike what was learned, such as novelty>1"),
        Field.DECIDED: QCoreApplication.translate("Query", "how long ago, such as decided<2h"),
        Field.MODEL: QCoreApplication.translate("Query", "model that judged: name or digest"),
        Field.COLUMN: QCoreApplication.translate("Query", "column of the chip, such as column=3"),
        Field.ROW: QCoreApplication.translate("Query", "row of the chip, such as row:2..5"),
        Field.LOT: QCoreApplication.translate("Query", "narrows the list of wafers"),
        Field.WAFER: QCoreApplication.translate("Query", "narrows the list of wafers"),
    }[of]


def _states() -> dict[str, str]:
    return {
        "open": QCoreApplication.translate("Query", "wants eyes, nobody has decided"),
        "decided": QCoreApplication.translate("Query", "a person has had a say"),
        "undecided": QCoreApplication.translate("Query", "the machine has no answer"),
        "defect": QCoreApplication.translate("Query", "surely a defect to the machine"),
        "borderline": QCoreApplication.translate("Query", "near the limit"),
        "novel": QCoreApplication.translate("Query", "never seen"),
        "accepted": QCoreApplication.translate("Query", "passed unseen"),
        "audit": QCoreApplication.translate("Query", "drawn for the audit"),
        "confirmed": QCoreApplication.translate("Query", "a person agreed"),
        "relabelled": QCoreApplication.translate("Query", "a person gave another class"),
        "unsure": QCoreApplication.translate("Query", "set aside"),
        "excluded": QCoreApplication.translate("Query", "taken out"),
        "second": QCoreApplication.translate("Query", "waits for a second person"),
        "agreed": QCoreApplication.translate("Query", "the second person agreed"),
        "disputed": QCoreApplication.translate("Query", "two people disagree"),
        "adjudicated": QCoreApplication.translate("Query", "settled by an engineer"),
        "returned": QCoreApplication.translate("Query", "given back by an engineer"),
        "unjudged": QCoreApplication.translate("Query", "not judged yet"),
    }


def _zones() -> dict[str, str]:
    return {
        "centre": QCoreApplication.translate("Query", "inner third of the area"),
        "middle": QCoreApplication.translate("Query", "middle third"),
        "edge": QCoreApplication.translate("Query", "outer third"),
        "upper-left": QCoreApplication.translate("Query", "upper left quarter"),
        "upper-right": QCoreApplication.translate("Query", "upper right quarter"),
        "lower-left": QCoreApplication.translate("Query", "lower left quarter"),
        "lower-right": QCoreApplication.translate("Query", "lower right quarter"),
        "upper": QCoreApplication.translate("Query", "upper half"),
        "lower": QCoreApplication.translate("Query", "lower half"),
        "left": QCoreApplication.translate("Query", "left half"),
        "right": QCoreApplication.translate("Query", "right half"),
    }


def _verdicts() -> dict[str, str]:
    return {
        "good": QCoreApplication.translate("Words", "Good"),
        "defect": QCoreApplication.translate("Words", "Defect"),
    }
