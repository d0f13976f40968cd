"""Which plan is there to work on, and which is published?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from service.access.action import action
from service.access.work import Work
from service.rounds.run import store as rounds
from service.rounds.run.actions import list_rounds, published_of, round_of, shape_of
from service.rounds.run.shapes import RoundOut

LOOKED_AT = 20
"""So many rounds back a plan is looked for."""


class ShownRound(NamedTuple):
    """A round with its plan as a document, and whether no round is newer."""

    round: RoundOut
    plan: Mapping[str, Any]
    newest: bool


@action("viewer")
def round_to_show(work: Work, cohort: str, wanted: str = "") -> ShownRound | None:
    """Give a round that has a plan, the newest unless said; None where there is none.

    Raises Problem 404 for a round that is not there.
    """
    with work.reading(cohort) as transaction:
        newest, solved = rounds.newest(transaction, cohort)
        found = wanted or solved
        if found is None:
            return None
        row = round_of(work, transaction, cohort, found)
        if row.plan is None or row.plan["status"] not in rounds.SOLVED:
            return None
        return ShownRound(shape_of(transaction, row), row.plan, row.id == newest)


@action("viewer")
def published_round(work: Work, cohort: str) -> RoundOut | None:
    """Give the round whose plan is public now, None where none is."""
    with work.reading() as transaction:
        row = published_of(work, transaction, cohort)
        return None if row is None else shape_of(transaction, row)


@action("viewer")
def newest_with_plan(work: Work, cohort: str) -> RoundOut | None:
    """Give the newest round that has a plan, among the newest; usually that is the very newest."""
    return next((one for one in list_rounds(work, cohort, LOOKED_AT).items if has_plan(one)), None)


def has_plan(one: RoundOut) -> bool:
    """Tell whether a round has a plan: solved, and no conflict."""
    return one.plan_status in rounds.SOLVED
