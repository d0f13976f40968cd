"""How do a plan, verdicts, prices and a year look as data frames? A row a pair, and a row for each school a session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.domain.season import Season
from matcher.domain.year import Year
from matcher.matching.verdicts import Verdicts
from matcher.questions.price import Price


def plan_frame(plan: Plan, given: Round | None = None) -> pd.DataFrame:
    """Give a row a pair: ids, points, minutes one way, whether it is agreed, reasons; with `given` names beside."""
    columns: dict[str, list[Any]] = {"school": [one.school for one in plan.pairs]}
    schools = {} if given is None else {one.id: one for one in given.schools}
    mentors = {} if given is None else {one.id: one for one in given.mentors}
    if given is not None:
        columns["school_name"] = [schools[one.school].name for one in plan.pairs]
        columns["municipality"] = [schools[one.school].municipality for one in plan.pairs]
    columns["mentor"] = [one.mentor for one in plan.pairs]
    if given is not None:
        columns["mentor_name"] = [mentors[one.mentor].name for one in plan.pairs]
        columns["company"] = [mentors[one.mentor].company for one in plan.pairs]
    columns["points"] = [one.points for one in plan.pairs]
    columns["travel_minutes"] = [one.travel_minutes for one in plan.pairs]
    columns["locked"] = [one.locked for one in plan.pairs]
    columns["reasons"] = [" ".join(one.reasons) for one in plan.pairs]
    return pd.DataFrame(columns).astype({"points": "int64", "travel_minutes": "int64", "locked": "bool"})


def verdict_frame(verdicts: Verdicts, given: Round) -> pd.DataFrame:
    """Give a row for every school and mentor, as verdicts.csv: allowed, points, minutes, and the vetoes by `|`."""
    count = len(given.mentors)
    words = np.array(
        [
            "|".join(key for bit, key in enumerate(verdicts.keys) if mask >> bit & 1)
            for mask in range(1 << len(verdicts.keys))
        ],
        dtype=object,
    )
    schools = pd.Categorical.from_codes(
        np.repeat(np.arange(len(given.schools)), count), categories=[one.id for one in given.schools]
    )
    mentors = pd.Categorical.from_codes(
        np.tile(np.arange(count), len(given.schools)), categories=[one.id for one in given.mentors]
    )
    return pd.DataFrame(
        {
            "school": schools,
            "mentor": mentors,
            "allowed": verdicts.allowed.ravel(),
            "points": verdicts.points.ravel(),
            "travel_minutes": verdicts.minutes.ravel(),
            "vetoes": words[verdicts.vetoes.ravel()],
        }
    )


def price_frame(prices: Iterable[Price]) -> pd.DataFrame:
    """Give a row a pair: whether a plan can hold it, whether it does, moves, and what each goal loses (below 0: gains).

    The places have a column for each level: `places_filled_1` counts first places.
    """
    rows = []
    for one in prices:
        row: dict[str, Any] = {"school": one.school, "mentor": one.mentor}
        row |= {"possible": one.possible, "in_plan": one.in_plan, "moves": one.moves}
        for name, loss in one.losses.items():
            if isinstance(loss, tuple):
                row |= {f"{name}_{level}": lost for level, lost in enumerate(loss, start=1)}
            else:
                row[name] = loss
        rows.append(row)
    return pd.DataFrame(rows, columns=None if rows else ["school", "mentor", "possible", "in_plan", "moves"])


def year_frame(year: Year, season: Season | None = None) -> pd.DataFrame:
    """Give a row for each school at each session: round, day, hours, host, minutes one way; with `season` names."""
    names = {} if season is None else {one.id: one.name for one in season.participants}
    hosts = {} if season is None else {one.id: one.name for one in season.hosts}
    rows = []
    for one in year.sessions:
        for school, minutes in zip(one.schools, one.minutes, strict=True):
            row: dict[str, Any] = {"round": one.round, "day": one.day, "start": one.start, "end": one.end}
            row |= {"host": one.host} | ({"host_name": hosts.get(one.host, one.host)} if season is not None else {})
            row |= {"school": school} | ({"school_name": names.get(school, school)} if season is not None else {})
            rows.append(row | {"travel_minutes": minutes, "online": school in one.online})
    columns = ["round", "day", "start", "end", "host", "school", "travel_minutes", "online"]
    return pd.DataFrame(rows, columns=None if rows else columns)
