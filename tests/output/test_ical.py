"""Do calendars hold each session once, at the right hour, before and after a change?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from matcher.domain.errors import InvalidValueError
from matcher.output.ical import Organizer, changes, feed, feeds, invitations, unreachable
from matcher.sessions.identity import identify
from tests.output.calendar_store import Store, read_events
from tests.season_builders import a_guide, a_host, a_participant, a_season, a_session, a_year

if TYPE_CHECKING:
    from matcher.domain.season import Season
    from matcher.domain.year import Session, Year

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
JAN = Organizer("Jan Peeters", "jan@voka.example")

SCHOOLS = [a_participant(n, email=f"school{n}@onderwijs.example") for n in range(1, 5)]
GUIDES = tuple(a_guide(n, email=f"mentor{n}@bedrijf.example") for n in range(1, 3))
SEASON = a_season(participants=SCHOOLS, guides=GUIDES, stamp=MONDAY)

FIRST = a_session(schools=("S001", "S002"), mentors=("M001",))
SECOND = a_session(schools=("S003", "S004"), host="H002", mentors=("M002",))
LATER = a_session(round=2, day=date(2027, 2, 17), schools=("S001", "S002"))


def planned(*sessions: Session, previous: Year | None = None, season: Season = SEASON) -> Year:
    stamp = MONDAY if previous is None else TUESDAY
    found, cancelled = identify(replace(season, previous=previous, stamp=stamp), sessions)
    return a_year(*found, cancelled=cancelled)


OLD = planned(FIRST, SECOND, LATER)


def test_feed_holds_every_session_as_another_parser_reads_it() -> None:
    first, second, later = read_events(feed(SEASON, OLD))
    assert [one.uid for one in (first, second, later)] == [one.uid for one in OLD.sessions]
    assert first.start == datetime(2027, 1, 13, 13, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    assert first.end == datetime(2027, 1, 13, 16, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    assert first.location == "Locatie 1, Kouter 1, 9000 Gent"
    assert first.geo is not None
    assert (first.geo.lat, first.geo.lng) == (51.0543, 3.7174)
    assert (first.sequence, first.dtstamp) == (0, MONDAY)
    assert first.description == (
        "Ronde 1 van het lerend netwerk.\nScholen: School 1 (Gent), School 2 (Gent).\nMentoren: Mentor 1 (Bedrijf 1)."
    )


def test_published_feed_names_no_attendee() -> None:
    assert [one.attendees for one in read_events(feed(SEASON, OLD))] == [[], [], []]


def test_school_and_mentor_see_their_own_sessions_only() -> None:
    school = [one.uid for one in read_events(feed(SEASON, OLD, school="S001"))]
    mentor = [one.uid for one in read_events(feed(SEASON, OLD, mentor="M002"))]
    assert school == [OLD.sessions[0].uid, OLD.sessions[2].uid]
    assert mentor == [OLD.sessions[1].uid]


def test_mentor_who_can_not_come_keeps_the_time_free() -> None:
    year = planned(replace(FIRST, mentors=(), absent_mentors=("M001",)))
    (event,) = read_events(feed(SEASON, year, mentor="M001"))
    (for_school,) = read_events(feed(SEASON, year, school="S001"))
    assert event.transparency == "TRANSPARENT"
    assert for_school.transparency is None
    assert for_school.description is not None
    assert "Verhinderd: Mentor 1 (Bedrijf 1)." in for_school.description


def test_there_is_a_file_for_all_and_one_for_everybody() -> None:
    files = feeds(SEASON, OLD)
    assert sorted(files) == sorted(
        ["alle.ics", *(f"school-S00{n}.ics" for n in range(1, 5))]
        + [f"{side}-{letter}00{n}.ics" for side, letter in (("mentor", "M"), ("host", "H")) for n in (1, 2)]
    )
    assert files["school-S003.ics"] == feed(SEASON, OLD, school="S003")


def test_file_names_of_odd_ids_stay_in_the_folder_and_apart() -> None:
    season = a_season(participants=[a_participant("../1"), a_participant("___1")])
    names = [name for name in feeds(season, a_year()) if name.startswith("school")]
    assert len(set(names)) == 2
    assert all("/" not in name and ".." not in name.removesuffix(".ics") for name in names)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 10, 21), 2), (date(2026, 10, 28), 1), (date(2027, 3, 24), 1), (date(2027, 4, 14), 2)],
)
def test_offset_is_right_on_both_sides_of_both_clock_changes(day: date, hours: int) -> None:
    (event,) = read_events(feed(SEASON, planned(replace(FIRST, day=day))))
    assert event.start == datetime(day.year, day.month, day.day, 13 - hours, 30, tzinfo=UTC)


def test_time_zone_in_the_file_is_the_clock_of_brussels(tmp_path: object) -> None:
    path = f"{tmp_path}/alle.ics"
    with open(path, "wb") as file:  # noqa: PTH123 - tzical wants a path as text
        file.write(feed(SEASON, OLD))
    ours, theirs = tzical(path).get(), ZoneInfo("Europe/Brussels")
    hours = [datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None) + timedelta(hours=6 * n) for n in range(4 * 365 * 4)]
    assert [one.replace(tzinfo=ours).utcoffset() for one in hours] == [
        one.replace(tzinfo=theirs).utcoffset() for one in hours
    ]


def test_lines_are_folded_and_end_as_the_standard_wants() -> None:
    long = replace(SEASON, hosts=(a_host(1, name="é" * 300), a_host(2)))
    lines = feed(long, OLD).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert read_events(feed(long, OLD))[0].location == f"{'é' * 300}, Kouter 1, 9000 Gent"


def test_names_can_not_add_lines_to_a_calendar() -> None:
    bad = 'De "Poort"; a, b\\c\r\nEND:VEVENT\r\nATTENDEE:mailto:x@y.example\u2028STATUS:CANCELLED\x00'
    season = a_season(participants=[a_participant(1, name=bad, email="s@o.example"), *SCHOOLS[1:]], guides=GUIDES)
    (event,) = read_events(feed(season, planned(FIRST)))
    message = invitations(season, planned(FIRST), Organizer(bad, "jan@voka.example"))[0]
    (asked,) = read_events(message.data)
    assert event.attendees == []
    assert event.status == "CONFIRMED"
    assert event.description is not None
    assert 'De "Poort"; a, b\\c END:VEVENT ATTENDEE:mailto:x@y.example STATUS:CANCELLED' in event.description
    assert [one.uri.removeprefix("mailto:") for one in asked.attendees] == ["s@o.example"]


@pytest.mark.parametrize("email", ["", "jan", "a@b.be\r\nX:1", "a@b.be,c@d.be", "a b@c.be"])
def test_who_has_no_good_address_is_named_and_not_invited(email: str) -> None:
    season = a_season(participants=[a_participant(1, email=email), *SCHOOLS[1:]], guides=GUIDES)
    assert unreachable(season) == ("S001",)
    assert [one.recipient for one in invitations(season, planned(FIRST), JAN)] == ["S002", "M001"]


def test_invitation_asks_one_person_and_hides_the_others() -> None:
    messages = invitations(SEASON, planned(FIRST), JAN)
    assert [(one.method, one.email) for one in messages] == [
        ("REQUEST", "school1@onderwijs.example"),
        ("REQUEST", "school2@onderwijs.example"),
        ("REQUEST", "mentor1@bedrijf.example"),
    ]
    (event,) = read_events(messages[0].data)
    assert [one.uri for one in event.attendees] == ["mailto:school1@onderwijs.example"]
    assert event.organizer is not None
    assert event.organizer.uri == "mailto:jan@voka.example"
    assert b"school2@onderwijs.example" not in messages[0].data


def test_nothing_changed_means_no_message() -> None:
    assert changes(SEASON, OLD, planned(FIRST, SECOND, LATER, previous=OLD), JAN) == ()


def test_moved_session_is_updated_for_its_own_guests_only() -> None:
    new = planned(replace(FIRST, host="H002", day=date(2027, 1, 20)), SECOND, LATER, previous=OLD)
    messages = changes(SEASON, OLD, new, JAN)
    assert [(one.method, one.recipient, one.uid, one.sequence) for one in messages] == [
        ("REQUEST", who, OLD.sessions[0].uid, 1) for who in ("S001", "S002", "M001")
    ]


def test_who_leaves_a_session_is_uninvited_without_cancelling_it() -> None:
    new = planned(replace(FIRST, schools=("S001", "S003")), replace(SECOND, schools=("S002", "S004")), previous=OLD)
    (gone,) = [one for one in changes(SEASON, OLD, new, JAN) if one.method == "CANCEL" and one.recipient == "S003"]
    (event,) = read_events(gone.data)
    assert (event.uid, event.sequence, event.status) == (OLD.sessions[1].uid, 1, None)
    assert [one.uri for one in event.attendees] == ["mailto:school3@onderwijs.example"]


def test_session_that_is_gone_is_cancelled_for_all_its_guests() -> None:
    new = planned(FIRST, LATER, previous=OLD)
    messages = changes(SEASON, OLD, new, JAN)
    assert [(one.method, one.recipient) for one in messages] == [
        ("CANCEL", "S003"),
        ("CANCEL", "S004"),
        ("CANCEL", "M002"),
    ]
    assert [read_events(one.data)[0].status for one in messages] == ["CANCELLED"] * 3


def test_year_that_does_not_follow_on_the_old_one_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="volgt niet op het oude"):
        changes(SEASON, OLD, a_year(), JAN)


REPAIRS = {
    "nothing": (FIRST, SECOND, LATER),
    "host": (replace(FIRST, host="H002", day=date(2027, 1, 20)), SECOND, LATER),
    "swap": (replace(FIRST, schools=("S001", "S003")), replace(SECOND, schools=("S002", "S004")), LATER),
    "merged": (replace(FIRST, schools=("S001", "S002", "S003", "S004"), mentors=("M001", "M002")), LATER),
    "split": (FIRST, SECOND, replace(LATER, schools=("S001",)), replace(LATER, schools=("S002",), host="H002")),
    "gone": (SECOND, LATER),
    "added": (FIRST, SECOND, LATER, replace(LATER, schools=("S003", "S004"), host="H002")),
}


@pytest.mark.parametrize("repair", REPAIRS)
def test_importing_old_then_new_leaves_each_session_once(repair: str) -> None:
    new = planned(*REPAIRS[repair], previous=OLD)
    for old_file, new_file in zip(feeds(SEASON, OLD).values(), feeds(SEASON, new).values(), strict=True):
        store, fresh = Store(), Store()
        store.take_in(old_file)
        store.take_in(new_file)
        fresh.take_in(new_file)
        assert store.events == fresh.events
        assert store.take_in(old_file) == 0


@pytest.mark.parametrize("repair", REPAIRS)
def test_messages_bring_everybody_where_the_new_invitations_would(repair: str) -> None:
    new = planned(*REPAIRS[repair], previous=OLD)
    stores = {one.email: Store() for one in (*SCHOOLS, *GUIDES)}
    fresh = {email: Store() for email in stores}
    for message in (*invitations(SEASON, OLD, JAN), *changes(SEASON, OLD, new, JAN)):
        assert stores[message.email].take_in(message.data) == 1
    for message in invitations(SEASON, new, JAN):
        fresh[message.email].take_in(message.data)
    assert {email: one.events for email, one in stores.items()} == {email: one.events for email, one in fresh.items()}
    assert sum(len(one.events) for one in stores.values()) == sum(
        len(one.schools) + len(one.mentors) for one in new.sessions
    )


def test_two_reruns_in_a_row_leave_each_session_once() -> None:
    second = planned(SECOND, replace(LATER, host="H002"), previous=OLD)
    third = planned(FIRST, replace(SECOND, schools=("S003",)), LATER, previous=second)
    for person in ({"school": "S004"}, {"school": "S001"}, {"mentor": "M001"}, {}):
        store, fresh = Store(), Store()
        for year in (OLD, second, third):
            store.take_in(feed(SEASON, year, **person))
        fresh.take_in(feed(SEASON, third, **person))
        assert store.events == fresh.events


def test_feeds_say_how_often_to_look_and_messages_do_not() -> None:
    for lines in (feed(SEASON, OLD), feed(SEASON, OLD, host="H002"), feed(SEASON, OLD, school="S001")):
        told = lines.decode().splitlines()
        assert told.count("REFRESH-INTERVAL;VALUE=DURATION:PT6H") == 1
        assert told.count("X-PUBLISHED-TTL:PT6H") == 1
    assert all(b"REFRESH" not in one.data and b"TTL" not in one.data for one in invitations(SEASON, OLD, JAN))


def test_who_receives_is_told_so_and_how_many_come() -> None:
    host = a_host("S003", kind="school", name="School 3")
    season = replace(SEASON, hosts=(*SEASON.hosts, host))
    year = planned(replace(SECOND, host="S003", theme="leerplan"), FIRST, season=season)
    told = {key: read_events(feed(season, year, school=key))[0].summary for key in ("S003", "S004")}
    assert told == {
        "S003": "IN2STEM lerend netwerk, ronde 1: leerplan (u ontvangt, 2 scholen)",
        "S004": "IN2STEM lerend netwerk, ronde 1: leerplan",
    }
    mailed = {one.recipient: read_events(one.data)[0].summary for one in invitations(season, year, JAN)}
    assert [key for key, words in mailed.items() if "u ontvangt" in words] == ["S003"]
    alone = planned(replace(SECOND, host="S003", schools=("S003",), minutes=(0,)), season=season)
    assert read_events(feed(season, alone, school="S003"))[0].summary.endswith("(u ontvangt, 1 school)")


def test_hall_has_its_own_calendar_and_hears_of_what_left_it() -> None:
    files = feeds(SEASON, OLD)
    assert sorted(name for name in files if name.startswith("host-")) == ["host-H001.ics", "host-H002.ics"]
    (mine,) = read_events(files["host-H002.ics"])
    assert (mine.uid, "u ontvangt, 2 scholen" in mine.summary) == (OLD.sessions[1].uid, True)
    moved = planned(FIRST, replace(SECOND, host="H001", day=date(2027, 1, 20)), LATER, previous=OLD)
    files = feeds(replace(SEASON, previous=OLD), moved)
    (gone,) = read_events(files["host-H002.ics"])
    assert (gone.uid, gone.status, "u ontvangt" in gone.summary) == (OLD.sessions[1].uid, "CANCELLED", False)
    assert [one.status for one in read_events(files["host-H001.ics"])] == ["CONFIRMED"] * 3
    back = planned(FIRST, SECOND, LATER, previous=moved)
    assert [one.status for one in read_events(feed(SEASON, back, host="H002"))] == ["CONFIRMED"]
    assert [one.status for one in read_events(feed(SEASON, back, host="H001"))] == [
        "CONFIRMED",
        "CANCELLED",
        "CONFIRMED",
    ]


def test_school_that_receives_has_no_second_calendar() -> None:
    season = replace(SEASON, hosts=(*SEASON.hosts, a_host("S003", kind="school")))
    year = planned(replace(SECOND, host="S003"), season=season)
    assert [one for one in feeds(season, year) if one.startswith("host-")] == []
