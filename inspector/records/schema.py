"""The tables of the record: wafers and their grids, models, judgements with evidence, decisions, opinions, people."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

SCHEMA = 4  # the number of the newest migration; SQLite's user_version
APPLICATION_ID = 0x57494E53  # "WINS": tells a record from any other SQLite file

_KINDS = "kind IN ('confirm','relabel','unsure','exclude','withdraw')"
_OPINIONS = "kind IN ('review','adjudicate','return','withdraw')"

metadata = MetaData()  # every check has a name: Alembic drops nameless ones when it rebuilds a table


class PathText(TypeDecorator[str]):
    """Text that may hold the bytes of a path that is not valid UTF-8; such a path is kept as bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:
        if value is None:
            return None
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogateescape")
        return value

    def process_result_value(self, value: str | bytes | None, dialect: Dialect) -> str | None:
        return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


def _seq(table: str) -> Column[int]:
    return Column("seq", Integer, CheckConstraint("seq > 0", f"{table}_seq_counts"), primary_key=True)


def _id(table: str) -> Column[int]:
    return Column("id", Integer, CheckConstraint("id > 0", f"{table}_id_counts"), primary_key=True)


def _chip() -> tuple[Column[int], Column[int], Column[int]]:
    """Which wafer, and which chip on it."""
    wafer_id: Column[int] = Column("wafer_id", ForeignKey("wafer.id"), nullable=False)
    return wafer_id, Column("chip_column", Integer, nullable=False), Column("chip_row", Integer, nullable=False)


def _filled(table: str, name: str) -> Column[str]:
    return Column(name, Text, CheckConstraint(f"length(trim({name})) > 0", f"{table}_has_{name}"), nullable=False)


def _wafer_once(table: str) -> Column[int]:
    counts = CheckConstraint("wafer_id > 0", f"{table}_wafer_counts")
    return Column("wafer_id", Integer, ForeignKey("wafer.id"), counts, primary_key=True)


recipe = Table(
    "recipe",
    metadata,
    _id("recipe"),
    Column("digest", Text, nullable=False, unique=True),
    Column("json", Text, nullable=False),
)

