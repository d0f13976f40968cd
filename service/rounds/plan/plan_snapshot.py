"""What is known of a plan, at one moment, for the pages that show all of it?"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.cohort.shapes import CohortOut
from service.cohorts.members.names import Names, names_of
from service.core.content_cache import Newest
from service.rounds.acceptance.actions import list_proposals
from service.rounds.acceptance.words import marks_of
from service.rounds.locks.actions import list_locks
from service.rounds.locks.shapes import LockOut
from service.rounds.notes.actions import list_notes
from service.rounds.plan.plan_view import gone_since, known
from service.rounds.plan.rows import Beside, changed_locks, rows_of
from service.rounds.questions.actions import get_besides, get_resilience
from service.rounds.questions.shapes import ResilienceOut
from service.rounds.run.published import round_to_show
from service.rounds.run.shapes import RoundOut

Row = Mapping[str, Any]

MOST_MADE = 8
SEEN = Newest(16)
"""The plans that were looked at last, each made of what its reader may read: of other content nothing is used."""


class _Read(NamedTuple):
    """All that a plan as it is shown is made of."""

    cohort: CohortOut
    round: RoundOut
    plan: Mapping[str, Any]
    newest: bool
    names: Names
    falls: ResilienceOut | None
    beside: Beside
    was_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPlan:
    """A round with its plan: who is who, a row for each pair and each school with open places, what changed since.

    `made` keeps what was made of it, such as its list filled in: that is gone with it, and is of nobody else's plan.
    """

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
    made: Newest = field(default_factory=lambda: Newest(MOST_MADE), compare=False)


def see_plan(work: Work, cohort: str, wanted: str) -> SeenPlan | CohortOut:
    """Read a plan with all that stands beside it; the cohort alone where there is no plan. Raises Problem 404.

    Nobody may change what it gives: while all that was read stays the same, it is the same.
    """
    with work.together() as one:
        row, shown = get_cohort(one, cohort), round_to_show(one, cohort, wanted)
        if shown is None:
            return row
        found, names, agreed = shown.round, names_of(one, cohort), list_locks(one, cohort).items
        falls = known(lambda: get_resilience(one, cohort, found.id)) if work.is_trusted else None
        beside = known(lambda: get_besides(one, cohort, found.id))
        proposed, gone = list_proposals(one, cohort, found.id), gone_since(one, cohort, shown.plan)
        noted = list_notes(one, cohort) if work.is_trusted else {}
    yes = frozenset(
        (one.school, one.mentor) for one in proposed.pairs if one.proposal and one.proposal.state == "accepted"
    )
    told = Beside(
        locks=agreed,
        drop_outs=falls.drop_outs if falls else (),
        besides=beside.items if beside else (),
        asked=marks_of(proposed),
        settled=yes,
        notes=noted,
        gone=gone,
    )
    was_asked = any(one.proposal for one in proposed.pairs)
    read = _Read(row, found, shown.plan, shown.newest, names, falls, told, was_asked)
    return SEEN.of((cohort, found.id, work.is_trusted), read, _seen)


def _seen(read: _Read) -> SeenPlan:
    """Put together what was read of a plan."""
    told = read.beside
    return SeenPlan(
        cohort=read.cohort,
        round=read.round,
        plan=read.plan,
        newest=read.newest,
        names=read.names,
        rows=rows_of(read.plan, read.names, told),
        locks=told.locks,
        falls=read.falls,
        changed=changed_locks(read.plan, told.locks, told.gone),
        gone=told.gone,
        was_asked=read.was_asked,
    )
