"""Who is calling? A person with a login, a program with a key, somebody on their own page, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Literal

from service.access.keys import KEY_SCOPES, OF_PORTAL, REGION, KeyRow, key_row, used
from service.access.logins import login_row, seen
from service.core.errors import Problem
from service.database.engine import Database
from service.database.ids import now

COOKIE = "in2stem"
SEEN_EVERY = timedelta(minutes=1)

Role = Literal["nobody", "participant", "portal", "viewer", "coordinator", "admin"]
ENDED = "Deze sleutel is niet (meer) geldig. Vraag een nieuwe aan de beheerder."


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: a role, and whose cohorts they see.

    `regions` are the chambers whose cohorts a person works on (an admin on all); `cohort` is the one
    cohort that a key is for, None for all. A portal's key without either is for whatever is published.
    `scopes` is what a portal's key may do; a `trusted` one is believed when it says for whom it asks.
    `side` and `key` say which school or mentor of that cohort a participant is. `by` is what the audit trail keeps.
    Who `lacks_step` must set a second step before anything else.
    """

    role: Role = "nobody"
    id: str = ""
    name: str = ""
    regions: tuple[str, ...] = ()
    cohort: str | None = None
    is_key: bool = False
    scopes: frozenset[str] = frozenset()
    trusted: bool = False
    side: str = ""
    key: str = ""
    lacks_step: bool = False

    @property
    def by(self) -> str:
        """Name the caller in the audit trail: an id, never a person's name."""
        return self.id or self.role

    @property
    def sees_all(self) -> bool:
        """Whether every cohort is this caller's business."""
        return self.cohort is None and (self.role == "admin" or (self.role == "portal" and not self.regions))

    def sees_cohort(self, cohort: str) -> bool:
        """Tell whether a key that is bound to one cohort, or to none, is for this one."""
        return self.cohort in (None, cohort)

    def sees(self, region: str, cohort: str) -> bool:
        """Tell whether a cohort is this caller's business."""
        if self.cohort is not None:
            return self.cohort == cohort
        return self.sees_all or region in self.regions


NOBODY = Caller()

HOST_ALONE = "__Host-"
"""What browsers want of a cookie called so: set by this very host, over HTTPS, for all its paths."""


def cookie_name(url: str, name: str = COOKIE) -> str:
    """Give what a cookie is called, that of a login unless said; under HTTPS no other site or path can set it."""
    return f"{HOST_ALONE}{name}" if url.startswith("https://") else name


def bearer_secret(headers: Mapping[str, str]) -> str | None:
    """Give the key that came along, None for none. Raises Problem 401 for another way to prove who asks."""
    given = headers.get("authorization", "")
    if not given:
        return None
    scheme, _, secret = given.partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized("Alleen «Authorization: Bearer SLEUTEL» wordt aanvaard.")
    return secret.strip()


def unauthorized(detail: str) -> Problem:
    """Answer that we do not know who asks."""
    return Problem(HTTPStatus.UNAUTHORIZED, "unauthorized", detail, headers={"WWW-Authenticate": "Bearer"})


def key_of(database: Database, secret: str) -> KeyRow:
    """Find a key that holds; raises Problem 401. That it is used is noted once a minute."""
    with database.glance() as transaction:
        row = key_row(transaction, secret)
    if row is None or row.revoked_at is not None:
        raise unauthorized(ENDED)
    moment = now()
    if row.used_at is None or moment - row.used_at > SEEN_EVERY:
        with database.write() as transaction:
            used(transaction, row.id)
    return row


def caller_of_key(row: KeyRow) -> Caller:
    """Say as whom a key comes; raises Problem 401 where its time is over."""
    if row.expires_at is not None and row.expires_at <= now():
        raise unauthorized(ENDED)
    role = next((one for one in ("admin", "coordinator", "viewer") if one in row.scopes), "portal")
    regions = tuple(one.removeprefix(REGION) for one in row.scopes if one.startswith(REGION))
    scopes = OF_PORTAL if "portal" in row.scopes else frozenset(one for one in row.scopes if one in KEY_SCOPES)
    return Caller(
        role=role,  # type: ignore[arg-type]
        id=row.id,
        name=row.name,
        regions=regions,
        cohort=row.cohort,
        is_key=True,
        scopes=scopes,
        trusted=row.trusted,
    )


def caller_of_login(database: Database, secret: str, *, two_steps: bool = False) -> Caller:
    """Find whose login this is; one that ended is nobody's. Being seen is noted once a minute.

    Where `two_steps` are asked of all, a person lacks one who neither set one nor came in with two by a provider.
    """
    with database.glance() as transaction:
        row = login_row(transaction, secret)
    moment = now()
    if row is None or not row.holds(moment):
        return NOBODY
    if moment - row.seen_at > SEEN_EVERY:
        with database.write() as transaction:
            seen(transaction, secret)
    lacks = two_steps and not (row.has_factor or row.two_steps)
    found = {"role": row.role, "id": row.id, "name": row.name, "regions": tuple(row.regions)}
    return Caller(**found, lacks_step=lacks)  # type: ignore[arg-type]
