"""Can schools and mentors apply and confirm, and does the queue follow its states, without retyping?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.database.ids import now
from service.database.tables import application, audit, delivery
from service.webhooks import store as webhooks
from tests.service.trajectory.applying import CONSENT, MENTOR, SCHOOL, Year, a_form, a_mentor_form
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

NAMES = ("Wendeline", "Kwikstaart", "wendeline@linde.example", "Barnabas", "Wimpelaar")


def secret_of(year: Year) -> str:
    return str(year.queue(state="received")[0]["confirm_link"]).rpartition("/")[2]


def test_school_that_confirms_stands_in_the_queue(database: Database, children: Children) -> None:
    year = Year(database, children)
    answer = year.send(SCHOOL)
    assert (answer.status_code, answer.json()["state"]) == (202, "received")
    assert not any(name in answer.text for name in NAMES)
    (confirmed,) = year.confirmed()
    assert (confirmed["kind"], confirmed["who"], confirmed["network"]) == ("school", "Atheneum De Linde", "GO!")
    assert (confirmed["wording"], confirmed["confirm_link"]) == ("2026-1", None)
    assert (confirmed["school"]["province"], confirmed["school"]["email"]) == ("Oost-Vlaanderen", SCHOOL["email"])
    assert [(one["state"], one["by"]) for one in confirmed["steps"]] == [("confirmed", "public")]


def test_link_works_once_and_nothing_else_opens(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.send(SCHOOL)
    secret = secret_of(year)
    place = "/v1/public/applications/confirm"
    assert year.public.post(place, json={"secret": f"{secret}0"}).json()["code"] == "unknown_link"
    assert year.public.post(place, json={"secret": secret}).status_code == 200
    again = year.public.post(place, json={"secret": secret})
    assert (again.status_code, again.json()["code"]) == (409, "already_used")


def test_link_ends_after_thirty_days(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.send(SCHOOL)
    secret = secret_of(year)
    with database.write() as transaction:
        old = now() - timedelta(days=30, minutes=1)
        transaction.execute(sa.update(application).values(created_at=old))
    answer = year.public.post("/v1/public/applications/confirm", json={"secret": secret})
    assert (answer.status_code, answer.json()["code"]) == (409, "link_expired")


def test_robot_hears_what_people_hear_and_nothing_is_kept(database: Database, children: Children) -> None:
    year = Year(database, children)
    robot, person = year.send(SCHOOL | {"website": "https://kopen.example"}), year.send(MENTOR)
    assert (robot.status_code, robot.content) == (202, person.content)
    assert [one["kind"] for one in year.queue()] == ["mentor"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"consent": {}}, "/consent/wording"),
        ({"consent": {"wording": ""}}, "/consent/wording"),
        ({"email": "geen adres"}, "/email"),
        ({"postcode": "0000"}, "/postcode"),
        ({"network": "KATHOLIEK"}, "/network"),
        ({"school_types": []}, "/school_types"),
    ],
)
def test_form_that_lacks_something_is_refused(
    database: Database, children: Children, changes: dict[str, Any], pointer: str
) -> None:
    year = Year(database, children)
    answer = year.send(SCHOOL | changes)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert year.queue() == []


def test_form_with_finalities_and_no_onderwijsvormen_is_taken(database: Database, children: Children) -> None:
    year = Year(database, children)
    assert year.send(SCHOOL | {"school_types": [], "finalities": ["dubbel"]}).status_code == 202


def test_forms_are_limited_per_address(database: Database) -> None:
    client = a_client(an_app(database, logins_a_minute=2, applications_a_minute=2))
    places = ("/v1/public/cohorts/onbekend/applications/schools", "/v1/public/applications/confirm")
    for place, body in zip(places, (SCHOOL, {"secret": "x"}), strict=True):
        statuses = [client.post(place, json=body).status_code for _ in range(3)]
        assert statuses == [404, 404, 429]


def test_accepted_ones_are_in_the_cohort_without_retyping(database: Database, children: Children) -> None:
    year = Year(database, children)
    for one in year.confirmed(SCHOOL, MENTOR):
        moved = year.ok("POST", f"/applications/{one['id']}/move", json={"state": "accepted"})
        assert moved["state"] == "accepted"
    school, mentor = year.ok("GET", "/schools")["items"][0], year.ok("GET", "/mentors")["items"][0]
    assert (school["id"], school["contact"], school["school_types"]) == ("034561", SCHOOL["contact"], ["TSO"])
    assert (mentor["last_name"], mentor["company"]) == ("Wimpelaar", "Voorbeeld NV")
    assert mentor["id"].startswith("A-")


def test_who_is_accepted_no_longer_leaves_the_cohort(database: Database, children: Children) -> None:
    year = Year(database, children)
    (one,) = year.confirmed(SCHOOL)
    place = f"/applications/{one['id']}/move"
    year.ok("POST", place, json={"state": "accepted"})
    year.ok("POST", place, json={"state": "waiting"})
    assert year.ok("GET", "/schools")["items"] == []


def test_steps_follow_the_states_and_say_why(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.send(SCHOOL)
    place = f"/applications/{year.queue()[0]['id']}/move"
    assert year.refused("POST", place, json={"state": "accepted"}) == (409, "not_this_step")
    assert year.refused("POST", place, json={"state": "refused"}) == (422, "invalid")
    refused = year.ok("POST", place, json={"state": "refused", "reason": "te laat"})
    assert (refused["state"], refused["steps"][0]["reason"]) == ("refused", "te laat")
    assert year.refused("POST", place, json={"state": "accepted"}) == (409, "not_this_step")


def test_doubles_are_shown_beside_each_other(database: Database, children: Children) -> None:
    year = Year(database, children)
    first, second, other = year.confirmed(MENTOR, MENTOR | {"email": MENTOR["email"].upper()}, a_mentor_form(1))
    assert (first["doubles"], second["doubles"], other["doubles"]) == ([second["id"]], [first["id"]], [])
    year.ok("POST", f"/applications/{first['id']}/move", json={"state": "accepted"})
    assert year.refused("POST", f"/applications/{second['id']}/move", json={"state": "accepted"}) == (
        409,
        "already_there",
    )


def test_points_need_a_reason_and_the_version_that_was_read(database: Database, children: Children) -> None:
    year = Year(database, children)
    (one,) = year.confirmed(SCHOOL)
    place = f"/applications/{one['id']}"
    assert year.refused("PUT", f"{place}/points", json={"points": 5, "reason": "ver weg"}) == (
        428,
        "if_match_missing",
    )
    tag = {"If-Match": year.client.get(f"{year.place}{place}").headers["etag"]}
    assert year.refused("PUT", f"{place}/points", json={"points": 5}, headers=tag) == (422, "invalid")
    given = year.ok("PUT", f"{place}/points", json={"points": 5, "reason": "ver weg"}, headers=tag)
    assert (given["points"], given["points_reason"], given["version"]) == (5, "ver weg", 3)
    assert year.refused("PUT", f"{place}/points", json={"points": 0}, headers=tag) == (412, "stale")


def test_queue_is_paged_filtered_and_noted(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.confirmed(a_form(1), a_form(2), MENTOR)
    first = year.ok("GET", "/applications?limit=2")
    second = year.ok("GET", f"/applications?limit=2&cursor={first['next']}")
    assert len(first["items"] + second["items"]) == 3
    assert [one["kind"] for one in year.queue(kind="mentor")] == ["mentor"]
    assert year.queue(state="waiting") == []
    with database.read() as transaction:
        noted = set(transaction.execute(sa.select(audit.c.action)).scalars())
    assert {"application.received", "application.confirmed", "applications.read"} <= noted


def test_queue_is_for_coordinators_of_the_region(database: Database, children: Children) -> None:
    year = Year(database, children)
    assert a_client(year.app, "viewer").get(f"{year.place}/applications").status_code == 403
    theirs = a_client(year.app, "coordinator", regions=("Mechelen-Kempen",))
    assert theirs.get(f"{year.place}/applications").status_code == 404
    assert a_client(year.app, "portal").get(f"{year.place}/applications").status_code == 403


def test_webhook_hears_ids_alone(database: Database, children: Children) -> None:
    year = Year(database, children)
    hook = {"url": "https://portaal.example/in", "events": ["application.received"]}
    assert a_client(year.app, "admin").post("/v1/webhooks", json=hook).status_code == 201
    year.send(SCHOOL)
    with database.read() as transaction:
        rows = transaction.execute(sa.select(delivery)).mappings().all()
    assert [row["event"] for row in rows] == ["application.received"]
    assert not any(name in repr(rows[0]["payload"]) for name in NAMES)
    assert year.queue()[0]["id"] in repr(rows[0]["payload"])
    assert "application.received" in webhooks.Event.__args__  # type: ignore[attr-defined]


def test_form_sent_again_with_its_key_is_kept_once(database: Database, children: Children) -> None:
    year = Year(database, children)
    place = f"/v1/public/cohorts/{year.cohort}/applications/mentors"
    first, again = (year.public.post(place, json=MENTOR, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.content, len(year.queue())) == (again.content, 1)
    assert MENTOR["consent"] == CONSENT
