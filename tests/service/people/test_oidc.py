"""Does a person whom the organisation's provider vouches for come in, and nobody else?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey

from service.access.callers import COOKIE
from service.access.people import add_person, change
from service.access.people import by_email as person_by_email
from tests.service.people.provider import CLIENT, SECRET, a_provider
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from httpx2 import Response

    from service.database.engine import Database
    from tests.service.people.provider import Provider


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Serve a provider; nothing goes by way of a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with a_provider() as one:
        yield one


def an_oidc_app(database: Database, provider: Provider) -> FastAPI:
    """Make the application with this provider, and one person, An."""
    with database.write() as transaction:
        add_person(transaction, email="an@example.be", name="An", role="coordinator", regions=["Limburg"])
    return an_app(database, oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)


def come_back(client: TestClient, provider: Provider, **changes: str) -> Response:
    """Go to the provider, log in there, and come back with what it gave, or with something else."""
    sent = client.get("/v1/session/oidc", follow_redirects=False)
    assert sent.status_code == 303, sent.text
    parameters = provider.log_in(sent.headers["location"]) | changes
    return client.get("/v1/session/oidc/callback", params=parameters, follow_redirects=False)


def test_person_whom_the_provider_knows_logs_in(database: Database, provider: Provider) -> None:
    client = TestClient(an_oidc_app(database, provider))
    answer = come_back(client, provider)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/v1/session").json()["email"] == "an@example.be"
    assert f"{COOKIE}-oidc" not in client.cookies
    assert provider.asked["code_challenge_method"] == "S256"
    lines = a_client(client.app, "admin").get("/v1/audit").json()["items"]  # type: ignore[arg-type]
    assert (lines[0]["action"], lines[0]["detail"]) == ("login.begun", {"way": "oidc", "browser": ""})


@pytest.mark.parametrize("email", ["bert@example.be", "geen adres"])
def test_person_unknown_here_is_not_let_in_nor_made(database: Database, provider: Provider, email: str) -> None:
    client = TestClient(an_oidc_app(database, provider))
    provider.claims = {"email": email}
    answer = come_back(client, provider)
    assert (answer.status_code, answer.json()["code"]) == (403, "unknown_person")
    assert client.get("/v1/session").status_code == 401
    assert len(a_client(client.app, "admin").get("/v1/people").json()["items"]) == 2  # type: ignore[arg-type]


def test_blocked_person_is_not_let_in(database: Database, provider: Provider) -> None:
    client = TestClient(an_oidc_app(database, provider))
    with database.write() as transaction:
        row = person_by_email(transaction, "an@example.be")
        assert row is not None
        change(transaction, row.id, row.version, blocked=True)
    assert come_back(client, provider).json()["code"] == "unknown_person"


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"nonce": "een ander"},
        {"nonce": None},
        {"aud": "een ander"},
        {"aud": ["in2stem", "een ander"], "azp": "een ander"},
        {"iss": "https://elders.example"},
        {"exp": 1_000_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
    ],
    ids=str,
)
def test_token_that_proves_something_else_is_refused(
    database: Database, provider: Provider, claims: dict[str, Any]
) -> None:
    client = TestClient(an_oidc_app(database, provider))
    provider.claims = claims
    answer = come_back(client, provider)
    assert (answer.status_code, answer.json()["code"]) == (401, "login_failed")
    assert client.get("/v1/session").status_code == 401


def test_token_that_the_provider_did_not_sign_is_refused(database: Database, provider: Provider) -> None:
    client = TestClient(an_oidc_app(database, provider))
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "a"})
    assert come_back(client, provider).status_code == 401
    public = provider.key.as_pem(private=False)
    provider.algorithm, provider.signs_with = "HS256", OctKey.import_key(public.replace(b"-----", b"+++++"))
    assert come_back(client, provider).status_code == 401


def test_answer_to_another_attempt_is_refused(database: Database, provider: Provider) -> None:
    app = an_oidc_app(database, provider)
    client = TestClient(app)
    assert come_back(client, provider, state="een ander").status_code == 401
    assert come_back(client, provider, state="").status_code == 401
    assert come_back(client, provider, code="code-2").status_code == 401
    assert come_back(client, provider, error="access_denied").status_code == 401
    elsewhere = TestClient(app).get("/v1/session/oidc/callback", params={"state": "a", "code": "code-1"})
    assert elsewhere.status_code == 401
    assert client.get("/v1/session").status_code == 401


@pytest.mark.parametrize(
    "broken",
    [
        {"status": 500},
        {"metadata": {"issuer": "https://elders.example"}},
        {"metadata": {"token_endpoint": "file:///etc/passwd"}},
        {"metadata": {"jwks_uri": None}},
    ],
    ids=str,
)
def test_provider_that_can_not_be_trusted_is_not_used(
    database: Database, provider: Provider, broken: dict[str, Any]
) -> None:
    client = TestClient(an_oidc_app(database, provider))
    for name, value in broken.items():
        setattr(provider, name, value)
    answer = client.get("/v1/session/oidc", follow_redirects=False)
    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unreachable")


def test_without_a_provider_there_is_no_such_way_in(database: Database) -> None:
    client = a_client(an_app(database))
    assert client.get("/v1/session/oidc").status_code == 404
    assert client.get("/v1/session/oidc/callback").status_code == 404
