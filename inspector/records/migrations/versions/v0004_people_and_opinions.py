"""People with roles, events, second opinions, notes on chips, and the time that a decision took."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ROLES = "role IN ('operator','engineer','administrator')"
_OPINIONS = "kind IN ('review','adjudicate','return','withdraw')"


def upgrade() -> None:
    op.add_column("decision", sa.Column("ms_spent", sa.Integer))
    op.create_index("decision_by_operator", "decision", ["operator", "time"])
    op.create_table(
        "person",
        _seq("person"),
        _filled("person", "name"),
        sa.Column("role", sa.Text, sa.CheckConstraint(_ROLES, "person_role_known")),
        sa.Column("pin", sa.Text),
        _filled("person", "operator"),
        _text("time"),
    )
    texts = ("kind", "person", "act", "what", "facts", "time")
    op.create_table("event", _seq("event"), *(_text(name) for name in texts))
    op.create_index("event_by_person", "event", ["person"])
    _opinions()
    op.create_table(
        "note",
        _seq("note"),
        *_chip(),
        _filled("note", "operator"),
        _text("time"),
        _text("text"),
        sa.Column("withdraws", sa.Integer, sa.ForeignKey("note.seq")),
        sa.CheckConstraint("(length(trim(text)) = 0) = (withdraws IS NOT NULL)", "note_has_text"),
    )
    op.create_index("note_by_chip", "note", ["wafer_id", "chip_row", "chip_column"])


def _opinions() -> None:
    op.create_table(
        "opinion",
        _seq("opinion"),
        *_chip(),
        _text("kind", sa.CheckConstraint(_OPINIONS, "opinion_kind_known")),
        _filled("opinion", "operator"),
        _text("time"),
        sa.Column("class_name", sa.Text),
        _text("reason"),
        sa.Column("about", sa.Integer, sa.ForeignKey("decision.seq"), nullable=False),
        sa.Column("made", sa.Integer, sa.ForeignKey("decision.seq")),
        sa.Column("last_decision", sa.Integer, nullable=False),
        sa.Column("withdraws", sa.Integer, sa.ForeignKey("opinion.seq")),
        sa.Column("ms_spent", sa.Integer),
        sa.CheckConstraint("(kind = 'withdraw') = (withdraws IS NOT NULL)", "opinion_names_withdrawn"),
    )
    op.create_index("opinion_by_chip", "opinion", ["wafer_id", "chip_row", "chip_column"])
    op.create_index("opinion_by_operator", "opinion", ["operator", "time"])


def _seq(table: str) -> sa.Column[int]:
    return sa.Column("seq", sa.Integer, sa.CheckConstraint("seq > 0", f"{table}_seq_counts"), primary_key=True)


def _chip() -> tuple[sa.Column[int], ...]:
    wafer = sa.Column("wafer_id", sa.Integer, sa.ForeignKey("wafer.id"), nullable=False)
    return wafer, *(sa.Column(name, sa.Integer, nullable=False) for name in ("chip_column", "chip_row"))


def _text(name: str, *checks: sa.CheckConstraint) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *checks, nullable=False)


def _filled(table: str, name: str) -> sa.Column[str]:
    return _text(name, sa.CheckConstraint(f"length(trim({name})) > 0", f"{table}_has_{name}"))
