"""What does a cohort do in its year? Applications, and papers: every other document of the trajectory."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, document, key, moment, number, text, to

application = sa.Table(
    "application",
    METADATA,
    key(),
    to("cohort"),
    sa.Column("kind", sa.String(8), nullable=False),  # school, mentor
    sa.Column("state", sa.String(16), nullable=False),  # as the document says, to be searched on
    document("document"),  # a matcher Application
    sa.Column("digest", sa.String(64), nullable=False, unique=True),  # SHA-256 of the secret that confirms it
    number("version", 1),
    moment("created_at", nullable=False),
    moment("changed_at", nullable=False),
    text("changed_by"),
    text("source"),  # the key that sent it; empty: anybody
    sa.Index(None, "cohort", "state"),
)

paper = sa.Table(
    "paper",
    METADATA,
    to("cohort", primary_key=True),
    sa.Column("kind", sa.String(32), primary_key=True),  # see service/cohorts/documents/store.py
    key(),
    document("document"),
    number("version", 1),
    moment("changed_at", nullable=False),
    text("changed_by"),
)
