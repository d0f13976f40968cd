"""Whether those who were matched want it: proposals and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.database.tables import base

revision = "0007"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cohort", sa.String(length=64), nullable=False),
        sa.Column("round", sa.String(length=64), nullable=False),
        sa.Column("school", sa.String(length=64), nullable=False),
        sa.Column("mentor", sa.String(length=64), nullable=False),
        sa.Column("answer_by", sa.Text(), server_default="", nullable=False),
        sa.Column("mentor_answer", sa.Text(), server_default="", nullable=False),
        sa.Column("mentor_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("mentor_by", sa.Text(), server_default="", nullable=False),
        sa.Column("mentor_at", base.Moment(), nullable=True),
        sa.Column("school_answer", sa.Text(), server_default="", nullable=False),
        sa.Column("school_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("school_by", sa.Text(), server_default="", nullable=False),
        sa.Column("school_at", base.Moment(), nullable=True),
        sa.Column("withdrawn_at", base.Moment(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("created_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name=op.f("fk_proposal_cohort"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_proposal_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("cohort", "school", "mentor", name=op.f("uq_proposal_cohort")),
    )