wafer = Table(
    "wafer",
    metadata,
    _id("wafer"),
    Column("lot", Text, nullable=False),
    Column("wafer", Text, nullable=False),
    Column("source", PathText, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("recipe_id", ForeignKey("recipe.id"), nullable=False),
    Column("placed", Text, nullable=False),
    Column("copy_name", PathText, nullable=False),
    Column("added", Text, nullable=False),
    Column("stamp", Text),  # empty where the image was read whole before the wafer was added
    Index("wafer_by_name", "lot", "wafer"),  # unique among those that are not withdrawn: a trigger sees to it
)

reading = Table(  # the image of a wafer that was added while it was read has been read whole
    "reading",
    metadata,
    _wafer_once("reading"),
    Column("sha256", Text, nullable=False),
    Column("time", Text, nullable=False),
)

wafer_withdrawal = Table(  # a wafer that is set aside with everything on it; its name is free again
    "wafer_withdrawal",
    metadata,
    _wafer_once("wafer_withdrawal"),
    Column("reason", Text, CheckConstraint("length(trim(reason)) > 0", "wafer_withdrawal_has_reason"), nullable=False),
    Column("time", Text, nullable=False),
)

# Judgements and decisions up to these numbers were made on the placement before.
placement = Table(
    "placement",
    metadata,
    _seq("placement"),
    Column("wafer_id", ForeignKey("wafer.id"), nullable=False),
    Column("placed", Text, nullable=False),
    Column("operator", Text, CheckConstraint("length(trim(operator)) > 0", "placement_has_operator"), nullable=False),
    Column("time", Text, nullable=False),
    Column("last_judgement", Integer, nullable=False),
    Column("last_decision", Integer, nullable=False),
    Index("placement_by_wafer", "wafer_id"),
)

model = Table(
    "model",
    metadata,
    _id("model"),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("heat_low", Float, nullable=False),
    Column("heat_high", Float, nullable=False),
    Column("classes", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("review_low", Float),  # both empty in rows of schema 1: the recipe's limits hold
    Column("review_high", Float),
)

judgement = Table(
    "judgement",
    metadata,
    _seq("judgement"),
    Column("wafer_id", ForeignKey("wafer.id"), nullable=False),
    Column("chip_column", Integer, nullable=False),
    Column("chip_row", Integer, nullable=False),
    Column("model_id", ForeignKey("model.id"), nullable=False),
    Column("class_name", Text),
    Column("probabilities", LargeBinary, nullable=False),
    Column("p_defect", Float),
    Column("peak_x", Float),
    Column("peak_y", Float),
    Column("time", Text, nullable=False),
    Column("novelty", Float),  # empty where undecided, and in rows of schema 1
    Index("judgement_by_chip", "wafer_id", "chip_row", "chip_column"),
)

# A table of its own, so that reading a wafer's judgements never loads the maps.
evidence = Table(
    "evidence",
    metadata,
    Column(
        "judgement_seq",
        Integer,
        ForeignKey("judgement.seq"),
        CheckConstraint("judgement_seq > 0", "evidence_seq_counts"),
        primary_key=True,
    ),
    Column("maps", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    _seq("decision"),
    Column("wafer_id", ForeignKey("wafer.id"), nullable=False),
    Column("chip_column", Integer, nullable=False),
    Column("chip_row", Integer, nullable=False),
    Column("kind", Text, CheckConstraint(_KINDS, "decision_kind_known"), nullable=False),
    Column("operator", Text, CheckConstraint("length(trim(operator)) > 0", "decision_has_operator"), nullable=False),
    Column("time", Text, nullable=False),
    Column("from_class", Text),
    Column("to_class", Text),
    Column("subtype", Text),
    Column("reason", Text, nullable=False),
    Column("point_x", Float),
    Column("point_y", Float),
    Column("batch", Text),
    Column("withdraws", ForeignKey("decision.seq")),
    Column("ms_spent", Integer),  # from the chip's painting to the key; empty where nobody measured it
    CheckConstraint("(kind IN ('confirm','relabel')) = (to_class IS NOT NULL)", "decision_names_class"),
    CheckConstraint("(kind = 'withdraw') = (withdraws IS NOT NULL)", "decision_names_withdrawn"),
    Index("decision_by_chip", "wafer_id", "chip_row", "chip_column"),
    Index("decision_by_operator", "operator", "time"),
)

# A person's newest row holds. A name without a row that holds is nobody; without any row at all, everybody is anybody.
person = Table(
    "person",
    metadata,
    _seq("person"),
    _filled("person", "name"),
    Column("role", Text, CheckConstraint("role IN ('operator','engineer','administrator')", "person_role_known")),
    Column("pin", Text),  # argon2; role and pin are empty in the row that takes a person out
    _filled("person", "operator"),
    Column("time", Text, nullable=False),
)

event = Table(  # who signed in, what was refused, and acts that leave no other row, such as an export
    "event",
    metadata,
    _seq("event"),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),  # empty where nobody had signed in
    Column("act", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("facts", Text, nullable=False),  # JSON
    Column("time", Text, nullable=False),
    Index("event_by_person", "person"),
)

opinion = Table(
    "opinion",
    metadata,
    _seq("opinion"),
    *_chip(),
    Column("kind", Text, CheckConstraint(_OPINIONS, "opinion_kind_known"), nullable=False),
    _filled("opinion", "operator"),
    Column("time", Text, nullable=False),
    Column("class_name", Text),
    Column("reason", Text, nullable=False),
    Column("about", ForeignKey("decision.seq"), nullable=False),
    Column("made", ForeignKey("decision.seq")),  # the decision that came with it
    Column("last_decision", Integer, nullable=False),  # the record's newest one before it
    Column("withdraws", ForeignKey("opinion.seq")),
    Column("ms_spent", Integer),
    CheckConstraint("(kind = 'withdraw') = (withdraws IS NOT NULL)", "opinion_names_withdrawn"),
    Index("opinion_by_chip", "wafer_id", "chip_row", "chip_column"),
    Index("opinion_by_operator", "operator", "time"),
)

note = Table(
    "note",
    metadata,
    _seq("note"),
    *_chip(),
    _filled("note", "operator"),
    Column("time", Text, nullable=False),
    Column("text", Text, nullable=False),  # empty where it takes another note back
    Column("withdraws", ForeignKey("note.seq")),
    CheckConstraint("(length(trim(text)) = 0) = (withdraws IS NOT NULL)", "note_has_text"),
    Index("note_by_chip", "wafer_id", "chip_row", "chip_column"),
)
