"""How is a person invited, changed or blocked?"""

from __future__ import annotations

from typing import Any, NamedTuple

from service.access import factors, people
from service.access.action import action
from service.access.keys import check_regions
from service.access.logins import LINK_HOLDS, make_link
from service.access.work import Work
from service.cohorts.members.left_words import Mention
from service.cohorts.members.mentions_store import mentions_anywhere
from service.cohorts.members.redaction import Redaction
from service.core.errors import conflict, existing, invalid
from service.core.etag import etag
from service.database import idempotency
from service.database.engine import Transaction
from service.database.ids import now
from service.database.scrub import ask_scrub, copies
from service.mail import store as mails
from service.mail.erasing_store import erase_colleague
from service.people import about_store
from service.people.login_mails import LOG_IN, mail_link
from service.people.shapes import AccountOut, Invited, PersonChange, PersonIn, PersonOut
from service.web.paging import page_of
from service.web.shapes import Page


class Left(NamedTuple):
    """Where somebody who was erased may still be named: places by cohort ("" for none), and copies of the database."""

    mentions: dict[str, list[Mention]]
    copies: list[str]


def tag_of(person: PersonOut) -> str:
    """Give the ETag of a person."""
    return etag(person.version, person.id)


def shape_of(row: people.PersonRow) -> PersonOut:
    """Write a person, without the password."""
    return PersonOut.from_row(row, regions=list(row.regions), has_password=bool(row.password))


@action("admin")
def list_people(work: Work, limit: int, cursor: str | None = None) -> Page[PersonOut]:
    """Give who may log in and who is blocked, the oldest first."""
    with work.reading() as transaction:
        rows = people.list_people(transaction, cursor, limit + 1)
    return page_of(shape_of, rows, limit, lambda row: row.id)


@action("admin")
def invite(work: Work, body: PersonIn) -> Invited:
    """Add a person; the link with which they log in is in this answer alone."""
    check_regions(body.regions)
    if not people.is_email(body.email):
        raise invalid("/email", "not_an_address", "Dit is geen e-mailadres.")

    def effect(transaction: Transaction) -> Invited:
        if people.by_email(transaction, body.email) is not None:
            raise conflict("email_taken", "Iemand met dit e-mailadres is er al. Geef die een nieuwe link.")
        who = people.add_person(transaction, **body.model_dump())
        work.audit(transaction, "person.invited", who, role=body.role, regions=body.regions)
        return _invited(work, transaction, who, invited_by=work.caller.name)

    return work.once(body, Invited, effect, secret="link")  # noqa: S106 - the member's name


@action("admin")
def get_person(work: Work, person: str) -> PersonOut:
    """Give a person; raises Problem 404."""
    with work.reading() as transaction:
        return shape_of(_person_of(transaction, person))


@action("admin")
def add_link(work: Work, person: str) -> Invited:
    """Make a new link for a person, such as who forgot a password; earlier ones end."""

    def effect(transaction: Transaction) -> Invited:
        if _person_of(transaction, person).blocked:
            raise conflict("blocked", "Deze persoon is geblokkeerd. Hef dat eerst op.")
        work.audit(transaction, "person.link_made", person)
        return _invited(work, transaction, person)

    return work.once({}, Invited, effect, secret="link")  # noqa: S106 - the member's name


@action("admin")
def change_person(work: Work, person: str, body: PersonChange) -> PersonOut:
    """Change or block a person of the version that was read; who is blocked is logged out everywhere."""
    check_regions(body.regions or ())
    values: dict[str, Any] = body.model_dump(exclude_none=True)
    with work.writing() as transaction:
        admins = people.lock_admins(transaction)
        row = _person_of(transaction, person)
        work.must_match(row.version, row.id)
        if admins == [person] and (values.get("role", "admin") != "admin" or values.get("blocked")):
            raise conflict("last_admin", "Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
        if not people.change(transaction, person, row.version, **values):
            raise conflict("collision", "Iemand was u net voor. Haal het opnieuw op.")
        work.audit(transaction, "person.changed", person, fields=sorted(values))
        return shape_of(_person_of(transaction, person))


@action("admin")
def export_account(work: Work, person: str) -> AccountOut:
    """Give all that is kept about somebody who works here; that this was read is noted."""
    with work.reading() as transaction:
        found = about_store.all_about(transaction, _person_of(transaction, person))
    with work.writing() as transaction:
        work.audit(transaction, "person.exported", person)
    return AccountOut(**found, made_at=now())


@action("admin")
def erase_account(work: Work, person: str) -> Left:
    """Forget who somebody was: name, address, password, second factor and logins go; what they did keeps its number.

    Mails that name them to others lose the name, and views of their own go. Where else others named them, in whatever
    spelling, is given for an admin to look at.

    Raises Problem 409 for the last admin, and for who asks.
    """
    with work.writing() as transaction:
        admins = people.lock_admins(transaction)
        row = _person_of(transaction, person)
        if admins == [person]:
            raise conflict("last_admin", "Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
        if person == work.caller.id:
            raise conflict("yourself", "U kunt uzelf niet wissen. Vraag het aan een andere beheerder.")
        people.erase(transaction, row)
        factors.remove(transaction, person)
        mails.forget_person(transaction, person)
        redaction = Redaction.of_colleague(row.name, row.email)
        erase_colleague(transaction, redaction)
        idempotency.forget_naming(transaction, lambda one: bool(redaction.clean(one) != one))
        ask_scrub(transaction)
        work.audit(transaction, "person.erased", person)
    with work.reading() as transaction:  # of every cohort: nobody else's writing waits for it
        return Left(mentions_anywhere(transaction, redaction), copies(work.database))


def _invited(work: Work, transaction: Transaction, who: str, invited_by: str = "") -> Invited:
    link = make_link(transaction, who)
    row = _person_of(transaction, who)
    return Invited(
        person=shape_of(row),
        mailed=mail_link(work, transaction, row, link, invited_by=invited_by),
        link=link,
        address=f"{work.settings.url}{LOG_IN}",
        minutes=int(LINK_HOLDS.total_seconds() // 60),
    )


def _person_of(transaction: Transaction, who: str) -> people.PersonRow:
    return existing(people.find(transaction, who), "Deze persoon")
