"""What of a year is travel? Rounds that are online for everybody left out, and who is online elsewhere at no cost."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from matcher.engine.year.year_problem import Arrangement, Flags, YearProblem

OF_ROUNDS: Final = ("here", "groups", "low", "high", "counts", "day", "hour", "school_free", "host_free")
OF_GROUPS: Final = ("seat_pin", "frozen", "barred", "shut")


def only_travelled(given: YearProblem, plan: Arrangement | None) -> tuple[YearProblem, Arrangement | None]:
    """Give a year of which no arrangement travels more than the whole, for a bound that holds.

    A school that is online in one of the rounds that stay costs nothing in any of them.
    """
    if given.online is None or not given.online.any():
        return given, plan
    kept: Flags = np.asarray(~(given.online | ~given.here).all(axis=1), dtype=np.bool_)
    free: Flags = np.asarray(given.online[kept].any(axis=0))
    nowhere = given.barred[kept].all(axis=(0, 1)) if kept.any() else np.ones(given.hosts, dtype=np.bool_)
    changes: dict[str, object] = {name: getattr(given, name)[kept] for name in OF_ROUNDS + OF_GROUPS}
    changes["minutes"] = np.where(free[:, None], 0, given.minutes)
    changes["times"] = np.where(nowhere, 0, given.times)
    changes["far"] = None if given.far is None else given.far & ~free[:, None]
    stays = plan and Arrangement(plan.group[kept], plan.host[kept], plan.moment[kept])
    return replace(given, online=None, **changes), stays  # type: ignore[arg-type]
