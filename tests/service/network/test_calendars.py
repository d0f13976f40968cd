"""Can people follow their own sessions at a secret address, see them move, and be shut out?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from service.database.ids import digest
from service.database.tables import audit, calendar
from service.network.calendars.actions import subject_of
from tests.service.network.test_seasons import Year, code
from tests.service_client import a_client, a_cohort

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")

EVERYBODY: dict[str, Any] = {}
SCHOOL = {"calendars": [{"side": "school", "subject": "S001"}]}


class Followed(Year):
    """A stage on which a year is published."""

    def __init__(self, database: Database, children: Children) -> None:
        """Publish a year of two rounds."""
        super().__init__(database, children)
        self.season = self.planned()
        assert self.client.post(f"{self.season}/publish").status_code == 200
        self.calendars = f"{self.place}/calendars"
        self.stranger = a_client(self.app)

    def opened(self, body: dict[str, Any] = EVERYBODY) -> dict[tuple[str, str | None], dict[str, Any]]:
        """Have addresses made; give all that is told of each calendar."""
        answer = self.client.post(self.calendars, json=body)
        assert answer.status_code == 200, answer.text
        return {(one["side"], one["subject"]): one for one in answer.json()["items"]}

    def followed(self, url: str) -> Calendar:
        """Read a calendar as somebody who has nothing but its address."""
        answer = self.stranger.get(url)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
        found = Calendar.from_ical(answer.content)
        assert isinstance(found, Calendar)
        return found


def whose(session: dict[str, Any], side: str) -> list[str]:
    """Give the ids of a side that a session is for."""
    return [subject_of("host", session["host"])] if side == "host" else list(session[f"{side}s"])


def test_everybody_follows_their_own_sessions_at_an_address_that_stays(database: Database, children: Children) -> None:
    stage = Followed(database, children)
    before = stage.client.get(stage.calendars).json()["items"]
    assert {one["url"] for one in before} == {None}
    told = stage.opened()
    assert [*told][:4] == [("all", None), ("school", "S001"), ("school", "S002"), ("school", "S003")]
    assert len({one["url"] for one in told.values()}) == len(told) == len(before)
    assert stage.opened() == told == stage.opened(SCHOOL)
    sessions = stage.client.get(stage.season).json()["year"]["sessions"]
    for (side, subject), one in told.items():
        mine = [two["uid"] for two in sessions if side == "all" or subject in whose(two, side)]
        found = stage.followed(one["url"])
        assert found["METHOD"] == "PUBLISH"
        assert sorted(str(event["UID"]) for event in found.walk("VEVENT")) == sorted(mine)


def test_hall_is_followed_as_people_are(database: Database, children: Children) -> None:
    stage = Year(database, children)
    hall = {"name": 'Zaal "De Zon"', "postcode": "9000", "capacity": 12, "max_times": 2}
    place = stage.planned(locations=[hall], pins=[{"round": 1, "host": hall["name"]}])
    assert stage.client.post(f"{place}/publish").status_code == 200
    items = stage.client.post(f"{stage.place}/calendars", json=EVERYBODY).json()["items"]
    (mine,) = [one for one in items if one["side"] == "host" and one["name"] == hall["name"]]
    answer = a_client(stage.app).get(mine["url"])
    assert "u ontvangt\\, 3 scholen" in answer.content.decode().replace("\r\n ", "")
    assert stage.client.delete(f"{stage.place}/calendars/host/{mine['subject']}").status_code == 204
    assert a_client(stage.app).get(mine["url"]).status_code == 404


def test_calendar_is_sent_again_only_after_a_change_and_then_tells_what_moved(
    database: Database, children: Children
) -> None:
    stage = Followed(database, children)
    url = stage.opened(SCHOOL)["school", "S001"]["url"]
    tag = stage.stranger.get(url).headers["etag"]
    again = stage.stranger.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["cache-control"]) == (304, b"", "private, max-age=900")
    host = stage.client.get(stage.season).json()["year"]["sessions"][0]["host"]
    repair = stage.planned(previous=stage.season.rsplit("/", 1)[1], host_out=[host], today="2026-11-23", seconds=2)
    assert stage.stranger.get(url, headers={"If-None-Match": tag}).status_code == 304  # a draft moves nothing
    assert stage.client.post(f"{repair}/publish").status_code == 200
    moved = stage.stranger.get(url, headers={"If-None-Match": tag})
    assert (moved.status_code, moved.headers["etag"] != tag) == (200, True)
    events = Calendar.from_ical(moved.content).walk("VEVENT")
    assert max(int(event["SEQUENCE"]) for event in events) >= 1
    assert len({str(event["UID"]) for event in events}) == len(events) >= 2


def test_address_that_was_closed_leads_nowhere_and_a_new_one_is_another(database: Database, children: Children) -> None:
    stage = Followed(database, children)
    first = stage.opened(SCHOOL)["school", "S001"]["url"]
    assert stage.client.delete(f"{stage.calendars}/school/S001").status_code == 204
    assert code(stage.stranger.get(first)) == (404, "not_found")
    assert code(stage.client.delete(f"{stage.calendars}/school/S001")) == (404, "not_found")
    second = stage.opened()["school", "S001"]["url"]
    assert second != first
    assert stage.followed(second)
    assert stage.client.delete(f"{stage.calendars}/all").status_code == 204
    with database.read() as transaction:
        noted = transaction.execute(sa.select(audit.c.action).where(audit.c.action.startswith("calendar"))).scalars()
        assert sorted(noted) == ["calendar.closed", "calendar.closed", "calendars.opened", "calendars.opened"]


def test_secret_of_an_address_is_kept_nowhere(
    database: Database, children: Children, capfd: pytest.CaptureFixture[str]
) -> None:
    stage = Followed(database, children)
    url = stage.opened(SCHOOL)["school", "S001"]["url"]
    secret = url.rsplit("/", 1)[1].removesuffix(".ics")
    assert stage.followed(url)
    with database.read() as transaction:
        assert transaction.execute(sa.select(calendar.c.digest)).scalars().all() == [digest(secret)]
    assert secret not in "".join(capfd.readouterr())


def test_person_whose_contact_data_is_erased_follows_nothing(database: Database, children: Children) -> None:
    stage = Followed(database, children)
    told = stage.opened()
    mentor = next(subject for side, subject in told if side == "mentor")
    assert stage.client.post(f"{stage.place}/mentors/{mentor}/erase").status_code == 200
    assert code(stage.stranger.get(told["mentor", mentor]["url"])) == (404, "not_found")
    assert stage.followed(told["school", "S001"]["url"])


def test_calendars_need_a_published_year_and_people_who_are_in_it(database: Database, children: Children) -> None:
    stage = Followed(database, children)
    for wrong in ({"side": "school", "subject": "S009"}, {"side": "mentor"}, {"side": "all", "subject": "S001"}):
        answer = stage.client.post(stage.calendars, json={"calendars": [*SCHOOL["calendars"], wrong]})
        assert answer.status_code == 422
        told = answer.json()["errors"][0]
        assert (told["pointer"], told["code"]) == ("/calendars/1/subject", "unknown_subject")
    assert {one["url"] for one in stage.client.get(stage.calendars).json()["items"]} == {None}
    assert code(stage.stranger.get("/v1/calendars/kal_onbekend.ics")) == (404, "not_found")
    other = a_cohort(stage.client, name="Andere")
    for method in ("GET", "POST"):
        answer = stage.client.request(method, f"/v1/cohorts/{other}/calendars", json={} if method == "POST" else None)
        assert code(answer) == (409, "nothing_published")
    assert a_client(stage.app, "viewer").get(stage.calendars).status_code == 403
