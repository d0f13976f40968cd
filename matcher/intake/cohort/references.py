"""Do agreements and declarations name schools, mentors and companies that exist?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from matcher.domain.column import Remark, did_you_mean, likely, meant, nearest, of_whole_cells, plain
from matcher.domain.finding import Finding
from matcher.domain.lock import Lock, LockKind
from matcher.domain.mentor import Mentor
from matcher.domain.school import School
from matcher.domain.spreadsheet_numbers import same_number
from matcher.intake.cohort.member_rows import Person
from matcher.intake.columns.companies import company_key
from matcher.intake.tables.records import Record

_FEW = 12
"""Longer lists of known values help nobody."""

_GONE = "Kijk het na; wie dit jaar niet meedoet, hoort hier niet te staan."


def make_locks(
    records: Iterable[Record], schools: Iterable[str], mentors: Iterable[str]
) -> tuple[list[Lock], list[Finding]]:
    """Make an agreement of every good record whose school and mentor exist; a repeated one counts once."""
    known = {"school": ("schoolnummer", set(schools)), "mentor": ("mentornummer", set(mentors))}
    locks: dict[tuple[str, str, str], Lock] = {}
    findings = []
    for record in records:
        found = {field: same_number(record.text(field), ids) for field, (_, ids) in known.items()}
        for field, number in found.items():
            column, ids = known[field]
            text, spot = record.text(field), record.place.at(column=column)
            if number is None:
                message, remedy = f"Er is geen {field} met dit nummer.", _remedy(text, ids, column)
                guess = nearest(text, sorted(ids)) or ""
                findings.append(spot.error(f"unknown_{field}", message, remedy, text, proposal=guess))
            elif number != text:
                findings.append(
                    spot.note("number_recognised", f"«{text}» is gelezen als {number}.", "Niets te doen.", text)
                )
        if found["school"] is None or found["mentor"] is None:
            continue
        lock = _lock(record, found["school"], found["mentor"])
        if locks.setdefault((lock.school, lock.mentor, lock.kind), lock) is not lock:
            findings.append(record.place.note("same_row_twice", "Deze afspraak staat er al.", "Wis een van beide."))
    return list(locks.values()), findings


def _lock(record: Record, school: str, mentor: str) -> Lock:
    kind: LockKind = "required" if record.text("kind") == "required" else "forbidden"
    return Lock(school, mentor, kind, record.text("reason"))


def link_declared(
    schools: Sequence[tuple[Record, School]],
    mentors: Sequence[tuple[Record, Mentor]],
    beside: tuple[Sequence[School], Sequence[Mentor]] = ((), ()),
) -> tuple[list[tuple[Record, School]], list[tuple[Record, Mentor]], list[Finding]]:
    """Turn what stands under `niet_met` into mentor ids and company keys, and into school ids.

    A company may be written in any spelling or as its number; a school's number without its site means
    all its sites; one that a spreadsheet changed means the only one that it can be. `beside` are schools and
    mentors that exist and are not in the files. What names nobody is an error: a conflict
    of interest never lapses by a misspelling.
    """
    everybody = [*(mentor for _, mentor in mentors), *beside[1]]
    by_mentor = _names_of_mentors(everybody)
    ids = {school.id for school in (*(school for _, school in schools), *beside[0])}
    sites = {one.rpartition("-")[0] for one in ids} - {""}
    by_school = {one: {one} for one in ids} | {
        site: {one for one in ids if one.startswith(f"{site}-")} for site in sites - ids
    }
    names = {name for mentor in everybody for name in (mentor.company, mentor.id)}
    findings: list[Finding] = []
    linked_schools = [(record, _with(school, by_mentor, names, record, findings)) for record, school in schools]
    linked_mentors = [(record, _with(mentor, by_school, ids, record, findings)) for record, mentor in mentors]
    return linked_schools, linked_mentors, findings


def _with(
    one: Person, known: Mapping[str, set[str]], names: set[str], record: Record, findings: list[Finding]
) -> Person:
    """Link what one school or mentor declared."""
    return replace(one, not_with=_linked(one.not_with, known, names, record, findings)) if one.not_with else one


def _names_of_mentors(mentors: Sequence[Mentor]) -> dict[str, set[str]]:
    """Map every way to name a company to its key or keys, and a mentor's id to itself, which wins."""
    names: dict[str, set[str]] = {}
    for mentor in mentors:
        for name in (company_key(mentor.company, ""), mentor.company_key):
            names.setdefault(name, set()).add(mentor.company_key)
    return names | {mentor.id: {mentor.id} for mentor in mentors}


def _linked(
    told: Iterable[str], known: Mapping[str, set[str]], names: set[str], record: Record, findings: list[Finding]
) -> tuple[str, ...]:
    linked: list[str] = []
    odd: list[Remark] = []
    for one in told:
        spellings = (one, company_key(one, ""), re.sub(r"[^0-9]", "", one), same_number(one, known) or "")
        name = next((spelling for spelling in spellings if spelling in known), None)
        if name is None:
            guess = nearest(one, sorted(names)) or ""
            remedy = meant(guess) if guess else _GONE
            message = f"«{one}» staat niet in deze cohorte."
            odd.append(Remark("error", "unknown_name", message, remedy, one, guess, guess))
        elif name == spellings[-1] != one:
            odd.append(Remark("note", "number_recognised", f"«{one}» is gelezen als {name}.", "Niets te doen."))
        linked += sorted(known[name] if name else {one})
    spot, cell = record.place.at(column="niet_met"), record.texts.get("niet_met", "")
    findings += [spot.remark(remark, cell) for remark in of_whole_cells(cell, odd)]
    return tuple(dict.fromkeys(linked))


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
    """Name the nearest known value, else all where they are few."""
    return did_you_mean(text, sorted(known)) if 0 < len(known) <= _FEW else likely(text, sorted(known), _from(where))


def _from(where: str) -> str:
    return f"Neem het over uit {where}."
