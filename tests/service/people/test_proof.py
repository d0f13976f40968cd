"""Is who asks proved anew before the account is changed, can a second step be asked of all; are codes kept slowly?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.access import factors, passwords, totp
from service.access.passwords import encode
from service.access.people import set_password
from service.database.engine import Database
from service.database.ids import digest, now
from service.database.migrate import upgrade
from service.database.tables import login, person, recovery_code, second_factor
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from argon2 import PasswordHasher
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

PASSWORD = "regen trommel citroen vlag"  # noqa: S105 - a test's


def long_ago(database: Database) -> None:
    """Have every login have proved who it is a quarter of an hour and more ago."""
    with database.write() as transaction:
        transaction.execute(sa.update(login).values(proved_at=now() - timedelta(minutes=16)))


def a_person(app: FastAPI) -> TestClient:
    """Give a viewer with a password."""
    client = a_client(app, "viewer")
    with app.state.database.write() as transaction:
        set_password(transaction, client.get("/v1/session").json()["id"], encode(PASSWORD))
    return client


def with_step(client: TestClient) -> list[str]:
    """Set a second step; give the codes to recover."""
    secret = client.post("/v1/profile/factor").json()["secret"]
    code = totp.code_at(secret, totp.step_of(now()))
    codes: list[str] = client.post("/v1/profile/factor/confirmation", json={"code": code}).json()["codes"]
    return codes


ASKED = (("DELETE", "/v1/profile/logins"), ("DELETE", "/v1/profile/logins/x"), ("POST", "/v1/profile/factor"))


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_account_is_changed_only_by_who_proved_lately_who_they_are(database: Database, method: str, path: str) -> None:
    client = a_person(an_app(database))
    long_ago(database)
    refused = client.request(method, path)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_fresh")
    wrong = client.post("/v1/profile/proof", json={"password": "dit is het niet"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "not_proved")
    assert client.request(method, path).status_code == 403
    assert client.post("/v1/profile/proof", json={"password": PASSWORD}).status_code == 204
    assert client.request(method, path).status_code in {201, 204, 404}


def test_proof_by_a_code_counts_once_and_of_another_kind_not(database: Database) -> None:
    client = a_person(an_app(database))
    assert client.post("/v1/profile/proof", json={"code": "12345"}).status_code == 403  # no step yet
    codes = with_step(client)
    long_ago(database)
    assert client.post("/v1/profile/proof", json={"code": codes[0]}).status_code == 204
    assert client.delete("/v1/profile/logins").status_code == 204
    long_ago(database)
    assert client.post("/v1/profile/proof", json={"code": codes[0]}).status_code == 403
    assert client.delete("/v1/profile/logins").status_code == 403


@pytest.mark.parametrize("body", [{}, {"password": PASSWORD, "code": "1"}, {"code": ""}, {"onbekend": 1}])
def test_half_a_proof_and_two_at_once_are_refused(database: Database, body: dict[str, Any]) -> None:
    assert a_person(an_app(database)).post("/v1/profile/proof", json=body).status_code == 422


def test_tries_to_prove_are_counted(database: Database) -> None:
    client = a_person(an_app(database, logins_a_minute=3))
    found = [client.post("/v1/profile/proof", json={"password": "mis"}).status_code for _ in range(4)]
    assert found == [403, 403, 403, 429]


def test_page_asks_for_a_proof_and_then_no_longer(database: Database) -> None:
    client = a_person(an_app(database))
    client.headers["Accept"] = "text/html"
    client.follow_redirects = False
    assert "Bent u het zelf?" not in client.get("/profiel").text
    long_ago(database)
    assert "Bent u het zelf?" in client.get("/profiel").text
    refused = client.post("/profiel/browsers/alle-weg")
    assert (refused.status_code, "Bewijs eerst opnieuw" in refused.text) == (403, True)
    assert client.post("/profiel/browsers/weg", data={"browser": "x"}).status_code == 403
    wrong = client.post("/profiel/bewijs", data={"wachtwoord": "mis"})
    assert (wrong.status_code, "Dit bewijst niet wie u bent" in wrong.text) == (403, True)
    assert client.post("/profiel/bewijs", data={}).status_code == 422
    assert client.post("/profiel/bewijs", data={"wachtwoord": PASSWORD}).status_code == 303
    assert client.post("/profiel/browsers/alle-weg").status_code == 303


def test_step_asked_of_all_lets_nobody_on_without_one(database: Database) -> None:
    app = an_app(database, second_step=True)
    client = a_person(app)
    for path in ("/v1/cohorts", "/v1/cohorts/x", "/v1/jobs/x"):
        refused = client.get(path)
        assert (refused.status_code, refused.json()["code"]) == (403, "second_step_needed"), path
    assert client.get("/v1/session").status_code == 200
    browser = {"Accept": "text/html"}
    sent_on = client.get("/cohorten", headers=browser, follow_redirects=False)
    assert (sent_on.status_code, sent_on.headers["location"]) == (303, "/profiel#tweede-stap")
    assert client.post("/cohorten", headers=browser).status_code == 403
    assert "Uw organisatie vraagt van iedereen een tweede stap" in client.get("/profiel", headers=browser).text
    with_step(client)
    assert client.get("/v1/cohorts").status_code == 200
    assert "Uw organisatie vraagt" not in client.get("/profiel", headers=browser).text


def test_step_asked_of_all_asks_nothing_of_keys_and_without_the_setting_of_nobody(database: Database) -> None:
    app = an_app(database, second_step=True)
    portal = a_client(app, "portal")
    assert portal.get("/v1/session").status_code == 200
    assert portal.get("/v1/portal/cohorts").status_code != 403
    assert a_client(an_app(database), "viewer").get("/v1/cohorts").status_code == 200


def test_who_came_with_two_steps_by_the_provider_needs_none_here(database: Database) -> None:
    client = a_client(an_app(database, second_step=True), "viewer")
    assert client.get("/v1/cohorts").status_code == 403
    with database.write() as transaction:
        transaction.execute(sa.update(login).values(two_steps=True))
    assert client.get("/v1/cohorts").status_code == 200


def test_codes_to_recover_are_kept_by_a_slow_hash_with_a_salt_of_their_own(database: Database) -> None:
    client = a_person(an_app(database))
    codes = with_step(client)
    with database.read() as transaction:
        kept = set(transaction.execute(sa.select(recovery_code.c.digest)).scalars())
        who, salt = transaction.execute(sa.select(second_factor.c.person, second_factor.c.salt)).one()
    plain = [one.replace("-", "") for one in codes]
    assert len(bytes.fromhex(salt)) == factors.SALT_BYTES
    assert len(kept) == factors.RECOVERY_CODES
    assert not kept & {digest(one) for one in (*plain, *(f"{who}:{one}" for one in plain))}
    client.post("/v1/profile/factor/recovery-codes", json={"code": codes[0]})
    with database.read() as transaction:
        assert transaction.execute(sa.select(second_factor.c.salt)).scalar_one() != salt


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_codes_handed_out_before_the_slow_hash_go_on_working(
    empty_address: Callable[[str], str],
    kind: str,
    usual_costs: tuple[PasswordHasher, tuple[int, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "CODE_COSTS", usual_costs[1])
    database, moment = Database(empty_address(kind)), now()
    with database.write() as transaction:
        upgrade(transaction.connection, "0016")
        values = {"email": "an@example.be", "name": "An", "role": "viewer", "regions": [], "created_at": moment}
        transaction.execute(sa.insert(person).values(id="per_1", **values))
        transaction.execute(sa.text("INSERT INTO second_factor (person, secret) VALUES ('per_1', 'ABC')"))
        codes = [{"digest": digest(f"per_1:{one}"), "person": "per_1"} for one in ("aaaaabbbbb", "cccccddddd")]
        transaction.execute(sa.insert(recovery_code).values(codes))
        values = {"digest": digest("oud"), "person": "per_1", "seen_at": moment, "created_at": moment}
        transaction.execute(sa.insert(login).values(**values, expires_at=moment))
        upgrade(transaction.connection, "head")
    with database.write() as transaction:
        fast = {one["digest"] for one in codes}
        assert not fast & set(transaction.execute(sa.select(recovery_code.c.digest)).scalars())
        assert factors.use(transaction, "per_1", "aaaaa-bbbbb") == "recovery"
        assert factors.use(transaction, "per_1", "AAAAA BBBBB") == ""
        assert factors.use(transaction, "per_1", "cccccddddd") == "recovery"
        assert transaction.execute(sa.select(login.c.proved_at)).scalar_one() == moment
    database.close()
