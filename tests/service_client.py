"""How does a test call the service? A client for each kind of caller, on an application in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.access.callers import COOKIE
from service.app import create_app
from service.settings import Settings
from service.store.ids import digest, new_id, new_secret, now
from service.store.schema import api_key, login, person

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.store.database import Database


def an_app(database: Database, **changes: Any) -> FastAPI:  # noqa: ANN401 - settings
    """Make the application on an open database, with limits out of the way."""
    values: dict[str, Any] = {"requests_a_minute": 1_000_000, "logins_a_minute": 1_000_000}
    return create_app(Settings(**(values | changes)), database=database)


def a_client(app: FastAPI, role: str = "nobody", *, regions: tuple[str, ...] = ("Limburg",)) -> TestClient:
    """Make a client that calls as a person of this role, as the portal, or as nobody."""
    client = TestClient(app, raise_server_exceptions=False)
    if role == "portal":
        client.headers["Authorization"] = f"Bearer {a_key(app.state.database, ('portal',))}"
    elif role != "nobody":
        client.cookies.set(COOKIE, a_login(app.state.database, role, regions))
    return client


def a_login(database: Database, role: str, regions: tuple[str, ...] = ("Limburg",)) -> str:
    """Make a person who has logged in; give the cookie's value."""
    secret, who = new_secret("login"), new_id("per")
    moment = now()
    values = {"id": who, "email": f"{who}@example.be", "name": "An Peeters", "role": role, "regions": list(regions)}
    with database.write() as transaction:
        transaction.execute(sa.insert(person).values(**values, created_at=moment))
        times = {"created_at": moment, "seen_at": moment, "expires_at": moment.replace(year=moment.year + 1)}
        transaction.execute(sa.insert(login).values(digest=digest(secret), person=who, **times))
    return secret


def a_key(database: Database, scopes: tuple[str, ...], cohort: str | None = None) -> str:
    """Make a key; give its secret."""
    secret = new_secret("in2stem")
    values = {"id": new_id("key"), "digest": digest(secret), "name": "sleutel", "scopes": list(scopes)}
    with database.write() as transaction:
        transaction.execute(sa.insert(api_key).values(**values, cohort=cohort, created_at=now()))
    return secret


def a_cohort(client: TestClient, **changes: Any) -> str:  # noqa: ANN401 - fields
    """Begin a cohort in Limburg; give its id."""
    values = {"name": "Cohorte", "region": "Limburg", "school_year": 2026} | changes
    answer = client.post("/v1/cohorts", json=values)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
