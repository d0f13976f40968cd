"""Can people log in and out, and nobody else for them?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from argon2 import Type
from fastapi.testclient import TestClient

from service.access.callers import COOKIE
from service.access.logins import make_link
from service.access.people import add_person
from service.database.ids import now
from service.database.tables import link, login, person
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from fastapi import FastAPI

    from service.database.engine import Database

PASSWORD = "paard batterij nietje klopt"  # noqa: S105 - a test's
WRONG = {"email": "an@example.be", "password": "iets anders dan dat"}


def a_link(database: Database, **changes: Any) -> str:  # noqa: ANN401 - fields
    """Make a person with a link; give the link's secret."""
    values: dict[str, Any] = {
        "email": "an@example.be",
        "name": "An Peeters",
        "role": "coordinator",
        "regions": ["Limburg"],
    }
    with database.write() as transaction:
        return make_link(transaction, add_person(transaction, **(values | changes)))


def logged_in(app: FastAPI, *, password: str | None = PASSWORD) -> TestClient:
    """Log in by a link and choose a password."""
    client = TestClient(app, raise_server_exceptions=False)
    assert client.post("/v1/session", json={"link": a_link(app.state.database)}).status_code == 201
    if password is not None:
        assert client.put("/v1/session/password", json={"password": password}).status_code == 200
    return client


def move_login(database: Database, **ago: timedelta) -> None:
    """Put the moments of all logins back."""
    with database.write() as transaction:
        transaction.execute(sa.update(login).values(**{name: now() - one for name, one in ago.items()}))


def test_link_logs_in_once(database: Database) -> None:
    app = an_app(database)
    secret = a_link(database)
    first, second = TestClient(app), TestClient(app)
    answer = first.post("/v1/session", json={"link": secret})
    assert (answer.status_code, answer.json()["name"], answer.json()["has_password"]) == (201, "An Peeters", False)
    assert first.get("/v1/session").json() == answer.json()
    again = second.post("/v1/session", json={"link": secret})
    assert (again.status_code, again.json()["code"]) == (401, "link_ended")
    assert second.get("/v1/session").status_code == 401


def test_link_opens_nothing_after_a_quarter_of_an_hour(database: Database) -> None:
    client, secret = TestClient(an_app(database)), a_link(database)
    with database.write() as transaction:
        transaction.execute(sa.update(link).values(expires_at=now()))
    assert client.post("/v1/session", json={"link": secret}).json()["code"] == "link_ended"


def test_new_link_ends_the_one_before(database: Database) -> None:
    client, first = TestClient(an_app(database)), a_link(database)
    with database.write() as transaction:
        second = make_link(transaction, transaction.execute(sa.select(person.c.id)).scalar_one())
    assert client.post("/v1/session", json={"link": first}).status_code == 401
    assert client.post("/v1/session", json={"link": second}).status_code == 201


def test_password_logs_in_and_a_wrong_one_says_as_little_as_an_unknown_address(database: Database) -> None:
    app = an_app(database)
    logged_in(app)
    client = TestClient(app)
    wrong = client.post("/v1/session", json=WRONG)
    unknown = client.post("/v1/session", json=WRONG | {"email": "niemand@example.be"})
    told = [{**one.json(), "request_id": ""} for one in (wrong, unknown)]
    assert (wrong.status_code, unknown.status_code, told[0]) == (401, 401, told[1])
    right = client.post("/v1/session", json={"email": " AN@Example.be ", "password": PASSWORD})
    assert (right.status_code, right.json()["has_password"]) == (201, True)


def test_person_without_password_or_blocked_does_not_log_in(database: Database) -> None:
    app = an_app(database)
    a_link(database, email="bert@example.be")
    client = TestClient(app)
    assert client.post("/v1/session", json=WRONG | {"email": "bert@example.be"}).status_code == 401
    logged_in(app)
    with database.write() as transaction:
        transaction.execute(sa.update(person).values(blocked=True))
    blocked = client.post("/v1/session", json={"email": "an@example.be", "password": PASSWORD})
    assert (blocked.status_code, blocked.json()["code"]) == (401, "login_failed")


