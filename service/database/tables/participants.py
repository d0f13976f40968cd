"""What do those who take part do themselves? Their own pages, changes that they ask for, sessions they come to."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, Id, document, flag, key, moment, text, to

participant = sa.Table(
    "participant",
    METADATA,
    key("digest"),  # SHA-256 of the secret in the address of the page
    to("cohort"),
    sa.Column("side", sa.String(8), nullable=False),  # school, mentor
    sa.Column("subject", Id, nullable=False),
    moment("created_at", nullable=False),
    moment("used_at"),
    sa.UniqueConstraint("cohort", "side", "subject"),
)

wish = sa.Table(
    "wish",
    METADATA,
    key(),
    to("cohort"),
    sa.Column("side", sa.String(8), nullable=False),
    sa.Column("subject", Id, nullable=False),
    text("kind"),  # change, withdraw, other
    document("document"),  # the fields to change, as the API has them
    text("note"),
    text("state"),  # open, accepted, refused
    text("answer"),
    moment("created_at", nullable=False),
    moment("decided_at"),
    text("decided_by"),
)

attendance = sa.Table(
    "attendance",
    METADATA,
    to("cohort", primary_key=True),
    sa.Column("session", sa.String(255), primary_key=True),  # the uid of a session, the same after a repair
    sa.Column("side", sa.String(8), primary_key=True),
    key("subject"),
    flag("comes"),
    moment("at", nullable=False),
    text("by"),
)
