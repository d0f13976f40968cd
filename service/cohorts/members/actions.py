"""How is a school or mentor read, added, changed and removed? One way for both, with the intake's own findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.cohort.actions import list_team
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.cohorts.members.kinds import MENTOR, SCHOOL, Kind, Out, as_seen
from service.cohorts.members.remarks import fault_of, place_told, remarks_on
from service.cohorts.members.shapes import MentorChange, MentorIn, MentorWhole, SchoolChange, SchoolIn, SchoolWhole
from service.cohorts.members.store import MemberRow, Side
from service.cohorts.policy import store as rules
from service.core.content_cache import Newest
from service.core.errors import Fault, Problem, conflict, existing, stale
from service.core.etag import etag
from service.database.engine import Transaction
from service.web.paging import page_of
from service.web.shapes import Page

PLACE = ("municipality", "latitude", "longitude")
READ = Newest(16)
"""The members of the cohorts that were looked at last, as they were read: pages show all of them, again and again."""


def tag_of(cohort: str, kind: Kind[Out], member: Out) -> str:
    """Give the ETag of a school or mentor."""
    return etag(member.version, cohort, kind.side, member.id)


@action("viewer")
def list_members(work: Work, cohort: str, kind: Kind[Out], limit: int, cursor: str | None = None) -> Page[Out]:
    """Give schools or mentors by number; that names of people were read is noted."""
    rows = _listed(work, cohort, kind, cursor, limit + 1, limit)
    return page_of(lambda row: _shape_of(work, kind, row), rows, limit, lambda row: row.id)


@action("viewer")
def all_members(work: Work, cohort: str, kind: Kind[Out]) -> list[Out]:
    """Give all schools or mentors by number; that names of people were read is noted once."""
    with work.noting() if work.is_trusted else work.reading() as transaction:
        work.cohort(transaction, cohort)
        rows = members.texts(transaction, kind.side, cohort)
        if work.is_trusted:
            work.audit(transaction, f"{kind.side}s.read", cohort, cohort, count=len(rows))

    def made(texts: list[tuple[Any, ...]]) -> list[Out]:
        return [_shape_of(work, kind, members.of_text(kind.side, one)) for one in texts]

    return list(READ.of((cohort, kind.side, work.is_trusted), rows, made))


@action("viewer")
def get_member(work: Work, cohort: str, kind: Kind[Out], key: str) -> Out:
    """Give a school or mentor, with what deserves a look about it."""
    with work.noting() if work.is_trusted else work.reading() as transaction:
        row = _row_of(work, transaction, cohort, kind, key)
        if work.is_trusted:
            work.audit(transaction, f"{kind.side}.read", key, cohort)
    return _whole(work, kind, row)


@action("viewer")
def find_member(work: Work, cohort: str, kind: Kind[Out], key: str) -> Out | None:
    """Give a school or mentor, None for who is not there (any more)."""
    with work.noting() if work.is_trusted else work.reading() as transaction:
        work.cohort(transaction, cohort)
        row = members.find(transaction, kind.side, cohort, key)
        if row is not None and work.is_trusted:
            work.audit(transaction, f"{kind.side}.read", key, cohort)
    return None if row is None else _shape_of(work, kind, row)


@action("viewer")
def count_members(work: Work, cohort: str, kind: Kind[Out]) -> int:
    """Count the schools or mentors of a cohort."""
    with work.reading(cohort) as transaction:
        return members.count(transaction, kind.side, cohort)


@action("coordinator")
def add_member(work: Work, cohort: str, kind: Kind[Out], body: SchoolIn | MentorIn) -> Out:
    """Add a school or mentor; raises Problem 409 where the number is taken, 422 where a value can't be meant."""

    def effect(transaction: Transaction) -> Out:
        work.cohort(transaction, cohort)
        if members.find(transaction, kind.side, cohort, body.id) is not None:
            detail = f"{kind.words} is er al: {body.id}. Wijzig ze, of kies een ander nummer."
            raise conflict("already_there", detail)
        document = document_of(transaction, kind.side, cohort, body.model_dump())
        members.add(transaction, kind.side, cohort, [document], work.caller.by)
        work.audit(transaction, f"{kind.side}.added", body.id, cohort)
        return _whole(work, kind, _row_of(work, transaction, cohort, kind, body.id))

    return work.once(body, kind.shape, effect)


@action("coordinator")
def change_member(
    work: Work,
    cohort: str,
    kind: Kind[Out],
    key: str,
    body: SchoolWhole | SchoolChange | MentorWhole | MentorChange,
) -> Out:
    """Change a school or mentor of the version that was read: wholly, or only what is told."""
    with work.writing() as transaction:
        row = _row_of(work, transaction, cohort, kind, key, hold=True)
        work.must_match(row.version, cohort, kind.side, key)
        return _changed(work, transaction, kind, row, body)


def change_in(  # noqa: PLR0913, PLR0917 - whose, which, and what
    work: Work,
    transaction: Transaction,
    cohort: str,
    kind: Kind[Out],
    key: str,
    body: SchoolWhole | SchoolChange | MentorWhole | MentorChange,
) -> Out:
    """Change a school or mentor in the transaction of an action."""
    row = _row_of(work, transaction, cohort, kind, key, hold=True)
    return _changed(work, transaction, kind, row, body)


