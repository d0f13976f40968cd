"""Can admins invite people, change what they see and block them, and never lock everybody out?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.testclient import TestClient

from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from httpx2 import Response

    from service.database.engine import Database

AN = {"email": "An@Example.be", "name": "An Peeters", "role": "coordinator", "regions": ["Limburg"]}


def changed(admin: TestClient, who: str, **values: Any) -> Response:  # noqa: ANN401 - fields
    """Change a person as just read."""
    tag = admin.get(f"/v1/people/{who}").headers["etag"]
    return admin.patch(f"/v1/people/{who}", json=values, headers={"If-Match": tag})


def test_invited_person_logs_in_and_sees_their_region(database: Database) -> None:
    app = an_app(database)
    admin, invited = a_client(app, "admin"), TestClient(app)
    cohort = a_cohort(admin)
    a_cohort(admin, region="Oost-Vlaanderen")
    answer = admin.post("/v1/people", json=AN)
    assert (answer.status_code, answer.json()["person"]["email"], answer.json()["minutes"]) == (
        201,
        "an@example.be",
        15,
    )
    assert invited.post("/v1/session", json={"link": answer.json()["link"]}).status_code == 201
    assert [one["id"] for one in invited.get("/v1/cohorts").json()["items"]] == [cohort]
    assert answer.json()["address"] == f"{app.state.settings.url}/aanmelden"


def test_invitation_sent_again_shows_no_link_a_second_time(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    first = admin.post("/v1/people", json=AN, headers={"Idempotency-Key": "a"})
    again = admin.post("/v1/people", json=AN, headers={"Idempotency-Key": "a"})
    assert first.json()["link"].startswith("link_")
    assert again.json() == first.json() | {"link": None}


def test_address_is_invited_once(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    admin.post("/v1/people", json=AN)
    answer = admin.post("/v1/people", json=AN | {"email": "AN@example.BE"})
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


def test_person_of_an_unknown_region_role_or_address_is_refused(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    for change in ({"regions": ["Limbrug"]}, {"role": "koning"}, {"email": "geen adres"}, {"regions": "Limburg"}):
        assert admin.post("/v1/people", json=AN | change).status_code == 422, change


def test_coordinator_without_regions_sees_nothing(database: Database) -> None:
    app = an_app(database)
    cohort = a_cohort(a_client(app, "admin"))
    nobody = a_client(app, "coordinator", regions=())
    assert nobody.get("/v1/cohorts").json()["items"] == []
    assert nobody.get(f"/v1/cohorts/{cohort}").status_code == 404


def test_change_of_regions_holds_at_once(database: Database) -> None:
    app = an_app(database)
    admin, an = a_client(app, "admin"), TestClient(app)
    cohort = a_cohort(admin)
    made = admin.post("/v1/people", json=AN).json()
    an.post("/v1/session", json={"link": made["link"]})
    assert an.get(f"/v1/cohorts/{cohort}").status_code == 200
    assert changed(admin, made["person"]["id"], regions=["Oost-Vlaanderen"]).json()["regions"] == ["Oost-Vlaanderen"]
    assert an.get(f"/v1/cohorts/{cohort}").status_code == 404


def test_change_needs_the_version_that_was_read(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    who = admin.post("/v1/people", json=AN).json()["person"]["id"]
    tag = {"If-Match": admin.get(f"/v1/people/{who}").headers["etag"]}
    assert admin.patch(f"/v1/people/{who}", json={"name": "B"}).status_code == 428
    assert admin.patch(f"/v1/people/{who}", json={"name": "B"}, headers=tag).status_code == 200
    assert admin.patch(f"/v1/people/{who}", json={"name": "C"}, headers=tag).status_code == 412


def test_blocked_person_is_out_at_once_and_gets_no_link(database: Database) -> None:
    app = an_app(database)
    admin, an = a_client(app, "admin"), TestClient(app)
    made = admin.post("/v1/people", json=AN).json()
    who = made["person"]["id"]
    an.post("/v1/session", json={"link": made["link"]})
    link = admin.post(f"/v1/people/{who}/link").json()["link"]
    assert changed(admin, who, blocked=True).json()["blocked"] is True
    assert an.get("/v1/session").status_code == 401
    assert TestClient(app).post("/v1/session", json={"link": link}).status_code == 401
    refused = admin.post(f"/v1/people/{who}/link")
    assert (refused.status_code, refused.json()["code"]) == (409, "blocked")
    assert changed(admin, who, blocked=False).status_code == 200
    assert an.get("/v1/session").status_code == 401


def test_last_admin_can_not_be_blocked_or_demoted(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    me = admin.get("/v1/session").json()["id"]
    for change in ({"blocked": True}, {"role": "viewer"}):
        answer = changed(admin, me, **change)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
    other = admin.post("/v1/people", json=AN | {"role": "admin", "regions": []}).json()["person"]["id"]
    assert changed(admin, other, blocked=True).status_code == 200
    assert changed(admin, me, role="viewer").json()["code"] == "last_admin"
    assert changed(admin, other, blocked=False).status_code == 200
    assert changed(admin, me, role="viewer").status_code == 200


def test_list_of_people_goes_on_where_it_ended_and_shows_no_password(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    for number in range(3):
        admin.post("/v1/people", json=AN | {"email": f"p{number}@example.be"})
    first = admin.get("/v1/people?limit=2").json()
    second = admin.get(f"/v1/people?limit=2&cursor={first['next']}").json()
    emails = [one["email"] for one in first["items"] + second["items"]]
    assert (emails[1:], second["next"]) == ([f"p{number}@example.be" for number in range(3)], None)
    assert "password" not in first["items"][0]


def test_only_admins_see_people(database: Database) -> None:
    app = an_app(database)
    assert a_client(app, "coordinator").get("/v1/people").status_code == 403
    assert a_client(app, "portal").get("/v1/people").status_code == 403
