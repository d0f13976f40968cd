"""Why is a mentor not at a school? The sentence of every such claim."""

from __future__ import annotations

from matcher.criteria import criteria
from matcher.criteria.wording import listed
from matcher.domain import absence_claim as kinds
from matcher.domain.counting import counted
from matcher.matching.claim_names import (
    agreeing,
    because,
    company_name,
    mentor_name,
    mentor_names,
    objection,
    school_name,
    school_names,
)
from matcher.matching.loss_words import price_phrase
from matcher.matching.rules import Facts


def withdrawn(facts: Facts, one: kinds.Withdrawn) -> str:
    """Write the sentence of this claim."""
    who = mentor_names(facts, one.mentors)
    return f"{who} {agreeing(one.mentors, 'is', 'zijn')} uitgevallen{because(one.reason)}."


def reserve(facts: Facts, one: kinds.Reserve) -> str:
    """Write the sentence of this claim."""
    return f"{mentor_names(facts, one.mentors)} {agreeing(one.mentors, 'staat', 'staan')} in reserve."


def no_capacity(facts: Facts, one: kinds.NoCapacity) -> str:
    """Write the sentence of this claim."""
    who = mentor_names(facts, one.mentors)
    return f"{who} {agreeing(one.mentors, 'begeleidt', 'begeleiden')} dit jaar geen school (hoogstens 0)."


def forbidden(facts: Facts, one: kinds.Forbidden) -> str:
    """Write the sentence of this claim."""
    who = mentor_names(facts, one.mentors)
    return f"{who} {agreeing(one.mentors, 'is', 'zijn')} hier verboden door een afspraak{because(one.reason)}."


def vetoed(facts: Facts, one: kinds.Vetoed) -> str:
    """Write the sentence of this claim."""
    return objection(facts, one.school, one.mentor, one.criterion, one.facts)


def not_fitting(_facts: Facts, one: kinds.NotFitting) -> str:
    """Write the sentence of this claim."""
    labels = {criterion.key: criterion.label for criterion in criteria()}
    ordered = sorted(one.criteria.items(), key=lambda item: (-item[1], item[0]))
    why = listed([f"{labels[key]} ({count} van {one.count})" for key, count in ordered])
    return f"{counted(one.count, 'mentor past', 'mentoren passen')} hier niet; wat tegenhoudt: {why}."


def nobody_else(facts: Facts, _one: kinds.NobodyElse) -> str:
    """Write the sentence of this claim."""
    return f"Er zijn geen {'andere ' if facts.given.mentors else ''}mentoren in deze ronde."


def same_company(facts: Facts, one: kinds.SameCompany) -> str:
    """Write the sentence of this claim."""
    company, who = facts.mentor[one.colleague].company, mentor_names(facts, one.mentors)
    are = agreeing(one.mentors, "is", "zijn")
    return f"{who} {are} van {company}, dat hier al iemand heeft: {mentor_name(facts, one.colleague)}."


def company_full(facts: Facts, one: kinds.CompanyFull) -> str:
    """Write the sentence of this claim."""
    company, who = company_name(facts, one.company), mentor_names(facts, one.mentors)
    if not one.limit:
        return f"{company} wil dit jaar geen enkele school, dus kan {who} niet."
    at = f", en staat al bij {school_names(facts, one.schools)}" if one.schools else ""
    return f"{company} wil hoogstens {counted(one.limit, 'school', 'scholen')}{at}: daarom niet met {who}."


def sector_missing(facts: Facts, one: kinds.SectorMissing) -> str:
    """Write the sentence of this claim."""
    who = mentor_names(facts, one.mentors)
    return f"Met {who} heeft de school nog niemand uit een sector die de regels vragen."


def no_shared_half_day(facts: Facts, one: kinds.NoSharedHalfDay) -> str:
    """Write the sentence of this claim."""
    who, other = mentor_names(facts, one.mentors), mentor_name(facts, one.colleague)
    have = agreeing(one.mentors, "heeft", "hebben")
    return f"{who} {have} met {other} en de school samen geen halve dag vrij, en dat vragen de regels."


