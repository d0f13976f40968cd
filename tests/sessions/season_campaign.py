"""Do random years and their reruns hold? `python -m tests.sessions.season_campaign [seasons]`.

Each random season is planned, and then planned again three times in a row as its year goes by: time passes (sessions
were held), schools leave and new ones come, hosts get less room or drop out, a school misses a round, pins are asked.
Each year must pass the checker, with bounds that no year crosses. Counts are written to
`benchmarks/results/seasons.json`; 1 where a year breaks a rule or the planner breaks down.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import traceback
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.domain.absence import Absence
from matcher.domain.season import Pin
from matcher.engine.year.annealing import Effort
from matcher.intake.season.membership_changes import with_absences, with_former
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from matcher.sessions.verify import verify_year
from tests.season_builders import a_participant
from tests.sessions.season_random import random_season

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.domain.season import Season
    from matcher.domain.year import Year

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results" / "seasons.json"
SEASONS, RERUNS, SECONDS = 300, 3, 3
SMALL = (8, 9, 10, 12, 14, 16)
"""Most seasons are small, every twentieth is of any size up to sixty schools."""

QUICK = Effort(chains=2, mixing=30, nearing=40, saving=15, proof=0.05)


def time_passes(season: Season, draw: random.Random) -> Season:
    """Let some sessions have been held."""
    days = sorted(one.day for one in season.previous.sessions)  # type: ignore[union-attr]
    day = draw.choice(days[: max(1, 2 * len(days) // 3)]) + timedelta(days=1)
    return replace(season, today=day if season.today is None else max(day, season.today))


def school_leaves(season: Season, draw: random.Random) -> Season:
    """Let a school leave the cohort, and the rounds be as small as that asks."""
    gone = draw.choice(season.participants).id
    rest = tuple(one for one in season.participants if one.id != gone)
    pins = tuple(one for one in season.pins if gone not in one.schools)
    absences = tuple(one for one in season.absences if one.school != gone)
    hosts = tuple(replace(one, max_times=0) if one.id == gone else one for one in season.hosts)
    history = {pair: times for pair, times in season.history.items() if gone not in pair}
    agreed = tuple(one for one in season.agreements if gone not in one.schools)
    values = {"participants": rest, "pins": pins, "absences": absences, "hosts": hosts, "agreements": agreed}
    return fitted(with_former(replace(season, history=history, **values), season), left=True)  # type: ignore[arg-type]


def school_comes(season: Season, draw: random.Random) -> Season:
    """Let a school join the cohort."""
    new = a_participant(900 + draw.randrange(90), position=draw.choice(season.participants).position)
    if new.id in {one.id for one in season.participants}:
        return season
    return fitted(with_former(replace(season, participants=(*season.participants, new)), season))


def fitted(season: Season, *, left: bool = False) -> Season:
    """Widen the sizes of groups so that all who are there fit in as many groups as before."""
    away = Counter(one.round for one in season.absences)
    count = Counter(one.round for one in season.previous.sessions)  # type: ignore[union-attr]
    present = len(season.participants)
    rounds = (one.stretched(present - away[one.number], count[one.number] or 1, left=left) for one in season.rounds)
    return replace(season, rounds=tuple(rounds))


def less_room(season: Season, draw: random.Random) -> Season:
    """Lower what a host of the year can receive."""
    hit = draw.choice(season.previous.sessions).host  # type: ignore[union-attr]
    hosts = (replace(one, capacity=draw.randrange(one.capacity + 1)) if one.id == hit else one for one in season.hosts)
    return replace(season, hosts=tuple(hosts))


def host_drops_out(season: Season, draw: random.Random) -> Season:
    """Let a host of the year receive no more."""
    hit = draw.choice(season.previous.sessions).host  # type: ignore[union-attr]
    return replace(season, hosts=tuple(replace(one, max_times=0) if one.id == hit else one for one in season.hosts))


def pin_is_asked(season: Season, draw: random.Random) -> Season:
    """Ask for two schools together in a round to come."""
    to_come = [one.number for one in season.rounds if season.today is None or one.window.last > season.today]
    if not to_come:
        return season
    pair = tuple(one.id for one in draw.sample(season.participants, 2))
    return replace(season, pins=(*season.pins, Pin(round=draw.choice(to_come), schools=pair)))


def school_misses_a_round(season: Season, draw: random.Random) -> Season:
    """Tell that a school misses a round, over or to come."""
    absence = Absence(draw.choice(season.participants).id, draw.choice(season.rounds).number, "uitstap")
    return with_absences(season, [absence], left=True)


CHANGES: tuple[Callable[[Season, random.Random], Season], ...] = (
    *(time_passes, school_leaves, school_comes, less_room, host_drops_out, pin_is_asked),
    school_misses_a_round,
)


def planned(season: Season, told: list[str], counts: Counter[str], where: str) -> Year | None:
    """Plan a season; tell what is wrong with its year."""
    year = plan_year(season, effort=QUICK, seconds=SECONDS)
    counts[year.status] += 1
    if not year.sessions:
        return None
    told += [f"{where}: {fault}" for fault in check_year(season, year)]
    if not verify_year(season, year).sound:
        told.append(f"{where}: not sound")
    return year


def judged(seed: int) -> tuple[Counter[str], list[str]]:
    """Plan a random season and its reruns; give counts and what is wrong."""
    draw, counts, told = random.Random(seed), Counter[str](), list[str]()  # noqa: S311 - a reproducible draw
    size = 0 if seed % 20 == 0 else SMALL[seed % len(SMALL)]
    season, step = replace(random_season(seed, schools=size), rising_repeats=seed % 2 == 0), "new"
    try:
        year = planned(season, told, counts, f"{seed} new")
        counts["seasons"] += 1
        for _ in range(RERUNS if year else 0):
            asked = replace(season, previous=year, stamp=season.stamp + timedelta(days=1))
            for change in draw.sample(CHANGES, draw.choice((1, 2))):
                step = change.__name__
                asked = change(asked, draw)
                counts[step] += 1
            again = planned(asked, told, counts, f"{seed} {step}")
            counts["reruns"] += 1
            season, year = (asked, again) if again is not None else (season, year)
    except Exception:  # noqa: BLE001 - whatever breaks the planner is what is looked for
        told.append(f"{seed} {step}: {traceback.format_exc(limit=-3)}")
    return counts, told


def main() -> int:
    """Judge the seasons of all seeds, on two processes; what is known so far is written every twenty seasons."""
    seasons = int(sys.argv[1]) if len(sys.argv) > 1 else SEASONS
    counts, wrong = Counter[str](), list[str]()
    with Pool(2) as pool:
        for number, (found, faults) in enumerate(pool.imap_unordered(judged, range(seasons)), start=1):
            counts.update(found)
            wrong += faults
            sys.stdout.writelines(f"{one}\n" for one in faults)
            if number % 20 == 0:
                sys.stdout.write(f"{number} seasons, {counts['reruns']} reruns, {len(wrong)} wrong\n")
                sys.stdout.flush()
                write(counts, wrong)
    write(counts, wrong)
    return 1 if wrong else 0


def write(counts: Counter[str], wrong: list[str]) -> None:
    """Write what is known so far."""
    commit = subprocess.run(("git", "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=False)  # noqa: S607
    told = {"commit": commit.stdout.strip(), "wrong": wrong, "counts": dict(sorted(counts.items()))}
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
