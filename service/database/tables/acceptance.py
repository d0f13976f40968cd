"""Do those who were matched want it? A proposal to a mentor and a school, and what each answered."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, Id, key, moment, number, text, to

proposal = sa.Table(
    "proposal",
    METADATA,
    key(),
    to("cohort"),
    to("round"),  # whose plan was proposed
    sa.Column("school", Id, nullable=False),
    sa.Column("mentor", Id, nullable=False),
    text("answer_by"),  # the last day to answer, as 2026-12-31
    text("mentor_answer"),  # accepted, declined; empty for none
    text("mentor_reason"),
    text("mentor_by"),  # who answered, or noted the answer
    moment("mentor_at"),
    text("school_answer"),
    text("school_reason"),
    text("school_by"),
    moment("school_at"),
    moment("withdrawn_at"),
    number("version", 1),
    moment("created_at", nullable=False),
    text("created_by"),
    sa.UniqueConstraint("cohort", "school", "mentor"),
)
