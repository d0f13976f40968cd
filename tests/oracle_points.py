"""What do the rules of the points say of one pair? Restated pair by pair in exact fractions, slowly and plainly."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from geopy.distance import great_circle

from matcher.domain.reference import default_sectors
from matcher.domain.vocabulary import CRITERIA_PER_ELEMENT, SCHOOL_TYPES
from tests.oracle_travel import estimate

if TYPE_CHECKING:
    from matcher.domain.mentor import Mentor
    from matcher.domain.round import Round
    from matcher.domain.school import School

WEIGHTS = {"sector": 35, "travel": 30, "school_type": 15, "availability": 10, "needs": 10}


def minutes_of(given: Round, school: School, mentor: Mentor) -> int:
    """Give the road time where there is one, else the estimate: over the roads, or by the older formula if asked."""
    one, other = school.position, mentor.position
    if given.roads is not None:
        return int(given.roads.minutes[given.roads.origins.index(other), given.roads.destinations.index(one)])
    if given.policy.detour_factor is None and given.policy.speed_kmh is None:
        return estimate(other, one)
    km = great_circle((one.latitude, one.longitude), (other.latitude, other.longitude)).km
    detour, speed = given.policy.detour_factor or 1.3, given.policy.speed_kmh or 50
    return math.ceil(round(km * detour / speed * 60, 9))


def points_of(given: Round, school: School, mentor: Mentor) -> int:
    """Give the weighted mean of the scores times ten, rounded half to even."""
    weights = WEIGHTS | dict(given.policy.weights)
    scores = {
        "sector": _sector(school, mentor),
        "travel": _travel(minutes_of(given, school, mentor), mentor.max_minutes or given.policy.max_minutes),
        "school_type": _school_type(school, mentor),
        "availability": Fraction(min(100, 33 * _common(school, mentor)) if _common(school, mentor) < 3 else 100),
    }
    if school.baseline and mentor.offer:
        scores["needs"] = _needs(school, mentor)
    total = sum(weights[key] for key in scores)
    if not total:
        return 0
    return round(10 * sum(weights[key] * score for key, score in scores.items()) / Fraction(total))


def vetoes_of(given: Round, school: School, mentor: Mentor) -> set[str]:
    """Give the keys of the criteria that keep the pair apart."""
    found = set()
    if _common(school, mentor) < given.policy.min_half_days:
        found.add("availability")
    if not set(school.school_types) & set(mentor.school_types or SCHOOL_TYPES):
        found.add("school_type")
    limit = mentor.max_minutes or given.policy.max_minutes
    served = not mentor.provinces or school.province in mentor.provinces
    if not served or minutes_of(given, school, mentor) > limit:
        found.add("region")
    if school.id in mentor.not_with or {mentor.id, mentor.company, mentor.company_key} & set(school.not_with):
        found.add("conflict_of_interest")
    return found


def _common(school: School, mentor: Mentor) -> int:
    return len(set(school.half_days) & set(mentor.half_days))


def _sector(school: School, mentor: Mentor) -> Fraction:
    fits = {one.code: one.fits for one in default_sectors()}
    best = max((fits[code][field] for code in mentor.sectors for field in school.fields), default=0)
    return Fraction([0, 33, 67, 100][best])


def _travel(minutes: int, limit: int) -> Fraction:
    if minutes >= limit:
        return Fraction(0)
    if limit <= 40:
        half = Fraction(limit, 2)
        return Fraction(100) if minutes <= half else 100 * (limit - minutes) / (limit - half)
    if minutes <= 20:
        return Fraction(100)
    if minutes <= 40:
        return 100 - Fraction(50 * (minutes - 20), 20)
    return Fraction(50 * (limit - minutes), limit - 40)


def _school_type(school: School, mentor: Mentor) -> Fraction:
    wanted = set(mentor.school_types or SCHOOL_TYPES)
    return Fraction(100 * len(set(school.school_types) & wanted), len(school.school_types))


def _needs(school: School, mentor: Mentor) -> Fraction:
    short = {}
    for element, count in CRITERIA_PER_ELEMENT.items():
        rated = [school.baseline[f"{element}.{n}"] for n in range(1, count + 1) if f"{element}.{n}" in school.baseline]
        short[element] = 4 - Fraction(sum(rated), len(rated)) if rated else Fraction(0)
    total = sum(short.values())
    return 100 * sum(short[element] for element in mentor.offer) / total if total else Fraction(0)
