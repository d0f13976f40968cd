"""What those who take part do themselves: their own pages, changes that they ask for, sessions they come to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.database.tables import base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "participant",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("cohort", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("used_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name=op.f("fk_participant_cohort"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_participant")),
        sa.UniqueConstraint("cohort", "side", "subject", name=op.f("uq_participant_cohort")),
    )
    op.create_table(
        "wish",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cohort", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("document", base.Document, nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("decided_at", base.Moment(), nullable=True),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name=op.f("fk_wish_cohort"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
    )
    op.create_table(
        "attendance",
        sa.Column("cohort", sa.String(length=64), nullable=False),
        sa.Column("session", sa.String(length=255), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("comes", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name=op.f("fk_attendance_cohort"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cohort", "session", "side", "subject", name=op.f("pk_attendance")),
    )
