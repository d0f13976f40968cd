"""What does a coordinator work on? Cohorts with their schools, mentors, agreements, policies and imports."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, Id, document, flag, key, moment, number, text, to

cohort = sa.Table(
    "cohort",
    METADATA,
    key(),
    text("name"),
    text("region"),  # the chamber whose coordinators see it
    number("school_year"),
    moment("keep_until"),  # contact data is erased after this
    number("version", 1),
    moment("created_at", nullable=False),
    moment("archived_at"),  # since when it stands apart in the list; nothing where it does not
)

school = sa.Table(
    "school",
    METADATA,
    to("cohort", primary_key=True),
    key(),
    document("document"),  # a matcher School
    number("version", 1),
    moment("changed_at", nullable=False),
    text("changed_by"),
)

mentor = sa.Table(
    "mentor",
    METADATA,
    to("cohort", primary_key=True),
    key(),
    document("document"),  # a matcher Mentor
    text("pseudonym"),  # what the portal calls this mentor
    number("version", 1),
    moment("changed_at", nullable=False),
    text("changed_by"),
    sa.UniqueConstraint("cohort", "pseudonym"),
)

consent = sa.Table(
    "consent",
    METADATA,
    to("cohort", primary_key=True),
    sa.Column("side", sa.String(8), primary_key=True),  # school, mentor
    key(),  # of the school or mentor that agrees to be shown on the portal
    text("wording"),  # the version of the text that was agreed to, or how we know
    moment("given_at", nullable=False),
    text("noted_by"),
)

lock = sa.Table(
    "lock",
    METADATA,
    key(),
    to("cohort"),
    sa.Column("school", Id, nullable=False),
    sa.Column("mentor", Id, nullable=False),
    text("kind"),  # required, forbidden
    text("reason"),
    flag("override"),
    moment("created_at", nullable=False),
    text("created_by"),
    sa.UniqueConstraint("cohort", "school", "mentor", "kind"),
)

rules = sa.Table(
    "rules",
    METADATA,
    to("cohort", primary_key=True),
    sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
    document("document"),  # a matcher Policy
    moment("created_at", nullable=False),
    text("created_by"),
)

import_ = sa.Table(
    "import",
    METADATA,
    key(),
    to("cohort"),
    text("state"),  # reading, ready, committed, failed
    document("mapping"),
    document("fixes"),
    document("preview", nullable=True),
    number("version", 1),
    sa.Column("job", Id, nullable=True),
    moment("created_at", nullable=False),
    text("created_by"),
    moment("committed_at"),
)

upload = sa.Table(
    "upload",
    METADATA,
    to("import", primary_key=True),
    sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),  # several files in their order
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
