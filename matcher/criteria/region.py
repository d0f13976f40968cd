"""Does the mentor work there, and is it near enough? Provinces served and the limit on travel."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.lists import NO_PREFERENCE, list_reader
from matcher.criteria.minutes import Minutes
from matcher.criteria.near_limit import limit_of, near_limit
from matcher.criteria.wording import listed
from matcher.domain.column import Reading, Remark, plain, whole_reader
from matcher.domain.counting import counted
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.policy import MAX_MINUTES, Policy
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.travel import UNREACHABLE
from matcher.domain.vocabulary import FLEMISH_PROVINCES, PROVINCES

SPELLINGS = {
    "Antwerpen": ("Antw.", "Prov. Antwerpen", "Provincie Antwerpen", "A'pen", "Anvers"),
    "Limburg": ("Limb.", "Prov. Limburg", "Provincie Limburg"),
    "Oost-Vlaanderen": ("O-Vl", "Oost-Vl.", "OVL", "O-Vlaanderen"),
    "Vlaams-Brabant": ("Vl-Br", "Vl.-Brabant", "Vlaams-Br.", "VBR"),
    "West-Vlaanderen": ("W-Vl", "West-Vl.", "WVL", "W-Vlaanderen"),
    "Brussel": ("Brussel-Hoofdstad", "Brussels Hoofdstedelijk Gewest", "Brussels Gewest", "BHG", "Bxl", "Bruxelles"),
    "Henegouwen": ("Hainaut",),
    "Luik": ("Liège",),
    "Luxemburg": ("Luxembourg",),
    "Namen": ("Namur",),
    "Waals-Brabant": ("Brabant wallon", "Waals-Br."),
}
MEANT: dict[str, tuple[str, ...]] = {spelling: (name,) for name, others in SPELLINGS.items() for spelling in others}
MEANT |= dict.fromkeys(NO_PREFERENCE, tuple(PROVINCES))
MEANT |= dict.fromkeys(("Vlaanderen", "heel Vlaanderen", "alle Vlaamse provincies"), FLEMISH_PROVINCES)
CLOCK = re.compile(r"0?([0-4]):([0-5]\d)(?::00)?")
"""Hours and minutes as a spreadsheet shows a time: `0:45`."""

HOURS = re.compile(r"(\d)[.,](\d{1,2}) ?(?:uur|uren|u|h)\.?")
TRAVEL_TIME = re.compile(r"(?:(\d{1,2}) ?(?:uur|u|h)\.?)? ?(?:(\d{1,3}) ?(?:minuten|min|m|')?\.?)?")
IN_WORDS = {
    "kwartier": 15, "eenkwartier": 15, "kwartiertje": 15, "halfuur": 30, "eenhalfuur": 30, "halfuurtje": 30,
    "driekwartier": 45, "uur": 60, "eenuur": 60, "uurtje": 60, "anderhalfuur": 90, "tweeuur": 120,
}  # fmt: skip
_read_minutes = whole_reader(1, MAX_MINUTES, "aantal minuten", is_limit=True)


def read_limit(text: str, policy: Policy) -> Reading:
    """Read minutes: `45`, `45 min`, and with a note that says what was read, `1u30`, `0:45`, `1,5 uur`, `half uur`."""
    if (minutes := IN_WORDS.get(plain(text))) is not None:
        return Reading(minutes, (_hours(minutes),))
    if part := HOURS.fullmatch(text.casefold()):
        sixtieths = 60 * int(part[1] + part[2])
        if sixtieths % 10 ** len(part[2]) == 0:
            return _in_hours(sixtieths // 10 ** len(part[2]), policy)
    if clock := CLOCK.fullmatch(text):
        return _in_hours(60 * int(clock[1]) + int(clock[2]), policy)
    told = TRAVEL_TIME.fullmatch(text.casefold())
    if told is None:
        return _read_minutes(text, policy)
    hours, minutes = (int(one or 0) for one in told.groups())
    return _in_hours(60 * hours + minutes, policy) if hours else _read_minutes(str(minutes), policy)


def _in_hours(minutes: int, policy: Policy) -> Reading:
    """Read minutes that were written with hours, and say what was read."""
    reading = _read_minutes(str(minutes), policy)
    return reading if reading.remarks else reading._replace(remarks=(_hours(minutes),))


def _hours(minutes: int) -> Remark:
    return Remark("note", "hours", f"Gelezen als {counted(minutes, 'minuut', 'minuten')}.", "Niets te doen.")


class Region:
    """A veto alone: outside the provinces that the mentor serves, or farther than the mentor travels."""

    key = "region"
    label = "regio"
    weight = 0
    columns = (
        declared_column(Mentor, "provinces", list_reader(PROVINCES, MEANT, "unknown_province", "provincie")),
        declared_column(Mentor, "max_minutes", read_limit),
    )

    def judge(self, given: Round, minutes: Minutes) -> Judgement:
        """Veto combinations of place and province with place, provinces served and limit."""
        school_class, schools = classes(
            zip(given.schools, minutes.school_place.tolist(), strict=True), lambda one: (one[1], one[0].province)
        )
        mentor_class, mentors = classes(
            zip(given.mentors, minutes.mentor_place.tolist(), strict=True),
            lambda one: (one[1], one[0].provinces, limit_of(given, one[0])),
        )
        travel = minutes.table[np.ix_([place for place, _ in schools], [place for place, *_ in mentors])]
        limits = np.array([limit for *_, limit in mentors], dtype=np.int64)
        served = np.array([_serves(provinces) for _, provinces, _ in mentors], dtype=np.bool_).reshape(
            -1, len(PROVINCES)
        )
        province = [PROVINCES.index(name) for _, name in schools]
        return Judgement(
            school_class=school_class, mentor_class=mentor_class, veto=(travel > limits) | ~served[:, province].T
        )

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:
        """Give the minutes, the limit, and 1 where the mentor serves the school's province."""
        served = not mentor.provinces or school.province in mentor.provinces
        return {"minutes": minutes, "limit": limit_of(given, mentor), "served": int(served)}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Say nothing: travel tells the minutes."""
        return ""

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:
        """Say which of the two keeps the mentor away."""
        told = []
        if mentor.provinces and school.province not in mentor.provinces:
            told.append(f"{mentor.name} werkt niet in {school.province}, wel in {listed(mentor.provinces)}.")
        if minutes >= UNREACHABLE:
            told.append("Er is geen weg naar de school gevonden.")
        elif minutes > (limit := limit_of(given, mentor)):
            near = "; dat is een schatting, dicht bij de grens" if near_limit(given, school, mentor, minutes) else ""
            told.append(f"{counted(minutes, 'minuut', 'minuten')} rijden, meer dan de grens van {limit}{near}.")
        return " ".join(told)


def _serves(provinces: tuple[str, ...]) -> list[bool]:
    return [not provinces or name in provinces for name in PROVINCES]


CRITERION = Region()
