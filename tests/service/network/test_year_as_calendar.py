"""Does the console show the year as a calendar, and move a session only after its price was told?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from matcher.sessions import calendar
from service.network.questions import move_pages
from service.network.season.calendar_rows import SEAMED
from tests.page_text import as_read
from tests.service.network.test_year_questions_pages import Grouped
from tests.service_client import worker_beside

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")

WEDNESDAY, SATURDAY = 2, 5
LONG = 11
"""Letters that a narrow column of the calendar holds on one line."""


@pytest.fixture
def pages(database: Database, children: Children, monkeypatch: pytest.MonkeyPatch) -> Grouped:
    """Plan a year with two groups a round."""
    monkeypatch.setattr(move_pages, "SECONDS", 3)
    return Grouped(database, children)


def another_day(season: dict[str, Any], number: int = 1) -> date:
    """Give a Wednesday of the month of a round on which nothing is."""
    used = {one["day"] for one in season["year"]["sessions"]}
    first = date.fromisoformat(min(one["day"] for one in season["year"]["sessions"] if one["round"] == number))
    days = [first.replace(day=15) + timedelta(days=n) for n in range(7)]
    return next(one for one in days if one.weekday() == WEDNESDAY and one.isoformat() not in used)


def asked(pages: Grouped, season: dict[str, Any], **query: str) -> str:
    with worker_beside(pages.app, pages.children):
        return as_read(pages.client.get(f"{pages.here}/sessies/{season['id']}/verplaatsen", params=query).text)


def test_calendar_shows_each_session_on_its_day_with_what_is_closed(pages: Grouped) -> None:
    season = pages.season()
    text = pages.client.get(f"{pages.here}/sessies/{season['id']}/jaar").text
    for one in season["year"]["sessions"]:
        cell = next(cell for cell in text.split("<td") if f'data-plaats="moment={one["day"]}"' in cell)
        assert f"sessie={one['uid']}" in cell
        assert f'data-plaats="naar={one["uid"]}"' in text
    for words in ("September 2026", "Juni 2027", "herfst\u00advakantie", "kerst\u00adexamens", "4 sessies in 2 rondes"):
        assert words in as_read(text) or words in text, words
    guests = sum(len(one["schools"]) for one in season["year"]["sessions"])
    assert text.count('data-neem="school=') == guests == text.count("naar een andere groep van ronde")
    weeks = re.findall(r"<tr>(.*?)</tr>", text.partition('class="groepen"')[0], re.DOTALL)
    cells = [re.findall(r"<td[^>]*>", week) for week in weeks if "<td" in week]
    wide = [sum(int((re.findall(r'colspan="(\d)"', cell) or ["1"])[0]) for cell in week) for week in cells]
    assert set(wide) == {5}
    assert f"/sessies/{season['id']}/jaar" in pages.client.get(f"{pages.here}/sessies").text
    assert not re.search(r">[^<]*\b(ssn|coh|job)_", text)


def test_long_words_of_our_calendar_say_where_they_may_be_broken() -> None:
    years = range(2024, 2034)
    words = {one.reason for year in years for one in (*calendar.school_holidays(year), *calendar.exam_blocks(year))}
    words |= {
        name for year in years for day, name in calendar.public_holidays(year).items() if day.weekday() < SATURDAY
    }
    long = {word for word in words if any(len(part) > LONG for part in re.split(r"[ -]", word))}
    assert len(long) > 5
    assert {word for word in long if word not in SEAMED} == set()


def test_price_of_another_day_is_told_first_and_is_what_the_repair_costs(pages: Grouped) -> None:
    before = pages.season()
    session, day = before["year"]["sessions"][0], another_day(before)
    chosen = asked(pages, before, sessie=session["uid"])
    assert "Naar welke dag?" in chosen
    assert "Wat kost het om deze sessie te verzetten?" not in chosen
    text = asked(pages, before, sessie=session["uid"], moment=day.isoformat())
    assert "Wat kost het om deze sessie te verzetten?" in text
    assert "Minuten rijden van allen samen" in text
    price = pages.client.post(
        f"{pages.seasons}/{before['id']}/shift-price",
        json={"session": session["uid"], "day": day.isoformat(), "seconds": 3},
        headers={"Prefer": "wait=0"},
    ).json()
    assert (price["possible"], price["kept_away"]) == (True, [])
    assert price["changes"][0]["after"]["day"] == day.isoformat()
    assert pages.season() == before
    data = {"eenmaal": "", "sessie": session["uid"], "moment": day.isoformat()}
    kept = pages.client.post(f"{pages.here}/sessies/{before['id']}/verplaatsen", data=data)
    assert kept.status_code == 303, kept.text
    pages.work()
    after = pages.season()
    assert (after["state"], after["repairs"]) == ("draft", before["id"])
    assert after["changes"] == price["changes"]
    assert next(one["day"] for one in after["year"]["sessions"] if one["uid"] == session["uid"]) == day.isoformat()


def test_session_goes_to_another_host(pages: Grouped) -> None:
    season = pages.season()
    session = season["year"]["sessions"][0]
    host = next(one for one in session["schools"] if one != session["host"])
    text = asked(pages, season, sessie=session["uid"], gastheer=host)
    assert "Bij welke gastheer?" in text
    body = {"previous": season["id"], "shifts": [{"session": session["uid"], "host": host}], "seconds": 3}
    answer = pages.client.post(pages.seasons, json=body)
    assert answer.status_code == 202, answer.text
    pages.work()
    now = next(one for one in pages.season()["year"]["sessions"] if one["uid"] == session["uid"])
    assert (now["host"], now["day"]) == (host, session["day"])


def test_refused_move_keeps_what_was_chosen_and_says_why(pages: Grouped) -> None:
    season = pages.season()
    session, day = season["year"]["sessions"][0], another_day(season).isoformat()
    here = f"{pages.here}/sessies/{season['id']}/verplaatsen"
    with worker_beside(pages.app, pages.children):
        for query, words in (
            ({"sessie": "weg", "moment": day}, "Deze sessie is er niet (meer)."),
            ({"sessie": session["uid"], "moment": session["day"]}, "Deze sessie is daar en dan al."),
            ({"sessie": session["uid"], "moment": "2026-12-26"}, "geen sessie mogelijk"),
            ({"sessie": session["uid"], "moment": "morgen"}, "Lees bij «moment»"),
            ({"sessie": session["uid"], "gastheer": "niemand"}, "niemand"),
        ):
            answer = pages.client.get(here, params=query)
            assert answer.status_code in (200, 422), (query, answer.status_code)
            assert words in as_read(answer.text) or 'role="alert"' in answer.text, query
    bodies = [{"shifts": [{"session": "weg", "day": day}]}, {"shifts": [{"session": session["uid"], "host": "wie?"}]}]
    for body, pointer in zip(bodies, ("/shifts/0", "/shifts/0/host"), strict=True):
        refused = pages.client.post(pages.seasons, json={"previous": season["id"]} | body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
    alone = pages.client.post(pages.seasons, json=bodies[0])
    assert (alone.status_code, alone.json()["errors"][0]["pointer"]) == (422, "/shifts")
    empty = pages.client.post(f"{pages.seasons}/{season['id']}/shift-price", json={"session": session["uid"]})
    assert empty.status_code == 422
    assert pages.client.post(pages.seasons, json={"rounds": 1, "seconds": 1}).status_code == 202  # somebody else plans
    data = {"eenmaal": "", "sessie": session["uid"], "moment": f"{day} wo-nm"}
    busy = pages.client.post(here, data=data)
    assert busy.status_code == 409
    assert "Er wordt al een jaar van deze cohorte gepland." in as_read(busy.text)
    assert re.search(rf'<option value="{day} wo-nm" selected>', busy.text)
