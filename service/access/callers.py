"""Who is calling? A person with a login, a program with a key, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from service.errors import Problem
from service.store.ids import now
from service.store.people import key_row, login_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.store.database import Database, Transaction

COOKIE = "in2stem"
SEEN_EVERY = timedelta(minutes=1)

Role = Literal["nobody", "portal", "viewer", "coordinator", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "coordinator", "admin")
"""What people can be, from little to much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: a role, and whose cohorts they see.

    `regions` are the chambers whose cohorts a person works on (an admin on all); `cohort` is the one
    cohort that a key is for, None for all. `by` is what the audit trail keeps.
    """

    role: Role = "nobody"
    id: str = ""
    name: str = ""
    regions: tuple[str, ...] = ()
    cohort: str | None = None
    is_key: bool = False

    @property
    def by(self) -> str:
        """Name the caller in the audit trail: an id, never a person's name."""
        return self.id or self.role

    def sees(self, region: str, cohort: str) -> bool:
        """Tell whether a cohort is this caller's business."""
        if self.cohort is not None:
            return self.cohort == cohort
        return self.role in ("admin", "portal") or region in self.regions


NOBODY = Caller()


def authenticate(database: Database, headers: Mapping[str, str], cookies: Mapping[str, str]) -> Caller:
    """Find the caller; a key that does not hold is an error, a login that ended is nobody. Raises Problem 401."""
    given = headers.get("authorization", "")
    if given:
        scheme, _, secret = given.partition(" ")
        if scheme.lower() != "bearer":
            raise unauthorized("Alleen «Authorization: Bearer SLEUTEL» wordt aanvaard.")
        with database.read() as transaction:
            return _by_key(transaction, secret.strip())
    if COOKIE in cookies:
        with database.read() as transaction:
            return _by_login(transaction, cookies[COOKIE])
    return NOBODY


def unauthorized(detail: str) -> Problem:
    """Answer that we do not know who asks."""
    return Problem(HTTPStatus.UNAUTHORIZED, "unauthorized", detail, headers={"WWW-Authenticate": "Bearer"})


def _by_key(transaction: Transaction, secret: str) -> Caller:
    row = key_row(transaction, secret)
    if row is None or row["revoked_at"] is not None or (row["expires_at"] and row["expires_at"] <= now()):
        raise unauthorized("Deze sleutel is niet (meer) geldig. Vraag een nieuwe aan de beheerder.")
    role = next((one for one in ("admin", "coordinator", "viewer") if one in row["scopes"]), "portal")
    return Caller(
        role=role,  # type: ignore[arg-type]
        id=row["id"],
        name=row["name"],
        regions=tuple(one.removeprefix("region:") for one in row["scopes"] if one.startswith("region:")),
        cohort=row["cohort"],
        is_key=True,
    )


def _by_login(transaction: Transaction, secret: str) -> Caller:
    row = login_row(transaction, secret)
    if row is None or row["blocked"] or row["expires_at"] <= now():
        return NOBODY
    return Caller(role=row["role"], id=row["id"], name=row["name"], regions=tuple(row["regions"]))
