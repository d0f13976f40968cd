"""What is computed: jobs, their events, rounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

from service.database.tables import base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step; on PostgreSQL with the tables of the queue, which belong to its library."""
    if op.get_bind().dialect.name == "postgresql":
        # Straight to the driver: the text has percent signs that are no placeholders.
        op.get_bind().connection.cursor().execute(SchemaManager.get_schema())
    op.create_table(
        "job",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("cohort", sa.String(length=64), nullable=True),
        sa.Column("target", sa.String(length=64), nullable=True),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.Column("payload", base.Document, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("worker", sa.Text(), server_default="", nullable=False),
        sa.Column("heartbeat_at", base.Moment(), nullable=True),
        sa.Column("stop_asked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("result", base.Document, nullable=True),
        sa.Column("failure", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("started_at", base.Moment(), nullable=True),
        sa.Column("finished_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name=op.f("fk_job_cohort"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent"], ["job.id"], name=op.f("fk_job_parent"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_cohort"), "job", ["cohort"], unique=False)
    op.create_index(op.f("ix_job_parent"), "job", ["parent"], unique=False)
    op.create_index(op.f("ix_job_state"), "job", ["state"], unique=False)
    op.create_index(op.f("ix_job_target"), "job", ["target"], unique=False)
    op.create_table(
        "event",
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("document", base.Document, nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["job.id"], name=op.f("fk_event_job"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job", "number", name=op.f("pk_event")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cohort", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("job", sa.String(length=64), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("given", base.Document, nullable=False),
        sa.Column("plan", base.Document, nullable=True),
        sa.Column("findings", base.Document, nullable=True),
        sa.Column("inputs_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.Column("created_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name=op.f("fk_round_cohort"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["job"], ["job.id"], name=op.f("fk_round_job"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("cohort", "number", name=op.f("uq_round_cohort_number")),
    )
