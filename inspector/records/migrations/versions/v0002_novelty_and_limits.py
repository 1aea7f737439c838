"""What the machine knows about itself: each judgement's novelty, and the review limits of the model that made it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds columns at the ends of two tables; rows that are there stay as they are, and keep their triggers."""
    op.add_column("model", sa.Column("review_low", sa.Float))
    op.add_column("model", sa.Column("review_high", sa.Float))
    op.add_column("judgement", sa.Column("novelty", sa.Float))
