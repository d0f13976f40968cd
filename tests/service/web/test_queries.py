"""Is a query parameter that would do nothing refused, on every route of the API?"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_origin

from fastapi.routing import iter_route_contexts

from service.web.pages.page_route import PageRoute
from service.web.query import names_of
from service.web.route import PROBES, Route
from tests.service.access.test_every_route import logged_in, ways_of
from tests.service_client import a_cohort, an_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from fastapi.dependencies.models import Dependant

    from service.database.engine import Database


def routes_of(app: FastAPI) -> dict[str, Route]:
    """Give the routes of the API whose address no other program makes, by method and path."""
    found = {}
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if (
            isinstance(route, Route)
            and not isinstance(route, PageRoute)
            and not route.any_query
            and route.path not in PROBES
        ):
            found |= {f"{method} {context.path or route.path}": route for method in route.methods or ()}
    return found


def queries(one: Dependant) -> Iterator[object]:
    """Give what each query parameter of a route is."""
    yield from (field.field_info.annotation for field in one.query_params)
    for deeper in one.dependencies:
        yield from queries(deeper)


def test_no_query_takes_several_values(database: Database) -> None:
    kinds = [kind for route in routes_of(an_app(database)).values() for kind in queries(route.dependant)]
    assert len(kinds) > 20
    assert not any(get_origin(kind) in (list, tuple, set) for kind in kinds)


def test_a_parameter_that_is_unknown_or_comes_twice_is_refused_on_every_route(database: Database) -> None:
    app = an_app(database)
    client, routes, tried = logged_in(app, "admin"), routes_of(app), 0
    cohort = a_cohort(client)
    for way in ways_of(app, cohort):
        route = routes.get(f"{way.method} {way.pattern}")
        if route is None:
            continue
        known = sorted(names_of(route.dependant))
        asked = [("onzin=1", "unknown_parameter", "onzin")]
        asked += [(f"{one}=1&{one}=2", "repeated_parameter", one) for one in known]
        for query, code, name in asked:
            answer = client.request(way.method, f"{way.path}?{query}")
            assert answer.status_code == 422, f"{way.method} {way.path}?{query}: {answer.text}"
            told = answer.json()
            assert [(one["pointer"], one["code"]) for one in told["errors"]] == [(f"/query/{name}", code)]
            assert f"«{name}»" in told["detail"]
            tried += 1
    assert tried > 150


def test_a_parameter_that_is_nearly_right_is_guessed(database: Database) -> None:
    app = an_app(database)
    client = logged_in(app, "admin")
    path = f"/v1/cohorts/{a_cohort(client)}/rounds"
    assert "Bedoelde u «limit»?" in client.get(f"{path}?limt=3").json()["detail"]
    assert client.get(f"{path}?limit=3").status_code == 200
    assert "Hier wordt niets gevraagd." in client.get("/v1/session?limit=3").json()["detail"]


def test_pages_take_what_a_browser_adds(database: Database) -> None:
    page = logged_in(an_app(database), "admin").get("/cohorten?utm_source=brief")
    assert page.status_code == 200


def test_only_calendars_and_providers_of_logins_may_add_their_own(database: Database) -> None:
    app = an_app(database, oidc_issuer="https://aanmelden.example", oidc_client_id="x", oidc_client_secret="y")  # noqa: S106
    open_to_all = {
        context.path or context.original_route.path
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, Route) and context.original_route.any_query
    }
    assert open_to_all == {"/v1/calendars/{secret}.ics", "/v1/session/oidc/callback"}
    assert logged_in(app, "admin").get("/v1/calendars/onbekend.ics?nocache=1").status_code == 404
