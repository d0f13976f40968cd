"""What does the portal need? Consents to be shown, keys that are trusted, and which key sent an application."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.database.tables import base

revision = "0009"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "consent",
        sa.Column("cohort", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("wording", sa.Text(), server_default="", nullable=False),
        sa.Column("given_at", base.Moment(), nullable=False),
        sa.Column("noted_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name=op.f("fk_consent_cohort"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cohort", "side", "id", name=op.f("pk_consent")),
    )
    op.add_column("api_key", sa.Column("trusted", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("application", sa.Column("source", sa.Text(), server_default="", nullable=False))
