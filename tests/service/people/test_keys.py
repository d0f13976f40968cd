"""Can admins make and revoke keys, and does a key open just what it is for?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.database.ids import now
from service.database.tables import answered, api_key
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.database.engine import Database

LATER = "2099-01-01T00:00:00Z"


def a_made_key(admin: TestClient, *scopes: str, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - fields
    """Make a key over the API; give the answer."""
    answer = admin.post("/v1/keys", json={"name": "portaal", "scopes": list(scopes)} | values)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def with_key(app: FastAPI, secret: str) -> TestClient:
    """Call with a key."""
    return TestClient(app, headers={"Authorization": f"Bearer {secret}"})


def test_secret_is_shown_once_and_kept_nowhere(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    headers = {"Idempotency-Key": "a"}
    body = {"name": "portaal", "scopes": ["portal"]}
    first = admin.post("/v1/keys", json=body, headers=headers)
    again = admin.post("/v1/keys", json=body, headers=headers)
    secret = first.json()["secret"]
    assert secret.startswith("in2stem_")
    assert again.json() == first.json() | {"secret": None}
    assert secret not in admin.get("/v1/keys").text
    with database.read() as transaction:
        kept = repr(transaction.execute(sa.select(answered)).all() + transaction.execute(sa.select(api_key)).all())
    assert secret not in kept


def test_revoked_key_opens_nothing_at_once(database: Database) -> None:
    app = an_app(database)
    admin = a_client(app, "admin")
    made = a_made_key(admin, "portal")
    client = with_key(app, made["secret"])
    assert client.get("/v1/session").status_code == 200
    assert admin.delete(f"/v1/keys/{made['key']['id']}").status_code == 204
    answer = client.get("/v1/session")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    ended = admin.get(f"/v1/keys/{made['key']['id']}").json()["revoked_at"]
    assert admin.delete(f"/v1/keys/{made['key']['id']}").status_code == 204
    assert admin.get(f"/v1/keys/{made['key']['id']}").json()["revoked_at"] == ended


def test_key_ends_at_its_moment_also_while_remembered(database: Database) -> None:
    app = an_app(database)
    made = a_made_key(a_client(app, "admin"), "portal", expires_at=LATER)
    client = with_key(app, made["secret"])
    assert client.get("/v1/session").status_code == 200
    with database.write() as transaction:
        transaction.execute(sa.update(api_key).values(expires_at=now() - timedelta(seconds=1)))
    app.state.keys.forget()
    assert client.get("/v1/session").status_code == 401


def test_coordinators_key_sees_its_regions_alone(database: Database) -> None:
    app = an_app(database)
    admin = a_client(app, "admin")
    mine, other = a_cohort(admin), a_cohort(admin, region="Oost-Vlaanderen")
    client = with_key(app, a_made_key(admin, "coordinator", "region:Limburg")["secret"])
    assert client.get(f"/v1/cohorts/{mine}").status_code == 200
    assert client.get(f"/v1/cohorts/{other}").status_code == 404
    bound = with_key(app, a_made_key(admin, "viewer", cohort=other)["secret"])
    assert [bound.get(f"/v1/cohorts/{one}").status_code for one in (mine, other)] == [404, 200]


@pytest.mark.parametrize(
    "change",
    [
        {"scopes": []},
        {"scopes": ["portal", "admin"]},
        {"scopes": ["region:Limburg"]},
        {"scopes": ["koning"]},
        {"scopes": ["coordinator"]},
        {"scopes": ["coordinator", "region:Limbrug"]},
        {"scopes": ["admin", "region:Limburg"]},
        {"scopes": ["admin"], "cohort": "coh_1"},
        {"scopes": ["portal"], "cohort": "coh_onbekend"},
        {"expires_at": "2001-01-01T00:00:00Z"},
        {"expires_at": "2099-01-01T00:00:00"},
        {"name": ""},
    ],
)
def test_key_that_says_too_little_or_too_much_is_refused(database: Database, change: dict[str, Any]) -> None:
    admin = a_client(an_app(database), "admin")
    answer = admin.post("/v1/keys", json={"name": "portaal", "scopes": ["portal"]} | change)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert admin.get("/v1/keys").json()["items"] == []


def test_list_of_keys_goes_on_where_it_ended(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    made = [a_made_key(admin, "portal")["key"]["id"] for _ in range(3)]
    first = admin.get("/v1/keys?limit=2").json()
    second = admin.get(f"/v1/keys?limit=2&cursor={first['next']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None
    assert admin.get("/v1/keys/key_onbekend").status_code == 404
