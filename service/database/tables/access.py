"""Who may come in, and what did they do? People, sessions, keys, and the trail of what was done."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.tables.base import METADATA, Id, document, flag, key, moment, number, text, to

fact = sa.Table("fact", METADATA, sa.Column("name", sa.String(64), primary_key=True), text("value"))
"""Small facts about this installation, such as its secret, name by name."""

person = sa.Table(
    "person",
    METADATA,
    key(),
    sa.Column("email", sa.String(254), nullable=False, unique=True),
    text("name"),
    text("role"),  # viewer, coordinator, admin
    document("regions"),  # the chambers whose cohorts are theirs; an admin has all
    text("password"),  # Argon2id, empty until chosen
    flag("blocked"),
    number("version", 1),
    moment("created_at", nullable=False),
)

login = sa.Table(
    "login",
    METADATA,
    key("digest"),  # SHA-256 of the cookie
    to("person"),
    moment("created_at", nullable=False),
    moment("seen_at", nullable=False),
    moment("expires_at", nullable=False),
    text("browser"),  # what it calls itself, in two words
    moment("proved_at"),  # when who it is was proved last; none: not as far as is known
    flag("two_steps"),  # whether the organisation's provider says that it asked two steps
)

provider_account = sa.Table(
    "provider_account",
    METADATA,
    to("person", primary_key=True),
    text("issuer"),
    sa.Column("subject", sa.String(255), nullable=False),  # never given to another, as an address may be
    moment("created_at", nullable=False),
    sa.UniqueConstraint("issuer", "subject"),
)
"""Whose account with the organisation's provider is whose, from the first login with it."""

second_factor = sa.Table(
    "second_factor",
    METADATA,
    to("person", primary_key=True),
    text("secret"),  # of RFC 6238, in base32; no hash, for codes are made of it
    moment("confirmed_at"),  # asked at each login from then on
    number("last_step", 0),  # of the newest code that was used, so that none counts twice
    text("salt"),  # of the hash by which this person's codes to recover are kept
)

recovery_code = sa.Table(
    "recovery_code",
    METADATA,
    key("digest"),  # Argon2id of the SHA-256 of the code with whose it is
    to("person"),
    moment("used_at"),
)

half_login = sa.Table(
    "half_login",
    METADATA,
    key("digest"),  # SHA-256 of what the browser keeps meanwhile
    to("person"),
    text("way"),
    number("tries", 0),
    moment("expires_at", nullable=False),
)
"""Who proved the first factor, and is asked for the second."""

link = sa.Table(
    "link",
    METADATA,
    key("digest"),  # SHA-256 of the secret in a one-time link
    to("person"),
    moment("expires_at", nullable=False),
    moment("used_at"),
)

api_key = sa.Table(
    "api_key",
    METADATA,
    key(),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    text("name"),
    document("scopes"),
    sa.Column("cohort", Id, nullable=True),  # the one cohort it opens; none: every published one
    flag("trusted"),  # believed when it says for whom it asks
    moment("created_at", nullable=False),
    moment("expires_at"),
    moment("revoked_at"),
    moment("used_at"),  # noted once a minute
)

audit = sa.Table(
    "audit",
    METADATA,
    key(),
    moment("at", nullable=False),
    text("actor"),
    text("action"),
    text("target"),
    sa.Column("cohort", Id, nullable=True, index=True),
    document("detail"),
    text("request"),
)

answered = sa.Table(
    "answered",
    METADATA,
    key("digest"),  # of caller, path and Idempotency-Key
    text("fingerprint"),  # of the body
    number("status"),
    document("headers"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    moment("at", nullable=False),
)
"""Answers to requests with an Idempotency-Key, given again when the request is sent again."""
