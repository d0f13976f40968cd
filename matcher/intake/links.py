"""Do agreements and declarations name schools, mentors and companies that exist?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.domain.column import did_you_mean, nearest, plain
from matcher.domain.round import Lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matcher.domain.finding import Finding
    from matcher.domain.round import LockKind, Mentor, School
    from matcher.intake.records import Record

_FEW = 12
"""Longer lists of known values help nobody."""


def make_locks(
    records: Iterable[Record], schools: Iterable[str], mentors: Iterable[str]
) -> tuple[list[Lock], list[Finding]]:
    """Make an agreement of every good record whose school and mentor exist."""
    known = {"school": ("schoolnummer", set(schools)), "mentor": ("mentornummer", set(mentors))}
    locks, findings = [], []
    for record in records:
        lost = [field for field, (_, ids) in known.items() if record.text(field) not in ids]
        for field in lost:
            column, ids = known[field]
            message = f"Er is geen {field} met dit nummer."
            remedy = _remedy(record.text(field), ids, column)
            findings.append(
                record.place.at(column=column).error(f"unknown_{field}", message, remedy, record.text(field))
            )
        if not lost:
            kind: LockKind = "required" if record.text("kind") == "required" else "forbidden"
            locks.append(Lock(record.text("school"), record.text("mentor"), kind, record.text("reason")))
    return locks, findings


def check_declared(schools: Sequence[tuple[Record, School]], mentors: Sequence[tuple[Record, Mentor]]) -> list[Finding]:
    """Warn of `niet_met` that names nobody of this cohort."""
    ids = {school.id for _, school in schools}
    company_names = {mentor.company for _, mentor in mentors}
    theirs = {mentor.id for _, mentor in mentors} | {mentor.company_number for _, mentor in mentors}
    folded = {plain(name) for name in company_names} | {mentor.company_key for _, mentor in mentors} | theirs
    found = [
        (record, one, company_names | {mentor.id for _, mentor in mentors})
        for record, school in schools
        for one in school.not_with
        if one not in folded and plain(one) not in folded
    ]
    found += [(record, one, ids) for record, mentor in mentors for one in mentor.not_with if one not in ids]
    message = "Dit is niemand van deze ronde."
    return [
        record.place.at(column="niet_met").warning("unknown_name", message, _remedy(one, known, "de lijst"), one)
        for record, one, known in found
    ]


def check_companies(mentors: Sequence[tuple[Record, Mentor]]) -> list[Finding]:
    """Warn where only some mentors of what looks like one company give its number."""
    numbered = {plain(mentor.company): mentor for _, mentor in mentors if mentor.company_number}
    return [
        record.place.at(column="ondernemingsnummer").warning(
            "company_maybe_same",
            f"{mentor.company} heeft bij {numbered[plain(mentor.company)].id} een ondernemingsnummer, hier niet.",
            "Vul het nummer ook hier in; anders gelden ze als twee bedrijven.",
            mentor.company,
        )
        for record, mentor in mentors
        if not mentor.company_number and plain(mentor.company) in numbered
    ]


def _remedy(text: str, known: set[str], where: str) -> str:
    """Name the nearest known value; leading zeros lost by a spreadsheet are seen through."""
    bare = {one.lstrip("0"): one for one in sorted(known)}
    if guess := bare.get(text.lstrip("0")) or nearest(text, sorted(known)):
        return f"Bedoelde u «{guess}»?"
    return did_you_mean(text, sorted(known)) if 0 < len(known) <= _FEW else f"Neem het over uit {where}."
