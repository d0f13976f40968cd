"""Which plan is there to work on, and which is published?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.access.action import action
from service.rounds.run import store as rounds
from service.rounds.run.actions import as_read, list_rounds, shape_of

if TYPE_CHECKING:
    from service.access.work import Work
    from service.rounds.run.shapes import RoundOut
    from service.web.pages.inside import Inside

SOLVED = ("proven", "feasible")
"""What a plan's status says where there is one."""

LOOKED_AT = 20
"""So many rounds back a plan is looked for."""


@action("viewer")
def published_round(work: Work, cohort: str) -> RoundOut | None:
    """Give the round whose plan is public now, None where none is."""
    with work.reading() as transaction:
        work.cohort(transaction, cohort)
        row = rounds.of_state(transaction, cohort, "published")
        return None if row is None else shape_of(transaction, as_read(work, row))


@action("viewer")
def newest_with_plan(work: Work, cohort: str) -> RoundOut | None:
    """Give the newest round that has a plan, among the newest; usually that is the very newest."""
    return next((one for one in list_rounds(work, cohort, LOOKED_AT).items if has_plan(one)), None)


def has_plan(one: RoundOut) -> bool:
    """Tell whether a round has a plan: solved, and no conflict."""
    return one.plan_status in SOLVED


async def published(api: Inside, cohort: str) -> dict[str, Any] | None:
    """Give the round that is public now, None where none is."""
    found: dict[str, Any] | None = await api.find(f"/v1/cohorts/{cohort}/rounds/gepubliceerd")
    return found
