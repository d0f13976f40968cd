"""Who may log in? Admins invite people, change what they may see, and block them."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from service.access import people
from service.access.keys import check_regions
from service.access.permissions import access
from service.core.errors import conflict, invalid
from service.database.engine import Transaction
from service.people.actions import _answer, invited, person_of, shape_of
from service.people.shapes import Invited, PersonChange, PersonIn, PersonOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import EDITED, Key, Page

routes = router("/v1/people", "mensen")


@routes.get("", response_model=Page[PersonOut], openapi_extra=access("admin"))
def list_people(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef iedereen die zich kan aanmelden, en wie geblokkeerd is; de oudste eerst."""
    with call.database.read() as transaction:
        rows = people.list_people(transaction, cursor, limit + 1)
    items = [shape_of(row) for row in rows[:limit]]
    return Answer(200, {"items": items, "next": items[-1].id if len(rows) > limit else None}).response()


@routes.post("", response_model=Invited, status_code=201, openapi_extra=access("admin"))
def invite(call: Called, body: PersonIn) -> Response:
    """Nodig iemand uit. Het antwoord toont één keer de link waarmee die zich aanmeldt."""
    check_regions(body.regions)
    if not people.is_email(body.email):
        raise invalid("/email", "not_an_address", "Dit is geen e-mailadres.")

    def effect(transaction: Transaction) -> Answer:
        if people.by_email(transaction, body.email) is not None:
            raise conflict("email_taken", "Iemand met dit e-mailadres is er al. Geef die een nieuwe link.")
        values = body.model_dump()
        who = people.add_person(transaction, **values)
        call.audit(transaction, "person.invited", who, role=body.role, regions=body.regions)
        return invited(call, transaction, who)

    return call.once(body, effect, secret="link")  # noqa: S106 - the member's name


@routes.get("/{person}", response_model=PersonOut, openapi_extra=access("admin"))
def get_person(call: Called, person: Key) -> Response:
    """Geef één persoon."""
    with call.database.read() as transaction:
        row = person_of(transaction, person)
    return _answer(row)


@routes.post("/{person}/link", response_model=Invited, status_code=201, openapi_extra=access("admin"))
def add_link(call: Called, person: Key) -> Response:
    """Maak voor iemand een nieuwe aanmeldlink, bijvoorbeeld bij een vergeten wachtwoord. Vorige links vervallen."""

    def effect(transaction: Transaction) -> Answer:
        row = person_of(transaction, person)
        if row.blocked:
            raise conflict("blocked", "Deze persoon is geblokkeerd. Hef dat eerst op.")
        call.audit(transaction, "person.link_made", person)
        return invited(call, transaction, person)

    return call.once({}, effect, secret="link")  # noqa: S106 - the member's name


@routes.patch("/{person}", response_model=PersonOut, openapi_extra=access("admin"), responses=EDITED)
def change_person(call: Called, person: Key, body: PersonChange) -> Response:
    """Wijzig naam, rol of kamers, of blokkeer iemand: wie geblokkeerd wordt, is meteen overal afgemeld."""
    check_regions(body.regions or ())
    values: dict[str, Any] = body.model_dump(exclude_none=True)
    with call.database.write() as transaction:
        admins = people.lock_admins(transaction)
        row = person_of(transaction, person)
        call.must_match(row.version, row.id)
        if admins == [person] and (values.get("role", "admin") != "admin" or values.get("blocked")):
            raise conflict("last_admin", "Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
        if not people.change(transaction, person, row.version, **values):
            raise conflict("collision", "Iemand was u net voor. Haal het opnieuw op.")
        call.audit(transaction, "person.changed", person, fields=sorted(values))
        changed = person_of(transaction, person)
    return _answer(changed)
