"""Does the trail tell who did what, to those who may know?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi.testclient import TestClient

from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database


def test_trail_tells_what_was_done_with_ids_alone(database: Database) -> None:
    app = an_app(database)
    admin = a_client(app, "admin")
    person = {"email": "an@example.be", "name": "An Peeters", "role": "viewer", "regions": []}
    made = admin.post("/v1/people", json=person, headers={"X-Request-Id": "hier"}).json()
    answer = admin.get("/v1/audit")
    line = answer.json()["items"][0]
    me = admin.get("/v1/session").json()["id"]
    told = (line["actor"], line["action"], line["target"], line["request"])
    assert told == (me, "person.invited", made["person"]["id"], "hier")
    assert "Peeters" not in answer.text
    assert "an@example.be" not in answer.text


def test_failed_logins_stand_in_the_trail(database: Database) -> None:
    app = an_app(database)
    TestClient(app).post("/v1/session", json={"email": "x@example.be", "password": "geheim"})
    line = a_client(app, "admin").get("/v1/audit").json()["items"][0]
    assert (line["actor"], line["action"], line["target"]) == ("nobody", "login.failed", "unknown")


def test_coordinator_sees_the_trail_of_an_own_cohort_alone(database: Database) -> None:
    app = an_app(database)
    mine, theirs = a_client(app, "coordinator"), a_client(app, "coordinator", regions=("Oost-Vlaanderen",))
    cohort = a_cohort(mine)
    a_cohort(mine)
    lines = mine.get(f"/v1/audit?cohort={cohort}").json()["items"]
    assert [(one["action"], one["cohort"]) for one in lines] == [("cohort.added", cohort)]
    assert theirs.get(f"/v1/audit?cohort={cohort}").status_code == 404
    assert mine.get("/v1/audit").status_code == 422
    assert a_client(app, "viewer").get(f"/v1/audit?cohort={cohort}").status_code == 403


def test_trail_goes_on_where_it_ended(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    made = [a_cohort(admin) for _ in range(3)]
    first = admin.get("/v1/audit?limit=2").json()
    second = admin.get(f"/v1/audit?limit=2&cursor={first['next']}").json()
    assert [one["target"] for one in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None
