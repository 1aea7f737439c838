"""Grids that are moved after judging, and wafers that are added while they are read, or withdrawn again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds three tables; the wafers' table is made anew, because a withdrawn wafer's name may come again."""
    with op.batch_alter_table("wafer", recreate="always", copy_from=_wafer()) as table:
        table.add_column(sa.Column("stamp", sa.Text))
    op.create_index("wafer_by_name", "wafer", ["lot", "wafer"])
    op.create_table("reading", _wafer_once("reading"), _text("sha256"), _text("time"))
    op.create_table(
        "wafer_withdrawal",
        _wafer_once("wafer_withdrawal"),
        _text("reason", sa.CheckConstraint("length(trim(reason)) > 0", "wafer_withdrawal_has_reason")),
        _text("time"),
    )
    op.create_table(
        "placement",
        sa.Column("seq", sa.Integer, sa.CheckConstraint("seq > 0", "placement_seq_counts"), primary_key=True),
        sa.Column("wafer_id", sa.Integer, sa.ForeignKey("wafer.id"), nullable=False),
        _text("placed"),
        _text("operator", sa.CheckConstraint("length(trim(operator)) > 0", "placement_has_operator")),
        _text("time"),
        sa.Column("last_judgement", sa.Integer, nullable=False),
        sa.Column("last_decision", sa.Integer, nullable=False),
    )
    op.create_index("placement_by_wafer", "placement", ["wafer_id"])


def _text(name: str, *checks: sa.CheckConstraint) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *checks, nullable=False)


def _wafer_once(table: str) -> sa.Column[int]:
    counts = sa.CheckConstraint("wafer_id > 0", f"{table}_wafer_counts")
    return sa.Column("wafer_id", sa.Integer, sa.ForeignKey("wafer.id"), counts, primary_key=True)


def _wafer() -> sa.Table:
    """The table of wafers as the first step made it, but its names may come again."""
    return sa.Table(
        "wafer",
        sa.MetaData(),
        sa.Column("id", sa.Integer, sa.CheckConstraint("id > 0", "wafer_id_counts"), primary_key=True),
        *(_text(name) for name in ("lot", "wafer", "source", "sha256")),
        sa.Column("recipe_id", sa.Integer, sa.ForeignKey("recipe.id"), nullable=False),
        *(_text(name) for name in ("placed", "copy_name", "added")),
    )