def test_login_changes_the_cookie_and_ends_the_one_before(database: Database) -> None:
    app = an_app(database)
    client = logged_in(app)
    before = client.cookies[COOKIE]
    assert client.post("/v1/session", json={"email": "an@example.be", "password": PASSWORD}).status_code == 201
    assert client.cookies[COOKIE] != before
    old = TestClient(app, cookies={COOKIE: before})
    assert old.get("/v1/session").status_code == 401
    assert client.get("/v1/session").status_code == 200


def test_log_out_ends_the_login_itself(database: Database) -> None:
    app = an_app(database)
    client = logged_in(app)
    before = client.cookies[COOKIE]
    assert client.delete("/v1/session").status_code == 204
    assert COOKIE not in client.cookies
    assert TestClient(app, cookies={COOKIE: before}).get("/v1/session").status_code == 401
    assert client.delete("/v1/session").status_code == 204


def test_log_out_of_nobody_leaves_no_trace(database: Database) -> None:
    app = an_app(database)
    client = TestClient(app)
    client.cookies.set(COOKIE, "login_van_niemand")
    assert client.delete("/v1/session").status_code == 204
    assert a_client(app, "admin").get("/v1/audit").json()["items"] == []


def test_a_stranger_locks_nobody_out_by_trying_their_address(database: Database) -> None:
    app = an_app(database, logins_a_minute=3)
    stranger, owner = (TestClient(app, client=(host, 1)) for host in ("192.0.2.1", "192.0.2.2"))
    assert [stranger.post("/v1/session", json=WRONG).status_code for _ in range(4)] == [401, 401, 401, 429]
    assert owner.post("/v1/session", json=WRONG).status_code == 401
    near, far = (TestClient(app, client=(host, 1)) for host in ("2001:db8::1", "2001:db8::ffff:2"))
    assert [one.post("/v1/session", json=WRONG).status_code for one in (near, far, near, far)] == [401, 401, 401, 429]


@pytest.mark.parametrize(
    ("ago", "status"),
    [
        ({"seen_at": timedelta(hours=11, minutes=59)}, 200),
        ({"seen_at": timedelta(hours=12, seconds=1)}, 401),
        ({"expires_at": timedelta(0)}, 401),
    ],
)
def test_login_ends_when_idle_or_after_its_time(database: Database, ago: dict[str, timedelta], status: int) -> None:
    client = logged_in(an_app(database), password=None)
    move_login(database, **ago)
    assert client.get("/v1/session").status_code == status


def test_login_begun_holds_fourteen_days_and_use_is_noted(database: Database) -> None:
    client = logged_in(an_app(database), password=None)
    move_login(database, seen_at=timedelta(hours=1))
    client.get("/v1/session")
    with database.read() as transaction:
        row = transaction.execute(sa.select(login)).mappings().one()
    assert row["expires_at"] - row["created_at"] == timedelta(days=14)
    assert now() - row["seen_at"] < timedelta(minutes=1)


def test_cookie_is_kept_from_scripts_and_from_other_sites(database: Database) -> None:
    plain = TestClient(an_app(database)).post("/v1/session", json={"link": a_link(database)}).headers["set-cookie"]
    told = re.sub(r"=[^;]+", "=", plain, count=1).lower()
    assert told == f"{COOKIE}=; httponly; max-age=1209600; path=/; samesite=lax"


def test_cookie_under_https_is_bound_to_the_host(database: Database) -> None:
    app = an_app(database, public_url="https://match.example.be")
    client = TestClient(app, base_url="https://match.example.be")
    answer = client.post("/v1/session", json={"link": a_link(database)})
    assert answer.headers["set-cookie"].startswith(f"__Host-{COOKIE}=login_")
    assert "; secure" in answer.headers["set-cookie"].lower()
    assert client.get("/v1/session").status_code == 200
    unbound = TestClient(app, base_url="https://match.example.be")
    unbound.cookies.set(COOKIE, client.cookies[f"__Host-{COOKIE}"])
    assert unbound.get("/v1/session").status_code == 401


