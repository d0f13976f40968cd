"""Can a stranger close the form, and does the portal's key see its own applications and nothing else?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.access.limits import Limits
from service.access.sources import ADDRESS_HEADER, source_of
from service.core.errors import Problem
from service.database.ids import now
from service.database.tables import application
from service.trajectory.applications.rules import forget_expired
from tests.page_text import as_read
from tests.service.trajectory.applying import MENTOR, SCHOOL, Year, a_mentor_form
from tests.service.webhooks.test_webhooks import sent
from tests.service_client import a_client, a_key, an_app

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children


def a_school_form(place: int) -> dict[str, Any]:
    """Give the form of yet another school."""
    return SCHOOL | {"id": f"0{place:05}", "email": f"school{place}@linde.example"}


def with_key(year: Year, *scopes: str, **values: Any) -> TestClient:  # noqa: ANN401 - fields
    """Call with a new key, made over the API."""
    body = {"name": "portaal", "scopes": list(scopes)} | values
    made = a_client(year.app, "admin").post("/v1/keys", json=body)
    assert made.status_code == 201, made.text
    client = a_client(year.app)
    client.headers["Authorization"] = f"Bearer {made.json()['secret']}"
    return client


def set_rules(year: Year, **changes: Any) -> Any:  # noqa: ANN401 - an answer
    """Change when and how applications are taken."""
    now_there = year.client.get(f"{year.place}/application-rules")
    body = {name: now_there.json()[name] for name in ("opens_at", "closes_at", "days_to_confirm", "most_an_hour")}
    headers = {"If-Match": now_there.headers["etag"]}
    return year.client.put(f"{year.place}/application-rules", json=body | changes, headers=headers)


def apply_at(year: Year, client: TestClient, form: dict[str, Any], **headers: str) -> Any:  # noqa: ANN401 - an answer
    """Send a form of a school as somebody."""
    return client.post(f"/v1/public/cohorts/{year.cohort}/applications/schools", json=form, headers=headers)


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_source_is_an_address_or_a_network(address: str, source: str) -> None:
    assert source_of(address) == source


def test_applications_of_one_source_are_counted_apart_a_minute_and_an_hour() -> None:
    moment = [0.0]
    limits = Limits(100, 1, (2, 3), clock=lambda: moment[0])
    limits.count_login("an")
    for _ in range(2):
        limits.count_application("an")
    with pytest.raises(Problem) as caught:
        limits.count_application("an")
    assert caught.value.headers["Retry-After"] == "60"
    limits.count_application("bert")
    moment[0] = 60.0
    limits.count_application("an")
    with pytest.raises(Problem) as caught:
        limits.count_application("an")
    assert caught.value.headers["Retry-After"] == "3540"
    assert "59 minuten" in caught.value.detail
    moment[0] = 3600.0
    limits.count_application("an")


def test_stranger_closes_the_form_for_strangers_an_hour_and_never_for_the_portal(
    database: Database, children: Children
) -> None:
    year = Year(database, children)
    portal = with_key(year, "applications")
    assert set_rules(year, most_an_hour=2).status_code == 200
    for place in range(2):
        assert apply_at(year, year.public, a_school_form(place)).status_code == 202
    refused = apply_at(year, year.public, a_school_form(3))
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_applications")
    assert refused.headers["retry-after"] == "3600"
    assert apply_at(year, portal, a_school_form(4)).status_code == 202
    with database.write() as transaction:
        transaction.execute(sa.update(application).values(created_at=now() - timedelta(hours=1, seconds=1)))
    assert apply_at(year, year.public, a_school_form(5)).status_code == 202


def test_confirmed_applications_do_not_count(database: Database, children: Children) -> None:
    year = Year(database, children)
    set_rules(year, most_an_hour=1)
    for place in range(3):
        year.confirmed(a_school_form(place))
    assert len(year.queue(state="confirmed")) == 3


def test_trusted_key_is_believed_about_the_address_and_another_is_not(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.app = an_app(database, applications_a_minute=1)
    trusted, other = with_key(year, "applications", trusted=True), with_key(year, "applications")
    for place, client in enumerate((trusted, other)):
        statuses = [
            apply_at(year, client, a_school_form(10 * place + one), **{ADDRESS_HEADER: f"2001:db8:{place}:{one}::1"})
            for one in range(3)
        ]
        assert [one.status_code for one in statuses] == ([202, 202, 202] if client is trusted else [202, 429, 429])
    again = apply_at(year, trusted, a_school_form(30), **{ADDRESS_HEADER: "2001:db8:0:1:9::9"})
    assert again.status_code == 429
    wrong = apply_at(year, trusted, a_school_form(31), **{ADDRESS_HEADER: "thuis"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "bad_client_address")


def test_key_follows_its_own_applications_and_no_others(database: Database, children: Children) -> None:
    year = Year(database, children)
    mine, other = with_key(year, "applications"), with_key(year, "applications")
    sent = apply_at(year, mine, SCHOOL).json()
    year.send(MENTOR)
    here = f"/v1/portal/cohorts/{year.cohort}/applications"
    (own,) = mine.get(here).json()["items"]
    assert (own["id"], own["kind"], own["state"]) == (sent["application"], "school", "received")
    assert own.keys() == {"id", "kind", "state", "received_at", "changed_at", "confirm_link", "confirm_before"}
    assert other.get(here).json()["items"] == []
    assert other.get(f"{here}/{own['id']}").status_code == 404
    secret = own["confirm_link"].rpartition("/")[2]
    assert mine.post("/v1/public/applications/confirm", json={"secret": secret}).status_code == 200
    after = mine.get(f"{here}/{own['id']}").json()
    assert (after["state"], after["confirm_link"], after["confirm_before"]) == ("confirmed", None, None)
    for path in ("/v1/cohorts", f"{year.place}/applications", f"/v1/portal/cohorts/{year.cohort}/pairings"):
        assert mine.get(path).status_code == 403, path
    old = a_client(year.app)
    old.headers["Authorization"] = f"Bearer {a_key(database, ('portal',))}"
    assert old.get(here).status_code == 403
    assert old.get(f"/v1/portal/cohorts/{year.cohort}/pairings").json()["code"] == "not_published"


def test_who_has_no_key_is_told_no_number(database: Database, children: Children) -> None:
    year = Year(database, children)
    assert year.send(SCHOOL).json()["application"] is None
    assert with_key(year, "suggestions").get(f"/v1/portal/cohorts/{year.cohort}/pairings").status_code == 403


@pytest.mark.parametrize(
    "scopes", [["portal", "suggestions"], ["suggestions", "viewer"], ["region:Limburg"], ["lezen"]]
)
def test_key_with_a_role_and_scopes_can_not_be_made(database: Database, scopes: list[str]) -> None:
    answer = a_client(an_app(database), "admin").post("/v1/keys", json={"name": "portaal", "scopes": scopes})
    assert answer.status_code == 422


def test_applications_open_and_close_and_say_since_when(database: Database, children: Children) -> None:
    year = Year(database, children)
    place = f"/v1/public/cohorts/{year.cohort}/applications"
    assert year.public.get(place).json()["open"] is True
    past, future = "2026-01-10T17:00:00Z", "2090-01-10T17:00:00Z"
    set_rules(year, closes_at=past)
    told = year.public.get(place).json()
    assert (told["open"], told["closes_at"]) == (False, "2026-01-10T17:00:00.000Z")
    refused = year.send(SCHOOL)
    assert (refused.status_code, refused.json()["code"]) == (409, "applications_closed")
    assert refused.json()["detail"] == "Aanmelden kan niet meer sinds 10 januari 2026, 18.00 uur."
    assert refused.json()["closed_since"] == past
    set_rules(year, opens_at=future, closes_at=None)
    refused = year.send(SCHOOL)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_open_yet")
    assert "vanaf 10 januari 2090" in refused.json()["detail"]
    wrong = set_rules(year, opens_at=future, closes_at=past)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/closes_at")
    assert year.public.get("/v1/public/cohorts/coh_niet/applications").status_code == 404


def test_unconfirmed_applications_expire_and_confirmed_ones_stay(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.confirmed(a_school_form(1))
    answer = year.send(a_school_form(2))
    assert "Bevestig binnen 30 dagen" in answer.json()["detail"]
    set_rules(year, days_to_confirm=3)
    assert "Bevestig binnen 3 dagen" in year.send(a_school_form(3)).json()["detail"]
    admin = a_client(year.app, "admin")
    hook = admin.post(
        "/v1/webhooks", json={"url": "https://portaal.example/", "events": ["application.expired"]}
    ).json()
    late = year.queue()[1]["id"]
    with database.write() as transaction:
        old = now() - timedelta(days=3, minutes=1)
        second = sa.select(application.c.id).order_by(application.c.id).offset(1).limit(1).scalar_subquery()
        transaction.execute(sa.update(application).where(application.c.id <= second).values(created_at=old))
        assert forget_expired(transaction, now()) == 1
    assert [one["state"] for one in year.queue()] == ["confirmed", "received"]
    told = [(each["event"], each["payload"]["data"]) for each in sent(admin, hook)]
    assert told == [("application.expired", {"cohort": year.cohort, "application": late})]


def test_many_take_a_step_at_once_and_who_can_not_is_told(database: Database, children: Children) -> None:
    year = Year(database, children)
    confirmed = year.confirmed(SCHOOL, MENTOR, a_mentor_form(1))
    year.send(a_school_form(9))
    waiting = year.queue(state="received")[0]["id"]
    ids = [one["id"] for one in confirmed]
    told = year.ok("POST", "/applications/move", json={"applications": [*ids, waiting], "state": "accepted"})
    assert told["moved"] == ids
    assert [one["id"] for one in told["not_moved"]] == [waiting]
    assert "kan niet aanvaard worden" in told["not_moved"][0]["detail"]
    assert len(year.ok("GET", "/mentors")["items"]) == 2
    body = {"applications": ids, "state": "refused"}
    assert year.refused("POST", "/applications/move", json=body) == (422, "invalid")
    body = {"applications": [*ids, "app_niet"], "state": "waiting"}
    assert year.refused("POST", "/applications/move", json=body) == (404, "not_found")
    assert {one["state"] for one in year.queue() if one["id"] in ids} == {"accepted"}


def test_one_that_could_not_move_leaves_nothing_behind(database: Database, children: Children) -> None:
    year = Year(database, children)
    first, second = year.confirmed(MENTOR, MENTOR)
    body = {"applications": [first["id"], second["id"]], "state": "accepted"}
    told = year.ok("POST", "/applications/move", json=body)
    assert (told["moved"], [one["id"] for one in told["not_moved"]]) == ([first["id"]], [second["id"]])
    assert len(year.ok("GET", "/mentors")["items"]) == 1
    assert year.queue()[1]["state"] == "confirmed"


def test_unconfirmed_ones_go_at_once_and_others_stay(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.confirmed(SCHOOL)
    for place in range(3):
        year.send(a_school_form(place))
    assert year.ok("POST", "/applications/remove-unconfirmed") == {"removed": 3}
    assert [one["state"] for one in year.queue()] == ["confirmed"]
    assert year.refused("POST", "/applications/remove-unconfirmed") == (404, "not_found")


def test_form_tells_all_that_is_wrong_at_once(database: Database, children: Children) -> None:
    year = Year(database, children)
    wrong = {"email": "geen adres", "postcode": "0000", "sectors": ["onzin", "technologie", "flauwekul"]}
    answer = year.send(MENTOR | wrong | {"company_number": "0123456789"})
    pointers = {one["pointer"] for one in answer.json()["errors"]}
    assert answer.status_code == 422
    assert pointers == {"/email", "/postcode", "/sectors/0", "/sectors/2", "/company_number"}
    assert year.queue() == []


def test_nobody_applies_where_contact_data_is_kept_no_longer(database: Database, children: Children) -> None:
    year = Year(database, children)
    version = {"If-Match": year.client.get(year.place).headers["etag"]}
    over = {"keep_until": "2026-01-01T00:00:00Z", "erase_now": True}
    public = f"/v1/public/cohorts/{year.cohort}/applications"
    assert year.public.get(public).json()["closes_at"] is None
    assert year.client.patch(year.place, json=over, headers=version).status_code == 200
    refused = apply_at(year, year.public, SCHOOL)
    assert (refused.status_code, refused.json()["code"]) == (409, "applications_closed")
    told = year.public.get(public).json()
    assert (told["open"], told["closes_at"]) == (False, "2026-01-01T00:00:00.000Z")
    page = year.client.get(f"/cohorten/{year.cohort}/aanmeldingen", headers={"Accept": "text/html"}).text
    assert "Aanmelden kan niet meer sinds 1 januari 2026, 1.00" in as_read(page)
