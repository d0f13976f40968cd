"""Whatever is moved, merged, split or dropped in a row of reruns: does everybody keep each session once?"""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from matcher.domain.year import Year
from matcher.output.ical import Organizer, changes, feed, invitations
from matcher.sessions.half_days import possible_moments
from matcher.sessions.identity import identify
from tests.output.calendar_store import Store
from tests.season_builders import a_guide, a_participant, a_season, a_session, a_year

if TYPE_CHECKING:
    from matcher.domain.season import Season
    from matcher.domain.year import Session

JAN = Organizer("Jan Peeters", "jan@voka.example")
START = datetime(2026, 11, 23, 9, tzinfo=UTC)
SCHOOLS = [a_participant(n, email=f"school{n}@onderwijs.example", mentors=(f"M{n % 4 + 1:03}",)) for n in range(1, 10)]
GUIDES = tuple(a_guide(n, email=f"mentor{n}@bedrijf.example") for n in range(1, 5))
SEASON = a_season(participants=SCHOOLS, hosts=4, guides=GUIDES)


def random_sessions(season: Season, dice: random.Random) -> list[Session]:
    """Draw a year: some rounds, some schools, groups of any size, a mentor here or away."""
    found = []
    for one in dice.sample(season.rounds, dice.randint(1, 3)):
        left = dice.sample(season.participants, dice.randint(2, len(season.participants)))
        while left:
            group = [left.pop() for _ in range(min(len(left), dice.randint(1, 4)))]
            moment = dice.choice(possible_moments(one.window, season.half_days)[:3])
            mentors = sorted({mentor for school in group for mentor in school.mentors})
            away = [mentor for mentor in mentors if dice.random() < 0.3]
            found.append(
                a_session(
                    round=one.number,
                    host=dice.choice(season.hosts).id,
                    day=moment.day,
                    half_day=moment.half_day,
                    schools=tuple(sorted(school.id for school in group)),
                    minutes=(10,) * len(group),
                    mentors=tuple(mentor for mentor in mentors if mentor not in away),
                    absent_mentors=tuple(away),
                )
            )
    return found


def random_change(sessions: list[Session], season: Season, dice: random.Random) -> list[Session]:
    """Keep most of a year and change the rest, or draw another one."""
    if dice.random() < 0.2:
        return random_sessions(season, dice)
    kept = [one for one in sessions if dice.random() < 0.9]
    return [replace(one, host=dice.choice(season.hosts).id) if dice.random() < 0.3 else one for one in kept]


def years(seed: int) -> list[Year]:
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    sessions, found = random_sessions(SEASON, dice), list[Year]()
    for turn in range(4):
        season = replace(SEASON, previous=found[-1] if found else None, stamp=START + timedelta(days=turn))
        planned, cancelled = identify(season, sessions)
        found.append(a_year(*planned, cancelled=cancelled))
        sessions = random_change(sessions, SEASON, dice)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_files_imported_one_after_another_leave_what_the_last_says(seed: int) -> None:
    run = years(seed)
    for person in ({"school": "S001"}, {"school": "S005"}, {"mentor": "M002"}, {}):
        store, fresh = Store(), Store()
        for year in run:
            store.take_in(feed(SEASON, year, **person))
        fresh.take_in(feed(SEASON, run[-1], **person))
        assert store.events == fresh.events


@pytest.mark.parametrize("seed", range(12))
def test_messages_lead_everybody_to_the_last_year(seed: int) -> None:
    run = years(seed)
    stores = {one.email: Store() for one in (*SCHOOLS, *GUIDES)}
    messages = [*invitations(SEASON, run[0], JAN)]
    for old, new in itertools.pairwise(run):
        messages += changes(SEASON, old, new, JAN)
    for message in messages:
        assert stores[message.email].take_in(message.data) == 1
    for one in SCHOOLS:
        theirs = [session.uid for session in run[-1].sessions if one.id in session.schools]
        assert sorted(event.uid for event in stores[one.email].events) == sorted(theirs)
    for guide in GUIDES:
        theirs = [session.uid for session in run[-1].sessions if guide.id in session.invited_mentors]
        assert sorted(event.uid for event in stores[guide.email].events) == sorted(theirs)


@pytest.mark.parametrize("seed", range(12))
def test_uids_are_one_session_each_for_ever(seed: int) -> None:
    run = years(seed)
    for year in run:
        uids = [one.uid for one in (*year.sessions, *year.cancelled)]
        assert len(set(uids)) == len(uids)
    rounds = {(one.uid, one.round) for year in run for one in (*year.sessions, *year.cancelled)}
    assert len(rounds) == len({uid for uid, _ in rounds})
