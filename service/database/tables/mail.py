"""What is told to people by mail? The outbox: every mail that was proposed, waits, was sent or came back."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, Id, document, flag, key, moment, number, text, to

mail = sa.Table(
    "mail",
    METADATA,
    key(),
    to("cohort", nullable=True),  # none: of the installation, such as a link to log in
    sa.Column("kind", sa.String(32), nullable=False),  # see service/mail/kinds.py
    sa.Column("deed", sa.String(64), nullable=False, unique=True),  # SHA-256 of what it tells: that is mailed once
    sa.Column("side", sa.String(16), nullable=False),  # school, mentor, person
    sa.Column("who", Id, nullable=False),  # the id on that side
    text("name"),
    text("address"),
    document("facts"),  # what the text is made of, for as long as it can be made anew
    text("subject"),
    text("body"),
    text("calendar"),  # iCalendar of an invitation, empty for none
    sa.Column("state", sa.String(16), nullable=False),
    number("attempt"),
    moment("next_at"),
    sa.Column("job", Id, nullable=True),  # which job is sending it
    text("answer"),  # what the server said last, or what went wrong
    flag("maybe_twice"),  # the worker died while sending: the server may have had it already
    moment("created_at", nullable=False),
    moment("changed_at", nullable=False),
    moment("sent_at"),
    text("changed_by"),
    sa.Index(None, "cohort", "state"),
    sa.Index(None, "state", "next_at"),
)
