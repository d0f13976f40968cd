"""Which round do these files describe, and what is odd about them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from matcher.domain.column import Sheet
from matcher.domain.finding import Finding
from matcher.domain.gc_pause import unswept
from matcher.domain.lock import Lock
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.intake.cohort.cohort import Cohort, Counts, listed
from matcher.intake.cohort.duplicates import last_of_each, look_alikes, same_mail, several_people, without_doubles
from matcher.intake.cohort.known_numbers import with_known_numbers
from matcher.intake.cohort.measured import with_measured
from matcher.intake.cohort.member_rows import Person, make_mentor, make_school, types_note, with_made_id, with_site
from matcher.intake.cohort.policies import PolicyFile
from matcher.intake.cohort.reach import check_reach
from matcher.intake.cohort.references import check_companies, link_declared, make_locks
from matcher.intake.cohort.source_files import Source, find_policy, find_reading, gather, is_table
from matcher.intake.columns.catalogue import READ
from matcher.intake.tables.cohort_tables import Tables, read_tables
from matcher.intake.tables.headers import ColumnMapping, Table
from matcher.intake.tables.mending import Fix
from matcher.intake.tables.records import Record, read_records
from matcher.intake.tables.row_names import with_names

__all__ = ["Cohort", "Fix", "read_cohort"]


@unswept()
def read_cohort(  # noqa: PLR0913 - what a cohort is read with, all by name
    source: Source,
    *,
    policy_file: Path | None = None,
    fixes: Sequence[Fix] = (),
    told: ColumnMapping = MappingProxyType({}),
    answers: Mapping[str, ColumnMapping] = MappingProxyType({}),
    usual: Policy | None = None,
    only: Collection[Sheet] = (),
    beside: Round | None = None,
    before: Round | None = None,
) -> Cohort:
    """Read a folder, a workbook, several files, or uploaded contents by name; never raises for their content.

    `policy_file` takes the place of a policy among the files. `fixes` are new texts for single cells; `told`
    maps, for each table, a header to the column that it means (empty for none), and `answers`, for each table and
    column, a cell's whole text to what is read in its place. `usual` is the policy where the files bring none. With
    `only` just those tables are read, and whom they name elsewhere is not looked up. With `beside`, the cohort as it
    is, tables may be missing: their schools or mentors stay. Errors leave `given` empty. Numbers that a spreadsheet
    changed are recognised against `before`, or else `beside`.
    """
    gathered = gather(source)
    policy = find_policy(gathered, policy_file, usual or Policy())
    findings = [*gathered.findings, *policy.findings]
    found, odd_lines = find_reading(gathered)
    how = found.with_told(told, answers)
    contents = {name: one for name, one in gathered.contents.items() if is_table(name)}
    is_read = bool(contents) or not findings
    alone = beside is not None
    tables, grids, odd = read_tables(contents, fixes, how.headers, only, alone=alone) if is_read else Tables({}, (), [])
    findings += [*odd_lines, *odd]
    known = _numbers(before or beside)
    told_by = ((one, tables.get(one), policy.policy, how.cells.get(one, {}), known.get(one, ())) for one in READ)
    parts = _Parts(*(_part(*one) for one in told_by))
    findings += [one for part in parts for one in part.findings]
    read = _cohort(parts, policy, findings, _absent(tables, beside, only))
    named = with_names(read.findings, tables.values())
    return replace(read, findings=named, tables=tuple(tables.values()), grids=grids, how=how)


@dataclass(slots=True)
class _Part:
    """The usable rows of one table and how many were not."""

    records: list[Record]
    bad: int
    findings: list[Finding]


class _Absent(NamedTuple):
    """Who is of the cohort and not in the files; None where nobody can be looked up."""

    schools: tuple[School, ...] = ()
    mentors: tuple[Mentor, ...] = ()

    @property
    def ids(self) -> tuple[set[str], set[str]]:
        """The numbers of those schools and mentors."""
        return {one.id for one in self.schools}, {one.id for one in self.mentors}


def _absent(tables: Mapping[Sheet, Table], beside: Round | None, only: Collection[Sheet]) -> _Absent | None:
    if beside is None:
        return None if only else _Absent()
    return _Absent(
        () if "Scholen" in tables else beside.schools,
        () if "Mentoren" in tables else beside.mentors,
    )


class _Parts(NamedTuple):
    schools: _Part
    mentors: _Part
    agreements: _Part
    measured: _Part


def _numbers(before: Round | None) -> dict[Sheet, tuple[str, ...]]:
    """Give the numbers that a cohort holds."""
    if before is None:
        return {}
    return {"Scholen": tuple(one.id for one in before.schools), "Mentoren": tuple(one.id for one in before.mentors)}


def _part(
    sheet: Sheet,
    table: Table | None,
    policy: Policy,
    answers: Mapping[str, Mapping[str, str]],
    known: Collection[str],
) -> _Part:
    """Read a table's rows, know those that the cohort has already, and look for doubles."""
    if table is None:
        return _Part([], 0, [])
    records, findings = read_records(table, policy, answers)
    good = [with_made_id(record) if table.made_ids else record for record in records if record.good]
    bad = len(records) - len(good)
    if sheet in ("Afspraken", "Nulmeting"):
        return _Part(good, bad, findings)
    column = "schoolnummer" if sheet == "Scholen" else "mentornummer"
    if table.made_ids:
        good, again = last_of_each(good)
        findings += again
    good, told = with_known_numbers(with_site(good), known, column)
    good, odd = without_doubles(good, column)
    bad += sum(one.code == "duplicate_id" for one in odd)
    if sheet == "Scholen":
        odd += look_alikes(good, ("name",), "postcode", "naam")
    else:
        odd += look_alikes(good, ("first_name", "last_name"), "company", "naam") + several_people(good)
    return _Part(good, bad, findings + told + odd + same_mail(good))


