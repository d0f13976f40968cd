"""What may a cohort look like? Seeded random rounds with everything that a real one can hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from matcher.domain.lock import Lock
from matcher.domain.mentor import Mentor
from matcher.domain.plan import Pair, Plan
from matcher.domain.policy import GOALS, Policy
from matcher.domain.position import Position
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.vocabulary import FIELDS, HALF_DAYS, LABEL_CRITERIA, SCHOOL_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

TOWNS = (
    ("2000", "Antwerpen", "Antwerpen", 51.221, 4.4),
    ("2300", "Turnhout", "Antwerpen", 51.323, 4.948),
    ("2400", "Mol", "Antwerpen", 51.184, 5.116),
    ("2800", "Mechelen", "Antwerpen", 51.028, 4.471),
    ("3500", "Hasselt", "Limburg", 50.93, 5.337),
    ("3600", "Genk", "Limburg", 50.965, 5.5),
    ("3920", "Lommel", "Limburg", 51.231, 5.308),
    ("9000", "Gent", "Oost-Vlaanderen", 51.04, 3.714),
    ("9100", "Sint-Niklaas", "Oost-Vlaanderen", 51.193, 4.178),
    ("9300", "Aalst", "Oost-Vlaanderen", 50.943, 4.04),
    ("9700", "Oudenaarde", "Oost-Vlaanderen", 50.851, 3.596),
    ("9900", "Eeklo", "Oost-Vlaanderen", 51.184, 3.567),
    ("1500", "Halle", "Vlaams-Brabant", 50.736, 4.237),
    ("3000", "Leuven", "Vlaams-Brabant", 50.881, 4.693),
    ("3200", "Aarschot", "Vlaams-Brabant", 50.984, 4.825),
    ("8000", "Brugge", "West-Vlaanderen", 51.215, 3.207),
    ("8400", "Oostende", "West-Vlaanderen", 51.23, 2.92),
    ("8500", "Kortrijk", "West-Vlaanderen", 50.818, 3.278),
    ("8800", "Roeselare", "West-Vlaanderen", 50.969, 3.144),
)
"""Postcode, municipality, province, latitude and longitude."""

SECTORS = ("chemie", "technologie", "installatie", "bouw", "voeding", "logistiek", "ict", "engineering", "zorg", "agro")

IdPair = tuple[str, str]


def random_round(seed: int, schools: int, mentors: int) -> Round:
    """Make a cohort in a part of Flanders, without agreements and without an earlier plan."""
    dice = Random(f"cohort {seed}")  # noqa: S311
    towns = dice.sample(TOWNS, dice.randint(3, 12))
    companies = [f"bedrijf{number}" for number in range(max(1, mentors * dice.randint(4, 9) // 10))]
    return Round(
        schools=tuple(_school(dice, number, towns, companies, mentors) for number in range(schools)),
        mentors=tuple(_mentor(dice, number, towns, companies, schools) for number in range(mentors)),
        policy=_policy(dice),
    )


def with_agreements(given: Round, possible: Collection[IdPair], seed: int) -> Round:
    """Add locks, and in half of the cases an earlier plan and withdrawals since.

    `possible` holds the school and mentor ids that no criterion vetoes. About one round in twenty gets
    agreements that contradict each other.
    """
    dice = Random(f"agreements {seed}")  # noqa: S311
    if dice.random() < 0.5:
        given = replace(given, previous=random_plan(given, possible, dice))
        leaving = dice.sample([mentor.id for mentor in given.mentors], min(len(given.mentors), dice.randint(0, 2)))
        given = replace(given, withdrawn=dict.fromkeys(leaving, "andere job"))
    return replace(given, locks=_locks(given, possible, dice))


def random_plan(given: Round, possible: Collection[IdPair], dice: Random) -> Plan:
    """Make some plan that keeps the rules, with most of the places filled."""
    pairs = sorted(possible)
    dice.shuffle(pairs)
    chosen = [pair for pair in _fitting(given, pairs) if dice.random() < 0.9]
    return Plan(
        status="proven",
        engine="network",
        goals=(),
        pairs=tuple(Pair(school=school, mentor=mentor, points=500, travel_minutes=20) for school, mentor in chosen),
        open_places=(),
        inputs_hash="0" * 64,
        policy=given.policy,
    )


def _fitting(given: Round, pairs: Sequence[IdPair]) -> list[IdPair]:
    """Take pairs in the given order as long as nobody gets too many."""
    mentors = {mentor.id: mentor for mentor in given.mentors if given.helps(mentor)}
    room = Counter({school.id: school.mentors_wanted for school in given.schools})
    room.update({mentor.id: mentor.max_schools for mentor in mentors.values()})
    limits = Counter({mentor.company_key: 99 for mentor in given.mentors})
    for mentor in given.mentors:
        if mentor.max_schools_company is not None:
            limits[mentor.company_key] = min(limits[mentor.company_key], mentor.max_schools_company)
    chosen: list[IdPair] = []
    visits: set[IdPair] = set()
    for school, mentor in pairs:
        company = mentors[mentor].company_key if mentor in mentors else ""
        if company and room[school] and room[mentor] and limits[company] and (school, company) not in visits:
            chosen.append((school, mentor))
            visits.add((school, company))
            room.subtract((school, mentor))
            limits.subtract((company,))
    return sorted(chosen)


def _locks(given: Round, possible: Collection[IdPair], dice: Random) -> tuple[Lock, ...]:
    fixed = [(pair.school, pair.mentor) for pair in random_plan(given, possible, dice).pairs]
    required = dice.sample(fixed, min(len(fixed), dice.choice((0, 0, 1, 1, 2, 3))))
    rest = sorted(set(possible) - set(required))
    forbidden = dice.sample(rest, min(len(rest), dice.choice((0, 1, 2, 4))))
    locks = [Lock(*pair, "required", "vorig jaar een succes") for pair in required]
    locks += [Lock(*pair, "forbidden", "liever niet") for pair in forbidden]
    vetoed = sorted({(s.id, m.id) for s in given.schools for m in given.mentors if given.helps(m)} - set(possible))
    busy = {mentor for _, mentor in required} | {school for school, _ in required}
    if vetoed and dice.random() < 0.15:
        school, mentor = dice.choice(vetoed)
        if not busy & {school, mentor}:
            locks.append(Lock(school, mentor, "required", "ze kennen elkaar", override=True))
    if required and dice.random() < 0.1:
        locks.append(Lock(*dice.choice(required), "forbidden", "tegenspraak"))
    return tuple(locks)


def _policy(dice: Random) -> Policy:
    middle = list(GOALS[1:])
    if dice.random() < 0.4:
        dice.shuffle(middle)
    weights = {"sector": dice.choice((35, 60)), "travel": dice.choice((30, 0, 7))} if dice.random() < 0.3 else {}
    return Policy(goals=(GOALS[0], *middle), weights=weights, max_minutes=dice.choice((45, 60, 60, 90)))


def _half_days(dice: Random, fewest: int, most: int) -> tuple[str, ...]:
    chosen = set(dice.sample(HALF_DAYS, dice.randint(fewest, most)))
    return tuple(half for half in HALF_DAYS if half in chosen)


def _school(dice: Random, number: int, towns: Sequence[tuple], companies: list[str], mentors: int) -> School:  # type: ignore[type-arg]
    postcode, town, province, latitude, longitude = dice.choice(towns)
    types, fields = dice.sample(SCHOOL_TYPES, dice.randint(1, 3)), dice.sample(tuple(FIELDS), dice.randint(1, 4))
    rated = dice.random() < 0.5
    conflicts = (dice.choice(companies), f"M{dice.randrange(mentors):04}") if dice.random() < 0.15 else ()
    return School(
        id=f"{34000 + number * 7:06}",
        name=f"Atheneum {town} {number}",
        postcode=postcode,
        municipality=town,
        province=province,
        position=Position(latitude, longitude),
        school_types=tuple(one for one in SCHOOL_TYPES if one in types),
        fields=tuple(one for one in FIELDS if one in fields),
        half_days=_half_days(dice, 3, 9),
        mentors_wanted=dice.choice((1, 1, 1, 2, 2, 3)),
        not_with=conflicts,
        baseline={criterion: dice.randint(0, 4) for criterion in LABEL_CRITERIA} if rated else {},
    )


def _mentor(dice: Random, number: int, towns: Sequence[tuple], companies: list[str], schools: int) -> Mentor:  # type: ignore[type-arg]
    postcode, town, province, latitude, longitude = dice.choice(towns)
    company = dice.choice(companies)
    near = sorted({one[2] for one in towns if dice.random() < 0.6} | {province})
    types = dice.sample(SCHOOL_TYPES, dice.choice((0, 1, 2, 3)))
    return Mentor(
        id=f"M{number:04}",
        company=company.title(),
        company_key=company,
        sectors=tuple(dice.sample(SECTORS, dice.choice((1, 1, 2)))),
        postcode=postcode,
        municipality=town,
        province=province,
        position=Position(latitude, longitude),
        half_days=_half_days(dice, 1, 4),
        provinces=dice.choice(((), (province,), tuple(near))),
        max_minutes=dice.choice((None, None, 25, 40, 60, 90)),
        school_types=tuple(one for one in SCHOOL_TYPES if one in types),
        max_schools=dice.choice((0, 1, 1, 1, 1, 1, 2, 2, 3, 5)),
        max_schools_company=dice.choice((None, None, None, None, 1, 2, 3)),
        offer=tuple(sorted(dice.sample(range(1, 8), dice.choice((0, 1, 3))))),
        not_with=(f"{34000 + dice.randrange(schools) * 7:06}",) if dice.random() < 0.1 else (),
        status=dice.choice(("active",) * 12 + ("reserve", "withdrawn")),
    )
