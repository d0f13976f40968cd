"""Who does the provider of the organisation say that this is? OpenID Connect: code flow with PKCE, state and nonce."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from ssl import SSLContext
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from authlib.common.security import generate_token  # type: ignore[import-untyped]
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from httpx2 import HTTPError, create_ssl_context
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.access.logins import Proof
from service.access.provider_accounts import LONGEST_SUBJECT
from service.core.errors import Problem
from service.core.settings import Settings
from service.database.ids import now

CALLBACK = "/v1/session/oidc/callback"
WELL_KNOWN = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""No HMAC and no `none`: only the provider can sign."""

PATIENCE_SECONDS = 5.0
LEEWAY_SECONDS = 60
SECRET_LENGTH = 43
BY_TWO = "mfa"
"""What `amr` holds where a provider asked more than one factor (RFC 8176)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a browser keeps while its person is with the provider: our state, nonce and PKCE verifier."""

    state: str
    nonce: str
    verifier: str

    @property
    def cookie(self) -> str:
        """The attempt as a cookie's value."""
        return f"{self.state}.{self.nonce}.{self.verifier}"


class Vouched(NamedTuple):
    """Whom the provider vouches for: a subject that is never another's, a verified address or None, how and when."""

    subject: str
    email: str | None
    proof: Proof


def new_attempt() -> Attempt:
    """Make the secrets of one attempt."""
    return Attempt(*(generate_token(SECRET_LENGTH) for _ in range(3)))


def attempt_of(cookie: str | None, state: str) -> Attempt:
    """Give the attempt that a browser began; raises Problem 401 where this answer is not to it."""
    parts = (cookie or "").split(".")
    if len(parts) != 3 or not all(parts) or not hmac.compare_digest(parts[0].encode(), state.encode()):  # noqa: PLR2004
        raise refused("Deze aanmelding is niet in deze browser begonnen, of duurde te lang. Begin opnieuw.")
    return Attempt(*parts)


def refused(detail: str) -> Problem:
    """Answer that the provider did not say who this is."""
    return Problem(HTTPStatus.UNAUTHORIZED, "login_failed", detail, headers={"WWW-Authenticate": "Bearer"})


def unreachable() -> Problem:
    """Answer that the provider does not answer as it should."""
    detail = "De aanmelddienst van uw organisatie antwoordt niet. Probeer het later, of vraag een aanmeldlink."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "provider_unreachable", detail, headers={"Retry-After": "30"})


@cache
def _trusted() -> SSLContext:
    """Read once whom we trust: reading all certificates takes far longer than the rest of a client."""
    return create_ssl_context()


def client_of(settings: Settings) -> OAuth2Client:
    """Make the client that talks with the provider."""
    return OAuth2Client(
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        redirect_uri=f"{settings.url}{CALLBACK}",
        scope="openid email profile",
        code_challenge_method="S256",
        timeout=PATIENCE_SECONDS,
        verify=_trusted(),
    )


def where_to_go(settings: Settings, attempt: Attempt, *, anew: bool = False) -> str:
    """Give the provider's address where the person logs in, `anew` also who is logged in there. Raises Problem 503."""
    asked = {"max_age": "0"} if anew else {}
    if settings.oidc_acr:
        asked["acr_values"] = settings.oidc_acr
    with client_of(settings) as client:
        address, _ = client.create_authorization_url(
            provider_of(client, settings)["authorization_endpoint"],
            state=attempt.state,
            code_verifier=attempt.verifier,
            nonce=attempt.nonce,
            **asked,
        )
    return str(address)


def vouched(settings: Settings, attempt: Attempt, code: str) -> Vouched:
    """Exchange a code for whom the provider vouches for. Raises Problem 401 and 503."""
    with client_of(settings) as client:
        provider = provider_of(client, settings)
        try:
            token = client.fetch_token(provider["token_endpoint"], code=code, code_verifier=attempt.verifier)
        except OAuthError as error:
            raise refused("De aanmelddienst aanvaardt deze aanmelding niet. Begin opnieuw.") from error
        except (HTTPError, ValueError) as error:
            raise unreachable() from error
        claims = _claims(settings, attempt, token, _document(client, provider["jwks_uri"]))
    subject, email, amr = claims.get("sub"), claims.get("email"), claims.get("amr")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise refused("De aanmelddienst gaf een bewijs dat niet klopt. Begin opnieuw.")
    two_steps = isinstance(amr, list) and BY_TWO in amr
    two_steps = two_steps or (settings.oidc_acr != "" and claims.get("acr") == settings.oidc_acr)
    proof = Proof(_moment_of(claims.get("auth_time")), two_steps)
    return Vouched(subject, email if claims.get("email_verified") is True and isinstance(email, str) else None, proof)


def _moment_of(told: object) -> datetime | None:
    """Read when the provider's login began; None for what is not said, or is no moment of the past."""
    latest = int(now().timestamp()) + LEEWAY_SECONDS
    if isinstance(told, bool) or not isinstance(told, int) or not 0 < told <= latest:
        return None
    return min(now(), datetime.fromtimestamp(told, UTC))


def provider_of(client: OAuth2Client, settings: Settings) -> dict[str, Any]:
    """Read what the provider says of itself; raises Problem 503 where that can't be trusted."""
    issuer = settings.oidc_issuer
    found = _document(client, issuer.rstrip("/") + WELL_KNOWN)
    schemes = ("https", urlsplit(issuer).scheme)
    if found.get("issuer") != issuer or any(urlsplit(str(found.get(one))).scheme not in schemes for one in ENDPOINTS):
        raise unreachable()
    return found


def _document(client: OAuth2Client, address: str) -> dict[str, Any]:
    try:
        answer = client.request("GET", address, withhold_token=True)
        answer.raise_for_status()
        found = answer.json()
    except (HTTPError, RecursionError, ValueError) as error:
        raise unreachable() from error
    if not isinstance(found, dict):
        raise unreachable()
    return found


def _claims(settings: Settings, attempt: Attempt, token: dict[str, Any], keys: dict[str, Any]) -> dict[str, Any]:
    """Check the ID token: signature, issuer, audience, times, nonce."""
    try:
        read = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(keys), algorithms=SIGNATURES)  # type: ignore[arg-type]
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": settings.oidc_issuer},
                "aud": {"essential": True, "value": settings.oidc_client_id},
                "nonce": {"essential": True, "value": attempt.nonce},
            },
            {"nonce": attempt.nonce, "client_id": settings.oidc_client_id, "access_token": token.get("access_token")},
        )
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise refused("De aanmelddienst gaf een bewijs dat niet klopt. Begin opnieuw.") from error
    return dict(claims)
