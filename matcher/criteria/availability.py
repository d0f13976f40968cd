"""Can school and mentor meet? Half-days that both have free."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.wording import counted, listed
from matcher.domain.column import Reading, Remark, meant, nearest, plain
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.school import School
from matcher.domain.vocabulary import DAYS, HALF_DAY_NAMES, HALF_DAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matcher.criteria.minutes import Minutes
    from matcher.domain.policy import Policy
    from matcher.domain.round import Round

POINTS_PER_HALF_DAY = 33
ENOUGH = 3
"""From so many common half-days on the score is 100."""

LONG_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
PARTS = {
    "vm": "vm", "voormiddag": "vm", "voormiddagen": "vm", "ochtend": "vm", "am": "vm",
    "nm": "nm", "namiddag": "nm", "namiddagen": "nm", "middag": "nm", "pm": "nm",
}  # fmt: skip
ALWAYS = (
    "altijd", "alle", "alles", "flexibel", "heleweek", "deheleweek", "alledagen", "elkedag", "iederedag",
    "werkdagen", "weekdagen", "alleweekdagen", "allewerkdagen", "elkeweekdag", "elkewerkdag",
)  # fmt: skip
_ONE_HALF = tuple(name for name in PARTS if not name.endswith("en"))
_DAY = "|".join((*LONG_DAYS, "maa", "vrij", *DAYS))
_PART = rf"(?:inde|de|s)?({'|'.join(PARTS)})s?"
_DAYS = re.compile(
    rf"(?:elke|iedere|alle|van|op)?({_DAY})e?n?s?(?:(?:tot|tem|tm|totenmet)?({_DAY})e?n?s?)?(?:{_PART})?"
)
_EVERY = re.compile(rf"(?:elke|iedere|alle)?{_PART}")
_WEEKEND = re.compile(r"(?:elke|iedere|op)?(?:za|zo|zaterdag|zondag|weekend)(?:en|s)?")
_EXCEPT = re.compile(r"\b(niet|geen|behalve|zonder|uitgezonderd)\b", re.IGNORECASE)
_SPELLINGS = (*HALF_DAYS, *HALF_DAY_NAMES.values(), *LONG_DAYS, *PARTS, "altijd")
_HELP = "Schrijf bijvoorbeeld ma-vm (maandagvoormiddag), wo-nm, of ma-wo vm."


def read_half_days(text: str, _policy: Policy) -> Reading:
    """Read half-days such as `ma-vm`, `ma-wo vm`, `dinsdagnamiddag`, `vr` (both halves) or `altijd`.

    A half that follows several days (`ma en di vm`) is meant for each of them; a lonely half beside other
    values (`ma vm, nm`) could be of that day or of every day, and is refused.
    """
    found: set[str] = set()
    remarks: list[Remark] = []
    beside_others = plain(text) not in _ONE_HALF
    for several in re.split(r"[,;/|\n\r]+", re.sub(r"\bt\s*/\s*m\b", "tm", text, flags=re.IGNORECASE)):
        half, odd = "", []
        for part in reversed(re.split(r"[+&]+|\ben\b(?!\s+met\b)", several)):
            if not part.strip():
                continue
            halves, told = _halves(plain(part), half)
            if halves is None or (beside_others and plain(part) in _ONE_HALF):
                odd.append(_remark(part.strip()))
            else:
                found |= halves
                half = told
        remarks += reversed(odd)
    return Reading(tuple(one for one in HALF_DAYS if one in found), tuple(remarks))


def _halves(text: str, half: str) -> tuple[set[str] | None, str]:
    """Give the half-days of a text, None where it is no such thing, and the half that it names (`vm`, `nm` or none).

    `half` is that of the days after it.
    """
    if text in ALWAYS:
        return set(HALF_DAYS), ""
    if every := _EVERY.fullmatch(text):
        return {one for one in HALF_DAYS if one.endswith(PARTS[every[1]])}, ""
    match = _DAYS.fullmatch(text)
    if match is None:
        return None, ""
    first, last, part = match.groups()
    start = DAYS.index(first[:2])
    end = DAYS.index(last[:2]) if last else start
    told = PARTS[part] if part else half
    days = DAYS[start : end + 1]
    return ({f"{day}-{one}" for day in days for one in ((told,) if told else ("vm", "nm"))} or None), told


def _remark(part: str) -> Remark:
    """Say why a text is no half-day, with the nearest one where there is one."""
    message, remedy, guess = f"«{part}» is geen gekende halve dag.", _HELP, ""
    if plain(part) in _ONE_HALF:
        message, remedy = f"«{part}» van welke dag?", "Schrijf er de dag bij, zoals ma-vm, ma-nm."
    elif _WEEKEND.fullmatch(plain(part)):
        message = f"«{part}»: in het weekend ontvangt een school niemand."
    elif _EXCEPT.search(part):
        remedy = "Noem de halve dagen die wel kunnen, zoals ma-wo vm."
    elif _DAYS.fullmatch(plain(part)):
        message = f"«{part}» loopt terug in de week."
        remedy = "Schrijf de eerste dag eerst, zoals ma-wo vm, of de dagen apart."
    elif guess := nearest(part, _SPELLINGS) or "":
        remedy = meant(guess)
    return Remark("error", "unknown_half_day", message, remedy, part, guess, guess)


class Availability:
    """Half-days in common: at least the policy's minimum, 33 points each, 100 from three on."""

    key = "availability"
    label = "beschikbaarheid"
    weight = 10
    columns = (
        declared_column(School, "half_days", read_half_days),
        declared_column(Mentor, "half_days", read_half_days),
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

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:  # noqa: ARG002
        """Give the half-days in common and how many are needed."""
        common = len(set(school.half_days) & set(mentor.half_days))
        return {"common": common, "needed": given.policy.min_half_days}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name the common half-days."""
        common = [HALF_DAY_NAMES[half] for half in HALF_DAYS if half in school.half_days and half in mentor.half_days]
        if not common:
            return ""
        return f"Samen vrij op {listed(common)}." if len(common) <= 4 else f"Samen vrij op {len(common)} halve dagen."  # noqa: PLR2004

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Say how many half-days are missing."""
        common = len(set(school.half_days) & set(mentor.half_days))
        least = given.policy.min_half_days
        if common >= least:
            return ""
        if common == 0:
            return f"{mentor.name} en de school hebben geen enkele halve dag samen vrij."
        return f"Ze hebben {counted(common, 'halve dag', 'halve dagen')} samen vrij; er zijn er {least} nodig."


def _flags(keys: list[tuple[str, ...]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array([[half in one for half in HALF_DAYS] for one in keys], dtype=np.int64).reshape(-1, len(HALF_DAYS))


CRITERION = Availability()
