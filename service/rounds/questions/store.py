"""What may the portal show? Suggestions as they were worked out for a round, ready to be sent."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.tables import mentor, suggestion

PAIRINGS = ("plan", "pairings")
"""Side and subject under which a round's own pairs are kept, as the portal gets them."""


BESIDES = "besides"
"""Side under which stands, for each school of a round, who comes in its place and who stands by."""

OF_SIDE = sa.select(suggestion.c.subject, suggestion.c.body).where(
    suggestion.c.round == sa.bindparam("of"), suggestion.c.side == sa.bindparam("on")
)
PSEUDONYMS = sa.select(mentor.c.id, mentor.c.pseudonym).where(mentor.c.cohort == sa.bindparam("of"))


def keep(transaction: Transaction, round_id: str, side: str, bodies: Mapping[str, bytes]) -> None:
    """Keep the suggestions of a round for schools, or for mentors (by pseudonym)."""
    subjects = list(bodies)
    old = sa.delete(suggestion).where(suggestion.c.round == round_id, suggestion.c.side == side)
    transaction.execute(old.where(suggestion.c.subject.in_(subjects)))
    rows = [{"round": round_id, "side": side, "subject": key, "body": body} for key, body in bodies.items()]
    if rows:
        transaction.connection.execute(sa.insert(suggestion), rows)


def of_round(transaction: Transaction, round_id: str, side: str, subject: str) -> bytes | None:
    """Find the suggestions of a round for one school or mentor."""
    query = sa.select(suggestion.c.body).where(suggestion.c.round == round_id, suggestion.c.side == side)
    return transaction.execute(query.where(suggestion.c.subject == subject)).scalar_one_or_none()


def all_of_side(transaction: Transaction, round_id: str, side: str) -> dict[str, bytes]:
    """Give what was kept on one side of a round, by subject."""
    found = transaction.execute(OF_SIDE, {"of": round_id, "on": side})
    return {str(row[0]): bytes(row[1]) for row in found}


def pseudonyms(transaction: Transaction, cohort: str) -> dict[str, str]:
    """Give what the portal calls each mentor of a cohort."""
    return {str(row[0]): str(row[1]) for row in transaction.execute(PSEUDONYMS, {"of": cohort}).all()}
