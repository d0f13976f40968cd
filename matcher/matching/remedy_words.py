"""Where is there too little, and what would help? The sentence of every such claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from matcher.criteria.wording import listed
from matcher.domain import remedy_claim as kinds
from matcher.domain.counting import as_many, counted, spelled
from matcher.domain.reference import sectors_of
from matcher.domain.remedy_claim import Ask
from matcher.domain.vocabulary import FIELDS
from matcher.matching.claim_names import because, company_name, first_big, mentor_name, school_name
from matcher.matching.consequence_words import wider_words
from matcher.matching.rules import Facts


def short_of(facts: Facts, one: kinds.ShortOf) -> str:
    """Write the sentence of this claim."""
    names = ", ".join(school_name(facts, each) for each in one.schools)
    provinces = {facts.school[each].province for each in one.schools}
    where = f" in {min(provinces)}" if len(provinces) == 1 else ""
    helped = ", ".join(mentor_name(facts, each) for each in one.mentors)
    if not one.mentors:
        return f"Voor {names}{where} is er geen enkele mentor die kan."
    asked = spelled(one.asked, "mentor", "mentoren")
    beside = " Wie bij een tekort hierboven nodig is, telt hier niet mee." if one.beside else ""
    if len(one.schools) == 1:
        return f"{names}{where} vraagt {asked}; er {_room(one.filled)} ({helped}).{beside}"
    places = spelled(one.filled, "plaats", "plaatsen") if one.filled else "geen enkele plaats"
    schools = counted(len(one.schools), "school", "scholen")
    return f"{schools}{where} ({names}) vragen samen {asked} en delen {places} ({helped}).{beside}"


def _room(filled: int) -> str:
    return f"is er maar plaats voor {filled}" if filled else "is geen plaats bij wie kan"


def ask_words(facts: Facts, one: Ask) -> str:
    """Say what is asked as part of a sentence: `als An 2 scholen begeleidt in plaats van 1`."""
    return ASKS[type(one).__name__](facts, one)


def asked(facts: Facts, one: Ask) -> str:
    """Write the sentence of a claim that asks something."""
    return f"{first_big(ask_words(facts, one))}."


def together(facts: Facts, asks: Iterable[Ask]) -> str:
    """Say all that is asked at once."""
    return "; en ".join(ask_words(facts, one) for one in asks)


def _wider(facts: Facts, one: kinds.AskWider) -> str:
    far = " (meer dan anderhalve keer de grens)" if one.far else ""
    return f"{school_name(facts, one.school)}: {wider_words(facts, one)}{far}"


def _more(facts: Facts, one: kinds.AskMore) -> str:
    who, now = mentor_name(facts, one.mentor), facts.mentor[one.mentor].max_schools
    if not now:
        return f"als {who} dit jaar toch {counted(one.schools, 'school', 'scholen')} begeleidt"
    return f"als {who} {counted(one.schools, 'school', 'scholen')} begeleidt in plaats van {now}"


def _company(facts: Facts, one: kinds.AskCompany) -> str:
    now = facts.company_limit[one.company]
    most = counted(one.schools, "school", "scholen")
    return f"als {company_name(facts, one.company)} hoogstens {most} wil in plaats van {now}"


def _in_service(facts: Facts, one: kinds.PutInService) -> str:
    return f"als {mentor_name(facts, one.mentor)} uit de reserve komt"


def _no_ban(facts: Facts, one: kinds.LiftBan) -> str:
    who = mentor_name(facts, one.mentor)
    return f"{school_name(facts, one.school)}: als het verbod op {who} vervalt{because(one.reason)}"


def _no_lock(facts: Facts, one: kinds.LiftLock) -> str:
    who = mentor_name(facts, one.mentor)
    return f"als {who} niet meer vastligt bij {school_name(facts, one.school)}{because(one.reason)}"


def _let_through(facts: Facts, one: kinds.LiftNotWith) -> str:
    who, school = mentor_name(facts, one.mentor), school_name(facts, one.school)
    by = listed([*(["de mentor"] if one.by_mentor else []), *(["de school"] if one.by_school else [])])
    return f"{school}: als {who} er toch naartoe mag (belangenconflict opgegeven door {by})"


def _newcomer(facts: Facts, one: kinds.FindMentor) -> str:
    school = facts.school[one.school]
    name = next(each.name for each in sectors_of(facts.given.policy) if each.code == one.sector)
    fields = ", ".join(FIELDS[each] for each in school.fields)
    return f"zoek één mentor uit {name.lower()} rond {school.municipality} (past bij {fields})"


def fills_more(_facts: Facts, one: kinds.FillsMore) -> str:
    """Write the sentence of this claim."""
    places = spelled(one.places, "plaats", "plaatsen")
    return f"Dan {as_many(one.places, 'kan', 'kunnen')} {places} meer ingevuld worden."


ASKS: Mapping[str, Callable[[Facts, Any], str]] = {
    "AskWider": _wider,
    "AskMore": _more,
    "AskCompany": _company,
    "PutInService": _in_service,
    "LiftBan": _no_ban,
    "LiftLock": _no_lock,
    "LiftNotWith": _let_through,
    "FindMentor": _newcomer,
}
