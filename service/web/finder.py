"""Which route answers a path? Looked for among those that begin and are as long as it: of all there are hundreds."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

Shape = tuple[str, int]
"""The first part of a path, and how many parts it has."""


class Finder:
    """The routes of an application in groups of one shape; each group is looked through in its own order.

    A path of no known shape goes to all of them, which answer that it is not there. Raises ValueError for a route
    whose path has no shape.
    """

    def __init__(self, router: APIRouter) -> None:
        """Take the routes that are there now."""
        self._all: ASGIApp = router.app
        self._routes: dict[Shape, list[BaseRoute]] = {}
        self._groups: dict[Shape, ASGIApp] = {}
        for route in router.routes:
            shape = _shape_of_all(route.path)  # type: ignore[attr-defined]
            self._routes.setdefault(shape, []).append(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the group of a request's path answer it."""
        one = self._group(shape_of(scope["path"])) if scope["type"] == "http" else self._all
        await one(scope, receive, send)

    def _group(self, shape: Shape) -> ASGIApp:
        """Give what answers paths of a shape; it is made when the first of them comes."""
        if shape not in self._routes:
            return self._all
        if shape not in self._groups:
            group = APIRouter(redirect_slashes=False)
            group.routes += self._routes[shape]
            self._groups[shape] = group.app
        return self._groups[shape]


@cache
def _shape_of_all(pattern: str) -> Shape:
    """Give the shape of all paths of a route; raises ValueError where they have several."""
    shape = shape_of(pattern)
    if ":" in pattern or "{" in shape[0]:
        raise ValueError(f"the route {pattern} may be of any shape")
    return shape


def shape_of(path: str) -> Shape:
    """Give the shape of a path."""
    return path[1:].partition("/")[0], path.count("/")
