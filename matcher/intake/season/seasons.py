"""Which season do a published plan, its cohort, places and blackouts make together?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from matcher.domain.mentor import Mentor
from matcher.domain.period import Period, refuse_if
from matcher.domain.plan import Plan
from matcher.domain.policy import Policy
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.school_types import types_of
from matcher.domain.season import ELEMENT_THEMES, LONGEST_TRIP, THEMES, Guide, Host, Participant, Season
from matcher.domain.vocabulary import HIGHEST_RATING
from matcher.intake.season.hosts import Blackouts, company_host, school_host
from matcher.intake.season.membership_changes import as_former, with_former, with_newcomers, without_leavers


def make_season(
    given: Round,
    plan: Plan,
    hosts: Iterable[Host] = (),
    blackouts: Blackouts | None = None,
    *,
    before: Season | None = None,
    **values: object,
) -> Season:
    """Make the season of a cohort; `values` are the other fields of Season (id, school_year, rounds, ...).

    Every school of the cohort takes part, with the mentors that the plan gives it and who did not leave. Every
    school, and the company of each of these mentors, is a candidate host; `hosts` adds others and goes before those
    of the same id. A mentor's half-days are those of visits to a school; a session is announced months ahead, so
    only blackouts keep a mentor away, and one on another half-day is told as outside the mentor's hours. Every mentor
    of the cohort is a guide, also one that has left: such a mentor may have been invited before, and must hear of a
    cancellation. `before` is the season from which the `previous` year was made: what that year names and the cohort
    no longer has, stays known. Raises
    InvalidValueError where the values contradict.
    """
    away = blackouts or Blackouts()
    mentors = {one.id: one for one in given.mentors}
    gone = {one.id for one in given.mentors if one.status == "withdrawn"} | set(given.withdrawn)
    matched: dict[str, tuple[str, ...]] = {}
    for pair in (one for one in plan.pairs if one.mentor not in gone):
        matched[pair.school] = (*matched.get(pair.school, ()), pair.mentor)
    wanted = {one for names in matched.values() for one in names}
    _check_plan({pair.school for pair in plan.pairs} & {one.id for one in given.schools}, wanted - mentors.keys(), plan)
    common: dict[str, object] = {
        "participants": tuple(_participant(one, matched.get(one.id, ()), away, given.policy) for one in given.schools),
        "guides": tuple(_guide(one, away) for one in given.mentors),
        "hosts": tuple(_candidates(given, [mentors[one] for one in sorted(wanted)], hosts, away)),
        "free": away.everybody,
        "policy": given.policy,
        "roads": None,
        "longest_trip": LONGEST_TRIP if before is None else before.longest_trip,
        "rising_repeats": True,
    }
    season = Season(**(common | values))  # type: ignore[arg-type]
    return season if before is None else with_former(season, before)


def _check_plan(schools: Collection[str], gone: Collection[str], plan: Plan) -> None:
    """Refuse a plan without a school of the cohort, or with a mentor that is not in it; raise InvalidValueError."""
    refuse_if(bool(plan.pairs) and not schools, "Dit plan is van een andere cohorte.")
    refuse_if(
        bool(gone),
        f"Mentor {min(gone, default='')} staat in het plan maar niet meer in mentoren.csv. "
        "Herstel eerst het plan met rerun, of zet de mentor terug als uitgevallen.",
    )


def renew_season(before: Season, given: Round, plan: Plan, blackouts: Blackouts | None = None) -> Season:
    """Give a season as its cohort is now: mentors of the plan, new guides and hosts, and `blackouts` besides its own.

    Rounds and wishes stay. A school that the cohort no longer has is absent from what is to come; one that is new
    joins what is not over of the year `before.previous`. Raises InvalidValueError as `make_season` does.
    """
    fresh = make_season(given, plan, before.hosts, blackouts, id=before.id, school_year=before.school_year, rounds=())
    schools = {one.id: one for one in fresh.participants}
    hosts = {one.id: one for one in before.hosts}
    guides = {one.id: one for one in before.guides}
    away = {key: one.unavailable for key, one in guides.items()}
    for guide in fresh.guides:
        guides[guide.id] = replace(guide, unavailable=_both(away.get(guide.id, ()), guide.unavailable))
    for host in fresh.hosts:
        known = hosts.get(host.id, host)
        hosts[host.id] = replace(known, unavailable=_both(known.unavailable, host.unavailable))
    gone = {one.id for one in before.participants} - schools.keys()
    participants = tuple(
        as_former(one) if one.id in gone else _as_now(one, schools[one.id]) for one in before.participants
    )
    season = replace(
        before,
        participants=participants,
        guides=tuple(guides.values()),
        hosts=tuple(hosts.values()),
        free=_both(before.free, fresh.free),
        rising_repeats=fresh.rising_repeats,
    )
    season = without_leavers(season, gone) if gone else season
    old = {one.id for one in before.participants}
    new = [one for one in fresh.participants if one.id not in old]
    return with_newcomers(season, new) if new else season


def _as_now(before: Participant, fresh: Participant) -> Participant:
    exams = before.exams if fresh.exams is None else fresh.exams
    return replace(before, mentors=fresh.mentors, unavailable=_both(before.unavailable, fresh.unavailable), exams=exams)


def _both(before: tuple[Period, ...], fresh: tuple[Period, ...]) -> tuple[Period, ...]:
    return tuple(dict.fromkeys((*before, *fresh)))


def _participant(school: School, mentors: tuple[str, ...], away: Blackouts, policy: Policy) -> Participant:
    return Participant(
        id=school.id,
        name=school.name,
        position=school.position,
        school_types=types_of(school, policy),
        mentors=tuple(sorted(mentors)),
        themes=weakest_themes(school.baseline),
        unavailable=away.schools.get(school.id, ()),
        exams=away.exams.get(school.id),
        municipality=school.municipality,
        contact=school.contact,
        email=school.email,
    )


def _guide(mentor: Mentor, away: Blackouts) -> Guide:
    return Guide(
        id=mentor.id,
        name=mentor.name,
        company=mentor.company,
        email=mentor.email,
        unavailable=away.mentors.get(mentor.id, ()),
        usual=tuple(mentor.half_days),
    )


def _candidates(given: Round, matched: Iterable[Mentor], named: Iterable[Host], away: Blackouts) -> Iterable[Host]:
    """Give schools, then companies of matched mentors, then what was named, which goes before both."""
    found = {one.id: school_host(one) for one in given.schools}
    for mentor in matched:
        found.setdefault(mentor.company_key, company_host(mentor))
    found |= {host.id: host for host in named}
    return (replace(host, unavailable=away.hosts.get(host.id, ())) for host in found.values())


def weakest_themes(baseline: Mapping[str, int]) -> tuple[str, ...]:
    """Order the themes by how far the baseline's elements stay below the highest rating, furthest first.

    An element counts as the mean of its rated criteria, a theme as the mean of its rated elements; a
    theme without ratings, or without shortfall, is left out.
    """
    elements: dict[int, list[int]] = {}
    for criterion, rating in baseline.items():
        elements.setdefault(int(criterion.partition(".")[0]), []).append(HIGHEST_RATING - rating)
    themes: dict[str, list[Fraction]] = {}
    for element, lacks in elements.items():
        themes.setdefault(ELEMENT_THEMES[element], []).append(Fraction(sum(lacks), len(lacks)))
    lack = {theme: sum(parts, Fraction(0)) / len(parts) for theme, parts in themes.items()}
    order = list(THEMES)
    return tuple(sorted((one for one in lack if lack[one] > 0), key=lambda one: (-lack[one], order.index(one))))
