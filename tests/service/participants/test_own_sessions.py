"""Does each see their own sessions alone, and does what they say stand on the page of the year?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.database.tables import season
from tests.page_text import as_read
from tests.service.network.test_calendars import Followed

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


pytestmark = pytest.mark.usefixtures("november")


class Planned(Followed):
    """A stage with a published year of sessions, on which everybody has a page."""

    def __init__(self, database: Database, children: Children) -> None:
        """Open everybody's page."""
        super().__init__(database, children)
        items = self.client.post(f"{self.place}/participants", json={}).json()["items"]
        self.urls = {(one["side"], one["subject"]): one["url"].partition("/mijn/")[2] for one in items}
        self.nobody = self.stranger
        self.nobody.headers["Accept"] = "text/html"
        self.nobody.follow_redirects = False
        sessions = self.client.get(self.season).json()["year"]["sessions"]
        self.sessions = sorted(sessions, key=lambda one: str(one["day"]))


def test_answer_to_a_session_stands_on_the_page_of_the_year(database: Database, children: Children) -> None:
    own = Planned(database, children)
    school = own.sessions[0]["schools"][0]
    secret = own.urls["school", school]
    text = own.nobody.get(f"/mijn/{secret}").text
    mine = [one["uid"] for one in own.sessions if school in one["schools"]]
    assert re.findall(r'name="sessie" value="([^"]+)"', text) == mine
    uid = mine[0]
    assert own.nobody.post(f"/mijn/{secret}/sessie", data={"sessie": uid, "komt": "nee"}).status_code == 303
    name = own.client.get(f"{own.place}/schools/{school}").json()["name"]
    page = own.client.get(f"/cohorten/{own.cohort}/sessies", headers={"Accept": "text/html"})
    assert f"Komen niet: {name}." in as_read(page.text)
    assert own.nobody.post(f"/mijn/{secret}/sessie", data={"sessie": uid, "komt": "ja"}).status_code == 303
    found = own.client.get(f"{own.place}/attendance").json()["items"]
    assert [(one["subject"], one["comes"]) for one in found] == [(school, True)]


def test_session_of_others_can_not_be_answered(database: Database, children: Children) -> None:
    own = Planned(database, children)
    secret = own.urls["school", own.sessions[0]["schools"][0]]
    for uid, status in (("onbekend", 404), ("", 422), ("x" * 300, 422)):
        answer = own.nobody.post(f"/mijn/{secret}/sessie", data={"sessie": uid, "komt": "ja"})
        assert answer.status_code == status
    assert own.client.get(f"{own.place}/attendance").json()["items"] == []


def test_session_that_has_been_takes_no_answer(database: Database, children: Children) -> None:
    own = Planned(database, children)
    school, uid = own.sessions[0]["schools"][0], own.sessions[0]["uid"]
    with database.write() as transaction:
        year = dict(transaction.execute(sa.select(season.c.year)).scalar_one())
        year["sessions"] = [{**one, "day": "2020-01-06"} for one in year["sessions"]]
        transaction.execute(sa.update(season).values(year=year))
    answer = own.nobody.post(f"/mijn/{own.urls['school', school]}/sessie", data={"sessie": uid, "komt": "ja"})
    assert (answer.status_code, "Deze sessie is voorbij." in answer.text) == (409, True)


def test_own_calendar_is_opened_once_and_followed(database: Database, children: Children) -> None:
    own = Planned(database, children)
    secret = own.urls["school", own.sessions[0]["schools"][0]]
    assert own.nobody.post(f"/mijn/{secret}/agenda").status_code == 303
    text = own.nobody.get(f"/mijn/{secret}").text
    (address,) = re.findall(r'value="[^"]*(/v1/calendars/[^"]+)"', text)
    feed = own.nobody.get(address)
    assert (feed.status_code, own.sessions[0]["uid"] in feed.text.replace("\r\n ", "")) == (200, True)
    own.nobody.post(f"/mijn/{secret}/agenda")
    assert address in own.nobody.get(f"/mijn/{secret}").text
