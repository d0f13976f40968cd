"""Does a person whom the organisation's provider vouches for come in, and nobody else?"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpcore2
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey

from service.access.callers import COOKIE
from service.access.people import add_person, change
from service.access.people import by_email as person_by_email
from service.core.settings import Settings
from service.people import oidc
from tests.service.people.provider import CLIENT, SECRET, a_provider
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    import ssl
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


def an_oidc_app(database: Database, provider: Provider, **changes: Any) -> FastAPI:  # noqa: ANN401 - settings
    """Make the application with this provider, and one person, An."""
    with database.write() as transaction:
        add_person(transaction, email="an@example.be", name="An", role="coordinator", regions=["Limburg"])
    return an_app(database, oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, **changes)


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
    assert (lines[1]["action"], lines[1]["detail"]) == ("account.bound", {"issuer": provider.issuer})


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


def test_person_is_known_by_subject_and_an_address_given_to_another_opens_nothing(
    database: Database, provider: Provider
) -> None:
    app = an_oidc_app(database, provider)
    assert come_back(TestClient(app), provider).headers["location"] == "/"
    provider.claims = {"sub": "een ander"}  # the same address, later
    other = come_back(TestClient(app), provider)
    assert (other.status_code, other.json()["code"]) == (403, "other_account")
    for renamed in ({"email": "an.nieuw@example.be"}, {"email": None}, {"email_verified": False}):
        provider.claims = renamed
        client = TestClient(app)
        assert come_back(client, provider).headers["location"] == "/"
        assert client.get("/v1/session").json()["email"] == "an@example.be"


def test_admin_lets_go_of_an_account_and_the_next_counts(database: Database, provider: Provider) -> None:
    app = an_oidc_app(database, provider)
    client = TestClient(app)
    come_back(client, provider)
    who = client.get("/v1/session").json()["id"]
    admin = a_client(app, "admin")
    admin.headers["Accept"] = "text/html"
    admin.follow_redirects = False
    assert "Maak het account los" in admin.get(f"/beheer/mensen/{who}").text
    assert admin.post(f"/beheer/mensen/{who}/account-los").status_code == 303
    assert admin.post(f"/beheer/mensen/{who}/account-los").status_code == 409
    assert client.get("/v1/session").status_code == 401
    provider.claims = {"sub": "een ander"}
    assert come_back(client, provider).headers["location"] == "/"
    provider.claims = {}
    assert come_back(TestClient(app), provider).json()["code"] == "other_account"


@pytest.mark.parametrize("subject", ["", "x" * 256, 7, ["an"]])
def test_subject_that_is_none_is_refused(database: Database, provider: Provider, subject: Any) -> None:  # noqa: ANN401 - any JSON
    client = TestClient(an_oidc_app(database, provider))
    provider.claims = {"sub": subject}
    assert come_back(client, provider).status_code == 401


STEP = {"second_step": True, "oidc_acr": "goud"}


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({}, 403),
        ({"amr": ["pwd"]}, 403),
        ({"amr": [["mfa"], {}]}, 403),
        ({"acr": "zilver"}, 403),
        ({"amr": ["pwd", "mfa"]}, 200),
        ({"acr": "goud"}, 200),
    ],
    ids=str,
)
def test_strength_of_the_providers_login_counts_only_where_it_is_told(
    database: Database, provider: Provider, claims: dict[str, Any], status: int
) -> None:
    client = TestClient(an_oidc_app(database, provider, **STEP))
    provider.claims = claims
    come_back(client, provider)
    assert client.get("/v1/cohorts").status_code == status
    assert provider.asked["acr_values"] == "goud"


@pytest.mark.parametrize(("ago", "status"), [(5, 201), (840, 201), (960, 403), (None, 403), (-3600, 403)], ids=str)
def test_age_of_the_providers_login_counts_and_unknown_is_not_fresh(
    database: Database, provider: Provider, ago: int | None, status: int
) -> None:
    client = TestClient(an_oidc_app(database, provider))
    provider.claims = {"auth_time": int(time.time()) - ago if ago is not None else None}
    come_back(client, provider)
    assert client.post("/v1/profile/factor").status_code == status


@pytest.mark.parametrize("told", ["nu", 1.5, True, -1, 10**30, [1]], ids=str)
def test_age_that_is_no_moment_is_never_fresh(database: Database, provider: Provider, told: Any) -> None:  # noqa: ANN401 - any JSON
    client = TestClient(an_oidc_app(database, provider))
    provider.claims = {"auth_time": told}
    come_back(client, provider)
    assert client.post("/v1/profile/factor").status_code in {401, 403}


def test_provider_is_asked_once_more_who_it_is(database: Database, provider: Provider) -> None:
    client = TestClient(an_oidc_app(database, provider))
    sent = client.get("/v1/session/oidc?anew=true", follow_redirects=False)
    provider.log_in(sent.headers["location"])
    assert provider.asked["max_age"] == "0"
    assert client.get("/v1/session/oidc?anew=misschien", follow_redirects=False).status_code == 422


def test_certificates_are_read_once_for_all_who_log_in(monkeypatch: pytest.MonkeyPatch) -> None:
    settings, usual, read = Settings(), httpcore2.default_ssl_context, list[bool]()

    def counted(*, _trust_env: bool = True) -> ssl.SSLContext:
        read.append(_trust_env)
        return usual(_trust_env=_trust_env)

    monkeypatch.setattr(httpcore2, "default_ssl_context", counted)
    oidc._trusted.cache_clear()
    for _ in range(3):
        oidc.client_of(settings).close()
    assert read == [True]
