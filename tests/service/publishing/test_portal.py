"""Does the portal get what is published, and nothing that is not?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi.testclient import TestClient

from service.access.callers import Caller
from service.access.work import Work
from service.core.etag import etag
from service.publishing import actions
from service.publishing import store as publishing
from service.publishing.portal_cache import FRESH, HOLDS, Shown
from tests.service.publish_steps import Stage
from tests.service_client import a_client, a_cohort, a_key
from tests.the_sample import SAMPLE

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_portal_sees_nothing_before_it_is_published(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    portal, here = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}"
    answer = portal.get(f"{here}/schools/S001/suggestions")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_published")
    stage.published(place)
    answer = portal.get(f"{here}/schools/S001/suggestions")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, max-age=60"
    assert [one["in_plan"] for one in answer.json()["pairings"]].count(True) == 1


def test_portal_gets_no_names_and_no_numbers_of_mentors(database: Database, children: Children) -> None:
    stage = Stage(database, children, sample=True)
    stage.published()
    portal, here = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}"
    mentors = stage.client.get(f"{stage.place}/mentors?limit=200").json()["items"]
    schools = stage.client.get(f"{stage.place}/schools?limit=200").json()["items"]
    paths = [f"{here}/pairings", *(f"{here}/schools/{one['id']}/suggestions" for one in schools)]
    paths += [f"{here}/mentors/{one['pseudonym']}/suggestions" for one in mentors]
    shown = " ".join(portal.get(path).text for path in paths)
    assert mentors[0]["pseudonym"] in shown
    personal = [value for one in mentors for value in (f'"{one["id"]}"', one["email"], one["last_name"]) if value]
    assert (SAMPLE / "mentoren.csv").read_text(encoding="utf-8").count(mentors[0]["last_name"]) > 0
    assert [value for value in personal if value in shown] == []


def test_portal_says_not_modified_until_the_next_publication(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    portal, path = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}/schools/S001/suggestions"
    tag = portal.get(path).headers["etag"]
    same = portal.get(path, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    stage.published()
    after = portal.get(path, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert after.headers["etag"] != tag


def test_portal_shows_at_once_what_an_action_published_without_a_request(
    database: Database, children: Children
) -> None:
    stage = Stage(database, children)
    stage.published()
    round_id = stage.solved().rpartition("/")[2]
    portal, path = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}/pairings"
    by = Work(Caller(role="admin", id="per_1"), stage.app.state.process)
    actions.approve(by, stage.cohort, round_id)
    before = portal.get(path).headers["etag"]
    actions.publish(by, stage.cohort, round_id)
    after = portal.get(path).headers["etag"]
    assert [before, after] == [etag(number, stage.cohort, "plan", "pairings") for number in (1, 2)]


def test_portal_key_of_one_cohort_sees_no_other(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    other = a_cohort(stage.client)
    bound = TestClient(stage.app)
    bound.headers["Authorization"] = f"Bearer {a_key(database, ('portal',), other)}"
    path = f"/v1/portal/cohorts/{stage.cohort}/pairings"
    assert (bound.get(path).status_code, bound.get(path).json()["code"]) == (404, "not_found")
    assert bound.get(f"/v1/portal/cohorts/{other}/pairings").json()["code"] == "not_published"
    assert a_client(stage.app).get(path).status_code == 401
    assert a_client(stage.app, "viewer", regions=("Mechelen-Kempen",)).get(path).status_code == 404


def test_portal_asked_for_who_is_not_there_says_so(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    portal, here = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}"
    for path in (f"{here}/schools/999999/suggestions", f"{here}/mentors/M001/suggestions"):
        assert (portal.get(path).status_code, portal.get(path).json()["code"]) == (404, "not_found")
    assert portal.get("/v1/portal/cohorts/coh_niet/pairings").status_code == 404


def test_page_published_elsewhere_is_shown_within_the_second(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    moment = [100.0]
    shown = Shown(clock=lambda: moment[0])
    page = shown.look(database, stage.cohort, "school", "S001")
    assert shown.peek(stage.cohort, "school", "S001") == page
    second = stage.solved()
    with database.write() as transaction:
        publishing.publish(transaction, stage.cohort, second.rpartition("/")[2], "elsewhere")
    moment[0] += FRESH
    assert shown.peek(stage.cohort, "school", "S001") is None
    assert shown.peek(stage.cohort, "school", "S001") == page
    moment[0] += HOLDS - FRESH
    assert shown.peek(stage.cohort, "school", "S001") is None
    newer = shown.look(database, stage.cohort, "school", "S001")
    assert (page.number, newer.number) == (1, 2)
    assert shown.peek(stage.cohort, "school", "S001") == newer


def test_cohort_that_is_not_there_makes_nobody_look_again(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    shown = Shown(clock=lambda: 0.0)
    page = shown.look(database, stage.cohort, "school", "S001")
    assert shown.look(database, "coh_nergens", "school", "S001").region is None
    assert shown.peek(stage.cohort, "school", "S001") == page