def places_locked(facts: Facts, one: kinds.PlacesLocked) -> str:
    """Write the sentence of this claim."""
    are = agreeing(one.mentors, "ligt", "liggen")
    school, who = school_name(facts, one.school), mentor_names(facts, one.mentors)
    return f"Elke plaats van {school} is vastgelegd: {who} {are} er vast."


def room_locked(facts: Facts, one: kinds.RoomLocked) -> str:
    """Write the sentence of this claim."""
    who, at = mentor_name(facts, one.mentor), school_names(facts, one.schools)
    return f"{who} ligt al vast bij {at} en kan er geen school bij."


def company_locked(facts: Facts, one: kinds.CompanyLocked) -> str:
    """Write the sentence of this claim."""
    wants = f"{company_name(facts, one.company)} wil hoogstens {counted(one.limit, 'school', 'scholen')}"
    return f"{wants} en ligt al vast bij {school_names(facts, one.schools)}."


def colleague_locked(facts: Facts, one: kinds.ColleagueLocked) -> str:
    """Write the sentence of this claim."""
    who, company = mentor_name(facts, one.colleague), facts.mentor[one.colleague].company
    return f"{who} van {company} ligt hier vast, en een bedrijf begeleidt een school hoogstens één keer."


def agreements_in_the_way(facts: Facts, one: kinds.AgreementsInTheWay) -> str:
    """Write the sentence of this claim."""
    pair = f"{mentor_name(facts, one.mentor)} bij {school_name(facts, one.school)}"
    return f"{pair} gaat niet samen met de afspraken en de eigen regels van deze ronde."


def stands_elsewhere(facts: Facts, one: kinds.StandsElsewhere) -> str:
    """Write the sentence of this claim."""
    at = school_name(facts, one.at)
    price = price_phrase(one.losses)
    return f"{mentor_name(facts, one.mentor)} staat bij {at}. Van daar naar hier: {price}."


def busy_elsewhere(facts: Facts, one: kinds.BusyElsewhere) -> str:
    """Write the sentence of this claim."""
    if one.count == 1:
        return f"{mentor_names(facts, one.mentors)} kan hier, maar is elders nodig."
    more = one.count - len(one.mentors)
    who = f"{', '.join(mentor_name(facts, each) for each in one.mentors)} en nog {more}"
    who = who if more else mentor_names(facts, one.mentors)
    return f"{who} kunnen hier, maar zijn elders nodig."


def unproven(facts: Facts, one: kinds.Unproven) -> str:
    """Write the sentence of this claim."""
    who = mentor_names(facts, one.mentors)
    return f"{who} {agreeing(one.mentors, 'kan', 'kunnen')} hier misschien nog: dit plan is niet bewezen het beste."


def needed_elsewhere(facts: Facts, one: kinds.NeededElsewhere) -> str:
    """Write the sentence of this claim."""
    who, at = mentor_name(facts, one.mentor), school_names(facts, one.at)
    return f"{who} is nodig bij {at}. Toch hier: {price_phrase(one.losses)}."


def equally_good(facts: Facts, one: kinds.EquallyGood) -> str:
    """Write the sentence of this claim."""
    at = f" Nu bij {school_names(facts, one.at)}." if one.at else ""
    return f"{mentor_name(facts, one.mentor)} is hier even goed voor het hele plan.{at}"


def not_chosen(facts: Facts, one: kinds.NotChosen) -> str:
    """Write the sentence of this claim."""
    return (
        f"{mentor_name(facts, one.mentor)} heeft nog plaats, maar het plan is beter zonder: {price_phrase(one.losses)}."
    )


def agreements_clash(_facts: Facts, _one: kinds.AgreementsClash) -> str:
    """Write the sentence of this claim."""
    return "De afspraken spreken elkaar tegen."


def stopped(_facts: Facts, _one: kinds.Stopped) -> str:
    """Write the sentence of this claim."""
    return "De berekening werd gestopt voor er een plan was."
