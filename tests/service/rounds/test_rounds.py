"""Does a round that is asked for get solved, once, and read back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service_client import a_client, a_cohort, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_round_asked_for_is_solved_and_studied(database: Database, children: Children) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_filled_cohort(client)
    asked = client.post(f"/v1/cohorts/{cohort}/rounds", json={})
    assert (asked.status_code, asked.json()["job_state"], asked.json()["plan"]) == (202, "queued", None)
    assert work(app, children) == 2
    found = client.get(asked.headers["location"]).json()
    assert (found["job_state"], found["studied"], found["stale"]) == ("done", True, False)
    assert (found["plan"]["status"], found["plan"]["pairs"]) == ("proven", 21)
    values = {goal["name"]: goal["value"] for goal in found["plan"]["goals"]}
    assert values["worst_pair"] == 763
    pairings = client.get(f"{asked.headers['location']}/pairings").json()["items"]
    assert len(pairings) == 21
    assert all(one["reasons"] for one in pairings)


def test_round_of_a_cohort_that_is_being_solved_waits(database: Database, children: Children) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_filled_cohort(client)
    first = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).json()
    second = client.post(f"/v1/cohorts/{cohort}/rounds", json={})
    assert (second.status_code, second.json()["code"]) == (409, "already_solving")
    assert second.json()["round"] == first["id"]
    work(app, children)
    assert client.post(f"/v1/cohorts/{cohort}/rounds", json={}).json()["number"] == 2


def test_round_of_an_empty_cohort_says_nothing_to_do(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_cohort(client)
    answer = client.post(f"/v1/cohorts/{cohort}/rounds", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_do")


def test_round_stopped_before_it_began_has_no_plan(database: Database, children: Children) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_filled_cohort(client)
    place = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).headers["location"]
    assert client.delete(place).json()["job_state"] == "stopped"
    assert work(app, children) == 0
    assert client.get(f"{place}/pairings").json()["code"] == "no_plan"


def test_events_are_told_in_order_and_again_from_any_point(database: Database, children: Children) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_filled_cohort(client)
    job = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).json()["job"]
    work(app, children)
    told = client.get(f"/v1/jobs/{job}/events")
    assert told.headers["content-type"].startswith("text/event-stream")
    kinds = [line.removeprefix("event: ") for line in told.text.splitlines() if line.startswith("event: ")]
    assert (kinds[0], kinds[1], kinds[-1]) == ("accepted", "started", "done")
    last = client.get(f"/v1/jobs/{job}/events", headers={"Last-Event-ID": "1"})
    assert "event: accepted" not in last.text
    assert "event: done" in last.text


def test_events_of_another_region_are_not_there(database: Database) -> None:
    app = an_app(database)
    cohort = a_filled_cohort(a_client(app, "coordinator"))
    job = a_client(app, "coordinator").post(f"/v1/cohorts/{cohort}/rounds", json={}).json()["job"]
    other = a_client(app, "admin", regions=())
    assert other.get(f"/v1/jobs/{job}").status_code == 200
    assert a_client(app, "coordinator", regions=("Mechelen-Kempen",)).get(f"/v1/jobs/{job}/events").status_code == 404


def test_viewer_reads_why_a_place_stays_open_without_the_name_of_a_mentor(
    database: Database, children: Children
) -> None:
    app = an_app(database)
    client, viewer = a_client(app, "coordinator"), a_client(app, "viewer")
    cohort = a_filled_cohort(client)
    address = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).headers["location"]
    work(app, children)
    found = [caller.get(address).json()["plan"]["open_places"] for caller in (client, viewer)]
    elsewhere = [
        [one for place in places for one in place["claims"] if one["kind"] == "stands_elsewhere"] for places in found
    ]
    assert [one["mentor"] for one in elsewhere[0]] == [one["mentor"] for one in elsewhere[1]] == ["M015", "M014"]
    assert "Deniz Şafakoğlu staat bij " in elsewhere[0][0]["sentence"]
    assert "M015 staat bij " in elsewhere[1][0]["sentence"]
    assert all(one["sentence"] in place["reason"] for places in found for place in places for one in place["claims"])
    assert "Şafakoğlu" in client.get(f"{address}/plan").text
    assert "Şafakoğlu" not in viewer.get(f"{address}/plan").text
    assert "Şafakoğlu" not in viewer.get(address).text
