"""Does a folder of messages hold one for each of those concerned, and a calendar for everybody?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from matcher.output.ical import feeds
from matcher.sessions.identity import identify
from tests.output.calendar_store import read_events
from tests.season_builders import a_guide, a_participant, a_season, a_session, a_year

SEASON = a_season(
    participants=[a_participant(n, email=f"school{n}@onderwijs.example") for n in range(1, 5)],
    guides=(a_guide("M/1", email="mentor@bedrijf.example"),),
    stamp=datetime(2026, 11, 23, tzinfo=UTC),
)
SESSION = a_session(mentors=("M/1",))
SENDER = ("Jan", "jan@voka.example")


def test_there_is_a_calendar_for_everybody() -> None:
    sessions, _ = identify(SEASON, [SESSION])
    files = feeds(SEASON, a_year(*sessions))
    (mentor,) = [name for name in files if name.startswith("mentor")]
    assert set(files) == {mentor, "host-H001.ics", "alle.ics", *(f"school-S00{n}.ics" for n in range(1, 5))}
    assert len(read_events(files[mentor])) == 1


def test_rerun_leaves_messages_for_those_concerned() -> None:
    old_sessions, _ = identify(SEASON, [SESSION])
    season = replace(SEASON, previous=a_year(*old_sessions), stamp=datetime(2026, 11, 24, tzinfo=UTC))
    moved, cancelled = identify(season, [replace(SESSION, day=date(2027, 1, 20), schools=("S001", "S003"))])
    files = feeds(season, a_year(*moved, cancelled=cancelled), sender=SENDER)
    assert {name for name in files if name.endswith(".ics") and "/" in name} == {
        "berichten/2026-11-24-000000/001-uitnodiging-school-S001.ics",
        "berichten/2026-11-24-000000/002-uitnodiging-school-S003.ics",
        "berichten/2026-11-24-000000/003-uitnodiging-mentor-M_1.ics",
        "berichten/2026-11-24-000000/004-afzegging-school-S002.ics",
    }
