"""What comes out of a season? A year of sessions with its proof, or in words why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from matcher.domain.absence import Absence
from matcher.domain.errors import InvalidValueError
from matcher.domain.frame_lookup import frame_maker
from matcher.domain.older_documents import LATER
from matcher.domain.plan import Conflict, Goal, GoalValue, PlanStatus

if TYPE_CHECKING:
    from matcher.domain.season import Season


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One group of a round at its host. Ids stand in order; `minutes` are one way, in the order of `schools`.

    `online` are the schools that take part from where they are, and do not travel; `link` is where they
    come in. `mentors` can come, those of them in `beyond_hours` outside their usual hours; `absent_mentors` are invited
    too but can't. `start` and `end` are on the
    clock of Brussels. The five fields from `uid` on say which event of a calendar this is (see
    `matcher.sessions.identity`, which fills them): `uid` for ever the same, `sequence` and `revised`
    (UTC) rise with every change, `left_schools` and `left_mentors` were once invited and no longer are, and
    `left_hosts` once received it.
    """

    round: int
    host: str
    day: date
    half_day: str
    start: time
    end: time
    schools: tuple[str, ...]
    minutes: tuple[int, ...]
    mentors: tuple[str, ...] = ()
    absent_mentors: tuple[str, ...] = ()
    theme: str | None = None
    reasons: tuple[str, ...] = ()
    uid: str = ""
    sequence: int = 0
    revised: datetime | None = None
    left_schools: tuple[str, ...] = ()
    left_mentors: tuple[str, ...] = ()
    online: tuple[str, ...] = field(default=(), metadata=LATER)
    link: str = field(default="", metadata=LATER)
    left_hosts: tuple[str, ...] = field(default=(), metadata=LATER)
    beyond_hours: tuple[str, ...] = field(default=(), metadata=LATER)

    @property
    def invited_mentors(self) -> tuple[str, ...]:
        """All mentors of the session's schools, whether they can come or not."""
        return tuple(sorted(self.mentors + self.absent_mentors))


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder from never twice to nearby: so many repeats buy so little travel.

    `repeats` counts meetings of two schools beyond their first; minutes are one way over the whole year.
    """

    repeats: int
    worst_minutes: int
    total_minutes: int
    proven: bool = False

    def saved_since(self, before: Rung) -> tuple[float, float]:
        """Give the minutes, worst and total, that each repeat more than on an earlier rung saves."""
        more = self.repeats - before.repeats
        return (before.worst_minutes - self.worst_minutes) / more, (before.total_minutes - self.total_minutes) / more


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The outcome of a season. Sessions stand in the order of round, day, host.

    `goals` stand in the order in which they were optimised. `absences` are those stated and those whom no
    group could take. `cancelled` are sessions that were once published and are gone: calendars must hear
    of them. `notes` are Dutch sentences: what is proven, what is impossible by counting. `inputs_hash` is
    the SHA-256 of the season's document. `conflict` is there only with status `conflict`.
    """

    season: str
    status: PlanStatus
    goals: tuple[Goal, ...]
    sessions: tuple[Session, ...]
    inputs_hash: str
    absences: tuple[Absence, ...] = ()
    cancelled: tuple[Session, ...] = ()
    ladder: tuple[Rung, ...] = ()
    seed: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    travel_source: str = ""
    notes: tuple[str, ...] = ()
    conflict: Conflict | None = None

    def __post_init__(self) -> None:
        """Refuse two events of one name; raise InvalidValueError."""
        names = Counter(one.uid for one in (*self.sessions, *self.cancelled) if one.uid)
        twice = next((one for one, count in names.items() if count > 1), None)
        if twice is not None:
            raise InvalidValueError(
                f"Twee sessies hebben dezelfde uid «{twice}»; in een agenda zijn ze dan één afspraak."
            )

    def value(self, name: str) -> GoalValue:
        """Give what the year reaches on the goal called `name`; KeyError where there is no such goal."""
        return {goal.name: goal.value for goal in self.goals}[name]

    def to_frame(self, season: Season | None = None) -> Any:  # noqa: ANN401 - pandas loads only when asked for
        """Give a pandas DataFrame with a row for each school at each session; with its season, names beside the ids."""
        return frame_maker("year_frame")(self, season)

    def _repr_html_(self) -> str:
        """Show the sessions in a notebook."""
        return str(self.to_frame().to_html(index=False, max_rows=200))
