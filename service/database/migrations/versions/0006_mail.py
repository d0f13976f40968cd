"""What is told to people by mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.database.tables import base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "mail",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cohort", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("deed", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("facts", base.Document, nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("calendar", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("next_at", base.Moment(), nullable=True),
        sa.Column("job", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("maybe_twice", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("changed_at", base.Moment(), nullable=False),
        sa.Column("sent_at", base.Moment(), nullable=True),
        sa.Column("changed_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name=op.f("fk_mail_cohort"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("deed", name=op.f("uq_mail_deed")),
    )
    op.create_index(op.f("ix_mail_cohort_state"), "mail", ["cohort", "state"])
    op.create_index(op.f("ix_mail_state_next_at"), "mail", ["state", "next_at"])
