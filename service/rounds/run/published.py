"""Which plan is there to work on, and which is published?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.web.pages.inside import Inside


SOLVED = ("proven", "feasible")
"""What a plan's status says where there is one."""


async def published(api: Inside, cohort: str) -> dict[str, Any] | None:
    """Give the round that is public now, None where none is."""
    found: dict[str, Any] | None = await api.find(f"/v1/cohorts/{cohort}/rounds/gepubliceerd")
    return found


def has_plan(one: Mapping[str, Any]) -> bool:
    """Tell whether a round has a plan: solved, and no conflict."""
    return one["plan_status"] in SOLVED
