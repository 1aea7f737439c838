"""The first record: recipes, wafers, models, judgements, evidence, decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table; the triggers are made by the caller once the tables stand."""
    _make_wafers()
    _make_judgements()
    _make_decisions()


def _id(table: str) -> sa.Column[int]:
    return sa.Column("id", sa.Integer, sa.CheckConstraint("id > 0", f"{table}_id_counts"), primary_key=True)


def _seq(table: str) -> sa.Column[int]:
    return sa.Column("seq", sa.Integer, sa.CheckConstraint("seq > 0", f"{table}_seq_counts"), primary_key=True)


def _make_wafers() -> None:
    op.create_table(
        "recipe",
        _id("recipe"),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_table(
        "wafer",
        _id("wafer"),
        sa.Column("lot", sa.Text, nullable=False),
        sa.Column("wafer", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("recipe_id", sa.Integer, sa.ForeignKey("recipe.id"), nullable=False),
        sa.Column("placed", sa.Text, nullable=False),
        sa.Column("copy_name", sa.Text, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
        sa.UniqueConstraint("lot", "wafer"),
    )
    op.create_table(
        "model",
        _id("model"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("heat_low", sa.Float, nullable=False),
        sa.Column("heat_high", sa.Float, nullable=False),
        sa.Column("classes", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
    )


def _chip() -> list[sa.Column[int]]:
    return [
        sa.Column("wafer_id", sa.Integer, sa.ForeignKey("wafer.id"), nullable=False),
        sa.Column("chip_column", sa.Integer, nullable=False),
        sa.Column("chip_row", sa.Integer, nullable=False),
    ]


def _make_judgements() -> None:
    op.create_table(
        "judgement",
        _seq("judgement"),
        *_chip(),
        sa.Column("model_id", sa.Integer, sa.ForeignKey("model.id"), nullable=False),
        sa.Column("class_name", sa.Text),
        sa.Column("probabilities", sa.LargeBinary, nullable=False),
        sa.Column("p_defect", sa.Float),
        sa.Column("peak_x", sa.Float),
        sa.Column("peak_y", sa.Float),
        sa.Column("time", sa.Text, nullable=False),
    )
    op.create_index("judgement_by_chip", "judgement", ["wafer_id", "chip_row", "chip_column"])
    op.create_table(
        "evidence",
        sa.Column(
            "judgement_seq",
            sa.Integer,
            sa.ForeignKey("judgement.seq"),
            sa.CheckConstraint("judgement_seq > 0", "evidence_seq_counts"),
            primary_key=True,
        ),
        sa.Column("maps", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )


def _make_decisions() -> None:
    kinds = "kind IN ('confirm','relabel','unsure','exclude','withdraw')"
    op.create_table(
        "decision",
        _seq("decision"),
        *_chip(),
        sa.Column("kind", sa.Text, sa.CheckConstraint(kinds, "decision_kind_known"), nullable=False),
        sa.Column(
            "operator",
            sa.Text,
            sa.CheckConstraint("length(trim(operator)) > 0", "decision_has_operator"),
            nullable=False,
        ),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("from_class", sa.Text),
        sa.Column("to_class", sa.Text),
        sa.Column("subtype", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("point_x", sa.Float),
        sa.Column("point_y", sa.Float),
        sa.Column("batch", sa.Text),
        sa.Column("withdraws", sa.Integer, sa.ForeignKey("decision.seq")),
        sa.CheckConstraint("(kind IN ('confirm','relabel')) = (to_class IS NOT NULL)", "decision_names_class"),
        sa.CheckConstraint("(kind = 'withdraw') = (withdraws IS NOT NULL)", "decision_names_withdrawn"),
    )
    op.create_index("decision_by_chip", "decision", ["wafer_id", "chip_row", "chip_column"])
