"""Does a repair tell of each session what changes, and of no session that stays?"""

from __future__ import annotations

from datetime import date

from matcher.sessions.changes import SessionChange, session_changes
from tests.season_builders import a_session, a_year

OLD = a_session(uid="u1", mentors=("M001",), absent_mentors=("M002",), theme="leerplan")


def changed(**changes: object) -> SessionChange:
    """Give the one change where a session becomes another."""
    values = {"uid": "u1", "mentors": ("M001",), "absent_mentors": ("M002",), "theme": "leerplan", "sequence": 1}
    (found,) = session_changes(a_year(OLD), a_year(a_session(**(values | changes))))
    return found


def told(one: SessionChange) -> tuple[object, ...]:
    """Give all that a change says of who."""
    return one.schools_out, one.schools_in, one.mentors_out, one.mentors_in


def test_session_that_stays_is_no_change() -> None:
    assert session_changes(a_year(OLD), a_year(OLD)) == ()


def test_session_that_moves_keeps_its_guests() -> None:
    for where in ({"day": date(2027, 1, 20)}, {"host": "H002"}):
        one = changed(**where)
        assert (one.kind, one.moves, one.theme_changes, one.presence_changes) == ("changed", True, False, False)
        assert told(one) == ((), (), (), ())


def test_guests_who_go_and_come_are_told_apart() -> None:
    one = changed(schools=("S001", "S003"), mentors=("M001", "M004"), absent_mentors=())
    assert told(one) == (("S002",), ("S003",), ("M002",), ("M004",))
    assert (one.moves, one.presence_changes) == (False, False)


def test_mentor_who_can_come_after_all_and_another_theme_are_told() -> None:
    one = changed(mentors=("M001", "M002"), absent_mentors=(), theme="samenwerking")
    assert (told(one), one.theme_changes, one.presence_changes) == (((), (), (), ()), True, True)


def test_new_and_cancelled_sessions_tell_all_their_guests() -> None:
    new = a_session(uid="u2", day=date(2027, 1, 6), schools=("S003", "S004"), mentors=("M003",))
    first, second = session_changes(a_year(OLD), a_year(new))
    assert [(one.kind, one.session.uid) for one in (first, second)] == [("new", "u2"), ("cancelled", "u1")]
    assert told(first) == ((), ("S003", "S004"), (), ("M003",))
    assert told(second) == (("S001", "S002"), (), ("M001", "M002"), ())
