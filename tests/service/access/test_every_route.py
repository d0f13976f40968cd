"""Does every route let in those it says it is for, and nobody else? Walks all routes x every kind of caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from service.access.callers import COOKIE
from service.access.permissions import RULES, Rule, access
from service.database.ids import digest, new_secret, now
from service.database.tables import api_key, login, person
from service.web.route import PROBES, Route, router
from tests.service_client import a_client, a_cohort, a_key, a_login, an_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx2 import Response

    from service.database.engine import Database

LOGOUTS = ("/v1/session", "/afmelden")
MINE, OTHER = "Limburg", "Oost-Vlaanderen"
ROLE_RANK = {"portal": 1, "viewer": 2, "coordinator": 3, "admin": 4}
SCOPE_RANK = {"suggestions": 2, "publication": 2, "applications": 3}
"""From which rank on people may do what a key with this scope may."""

BY_PORTAL = ("suggestions", "publication")
STANDS_FOR = {"side": "school", "round_id": "laatste"}
"""Parts of a path that can't be just any unknown id."""


@dataclass(frozen=True, slots=True)
class Way:
    """One method of one route, its path with a cohort of Limburg and ids that nobody has."""

    method: str
    pattern: str
    path: str
    rule: Rule


def ways_of(app: FastAPI, cohort: str) -> Iterator[Way]:
    """Give every way into the application; raises AssertionError for one that nobody guards."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        assert isinstance(route, Route), f"{type(route).__name__} {getattr(route, 'path', route)} is no Route"
        assert route.rule in RULES
        names = dict.fromkeys(route.param_convertors, "onbekend")
        path = context.path or route.path
        for name, value in (names | STANDS_FOR | {"cohort": cohort}).items():
            path = path.replace(f"{{{name}}}", value).replace(f"{{{name}:path}}", value)
        assert "{" not in path, path
        for method in sorted(route.methods or ()):
            yield Way(method, context.path or route.path, path, route.rule)
            if method == "GET":
                yield Way("HEAD", context.path or route.path, path, route.rule)


def with_key(app: FastAPI, *scopes: str, cohort: str | None = None, **changes: object) -> TestClient:
    """Call with a new key, changed before its first use."""
    secret = a_key(app.state.database, scopes, cohort)
    if changes:
        with app.state.database.write() as transaction:
            transaction.execute(sa.update(api_key).where(api_key.c.digest == digest(secret)).values(**changes))
    return bearing(app, secret)


def bearing(app: FastAPI, secret: str) -> TestClient:
    """Call with a secret as key."""
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    client.headers["Authorization"] = f"Bearer {secret}"
    return client


def logged_in(app: FastAPI, role: str, *regions: str) -> TestClient:
    """Call as a person of this role."""
    client = a_client(app, role, regions=regions)
    client.follow_redirects = False
    return client


def blocked(app: FastAPI) -> TestClient:
    """Call as an admin who was blocked but whose login is still there."""
    secret = a_login(app.state.database, "admin")
    with app.state.database.write() as transaction:
        mine = sa.select(login.c.person).where(login.c.digest == digest(secret)).scalar_subquery()
        transaction.execute(sa.update(person).where(person.c.id == mine).values(blocked=True))
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False, cookies={COOKIE: secret})


def ended(app: FastAPI) -> TestClient:
    """Call as an admin whose login is over."""
    secret = a_login(app.state.database, "admin")
    with app.state.database.write() as transaction:
        transaction.execute(sa.update(login).where(login.c.digest == digest(secret)).values(expires_at=now()))
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False, cookies={COOKIE: secret})


def nobody(app: FastAPI) -> TestClient:
    """Call without anything."""
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of caller: how it calls, what it is (0 for nobody, -1 for a key that does not hold), what it sees."""

    client: Callable[[FastAPI, str], TestClient]
    rank: int
    sees: bool = True
    scopes: tuple[str, ...] = ()

    def may(self, rule: Rule) -> bool:
        """Tell whether this kind of caller is let in."""
        if rule in SCOPE_RANK:
            return rule in self.scopes or self.rank >= SCOPE_RANK[rule]
        return self.rank >= ROLE_RANK[rule]


