"""Does a request reach the route that it reached when all were looked through?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import APIRouter
from starlette.routing import Match

from service.web.finder import Finder, shape_of
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from service.database.engine import Database


def first(routes: list[BaseRoute], scope: dict[str, Any]) -> BaseRoute:
    return next(one for one in routes if one.matches(scope)[0] == Match.FULL)


def test_first_route_of_a_shape_is_the_first_of_all(database: Database) -> None:
    routes = an_app(database).router.routes
    for route in routes:
        path = re.sub(r"\{[^}]*\}", "x", route.path)  # type: ignore[attr-defined]
        group = [one for one in routes if shape_of(one.path) == shape_of(path)]  # type: ignore[attr-defined]
        assert len(group) < len(routes) / 4
        for method in route.methods:  # type: ignore[attr-defined]
            scope = {"type": "http", "path": path, "method": method, "root_path": ""}
            assert first(group, scope) is first(routes, scope)


@pytest.mark.parametrize("path", ["/v1/nergens", "/nergens/is/dit", "/v1", "/cohorten/x/nergens"])
def test_path_of_no_route_is_not_there(database: Database, path: str) -> None:
    assert a_client(an_app(database), "coordinator").get(path).status_code == 404


def test_other_method_is_refused_with_those_that_may(database: Database) -> None:
    answer = a_client(an_app(database), "coordinator").delete("/v1/cohorts")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("path", ["/v1/{rest:path}", "/{name}/x"])
def test_route_of_any_shape_is_refused(path: str) -> None:
    routes = APIRouter()
    routes.add_api_route(path, lambda: None)
    with pytest.raises(ValueError, match="any shape"):
        Finder(routes)
