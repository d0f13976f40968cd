"""Is what is said of a plan true? Each claim is held against the data and against every plan that there is.

One check a kind, by its name in documents. It knows the kinds as values; of the code that makes claims, prices them or
puts them in words it shares nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.domain.errors import InvalidValueError
from tests import claim_absence_checks as absence
from tests import claim_change_checks as change
from tests import claim_conflict_checks as conflict
from tests import claim_remedy_checks as remedy
from tests.claim_said import Said, name_of, named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.domain.claim import Claim


def false_claims(said: Said) -> list[Claim]:
    """Give the claims that are not true."""
    return [one for one in said.claims if not _holds(said, one)]


def _holds(said: Said, claim: Claim) -> bool:
    try:
        return bool(CHECKS[name_of(claim)](said, claim))
    except (KeyError, ValueError, InvalidValueError, StopIteration):  # an id or a value that is nowhere
        return False


def untold(said: Said, school: str) -> bool:
    """Tell whether an open place passes over a mentor who is not at the school, or tells of one twice."""
    told = [mentor for one in said.claims for mentor in named(one)]
    counted = sum(one.count for one in said.claims if name_of(one) == "not_fitting")
    counted += sum(one.count - len(one.mentors) for one in said.claims if name_of(one) == "busy_elsewhere")
    others = set(said.world.mentor) - set(said.of(school))
    return len(set(told)) != len(told) or not set(told) <= others or len(told) + counted != len(others)


CHECKS: Mapping[str, Callable[[Said, Any], object]] = {
    "withdrawn": absence.withdrawn,
    "reserve": lambda said, one: absence.status(said, one.mentors, "reserve"),
    "no_capacity": lambda said, one: all(said.world.mentor[each].max_schools == 0 for each in one.mentors),
    "forbidden": lambda said, one: all(
        absence.lock(said, one.school, each, "forbidden", one.reason) for each in one.mentors
    ),
    "vetoed": absence.facts,
    "not_fitting": absence.not_fitting,
    "nobody_else": lambda said, one: (
        set(said.world.mentor) == set(said.of(one.school)) and one.school in said.world.school
    ),
    "same_company": absence.same_company,
    "company_full": absence.company_full,
    "sector_missing": absence.sector_missing,
    "no_shared_half_day": absence.no_shared_half_day,
    "places_locked": lambda said, one: absence.locked_here(said, one) and absence.impossible(said),
    "room_locked": lambda said, one: absence.room_locked(said, one) and absence.impossible(said),
    "company_locked": lambda said, one: absence.company_locked(said, one) and absence.impossible(said),
    "colleague_locked": lambda said, one: absence.colleague_locked(said, one) and absence.impossible(said),
    "agreements_in_the_way": lambda said, one: (one.school, one.mentor) == said.pair and said.best is None,
    "stands_elsewhere": absence.exchange,
    "busy_elsewhere": absence.busy_elsewhere,
    "unproven": absence.unproven,
    "needed_elsewhere": absence.needed_elsewhere,
    "equally_good": absence.equally_good,
    "not_chosen": absence.not_chosen,
    "costs": change.costs,
    "gains": change.gains,
    "moves": change.moves,
    "would_fit": change.would_fit,
    "locked": lambda said, one: absence.lock(said, one.school, one.mentor, "required", one.reason),
    "locked_against": lambda said, one: (
        absence.lock(said, one.school, one.mentor, "required", one.reason) and absence.facts(said, one)
    ),
    "no_longer_fits": lambda said, one: change.fell_out(said, one, lifted=False),
    "override_gone": lambda said, one: change.fell_out(said, one, lifted=True),
    "row_gone": lambda said, one: one.mentor in {m for _, m in said.before} and one.mentor not in said.world.mentor,
    "school_left": lambda said, one: one.school in {s for s, _ in said.before} and one.school not in said.world.school,
    "moves_along": change.moves_along,
    "takes_over": change.takes_over,
    "stays_open": change.stays_open,
    "changes_too": change.changes_too,
    "points_after": change.points_after,
    "short_of": remedy.short_of,
    "ask_wider": remedy.ask_wider,
    "ask_more": remedy.ask_more,
    "ask_company": remedy.ask_company,
    "put_in_service": remedy.put_in_service,
    "lift_ban": lambda said, one: remedy.lifted(said, one, "forbidden"),
    "lift_lock": lambda said, one: remedy.lifted(said, one, "required"),
    "lift_not_with": remedy.lift_not_with,
    "find_mentor": remedy.find_mentor,
    "fills_more": remedy.fills_more,
    "both_ways": conflict.both_ways,
    "locked_away": conflict.locked_away,
    "locked_unfit": conflict.locked_unfit,
    "too_many_locked": conflict.too_many_locked,
    "colleagues_locked": conflict.colleagues_locked,
    "rules_broken": conflict.rules_broken,
    "agreements_clash": lambda said, _: not said.any_plan and not said.plan,
    "stopped": lambda said, _: said.status == "unfinished" and not said.plan,
}
"""How each kind is held against the world."""
