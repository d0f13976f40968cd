"""With which keys do programs come?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

import matcher
from service.database.engine import Transaction
from service.database.ids import digest, new_id, new_secret, now
from service.database.tables import api_key

KEY_ROLES = ("portal", "viewer", "coordinator", "admin")
KEY_SCOPES = ("suggestions", "publication", "applications")
"""What a key of the portal may do apart, one or more of them in the place of a role."""

OF_PORTAL = frozenset({"suggestions", "publication"})
"""What a key with the role `portal` may do."""

REGION = "region:"
PREFIX = "in2stem"
"""What a key begins with, so that people and scanners know one when they see it."""

KEPT = [one for one in api_key.c if one.name != "digest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A key as it is kept, without what would open anything."""

    id: str
    name: str
    scopes: Sequence[str]
    cohort: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    trusted: bool = False
    used_at: datetime | None = None


def check_regions(regions: Sequence[str]) -> None:
    """Refuse regions that are none; raises InvalidValueError."""
    known = matcher.regions()
    for one in regions:
        if one not in known:
            raise matcher.InvalidValueError(f"De kamer «{one}» is niet gekend. {matcher.did_you_mean(one, known)}")


def check_scopes(scopes: Sequence[str], cohort: str | None) -> None:
    """Refuse scopes that say too little or too much; raises InvalidValueError."""
    roles = [one for one in scopes if not one.startswith(REGION)]
    regions = [one.removeprefix(REGION) for one in scopes if one.startswith(REGION)]
    if not roles or not (set(roles) <= set(KEY_SCOPES) or (len(roles) == 1 and roles[0] in KEY_ROLES)):
        words = f"Een sleutel heeft juist één rol nodig: {', '.join(KEY_ROLES)}"
        raise matcher.InvalidValueError(f"{words}; of in de plaats daarvan een of meer van {', '.join(KEY_SCOPES)}.")
    check_regions(regions)
    if roles == ["admin"] and (regions or cohort is not None):
        raise matcher.InvalidValueError("Een sleutel voor een beheerder geldt overal; laat kamers en cohorte weg.")
    if regions and cohort is not None:
        raise matcher.InvalidValueError("Een sleutel voor één cohorte geldt voor die alleen; laat kamers weg.")
    if roles[0] in {"viewer", "coordinator"} and not regions and cohort is None:
        raise matcher.InvalidValueError(
            "Zonder kamer of cohorte ziet deze sleutel niets. Geef bijvoorbeeld region:Limburg."
        )


def make_key(  # noqa: PLR0913 - what a key is
    transaction: Transaction,
    *,
    name: str,
    scopes: Sequence[str],
    cohort: str | None = None,
    expires_at: datetime | None = None,
    trusted: bool = False,
) -> tuple[str, str]:
    """Make a key; give its id and its secret, which is kept nowhere. Raises InvalidValueError (see check_scopes)."""
    check_scopes(scopes, cohort)
    key, secret = new_id("key"), new_secret(PREFIX)
    values: dict[str, object] = {
        "id": key,
        "digest": digest(secret),
        "name": name.strip(),
        "scopes": list(dict.fromkeys(scopes)),
    }
    values |= {"cohort": cohort, "created_at": now(), "expires_at": expires_at, "trusted": trusted}
    transaction.execute(sa.insert(api_key).values(**values))
    return key, secret


def revoke_key(transaction: Transaction, key: str) -> bool:
    """End a key; tell whether there is one. A key that ended before keeps its moment."""
    ended = sa.func.coalesce(api_key.c.revoked_at, now())
    return transaction.execute(sa.update(api_key).where(api_key.c.id == key).values(revoked_at=ended)).rowcount == 1


def list_keys(transaction: Transaction, before: str | None = None, limit: int | None = None) -> list[KeyRow]:
    """Give keys from the newest back, also those that ended."""
    query = sa.select(*KEPT).order_by(api_key.c.id.desc()).limit(limit)
    query = query.where(api_key.c.id < before) if before is not None else query
    return transaction.rows(query, KeyRow)


def used(transaction: Transaction, key: str) -> None:
    """Note that a key is in use."""
    transaction.execute(sa.update(api_key).where(api_key.c.id == key).values(used_at=now()))


def find(transaction: Transaction, key: str) -> KeyRow | None:
    """Find a key by its id."""
    return transaction.first(sa.select(*KEPT).where(api_key.c.id == key), KeyRow)


def key_row(transaction: Transaction, secret: str) -> KeyRow | None:
    """Find a key by its secret, also one that ended."""
    return transaction.first(sa.select(*KEPT).where(api_key.c.digest == digest(secret)), KeyRow)
