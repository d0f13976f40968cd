"""How does a random round become a coordinator's files, and what do the files alone say?"""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING

from tests.oracle import Numbers, company_limits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from matcher.domain.mentor import Mentor
    from matcher.domain.round import Round
    from matcher.domain.school import School
    from tests.oracle import SchoolAndMentor

STATUSES = {"active": "actief", "reserve": "reserve", "withdrawn": "uitgevallen"}
KINDS = {"required": "vast", "forbidden": "verboden"}
DEFAULT_GOALS = (
    "places_filled",
    "reserves_used",
    "stranded",
    "changes",
    "worst_pair",
    "points",
    "spread",
    "travel_minutes",
)

Row = dict[str, str]


def write_cohort(given: Round, folder: Path) -> None:
    """Write `scholen.csv`, `mentoren.csv` and `afspraken.csv` as Belgian Excel does, with semicolons."""
    folder.mkdir(parents=True, exist_ok=True)
    companies = {mentor.company_key: mentor.company for mentor in given.mentors}
    _write(folder / "scholen.csv", (_school_row(school, companies) for school in given.schools))
    _write(folder / "mentoren.csv", (_mentor_row(mentor) for mentor in given.mentors))
    locks = [
        {"schoolnummer": one.school, "mentornummer": one.mentor, "soort": KINDS[one.kind], "reden": one.reason}
        for one in given.locks
        if not one.override
    ]
    if locks:
        _write(folder / "afspraken.csv", locks)


def numbers_in_files(cohort: Path, out: Path, withdrawn: Iterable[str] = (), previous: Path | None = None) -> Numbers:
    """Read a round's numbers from its own files and from `verdicts.csv`, with plain csv."""
    schools, mentors = (
        sorted_rows(cohort / "scholen.csv", "schoolnummer"),
        sorted_rows(cohort / "mentoren.csv", "mentornummer"),
    )
    school_at = {row["schoolnummer"]: place for place, row in enumerate(schools)}
    mentor_at = {row["mentornummer"]: place for place, row in enumerate(mentors)}
    pairs_of = _agreements(cohort, school_at, mentor_at)
    gone = set(withdrawn) | {row["mentornummer"] for row in mentors if row["status"] == "uitgevallen"}
    before = json.loads(previous.read_text(encoding="utf-8"))["pairs"] if previous else []
    capacity = _capacity(mentors, gone, rerun=previous is not None)
    verdicts = _verdicts_in(out / "verdicts.csv", school_at, mentor_at)
    possible = [
        pair
        for pair, row in verdicts.items()
        if row["allowed"] == "1" and capacity[pair[1]] and pair not in pairs_of["verboden"]
    ]
    return Numbers(
        wanted=tuple(int(row["aantal_mentoren"]) for row in schools),
        capacity=capacity,
        company=tuple(row["bedrijf"] for row in mentors),
        limits=company_limits((row["bedrijf"], int(row["max_scholen_bedrijf"] or 99)) for row in mentors),
        points={pair: int(verdicts[pair]["points"]) for pair in possible},
        minutes={pair: int(verdicts[pair]["travel_minutes"]) for pair in possible},
        required=frozenset(pairs_of["vast"]),
        previous=frozenset(
            (school_at[one["school"]], mentor_at[one["mentor"]]) for one in before if one["mentor"] not in gone
        ),
        goals=DEFAULT_GOALS,
        reserve=frozenset(place for place, row in enumerate(mentors) if row["status"] == "reserve"),
        rerun=previous is not None,
        had=frozenset(school_at[one["school"]] for one in before),
        left=Counter(school_at[one["school"]] for one in before if one["mentor"] in gone),
    )


def _agreements(cohort: Path, school_at: dict[str, int], mentor_at: dict[str, int]) -> dict[str, set[SchoolAndMentor]]:
    """Read which pairs are agreed, by kind."""
    locks = sorted_rows(cohort / "afspraken.csv", "schoolnummer") if (cohort / "afspraken.csv").exists() else []
    pairs: dict[str, set[SchoolAndMentor]] = {kind: set() for kind in KINDS.values()}
    for row in locks:
        pairs[row["soort"]].add((school_at[row["schoolnummer"]], mentor_at[row["mentornummer"]]))
    return pairs


def _capacity(mentors: list[Row], gone: set[str], *, rerun: bool) -> tuple[int, ...]:
    """Give how many schools each mentor may help: reserves too, on a rerun after a drop-out."""
    helping = {"actief", "reserve"} if rerun and gone else {"actief"}
    return tuple(
        int(row["max_scholen"]) if row["status"] in helping and row["mentornummer"] not in gone else 0
        for row in mentors
    )


def _verdicts_in(path: Path, school_at: dict[str, int], mentor_at: dict[str, int]) -> dict[SchoolAndMentor, Row]:
    """Read every school x mentor; each must be there once."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    verdicts = {(school_at[row["school"]], mentor_at[row["mentor"]]): row for row in rows}
    assert len(rows) == len(verdicts) == len(school_at) * len(mentor_at)
    return verdicts


def sorted_rows(path: Path, key: str) -> list[Row]:
    """Read a file with semicolons, in the order of a column."""
    with path.open(encoding="cp1252", newline="") as lines:
        return sorted(csv.DictReader(lines, delimiter=";"), key=lambda row: row[key])


def _write(path: Path, rows: Iterable[Row]) -> None:
    rows = list(rows)
    with path.open("w", encoding="cp1252", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def _school_row(school: School, companies: dict[str, str]) -> Row:
    conflicts = [companies.get(one, one) for one in school.not_with if one in companies or one.startswith("M")]
    return {
        "schoolnummer": school.id,
        "naam": school.name,
        "postcode": school.postcode,
        "onderwijsvormen": ", ".join(school.school_types),
        "richtingen": ", ".join(school.fields),
        "beschikbaarheid": ", ".join(school.half_days),
        "aantal_mentoren": str(school.mentors_wanted),
        "niet_met": ", ".join(conflicts),
    }


def _mentor_row(mentor: Mentor) -> Row:
    return {
        "mentornummer": mentor.id,
        "bedrijf": mentor.company,
        "sectoren": ", ".join(mentor.sectors),
        "postcode": mentor.postcode,
        "provincies": ", ".join(mentor.provinces),
        "max_reistijd": "" if mentor.max_minutes is None else str(mentor.max_minutes),
        "onderwijsvormen": ", ".join(mentor.school_types),
        "beschikbaarheid": ", ".join(mentor.half_days),
        "max_scholen": str(mentor.max_schools),
        "max_scholen_bedrijf": "" if mentor.max_schools_company is None else str(mentor.max_schools_company),
        "aanbod": ", ".join(map(str, mentor.offer)),
        "niet_met": ", ".join(mentor.not_with),
        "status": STATUSES[mentor.status],
    }