def _changed(
    work: Work,
    transaction: Transaction,
    kind: Kind[Out],
    row: MemberRow,
    body: SchoolWhole | SchoolChange | MentorWhole | MentorChange,
) -> Out:
    """Write a row that is held until the end of the transaction."""
    cohort, key = row.cohort, row.id
    whole = isinstance(body, SchoolWhole | MentorWhole)
    known = {} if whole else dict(row.document) | place_told(row.document)
    values = _moved(row.document, known | body.model_dump(exclude_unset=not whole))
    document = document_of(transaction, kind.side, cohort, values | {"id": key})
    if not members.change(transaction, kind.side, row, document, work.caller.by):
        raise stale()
    fields = sorted(name for name, value in document.items() if row.document.get(name) != value)
    if "status" in fields:
        work.people_left(transaction, cohort)
    work.audit(transaction, f"{kind.side}.changed", key, cohort, fields=fields)
    return _whole(work, kind, _row_of(work, transaction, cohort, kind, key))


@action("coordinator")
def remove_member(work: Work, cohort: str, kind: Kind[Out], key: str) -> None:
    """Remove a school or mentor of the version that was read, with the agreements that name it."""
    with work.writing() as transaction:
        row = _row_of(work, transaction, cohort, kind, key, hold=True)
        work.must_match(row.version, cohort, kind.side, key)
        members.remove(transaction, kind.side, cohort, [key])
        work.people_left(transaction, cohort)
        work.audit(transaction, f"{kind.side}.removed", key, cohort)


@action("coordinator")
def withdrawn_mentors(work: Work, cohort: str) -> set[str]:
    """Give the numbers of the mentors who dropped out; that this was read is noted."""
    with work.noting(cohort) as transaction:
        work.audit(transaction, "withdrawals.read", cohort, cohort)
        return {row.mentor for row in withdrawn_store.listed(transaction, cohort)}


@action("coordinator")
def changer_of(work: Work, cohort: str, kind: Kind[Out], key: str) -> str:
    """Give the name of who changed a school or mentor last, by hand or by an import; empty for a program or who left.

    The row itself says who: the trail tells of those who only looked too.
    """
    with work.reading() as transaction:
        last = _row_of(work, transaction, cohort, kind, key).changed_by
    return next((one.name for one in list_team(work, cohort).items if one.id == last), "")


def _row_of(  # noqa: PLR0913 - whose, which, and how
    work: Work, transaction: Transaction, cohort: str, kind: Kind[Out], key: str, *, hold: bool = False
) -> MemberRow:
    """Give one of a cohort that is the caller's; raises Problem 404. Held, nobody else changes it."""
    work.cohort(transaction, cohort)
    return existing(members.find(transaction, kind.side, cohort, key, hold=hold), kind.words)


def _listed(  # noqa: PLR0913, PLR0917 - whose, which, and how many
    work: Work, cohort: str, kind: Kind[Out], cursor: str | None, most: int, told: int
) -> list[MemberRow]:
    with work.noting() if work.is_trusted else work.reading() as transaction:
        work.cohort(transaction, cohort)
        rows = members.listed(transaction, kind.side, cohort, cursor, most)
        if work.is_trusted:
            work.audit(transaction, f"{kind.side}s.read", cohort, cohort, count=len(rows[:told]))
    return rows


def _shape_of(work: Work, kind: Kind[Out], row: MemberRow) -> Out:
    """Write a school or mentor; names and addresses of people for who may see them alone."""
    known = dict(row.document) | dict(row.document["position"])
    known |= {"pseudonym": row.pseudonym, "version": row.version, "changed_at": row.changed_at}
    return kind.shape(**as_seen(kind, known, trusted=work.is_trusted))


def _whole(work: Work, kind: Kind[Out], row: MemberRow) -> Out:
    return _shape_of(work, kind, row).model_copy(update={"remarks": remarks_on(kind.side, row.document)})


def _moved(before: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Leave out a place that followed from the old postcode, so that a new postcode brings its own."""
    old = matcher.centre_of(before["postcode"]).values
    if not old:
        return values
    kept = dict(values)
    if (kept.get("latitude"), kept.get("longitude")) == (old["position"].latitude, old["position"].longitude):
        kept |= {"latitude": None, "longitude": None}
    if kept.get("municipality") == old["municipality"]:
        kept["municipality"] = ""
    return kept


def document_of(
    transaction: Transaction, side: Side, cohort: str, values: Mapping[str, Any], wrong: Iterable[Fault] = ()
) -> dict[str, Any]:
    """Make the matcher's document of what was told.

    Raises Problem 422 with all that is wrong at once: the intake's findings, and what the caller found `wrong` itself.
    """
    told = {name: values.get(name) for name in PLACE}
    place = matcher.placed(str(values["postcode"]), **told | {"municipality": told["municipality"] or ""})
    findings, unknown = [*place.findings], list(wrong)
    made: dict[str, Any] = {**values, **place.values}
    if side == SCHOOL.side:
        kind: Any = matcher.School
    else:
        kind = matcher.Mentor
        company = matcher.company_of(str(values["company"]), str(values.get("company_number", "")))
        findings += company.findings
        made |= company.values
        unknown += _unknown_sectors(transaction, cohort, made["sectors"])
    _refuse([*(fault_of(one) for one in findings if one.severity == "error"), *unknown])
    attributes = {name: _frozen(made[name]) for name in kind.__slots__ if name in made}
    write = matcher.mentor_to_document if side == MENTOR.side else matcher.school_to_document
    return write(kind(**attributes))


def _unknown_sectors(transaction: Transaction, cohort: str, told: Iterable[str]) -> list[Fault]:
    known = [one.code for one in matcher.sectors_of(rules.newest(transaction, cohort).policy)]
    return [
        Fault(f"/sectors/{place}", "unknown_sector", f"Deze sector is niet gekend. {matcher.did_you_mean(one, known)}")
        for place, one in enumerate(told)
        if one not in known
    ]


def _refuse(found: Iterable[Fault]) -> None:
    faults = tuple(found)
    if faults:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", faults[0].detail, faults)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - a value of a shape
    return tuple(dict.fromkeys(value)) if isinstance(value, list) else value