def _cohort(parts: _Parts, policy: PolicyFile, findings: list[Finding], absent: _Absent | None) -> Cohort:
    """Make the round, and count."""
    schools, odd = _make(parts.schools, make_school)
    findings += odd
    findings += filter(None, (types_note(*one, policy.policy) for one in schools))
    mentors, odd = _make(parts.mentors, make_mentor)
    findings += odd
    others = absent or _Absent()
    ids = (
        {record.text("id") for record in part.records} | apart
        for part, apart in zip(parts[:2], others.ids, strict=True)
    )
    locks: list[Lock] = []
    if absent is not None:
        schools, measured, odd = with_measured(schools, others.schools, parts.measured.records)
        others = others._replace(schools=measured)
        findings += odd
        locks, odd = make_locks(parts.agreements.records, *ids)
        schools, mentors, unknown = link_declared(schools, mentors, others)
        findings += odd + unknown
    findings += check_companies(mentors) + check_reach(mentors, policy.policy)
    severities = Counter(finding.severity for finding in findings)
    counts = Counts(
        schools=len(schools),
        mentors=len(mentors),
        agreements=len(locks),
        bad_rows=sum(part.bad for part in parts),
        errors=severities["error"],
        warnings=severities["warning"],
        notes=severities["note"],
    )
    given = None
    if not counts.errors:
        given = Round(
            schools=(*(school for _, school in schools), *others.schools),
            mentors=(*(mentor for _, mentor in mentors), *others.mentors),
            locks=tuple(locks),
            policy=policy.policy,
        )
    return Cohort(given=given, findings=listed(findings), counts=counts, server=policy.server)


def _make(
    part: _Part, make: Callable[[Record], tuple[Person | None, list[Finding]]]
) -> tuple[list[tuple[Record, Person]], list[Finding]]:
    made, findings = [], []
    for record in part.records:
        person, odd = make(record)
        findings += odd
        if person is None:
            part.bad += 1
        else:
            made.append((record, person))
    return made, findings
