"""Does a program do with its person's profile what the page does; and nothing with a key's, which has none?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.access import totp
from service.database.ids import now
from tests.service_client import a_client, a_key, an_app

if TYPE_CHECKING:
    from service.database.engine import Database


def test_second_step_is_begun_confirmed_recovered_and_dropped(database: Database) -> None:
    person = a_client(an_app(database), "viewer")
    assert person.get("/v1/profile/factor").json() == {"asked": False, "begun": False, "recovery_left": 0}
    begun = person.post("/v1/profile/factor")
    assert begun.status_code == 201
    secret = begun.json()["secret"]
    assert secret in begun.json()["address"]
    assert person.post("/v1/profile/factor/confirmation", json={"code": "geen"}).status_code == 422
    code = totp.code_at(secret, totp.step_of(now()))
    codes = person.post("/v1/profile/factor/confirmation", json={"code": code}).json()["codes"]
    assert person.get("/v1/profile/factor").json()["recovery_left"] == len(codes) > 0
    newer = person.post("/v1/profile/factor/recovery-codes", json={"code": codes[0]}).json()["codes"]
    assert not set(codes) & set(newer)
    assert person.post("/v1/profile/factor/removal", json={"code": codes[1]}).status_code == 422
    assert person.post("/v1/profile/factor/removal", json={"code": newer[0]}).status_code == 204
    assert person.get("/v1/profile/factor").json()["asked"] is False


def test_own_logins_are_listed_and_ended(database: Database) -> None:
    person = a_client(an_app(database), "viewer")
    (here,) = person.get("/v1/profile/logins").json()["items"]
    assert here["current"] is True
    assert person.delete("/v1/profile/logins").status_code == 204
    assert person.delete("/v1/profile/logins/onbekend").status_code == 404
    assert person.delete(f"/v1/profile/logins/{here['id']}").status_code == 204
    assert person.get("/v1/profile/logins").status_code == 401


@pytest.mark.parametrize("path", ["factor", "logins"])
def test_key_has_no_profile(database: Database, path: str) -> None:
    key = a_client(an_app(database))
    key.headers["Authorization"] = f"Bearer {a_key(database, ('viewer',))}"
    answer = key.get(f"/v1/profile/{path}")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_person")
