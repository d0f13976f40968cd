"""What does the outside see? Publications, the portal's suggestions, withdrawals, webhooks and calendars."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, Id, document, flag, key, moment, number, text, to

publication = sa.Table(
    "publication",
    METADATA,
    to("cohort", primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    to("round"),
    moment("at", nullable=False),
    text("by"),
    sa.UniqueConstraint("round"),  # nothing is published twice
)

suggestion = sa.Table(
    "suggestion",
    METADATA,
    to("round", primary_key=True),
    sa.Column("side", sa.String(8), primary_key=True),  # school, mentor
    key("subject"),  # a school's id, or a mentor's pseudonym
    sa.Column("body", sa.LargeBinary, nullable=False),  # JSON as the portal gets it
)

withdrawal = sa.Table(
    "withdrawal",
    METADATA,
    to("cohort", primary_key=True),
    key("mentor"),
    text("reason"),
    text("note"),
    moment("at", nullable=False),
    text("by"),
)

webhook = sa.Table(
    "webhook",
    METADATA,
    key(),
    text("url"),
    text("secret"),
    text("old_secret"),  # signs too, until then
    moment("old_until"),
    document("events"),
    sa.Column("cohort", Id, nullable=True),
    flag("paused"),
    number("version", 1),
    moment("created_at", nullable=False),
)

delivery = sa.Table(
    "delivery",
    METADATA,
    key(),
    to("webhook"),
    text("event"),
    document("payload"),
    text("state"),  # waiting, delivered, given_up
    number("attempt"),
    moment("next_at"),
    number("answer", nullable=True),
    moment("created_at", nullable=False),
    text("reason"),  # why nothing answered, in a word of outbound.py
)

season = sa.Table(
    "season",
    METADATA,
    key(),
    to("cohort"),
    to("round"),
    to("job", nullable=True),
    document("season"),  # a matcher Season
    document("year", nullable=True),  # a matcher Year
    moment("published_at"),
    number("version", 1),
    moment("created_at", nullable=False),
    text("created_by"),
)

calendar = sa.Table(
    "calendar",
    METADATA,
    key("digest"),  # SHA-256 of the secret in the feed's address
    to("cohort"),
    sa.Column("side", sa.String(8), nullable=False),  # school, mentor, all
    sa.Column("subject", Id, nullable=False),
    moment("created_at", nullable=False),
)
