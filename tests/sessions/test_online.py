"""Does nobody travel who takes part online, is there no host where everybody does, and do the calendars say where?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from matcher.domain.errors import InvalidValueError
from matcher.domain.online_places import with_online_places
from matcher.domain.position import Position
from matcher.domain.season import Pin, Remote, Season
from matcher.domain.season_document import (
    season_from_document,
    season_to_document,
    year_from_document,
    year_to_document,
)
from matcher.engine.year.annealing import Effort
from matcher.output.ical import feed
from matcher.sessions.checker import check_year
from matcher.sessions.schedule import plan_year
from matcher.sessions.year_questions import why_session
from tests.season_builders import GENT, a_host, a_participant, a_round, a_season
from tests.sessions.season_random import random_season

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
BRUGGE = Position(51.2093, 3.2247)
LINK = "https://meet.example/stem?kamer=1,2;x"
SCHOOLS = [a_participant(n, position=GENT if n < 6 else BRUGGE) for n in range(1, 7)]
HOSTS = [a_host(n, position=GENT) for n in (1, 2)]
FREE = a_season(SCHOOLS, HOSTS, rounds=tuple(a_round(n, smallest=3, largest=3) for n in (1, 2)))


def online(season: Season, number: int, link: str = LINK) -> Season:
    rounds = (replace(one, online=True, link=link) if one.number == number else one for one in season.rounds)
    return with_online_places(replace(season, rounds=tuple(rounds)))


WEB = online(FREE, 1)
HYBRID = replace(
    FREE, rounds=tuple(replace(one, link=LINK) for one in FREE.rounds), remote=(Remote(school="S006", round=2),)
)


def test_online_round_has_no_host_and_no_travel() -> None:
    year = plan_year(WEB, effort=QUICK)
    assert check_year(WEB, year) == ()
    first = [one for one in year.sessions if one.round == 1]
    assert [len(one.schools) for one in first] == [3, 3]
    assert all(one.host.startswith("online-1-") and one.link == LINK for one in first)
    assert all(set(one.minutes) == {0} and one.online == one.schools for one in first)
    assert all(not one.online and not one.link for one in year.sessions if one.round == 2)
    bound = next(one.bound for one in year.goals if one.name == "total_travel")
    assert isinstance(bound, int)
    assert 0 < bound <= year.value("total_travel")
    told = " ".join(text for one in first for text in (*one.reasons, *why_session(WEB, year, one)))
    assert "Iedereen neemt online deel: niemand rijdt." in told
    assert "niemand ontvangt" in told
    assert "dichterbij" not in told


def test_school_that_is_online_travels_in_the_other_round_alone() -> None:
    year = plan_year(HYBRID, effort=QUICK)
    assert check_year(HYBRID, year) == ()
    mine = {one.round: one for one in year.sessions if "S006" in one.schools}
    assert {number: one.minutes[one.schools.index("S006")] for number, one in mine.items()} == {1: 44, 2: 0}
    assert (mine[2].online, mine[2].link) == (("S006",), LINK)
    assert all(not one.online for one in year.sessions if one is not mine[2])
    assert any("Online: School 6." in reason for reason in mine[2].reasons)


def test_longest_trip_does_not_bind_who_is_online() -> None:
    near = replace(HYBRID, longest_trip=30)
    conflict = plan_year(near, effort=QUICK).conflict
    assert conflict is not None
    assert "Laat School 6 in ronde 1 online deelnemen." in conflict.remedies
    both = replace(near, remote=(*near.remote, Remote(school="S006", round=1)))
    year = plan_year(both, effort=QUICK)
    assert check_year(both, year) == ()


def test_school_that_is_online_receives_nobody() -> None:
    homes = [a_host("S006", kind="school", position=BRUGGE), a_host(1, position=GENT, max_times=1)]
    season = replace(
        HYBRID, hosts=tuple(homes), rounds=tuple(replace(one, smallest=6, largest=6) for one in FREE.rounds)
    )
    year = plan_year(season, effort=QUICK)
    assert check_year(season, year) == ()
    assert [one.host for one in year.sessions] == ["S006", "H001"]


def test_checker_knows_who_is_online() -> None:
    plain, web, mixed = (plan_year(one, effort=QUICK) for one in (FREE, WEB, HYBRID))
    assert any("deze ronde is online" in one for one in check_year(WEB, plain))
    assert any(
        "deze ronde is niet online" in one for one in check_year(online(replace(WEB, rounds=FREE.rounds), 2), web)
    )
    assert any("wie online deelneemt, of de link, klopt niet" in one for one in check_year(HYBRID, plain))
    assert any("wie online deelneemt, of de link, klopt niet" in one for one in check_year(FREE, mixed))
    other = online(FREE, 1, "https://elders.example")
    assert any("de link, klopt niet" in one for one in check_year(other, web))


def test_what_was_held_stays_as_it_was() -> None:
    for before, after in ((FREE, WEB), (HYBRID, FREE), (WEB, replace(WEB, rounds=FREE.rounds)), (FREE, HYBRID)):
        year = plan_year(before, effort=QUICK)
        over = max(one.day for one in year.sessions if one.round == 1) + timedelta(days=1)
        again = with_online_places(replace(after, previous=year, today=over))
        known = {one.id for one in again.hosts}
        again = replace(again, hosts=(*again.hosts, *(one for one in before.hosts if one.id not in known)))
        repaired = plan_year(again, effort=QUICK)
        assert repaired.conflict is None
        assert check_year(again, repaired) == ()
        old, new = ([one for one in each.sessions if one.round == 1] for each in (year, repaired))
        assert [(one.online, one.link, one.minutes) for one in old] == [
            (one.online, one.link, one.minutes) for one in new
        ]


def test_new_link_is_a_new_revision() -> None:
    year = plan_year(WEB, effort=QUICK)
    again = replace(online(FREE, 1, "https://elders.example"), previous=year)
    repaired = plan_year(again, effort=QUICK)
    assert check_year(again, repaired) == ()
    assert [one.sequence for one in repaired.sessions] == [1, 1, 0, 0]


def test_pin_at_a_place_in_an_online_round_is_part_of_the_reason() -> None:
    conflict = plan_year(replace(WEB, pins=(Pin(round=1, host="H001"),)), effort=QUICK).conflict
    assert conflict is not None
    assert any("in ronde 1 ligt vast: bij Locatie 1" in one for one in conflict.rules)


@pytest.mark.parametrize(("season", "where"), [(WEB, "Online"), (HYBRID, "Locatie")])
def test_calendar_says_where_to_take_part(season: Season, where: str) -> None:
    year = plan_year(season, effort=QUICK)
    events = Calendar.from_ical(feed(season, year)).walk("VEVENT")
    linked = [one for one in events if "URL" in one]
    assert len(linked) == sum(bool(one.link) for one in year.sessions) > 0
    for one in linked:
        assert one["URL"] == one["CONFERENCE"] == LINK
        assert (one["CONFERENCE"].params["VALUE"], one["CONFERENCE"].params["FEATURE"]) == ("URI", "VIDEO")
        assert one["LOCATION"].startswith(where)
        assert ("GEO" in one) == (where != "Online")
    assert all("CONFERENCE" not in one for one in events if one not in linked)


@pytest.mark.parametrize("seed", range(6))
def test_random_years_with_online_rounds_and_schools_pass_the_checker(seed: int) -> None:
    season = random_season(seed, 12, absences=(), history={}, pins=())
    season = replace(season, remote=tuple(Remote(school=f"S{n:03}", round=1 + n % 2) for n in (1, 2, 3)))
    for one in (season, online(season, 1 + seed % 2)):
        year = plan_year(one, effort=replace(QUICK, proof=0.1))
        assert year.sessions or year.status in ("conflict", "unfinished")
        assert not year.sessions or check_year(one, year) == ()


def test_older_documents_know_nothing_of_it_and_newer_come_back() -> None:
    document = season_to_document(FREE)
    assert "remote" not in document
    assert not {"online", "link"} & document["rounds"][0].keys()
    for season in (WEB, HYBRID):
        year = plan_year(season, effort=QUICK)
        assert season_from_document(season_to_document(season)) == season
        assert year_from_document(year_to_document(year)) == year


def test_link_that_is_none_is_refused() -> None:
    for link in ("meet.example", "javascript:alert(1)", "https://a b"):
        with pytest.raises(InvalidValueError, match="link van ronde 1"):
            a_round(1, link=link)
    with pytest.raises(InvalidValueError, match="S009"):
        replace(FREE, remote=(Remote(school="S009", round=1),))
