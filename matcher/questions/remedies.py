"""What small change of the data would make a pair possible? Said as a coordinator would ask it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.domain.claim import WouldFit
from matcher.domain.counting import counted
from matcher.domain.mentor import Mentor
from matcher.domain.policy import MAX_MINUTES
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.school_types import types_of
from matcher.domain.vocabulary import HALF_DAY_NAMES, HALF_DAYS

HALF_DAY_EFFORT = 20
WIDER_EFFORT = 30


@dataclass(frozen=True, slots=True)
class Change:
    """A mentor with something changed, the Dutch words for it, and how much it asks (minutes, or the like)."""

    words: str
    effort: int
    mentor: Mentor


def single_changes(given: Round, school: School, mentor: Mentor, minutes: int) -> list[Change]:
    """Give the single changes of a mentor that may let a pair through, least effort first."""
    name = mentor.name
    changes = []
    common = len(set(school.half_days) & set(mentor.half_days))
    more_helps = common < given.policy.min_half_days or given.policy.share_half_day
    for half in (one for one in school.half_days if more_helps and one not in mentor.half_days):
        wider = tuple(sorted((*mentor.half_days, half), key=HALF_DAYS.index))
        words = f"als {name} ook op {HALF_DAY_NAMES[half]} kan"
        changes.append(Change(words, HALF_DAY_EFFORT, replace(mentor, half_days=wider)))
    limit = mentor.max_minutes or given.policy.max_minutes
    if limit < minutes <= MAX_MINUTES:
        words = f"als {name} {counted(minutes, 'minuut', 'minuten')} wil rijden in plaats van {limit}"
        changes.append(Change(words, minutes - limit, replace(mentor, max_minutes=minutes)))
    if mentor.provinces and school.province not in mentor.provinces:
        words = f"als {name} ook in {school.province} wil werken"
        changes.append(Change(words, WIDER_EFFORT, replace(mentor, provinces=(*mentor.provinces, school.province))))
    own = types_of(school, given.policy)
    if mentor.school_types and not set(mentor.school_types) & set(own):
        words = f"als {name} ook naar een school met {'/'.join(own)} wil"
        types = (*mentor.school_types, *own)
        changes.append(Change(words, WIDER_EFFORT, replace(mentor, school_types=types)))
    return sorted(changes, key=lambda one: one.effort)


def all_changes(given: Round, school: School, mentor: Mentor, minutes: int) -> Change | None:
    """Merge the first change of every kind into one, None where there are fewer than two kinds."""
    merged, words, effort = mentor, [], 0
    for change in single_changes(given, school, mentor, minutes):
        for field in ("half_days", "max_minutes", "provinces", "school_types"):
            value, first = getattr(change.mentor, field), getattr(mentor, field)
            if value != first and getattr(merged, field) == first:
                merged = replace(merged, **{field: value})
                words.append(change.words)
                effort += change.effort
    return Change(" en ".join(words), effort, merged) if len(words) > 1 else None


def wider(changed: Mentor, school: str, mentor: Mentor) -> WouldFit:
    """Say as a claim what a changed mentor does more than before, so that the school can be helped."""
    return WouldFit(
        school,
        mentor.id,
        tuple(one for one in changed.half_days if one not in mentor.half_days),
        changed.max_minutes or 0 if changed.max_minutes != mentor.max_minutes else 0,
        tuple(one for one in changed.provinces if one not in mentor.provinces),
        tuple(one for one in changed.school_types if one not in mentor.school_types),
    )
