"""Which school or mentor does a row describe?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import TypeVar

from matcher.criteria.wording import listed
from matcher.domain.column import plain
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.school import School
from matcher.domain.school_types import FINALITY_NAMES, types_of
from matcher.domain.vocabulary import DEFAULT_SCHOOL_HALF_DAYS, FINALITIES, SCHOOL_TYPES
from matcher.intake.cohort.coordinates import locate
from matcher.intake.columns.companies import company_key
from matcher.intake.tables.records import Record

Person = TypeVar("Person", School, Mentor)

_USED_UP = frozenset({"site", "latitude", "longitude"})
"""Fields that other fields are made of."""

_BASELINE = "baseline."
_DIGITS = 8
"""Of a made number: two mentors of a thousand share one in eight thousand cohorts."""


def with_site(records: Iterable[Record]) -> list[Record]:
    """Complete the ids of schools with several sites: `034561` and `2` make `034561-2`."""
    return [_with_site(record) for record in records]


def _with_site(record: Record) -> Record:
    number, site = record.text("id"), record.text("site")
    if not site or number.endswith(f"-{site}"):
        return record
    return replace(record, values={**record.values, "id": f"{number}-{site}"})


def with_made_id(record: Record) -> Record:
    """Give a mentor without a number one that follows from name and company, and shows neither."""
    who = (
        *(plain(record.text(field)) for field in ("first_name", "last_name")),
        company_key(record.text("company"), ""),
    )
    digest = hashlib.sha256("\n".join(who).encode()).hexdigest()
    return replace(record, values={**record.values, "id": f"m-{digest[:_DIGITS]}"})


def make_school(record: Record) -> tuple[School | None, list[Finding]]:
    """Make a school of a good record."""
    found, findings = locate(record)
    values = {"half_days": DEFAULT_SCHOOL_HALF_DAYS} | _attributes(record, School) | found
    values |= _kinds(record)
    return _born(School, values, record, findings)


def _kinds(record: Record) -> dict[str, object]:
    """Sort onderwijsvormen and finalities, each of which people write in the other's column too."""
    cells = (record.values.get(name) for name in ("school_types", "finalities"))
    told = {one for cell in cells if isinstance(cell, tuple) for one in cell}
    return {
        "school_types": tuple(one for one in SCHOOL_TYPES if one in told),
        "finalities": tuple(one for one in FINALITIES if one in told),
    }


def types_note(record: Record, school: School, policy: Policy) -> Finding | None:
    """Tell what onderwijsvormen we read in the finalities of a school that tells none; None for every other school."""
    if school.school_types:
        return None
    finalities = listed([FINALITY_NAMES[one] for one in school.finalities])
    message = f"{school.name} noemt geen onderwijsvorm; {finalities} lezen wij als {listed(types_of(school, policy))}."
    remedy = "Vul de onderwijsvormen in als het andere zijn, of zet uw eigen lezing bij [finaliteiten] in beleid.toml."
    return record.place.at(column="finaliteiten").note(
        "types_of_finalities", message, remedy, ", ".join(school.finalities)
    )


def make_mentor(record: Record) -> tuple[Mentor | None, list[Finding]]:
    """Make a mentor of a good record."""
    found, findings = locate(record)
    found.pop("chamber")
    values = _attributes(record, Mentor) | found
    values["company_key"] = company_key(record.text("company"), record.text("company_number"))
    if values.get("max_schools") == 0 and values.get("status", "active") == "active":
        message = f"{record.text('id')} helpt dit jaar geen school (max. scholen is 0)."
        findings.append(record.place.at(column="max_scholen").note("no_capacity", message, "Niets te doen.", "0"))
    return _born(Mentor, values, record, findings)


def _born(
    kind: Callable[..., Person], values: Mapping[str, object], record: Record, findings: list[Finding]
) -> tuple[Person | None, list[Finding]]:
    if any(finding.severity == "error" for finding in findings):
        return None, findings
    try:
        return kind(**values), findings
    except InvalidValueError as error:
        return None, [*findings, record.place.error("invalid_value", str(error), "Kijk deze rij na.")]


def _attributes(record: Record, kind: type[School | Mentor]) -> dict[str, object]:
    """Sort values into attributes, the baseline, and `extra` for columns that have no attribute."""
    known = {one.name for one in fields(kind)}
    values = {field: value for field, value in record.values.items() if value is not None and field not in _USED_UP}
    baseline = {field.removeprefix(_BASELINE): value for field, value in values.items() if field.startswith(_BASELINE)}
    extra = {f: str(v) for f, v in values.items() if f not in known and not f.startswith(_BASELINE)}
    attributes = {field: value for field, value in values.items() if field in known}
    return attributes | ({"baseline": baseline} if baseline else {}) | ({"extra": extra} if extra else {})
