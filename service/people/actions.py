"""How is a person invited, changed or blocked?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.access import people
from service.access.logins import LINK_HOLDS, make_link
from service.core.errors import not_found
from service.core.etag import etag
from service.people.shapes import Invited, PersonOut
from service.web.answers import Answer

if TYPE_CHECKING:
    from fastapi import Response

    from service.database.engine import Transaction
    from service.web.call import Call

LOG_IN = "/aanmelden"
"""Where people log in with a browser."""


def shape_of(row: people.PersonRow) -> PersonOut:
    """Write a person, without the password."""
    return PersonOut(
        id=row.id,
        email=row.email,
        name=row.name,
        role=row.role,
        regions=list(row.regions),
        blocked=row.blocked,
        has_password=bool(row.password),
        version=row.version,
        created_at=row.created_at,
    )


def person_of(transaction: Transaction, who: str) -> people.PersonRow:
    """Give a person; raises Problem 404."""
    row = people.find(transaction, who)
    if row is None:
        raise not_found("Deze persoon")
    return row


def invited(call: Call, transaction: Transaction, who: str) -> Answer:
    """Make a link for a person, and write both."""
    link = make_link(transaction, who)
    shape = Invited(
        person=shape_of(person_of(transaction, who)),
        link=link,
        address=f"{call.settings.url}{LOG_IN}",
        minutes=int(LINK_HOLDS.total_seconds() // 60),
    )
    return Answer(201, shape, {"Location": f"/v1/people/{who}"})


def _answer(row: people.PersonRow) -> Response:
    return Answer(200, shape_of(row), {"ETag": etag(row.version, row.id)}).response()