def test_logins_are_limited_by_place_and_by_address(database: Database) -> None:
    client = TestClient(an_app(database, logins_a_minute=3))
    answers = [client.post("/v1/session", json=WRONG) for _ in range(4)]
    assert [one.status_code for one in answers] == [401, 401, 401, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 61


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ({"email": "an@example.be"}, ""),
        ({"link": "a", "email": "an@example.be", "password": "b"}, ""),
        ({"link": 5}, "/link"),
        ({"email": "an", "password": "b"}, "/email"),
        ({"email": "geen adres", "password": "b"}, "/email"),
    ],
)
def test_login_with_half_a_way_in_is_refused(database: Database, body: dict[str, Any], pointer: str) -> None:
    answer = TestClient(an_app(database)).post("/v1/session", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elf tekens!", "too_short"),
        ("wachtwoord123", "too_obvious"),
        ("Azerty123456", "too_obvious"),
        ("aaaaaaaaaaaaaa", "too_obvious"),
        ("Peeters2026!!", "too_obvious"),
        ("a" * 200 + "bcdef", "invalid"),
    ],
)
def test_password_that_anyone_guesses_is_refused(database: Database, password: str, code: str) -> None:
    answer = logged_in(an_app(database), password=None).put("/v1/session/password", json={"password": password})
    assert answer.status_code == 422
    assert code in {answer.json()["code"], answer.json()["errors"][0]["code"]}


def test_password_change_logs_out_everywhere_else(database: Database) -> None:
    app = an_app(database)
    here = logged_in(app)
    there = TestClient(app)
    there.post("/v1/session", json={"email": "an@example.be", "password": PASSWORD})
    assert here.put("/v1/session/password", json={"password": PASSWORD + " nu"}).status_code == 200
    assert (here.get("/v1/session").status_code, there.get("/v1/session").status_code) == (200, 401)


def test_password_change_long_after_logging_in_needs_the_old_one(database: Database) -> None:
    client = logged_in(an_app(database))
    move_login(database, proved_at=timedelta(minutes=16))
    body = {"password": PASSWORD + " nu"}
    without = client.put("/v1/session/password", json=body)
    wrong = client.put("/v1/session/password", json=body | {"old": "dit is het niet"})
    right = client.put("/v1/session/password", json=body | {"old": PASSWORD})
    assert (without.status_code, without.json()["errors"][0]["pointer"]) == (422, "/old")
    assert (wrong.status_code, wrong.json()["code"], right.status_code) == (403, "wrong_password", 200)


def test_key_says_who_it_is_and_has_no_password(database: Database) -> None:
    client = a_client(an_app(database), "portal")
    answer = client.get("/v1/session").json()
    assert (answer["role"], answer["is_key"], answer["email"]) == ("portal", True, None)
    assert client.put("/v1/session/password", json={"password": PASSWORD}).status_code == 403


def test_passwords_and_secrets_are_kept_as_digests(database: Database) -> None:
    client = logged_in(an_app(database))
    with database.read() as transaction:
        encoded = transaction.execute(sa.select(person.c.password)).scalar_one()
        digests = transaction.execute(sa.select(login.c.digest)).scalars().all()
    assert encoded.startswith("$argon2id$")
    assert client.cookies[COOKIE] not in digests


def test_the_program_keeps_passwords_and_codes_at_no_less_than_owasp_asks(
    usual_costs: tuple[PasswordHasher, tuple[int, ...]],
) -> None:
    of_passwords, (time_cost, memory_cost, *_) = usual_costs
    assert of_passwords.type is Type.ID
    assert (of_passwords.memory_cost >= 19 * 1024, of_passwords.time_cost >= 2) == (True, True)
    assert (memory_cost >= 19 * 1024, time_cost >= 2) == (True, True)