KINDS: dict[str, Kind] = {
    "nobody": Kind(lambda app, _: nobody(app), 0),
    "bad key": Kind(lambda app, _: bearing(app, new_secret("in2stem")), -1),
    "expired key": Kind(lambda app, _: with_key(app, "admin", expires_at=now()), -1),
    "revoked key": Kind(lambda app, _: with_key(app, "admin", revoked_at=now()), -1),
    "portal key": Kind(lambda app, _: with_key(app, "portal"), 1, scopes=BY_PORTAL),
    "portal key of this cohort": Kind(lambda app, cohort: with_key(app, "portal", cohort=cohort), 1, scopes=BY_PORTAL),
    "portal key of another cohort": Kind(
        lambda app, _: with_key(app, "portal", cohort="coh_ander"), 1, sees=False, scopes=BY_PORTAL
    ),
    "portal key of another region": Kind(
        lambda app, _: with_key(app, "portal", f"region:{OTHER}"), 1, sees=False, scopes=BY_PORTAL
    ),
    **{
        f"key for {scope}": Kind(lambda app, _, scope=scope: with_key(app, scope), 1, scopes=(scope,))  # type: ignore[misc]
        for scope in SCOPE_RANK
    },
    "key for applications of another cohort": Kind(
        lambda app, _: with_key(app, "applications", cohort="coh_ander"), 1, sees=False, scopes=("applications",)
    ),
    "trusted key for two things": Kind(
        lambda app, _: with_key(app, "suggestions", "applications", trusted=True),
        1,
        scopes=("suggestions", "applications"),
    ),
    "viewer": Kind(lambda app, _: logged_in(app, "viewer", MINE), 2),
    "viewer of another region": Kind(lambda app, _: logged_in(app, "viewer", OTHER), 2, sees=False),
    "coordinator": Kind(lambda app, _: logged_in(app, "coordinator", MINE), 3),
    "coordinator of another region": Kind(lambda app, _: logged_in(app, "coordinator", OTHER), 3, sees=False),
    "coordinator without regions": Kind(lambda app, _: logged_in(app, "coordinator"), 3, sees=False),
    "coordinator's key of another region": Kind(
        lambda app, _: with_key(app, "coordinator", f"region:{OTHER}"), 3, sees=False
    ),
    "blocked person": Kind(lambda app, _: blocked(app), 0),
    "ended login": Kind(lambda app, _: ended(app), 0),
    "admin": Kind(lambda app, _: logged_in(app, "admin"), 4),
}


def fault_of(way: Way, kind: Kind, answer: Response) -> str | None:
    """Tell what is wrong with an answer, None for nothing."""
    got = answer.status_code
    to_log_in = got == 303 and not way.path.startswith("/v1")  # a page sends people to where they log in
    if way.path in PROBES:
        wanted, right = "200", got == 200
    elif way.rule == "participant":  # nobody has the secret in this path, whatever else they may
        wanted, right = "404", got == 404
    elif kind.rank < 0:
        wanted, right = "401", got == 401
    elif way.rule == "anyone":
        wanted, right = "an answer", got not in {403, 405} and got < 500
    elif kind.rank == 0:
        wanted, right = "401", got == 401 or to_log_in
    elif not kind.may(way.rule):
        wanted, right = "403", got == 403
    elif "{cohort}" in way.pattern and not kind.sees:
        wanted, right = "404", got == 404
    else:
        wanted, right = "an answer", got not in {401, 403, 405} and got < 500
    return None if right else f"{way.method} {way.pattern} ({way.rule}): {got} instead of {wanted}"


@pytest.mark.parametrize("name", KINDS)
def test_every_route_lets_in_just_those_it_is_for(database: Database, name: str) -> None:
    app, kind = an_app(database), KINDS[name]
    cohort = a_cohort(a_client(app, "admin"))
    ways = list(ways_of(app, cohort))
    assert len(ways) > 20
    faults, client = [], kind.client(app, cohort)
    for way in ways:
        caller = kind.client(app, cohort) if way.pattern in LOGOUTS else client  # who logs out is out
        fault = fault_of(way, kind, caller.request(way.method, way.path))
        faults += [fault] if fault else []
    assert not faults, "\n".join(faults)


def nothing() -> None:
    """Answer nothing."""


def test_route_that_says_not_who_it_is_for_can_not_be_made() -> None:
    routes = router("/v1/x", "x")
    with pytest.raises(TypeError, match="says not who it is for"):
        routes.get("")(nothing)
    with pytest.raises(TypeError, match="says not who it is for"):
        routes.get("", openapi_extra=access("everyone"))(nothing)  # type: ignore[arg-type]
    routes.get("", openapi_extra=access("anyone"))(nothing)


def test_route_that_nobody_guards_is_found() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    assert list(ways_of(app, "coh")) == []
    app.get("/open")(nothing)
    with pytest.raises(AssertionError, match="APIRoute /open is no Route"):
        list(ways_of(app, "coh"))


def test_fault_is_told_of_each_answer_that_is_wrong() -> None:
    way = Way("GET", "/v1/cohorts/{cohort}", "/v1/cohorts/coh", "coordinator")
    wrong = {"nobody": 200, "bad key": 403, "viewer": 200, "coordinator": 403, "coordinator of another region": 200}
    for name, status in wrong.items():
        answer: Response = type("Answer", (), {"status_code": status})()  # type: ignore[assignment]
        assert fault_of(way, KINDS[name], answer) is not None, name
