"""What do we keep about somebody who works here? The account, and where the number or the name stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from service.access import factors, logins
from service.access.people import PersonRow
from service.cohorts.members.mentions_store import mentions_anywhere
from service.cohorts.members.redaction import Redaction
from service.database.backup_secrets import hidden
from service.database.engine import Transaction
from service.database.tables import audit, provider_account, saved_view
from service.mail import store as mails

OF_PERSON = ("id", "email", "name", "role", "regions", "blocked", "created_at")
TOLD_OF_MAIL = ("kind", "name", "address", "subject", "body", "state", "answer", "created_at", "sent_at")
MOST_LINES = 1000
"""Lines of the trail, from the newest back."""


def all_about(transaction: Transaction, row: PersonRow) -> dict[str, Any]:
    """Give all that is kept about a person, without what opens anything."""
    factor = factors.find(transaction, row.id)
    return {
        "account": {name: getattr(row, name) for name in OF_PERSON} | {"has_password": bool(row.password)},
        "provider_accounts": _of(transaction, provider_account, "person", row.id, ("issuer", "subject", "created_at")),
        "second_step_since": None if factor is None else factor.confirmed_at,
        "logins": [asdict(one) for one in logins.list_logins(transaction, row.id, None)],
        "mails": [
            {name: getattr(one, name) for name in TOLD_OF_MAIL} | {"body": hidden(one.body)}
            for one in mails.to_somebody(transaction, None, "person", row.id)
        ],
        "views": _of(transaction, saved_view, "owner", row.id, ("cohort", "name", "query", "created_at")),
        "trail": _trail(transaction, row.id),
        "named": [
            {"cohort": cohort or None, "what": one.what, "id": one.id, "part": one.part}
            for cohort, places in _named(transaction, row).items()
            for one in places
            if (one.what, one.id) != ("person", row.id)
        ],
    }


def _of(transaction: Transaction, table: sa.Table, name: str, who: str, told: tuple[str, ...]) -> list[dict[str, Any]]:
    query = sa.select(*(table.c[one] for one in told)).where(table.c[name] == who)
    return transaction.rows(query.order_by(table.c.created_at), dict)


def _trail(transaction: Transaction, who: str) -> list[dict[str, Any]]:
    """Give what they did and what was done to their account, the newest first."""
    told = [audit.c[one] for one in ("at", "actor", "action", "target", "cohort")]
    query = sa.select(*told).where(sa.or_(audit.c.actor == who, audit.c.target == who))
    return transaction.rows(query.order_by(audit.c.id.desc()).limit(MOST_LINES), dict)


def _named(transaction: Transaction, row: PersonRow) -> dict[str, Any]:
    """Give where the name stands in what others wrote, as erasing tells it; nothing of who was erased."""
    return dict(mentions_anywhere(transaction, Redaction.of_colleague(row.name, row.email))) if row.name else {}
