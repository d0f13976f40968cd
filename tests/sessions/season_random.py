"""Which random seasons does the planner have to get right? Of all sizes, with blackouts, pins, absences and history."""

from __future__ import annotations

import random
from datetime import timedelta

from matcher.domain.absence import Absence
from matcher.domain.period import Period
from matcher.domain.position import Position
from matcher.domain.season import Pin, Season
from matcher.domain.vocabulary import SCHOOL_TYPES
from matcher.sessions.half_days import default_rounds
from tests.season_builders import a_guide, a_host, a_participant, a_season

HALF_DAYS = ("wo-nm", "di-nm", "do-nm", "ma-vm")


def random_season(seed: int, schools: int = 0, **changes: object) -> Season:
    """Make a season of 8 to 60 schools that a coordinator could have; most of them are possible."""
    draw = random.Random(seed)  # noqa: S311 - a reproducible draw
    count = schools or draw.choice((8, 8, 8, 9, 9, 10, 12, 12, 14, 16, 18, 20, 24, 30, 40, 60))
    low, high = draw.choice(((4, 4), (3, 5), (6, 7), (4, 6), (5, 7))) if count > 9 else (2, 5)
    if -(-count // high) > count // low:
        low = 2
    rounds = default_rounds(2026, draw.choice((2, 3, 3, 4)), low, high)
    guides = tuple(a_guide(n + 1, half_days=tuple(draw.sample(HALF_DAYS, 2))) for n in range(count // 2))
    participants = [
        a_participant(
            n + 1,
            position=_somewhere(draw),
            school_types=tuple(sorted(draw.sample(SCHOOL_TYPES, draw.choice((1, 2))), key=SCHOOL_TYPES.index)),
            mentors=(guides[n // 2].id,) if n // 2 < len(guides) else (),
            themes=tuple(draw.sample(("leerplan", "professionalisering", "samenwerking"), 2)),
            unavailable=tuple(_period(draw, rounds) for _ in range(draw.randrange(3))),
        )
        for n in range(count)
    ]
    homes = [
        a_host(one.id, kind="school", name=one.name, position=one.position, max_times=1, capacity=draw.choice((6, 8)))
        for one in participants
        if draw.random() < 0.8
    ]
    others = [
        a_host(n + 1, position=_somewhere(draw), max_times=draw.choice((1, 1, 2)), unavailable=(_period(draw, rounds),))
        for n in range(count // 2)
    ]
    values: dict[str, object] = {"rounds": rounds, "guides": guides, "seed": seed, "first": "mixing"}
    if draw.random() < 0.2:
        values["absences"] = (Absence("S002", draw.choice(rounds).number, "staking"),) if low < high else ()
    if draw.random() < 0.2:
        values["history"] = {("S001", "S003"): 1, ("S002", "S004"): 2}
    if draw.random() < 0.2:
        values["pins"] = (Pin(round=1, schools=("S001", "S005")), Pin(round=2, host="H001"))
    if draw.random() < 0.15:
        values["first"] = "travel"
    return a_season(participants, homes + others, **(values | changes))


def _somewhere(draw: random.Random) -> Position:
    return Position(draw.uniform(50.78, 51.33), draw.uniform(2.8, 5.6))


def _period(draw: random.Random, rounds: tuple[object, ...]) -> Period:
    window = draw.choice(rounds).window  # type: ignore[attr-defined]
    first = window.first + timedelta(days=draw.randrange(28))
    return Period(first, first + timedelta(days=draw.randrange(5)), draw.choice(("", "vm", "nm")), "studiereis")
