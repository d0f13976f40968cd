"""Does a session stay the same event of a calendar, whatever happens to it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from matcher.sessions.identity import identify
from tests.season_builders import a_season, a_session, a_year

if TYPE_CHECKING:
    from matcher.domain.year import Session, Year

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)

FIRST = a_session(schools=("S001", "S002"))
SECOND = a_session(schools=("S003", "S004"), host="H002")


def planned(*sessions: Session, previous: Year | None = None, stamp: datetime = MONDAY) -> Year:
    found, cancelled = identify(a_season(previous=previous, stamp=stamp), sessions)
    return a_year(*found, cancelled=cancelled)


def test_new_sessions_get_uids_of_their_own() -> None:
    first, second = planned(FIRST, SECOND).sessions
    assert first.uid != second.uid
    assert [(one.sequence, one.revised) for one in (first, second)] == [(0, MONDAY)] * 2


def test_uids_are_the_same_on_every_machine_and_in_any_order() -> None:
    assert planned(FIRST, SECOND) == planned(SECOND, FIRST)
    assert planned(FIRST).sessions[0].uid == "d44e3cdc-f767-5c8c-ad4b-5639d3ad1a2a"


def test_unchanged_session_keeps_uid_sequence_and_revision() -> None:
    old = planned(FIRST, SECOND)
    assert planned(SECOND, FIRST, previous=old, stamp=TUESDAY) == old


def test_moved_session_keeps_its_uid_and_rises() -> None:
    old = planned(FIRST, SECOND)
    moved = replace(FIRST, day=date(2027, 1, 20), host="H002")
    by_schools = {one.schools: one for one in planned(moved, SECOND, previous=old, stamp=TUESDAY).sessions}
    assert by_schools["S001", "S002"].uid == old.sessions[0].uid
    assert (by_schools["S001", "S002"].sequence, by_schools["S001", "S002"].revised) == (1, TUESDAY)
    assert by_schools["S003", "S004"] == old.sessions[1]


def test_revision_rises_even_when_the_clock_stands_still() -> None:
    old = planned(FIRST)
    again = planned(replace(FIRST, theme="leerplan"), previous=old, stamp=MONDAY)
    assert again.sessions[0].revised == MONDAY.replace(second=1)


def test_session_follows_most_of_its_schools() -> None:
    six = a_session(schools=("S001", "S002", "S003"))
    other = a_session(schools=("S004", "S005", "S006"), host="H002")
    old = planned(six, other)
    swapped = planned(
        replace(six, schools=("S001", "S002", "S004")),
        replace(other, schools=("S003", "S005", "S006")),
        previous=old,
    )
    assert [one.uid for one in swapped.sessions] == [one.uid for one in old.sessions]
    assert [one.left_schools for one in swapped.sessions] == [("S003",), ("S004",)]


def test_who_comes_back_has_not_left() -> None:
    old = planned(FIRST)
    without = planned(replace(FIRST, schools=("S001", "S003")), previous=old)
    back = planned(FIRST, previous=without)
    assert without.sessions[0].left_schools == ("S002",)
    assert (back.sessions[0].left_schools, back.sessions[0].sequence) == (("S003",), 2)


def test_mentor_who_can_no_longer_come_stays_invited() -> None:
    old = planned(replace(FIRST, mentors=("M001", "M002")))
    new = planned(replace(FIRST, mentors=("M001",), absent_mentors=("M002",)), previous=old)
    assert (new.sessions[0].left_mentors, new.sessions[0].sequence) == ((), 1)


def test_session_that_is_gone_is_cancelled_and_stays_so() -> None:
    old = planned(FIRST, SECOND)
    less = planned(FIRST, previous=old, stamp=TUESDAY)
    again = planned(FIRST, previous=less)
    assert [(one.uid, one.sequence, one.revised) for one in less.cancelled] == [(old.sessions[1].uid, 1, TUESDAY)]
    assert again.cancelled == less.cancelled


def test_cancelled_uid_is_never_used_again() -> None:
    old = planned(FIRST, SECOND)
    back = planned(FIRST, SECOND, previous=planned(FIRST, previous=old))
    assert {one.uid for one in back.sessions}.isdisjoint({one.uid for one in back.cancelled})


def test_another_round_is_another_session() -> None:
    old = planned(FIRST)
    new = planned(replace(FIRST, round=2), previous=old)
    assert [one.uid for one in new.cancelled] == [old.sessions[0].uid]
    assert new.sessions[0].uid != old.sessions[0].uid
