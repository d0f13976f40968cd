"""What is being computed, and what came out? Jobs, their events, and the rounds that they solve."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, Id, document, flag, key, moment, number, text, to

job = sa.Table(
    "job",
    METADATA,
    key(),
    text("kind"),
    sa.Column("cohort", Id, sa.ForeignKey("cohort.id", ondelete="CASCADE"), nullable=True, index=True),
    sa.Column("target", Id, nullable=True, index=True),  # what it is for: a round, an import
    sa.Column("parent", Id, sa.ForeignKey("job.id", ondelete="CASCADE"), nullable=True, index=True),
    document("payload"),
    sa.Column("state", sa.String(16), nullable=False, index=True),  # queued, running, done, failed, stopped
    number("attempt"),
    number("beats"),  # how often a worker said that it lives
    number("crashes"),  # how often the job brought its process down
    number("taken_over"),  # how often a worker fell silent
    text("worker"),
    moment("heartbeat_at"),
    flag("stop_asked"),
    document("result", nullable=True),
    text("failure"),
    moment("created_at", nullable=False),
    moment("started_at"),
    moment("finished_at"),
)

event = sa.Table(
    "event",
    METADATA,
    to("job", primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    text("kind"),
    document("document"),
    moment("at", nullable=False),
)

round_ = sa.Table(
    "round",
    METADATA,
    key(),
    to("cohort"),
    number("number", None),
    to("job", nullable=True),
    text("state"),  # draft, approved, published, superseded
    document("given"),  # a matcher Round
    document("plan", nullable=True),  # a matcher Plan
    document("findings", nullable=True),  # what follows from the plan: resilience, suggestions
    text("inputs_hash"),
    sa.Column("previous", Id, nullable=True),  # the round whose plan it repairs
    number("version", 1),
    moment("created_at", nullable=False),
    text("created_by"),
    sa.UniqueConstraint("cohort", "number"),
)
