"""Is a written year of sessions right? Its rules checked, its goals counted anew, without a solver."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.plan import GoalValue
from matcher.domain.season import Season
from matcher.domain.season_document import season_hash
from matcher.domain.year import Year
from matcher.sessions.checker import check_year
from matcher.sessions.goals import GOAL_NAMES, goal_values


@dataclass(frozen=True, slots=True)
class YearCheck:
    """What was found: `faults` in Dutch, and per goal its name, what the year says and what its sessions give."""

    faults: tuple[str, ...]
    goals: tuple[tuple[str, GoalValue | None, int | None], ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and all(told == counted for _, told, counted in self.goals)


def same_season(season: Season, year: Year) -> bool:
    """Tell whether a year was planned from exactly this season."""
    return season_hash(season) == year.inputs_hash


def verify_year(season: Season, year: Year) -> YearCheck:
    """Check a year against the season that it should be of; nothing is believed but the sessions themselves.

    Goals are not counted where the season does not know a school or host, or a session lacks a school or travel time.
    """
    other = "Dit jaar is niet van dit seizoen gemaakt: de gegevens ernaast zijn veranderd."
    found = [] if same_season(season, year) else [other]
    faults = (*found, *check_year(season, year))
    hosts, schools = {one.id for one in season.hosts}, {one.id for one in season.participants}
    known = all(one.host in hosts and schools.issuperset(one.schools) for one in year.sessions)
    if not known or any(len(one.minutes) != len(one.schools) for one in year.sessions):
        return YearCheck(faults, ())
    values = {goal.name: goal.value for goal in year.goals}
    counted = goal_values(season, year.sessions)
    names = [*counted, *(one for one in values if one in GOAL_NAMES and one not in counted)]
    return YearCheck(faults, tuple((name, values.get(name), counted.get(name)) for name in names))
