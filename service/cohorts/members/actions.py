"""How do a request and a row become a school or mentor of the matcher, and back? With the intake's own findings."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import matcher
from service.cohorts.members import store as members
from service.cohorts.policy import store as rules
from service.core.errors import Fault, Problem, conflict, not_found, stale
from service.core.etag import etag
from service.web.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.access.work import Work
    from service.cohorts.members.store import MemberRow, Side
    from service.database.engine import Transaction

NAMES = {"school": "Deze school", "mentor": "Deze mentor"}
PERSONAL = frozenset({"contact", "email", "first_name", "last_name"})
POINTERS = {
    "postcode": "/postcode",
    "gemeente": "/municipality",
    "breedtegraad": "/latitude",
    "lengtegraad": "/longitude",
    "ondernemingsnummer": "/company_number",
    "e-mail": "/email",
}
PLACE = ("municipality", "latitude", "longitude")


def row_of(  # noqa: PLR0913 - whose, which, and how
    work: Work, transaction: Transaction, side: Side, cohort: str, key: str, *, hold: bool = False
) -> MemberRow:
    """Give a school or mentor of a cohort that is the caller's; raises Problem 404. Held, nobody else changes it."""
    work.cohort(transaction, cohort)
    row = members.find(transaction, side, cohort, key, hold=hold)
    if row is None:
        raise not_found(NAMES[side])
    return row


def is_trusted(work: Work) -> bool:
    """Whether the caller may see contact data."""
    return work.caller.role in ("coordinator", "admin")


def shown(work: Work, side: Side, row: MemberRow, remarks: Iterable[matcher.Finding] = ()) -> dict[str, Any]:
    """Write a school or mentor; names and addresses of people for coordinators alone."""
    known = {name: value for name, value in row.document.items() if name not in ("format", "position")}
    known |= {"latitude": row.document["position"]["latitude"], "longitude": row.document["position"]["longitude"]}
    if not is_trusted(work):
        known |= {name: None for name in PERSONAL if name in known}
    told = [
        {"pointer": _pointer(one), "severity": one.severity, "code": one.code, "detail": f"{one.message} {one.remedy}"}
        for one in remarks
    ]
    own = {"pseudonym": row.pseudonym} if side == "mentor" else {}
    return known | own | {"version": row.version, "changed_at": row.changed_at, "remarks": told}


def answer(work: Work, side: Side, row: MemberRow, status: int = 200) -> Answer:
    """Write a school or mentor with its ETag and what is odd about it."""
    tag = etag(row.version, row.cohort, side, row.id)
    headers = {"ETag": tag} | (
        {"Location": f"/v1/cohorts/{row.cohort}/{side}s/{row.id}"} if status == HTTPStatus.CREATED else {}
    )
    return Answer(status, shown(work, side, row, _odd(side, row.document)), headers)


def add(work: Work, transaction: Transaction, side: Side, cohort: str, values: Mapping[str, Any]) -> Answer:
    """Add a school or mentor; raises Problem 409 where the number is taken, 422 where a value can't be meant."""
    work.cohort(transaction, cohort)
    if members.find(transaction, side, cohort, str(values["id"])) is not None:
        raise conflict("already_there", f"{NAMES[side]} is er al: {values['id']}. Wijzig ze, of kies een ander nummer.")
    document = document_of(transaction, side, cohort, values)
    members.add(transaction, side, cohort, [document], work.caller.by)
    work.audit(transaction, f"{side}.added", str(values["id"]), cohort)
    return answer(work, side, row_of(work, transaction, side, cohort, str(values["id"])), 201)


def change(  # noqa: PLR0913, PLR0917 - whose, which, and what
    work: Work, transaction: Transaction, side: Side, cohort: str, key: str, values: Mapping[str, Any], *, whole: bool
) -> Answer:
    """Change a school or mentor of the version that was read: wholly, or only what is told."""
    row = row_of(work, transaction, side, cohort, key)
    work.must_match(row.version, cohort, side, key)
    merged = dict(values) if whole else dict(row.document) | _place_told(row.document) | dict(values)
    document = document_of(transaction, side, cohort, _moved(row.document, merged) | {"id": key})
    if not members.change(transaction, side, row, document, work.caller.by):
        raise stale()
    fields = sorted(name for name, value in document.items() if row.document.get(name) != value)
    work.audit(transaction, f"{side}.changed", key, cohort, fields=fields)
    return answer(work, side, row_of(work, transaction, side, cohort, key))


def _place_told(document: Mapping[str, Any]) -> dict[str, Any]:
    return dict(document["position"]) | {"municipality": document["municipality"]}


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


def document_of(transaction: Transaction, side: Side, cohort: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Make the matcher's document of what was told; raises Problem 422 with the intake's findings."""
    told = {name: values.get(name) for name in PLACE}
    place = matcher.placed(str(values["postcode"]), **told | {"municipality": told["municipality"] or ""})
    findings = [*place.findings]
    made: dict[str, Any] = {**values, **place.values}
    if side == "school":
        kind: Any = matcher.School
    else:
        kind = matcher.Mentor
        company = matcher.company_of(str(values["company"]), str(values.get("company_number", "")))
        findings += company.findings
        made |= company.values
        _known_sectors(transaction, cohort, made["sectors"])
    errors = [one for one in findings if one.severity == "error"]
    if errors:
        faults = tuple(Fault(_pointer(one), one.code, f"{one.message} {one.remedy}") for one in errors)
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", faults[0].detail, faults)
    attributes = {name: _frozen(made[name]) for name in kind.__slots__ if name in made}
    write = matcher.school_to_document if side == "school" else matcher.mentor_to_document
    return write(kind(**attributes))


def _known_sectors(transaction: Transaction, cohort: str, told: Iterable[str]) -> None:
    known = [one.code for one in matcher.sectors_of(rules.newest(transaction, cohort).policy)]
    faults = tuple(
        Fault(f"/sectors/{place}", "unknown_sector", f"Deze sector is niet gekend. {matcher.did_you_mean(one, known)}")
        for place, one in enumerate(told)
        if one not in known
    )
    if faults:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", faults[0].detail, faults)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - a value of a shape
    return tuple(dict.fromkeys(value)) if isinstance(value, list) else value


def _odd(side: Side, document: Mapping[str, Any]) -> list[matcher.Finding]:
    """Tell what of a kept school or mentor deserves a look."""
    place = matcher.placed(document["postcode"], **_place_told(document))
    odd = [one for one in place.findings if one.severity != "error"] + list(matcher.mail_findings(document["email"]))
    if side == "mentor" and document["status"] == "active" and document["max_schools"] == 0:
        odd.append(_remark("no_capacity", "Deze mentor helpt dit jaar geen school.", "Niets te doen.", "max_schools"))
    if side == "mentor" and not document["sectors"]:
        odd.append(
            _remark("no_sector", "Zonder sector past deze mentor nergens goed.", "Vul een sector in.", "sectors")
        )
    return odd


def _remark(code: str, message: str, remedy: str, column: str) -> matcher.Finding:
    return matcher.Finding(severity="note", code=code, message=message, remedy=remedy, file="", column=column)


def _pointer(finding: matcher.Finding) -> str:
    column = finding.column or "latitude"
    return POINTERS.get(column, f"/{column}")
