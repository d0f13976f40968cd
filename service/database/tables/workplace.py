"""What do coordinators keep for themselves beside a plan? What was said about a pair, and what they often look at."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, Id, key, moment, number, text, to

pair_note = sa.Table(
    "pair_note",
    METADATA,
    to("cohort", primary_key=True),
    sa.Column("school", Id, primary_key=True),
    sa.Column("mentor", Id, primary_key=True),
    text("status"),  # to_discuss, discussed, agreed, doubt
    text("note"),
    number("version", 1),
    moment("changed_at", nullable=False),
    text("changed_by"),
)

saved_view = sa.Table(
    "saved_view",
    METADATA,
    key(),
    to("cohort"),
    text("owner"),  # a person; empty where everybody of the cohort sees it
    sa.Column("name", sa.String(80), nullable=False),
    text("query"),  # the tail of the address of the plan's page
    moment("created_at", nullable=False),
    text("created_by"),
    sa.UniqueConstraint("cohort", "owner", "name"),
)
