"""Can school and mentor meet? Half-days that both have free."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.domain.column import Column, Reading, Remark, plain
from matcher.domain.vocabulary import DAYS, HALF_DAY_NAMES, HALF_DAYS

if TYPE_CHECKING:
    from matcher.criteria.minutes import Minutes
    from matcher.domain.policy import Policy
    from matcher.domain.round import Mentor, Round, School

POINTS_PER_HALF_DAY = 33
ENOUGH = 3
"""From so many common half-days on the score is 100."""

LONG_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
PARTS = {
    "vm": "vm", "voormiddag": "vm", "voormiddagen": "vm", "ochtend": "vm", "am": "vm",
    "nm": "nm", "namiddag": "nm", "namiddagen": "nm", "middag": "nm", "pm": "nm",
}  # fmt: skip
ALWAYS = ("altijd", "alle", "alledagen", "elkedag", "heleweek", "iederedag", "flexibel", "alles")
_DAY = "|".join((*LONG_DAYS, *DAYS))
_PATTERN = re.compile(
    rf"(?:elke|iedere|op)?({_DAY})e?n?s?(?:(?:tot|tem|tm)?({_DAY})e?n?s?)?(?:de|s)?({'|'.join(PARTS)})?"
)


def read_half_days(text: str, _policy: Policy) -> Reading:
    """Read half-days such as `ma-vm`, `ma-wo vm`, `dinsdagnamiddag`, `vr` (both halves) or `altijd`."""
    found: set[str] = set()
    remarks: list[Remark] = []
    for part in re.split(r"[,;/|\n\r+&]+| en ", text):
        if not part.strip():
            continue
        halves = _halves(plain(part))
        if halves is None:
            message = f"«{part.strip()}» is geen gekende halve dag."
            remedy = "Schrijf bijvoorbeeld ma-vm (maandagvoormiddag), wo-nm, of ma-wo vm."
            remarks.append(Remark("error", "unknown_half_day", message, remedy))
        else:
            found |= halves
    return Reading(tuple(half for half in HALF_DAYS if half in found), tuple(remarks))


def _halves(text: str) -> set[str] | None:
    if text in ALWAYS:
        return set(HALF_DAYS)
    if text in PARTS:
        return {half for half in HALF_DAYS if half.endswith(PARTS[text])}
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    first, last, part = match.groups()
    start = DAYS.index(first[:2])
    end = DAYS.index(last[:2]) if last else start
    parts = (PARTS[part],) if part else ("vm", "nm")
    return {f"{day}-{half}" for day in DAYS[start : end + 1] for half in parts} if start <= end else None


class Availability:
    """Half-days in common: at least the policy's minimum, 33 points each, 100 from three on."""

    key = "availability"
    label = "beschikbaarheid"
    weight = 10
    columns = (
        Column(
            sheet="Scholen",
            name="beschikbaarheid",
            field="half_days",
            read=read_half_days,
            synonyms=("beschikbare momenten", "vrij", "vrije momenten", "halve dagen", "momenten"),
            meaning="Halve dagen waarop de school een mentor kan ontvangen; leeg = alles behalve woensdagnamiddag.",
            example="ma-vm, di-nm",
        ),
        Column(
            sheet="Mentoren",
            name="beschikbaarheid",
            field="half_days",
            read=read_half_days,
            required=True,
            synonyms=("beschikbare momenten", "vrij", "vrije momenten", "halve dagen", "momenten"),
            meaning="Halve dagen waarop de mentor kan.",
            example="ma-wo vm, vr",
        ),
    )

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Count the common half-days of every combination."""
        school_class, schools = classes(given.schools, lambda one: one.half_days)
        mentor_class, mentors = classes(given.mentors, lambda one: one.half_days)
        common = _flags(schools) @ _flags(mentors).T
        score = np.where(common >= ENOUGH, 100, POINTS_PER_HALF_DAY * common)
        return Judgement(
            school_class=school_class,
            mentor_class=mentor_class,
            veto=common < given.policy.min_half_days,
            numerator=score,
        )

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name the common half-days."""
        common = [HALF_DAY_NAMES[half] for half in HALF_DAYS if half in school.half_days and half in mentor.half_days]
        if not common:
            return ""
        shown = common[0] if len(common) == 1 else f"{', '.join(common[:-1])} en {common[-1]}"
        return f"Samen vrij op {shown}." if len(common) <= 4 else f"Samen vrij op {len(common)} halve dagen."  # noqa: PLR2004

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Say how many half-days are missing."""
        common = len(set(school.half_days) & set(mentor.half_days))
        least = given.policy.min_half_days
        if common >= least:
            return ""
        if common == 0:
            return f"{mentor.name} en de school hebben geen enkele halve dag samen vrij."
        return f"Ze hebben {common} halve dagen samen vrij; er zijn er {least} nodig."


def _flags(keys: list[tuple[str, ...]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array([[half in one for half in HALF_DAYS] for one in keys], dtype=np.int64).reshape(-1, len(HALF_DAYS))


CRITERION = Availability()
