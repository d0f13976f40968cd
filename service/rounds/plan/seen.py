"""What is known of a plan, at one moment, for the pages that show all of it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import Names, names_of
from service.rounds.acceptance.actions import list_proposals
from service.rounds.acceptance.words import marks_of
from service.rounds.locks.actions import list_locks
from service.rounds.notes.actions import list_notes
from service.rounds.plan.plan_view import gone_since, known
from service.rounds.plan.rows import Beside, changed_locks, rows_of
from service.rounds.questions.actions import get_besides, get_resilience
from service.rounds.run.published import round_to_show

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from service.access.work import Work
    from service.cohorts.cohort.shapes import CohortOut
    from service.rounds.locks.shapes import LockOut
    from service.rounds.questions.shapes import ResilienceOut
    from service.rounds.run.shapes import RoundOut

    Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPlan:
    """A round with its plan: who is who, a row for each pair and each school with open places, what changed since."""

    cohort: CohortOut
    round: RoundOut
    plan: Mapping[str, Any]
    newest: bool
    names: Names
    rows: Sequence[Row]
    locks: Sequence[LockOut]
    falls: ResilienceOut | None
    changed: str
    was_asked: bool
    gone: Container[str]


def see_plan(work: Work, cohort: str, wanted: str) -> SeenPlan | CohortOut:
    """Read a plan with all that stands beside it; the cohort alone where there is no plan. Raises Problem 404."""
    with work.together() as one:
        row, shown = get_cohort(one, cohort), round_to_show(one, cohort, wanted)
        if shown is None:
            return row
        found, names, agreed = shown.round, names_of(one, cohort), list_locks(one, cohort).items
        falls = known(lambda: get_resilience(one, cohort, found.id)) if work.is_trusted else None
        beside = known(lambda: get_besides(one, cohort, found.id))
        proposed, gone = list_proposals(one, cohort, found.id), gone_since(one, cohort, shown.plan)
        noted = list_notes(one, cohort) if work.is_trusted else {}
    yes = {(one.school, one.mentor) for one in proposed.pairs if one.proposal and one.proposal.state == "accepted"}
    told = Beside(
        locks=agreed,
        drop_outs=falls.drop_outs if falls else (),
        besides=beside.items if beside else (),
        asked=marks_of(proposed),
        settled=yes,
        notes=noted,
        gone=gone,
    )
    return SeenPlan(
        cohort=row,
        round=found,
        plan=shown.plan,
        newest=shown.newest,
        names=names,
        rows=rows_of(shown.plan, names, told),
        locks=agreed,
        falls=falls,
        changed=changed_locks(shown.plan, agreed, gone),
        gone=gone,
        was_asked=any(one.proposal for one in proposed.pairs),
    )
