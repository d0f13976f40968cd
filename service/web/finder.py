"""Which route answers a path? Looked for among those that begin and are as long as it: of all there are hundreds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
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
        groups: dict[Shape, APIRouter] = {}
        for route in router.routes:
            path = str(route.path)  # type: ignore[attr-defined]
            if ":" in path or "{" in shape_of(path)[0]:
                raise ValueError(f"the route {path} may be of any shape")
            groups.setdefault(shape_of(path), APIRouter(redirect_slashes=False)).routes.append(route)
        self._groups: dict[Shape, ASGIApp] = {shape: group.app for shape, group in groups.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the group of a request's path answer it."""
        one = self._groups.get(shape_of(scope["path"]), self._all) if scope["type"] == "http" else self._all
        await one(scope, receive, send)


def shape_of(path: str) -> Shape:
    """Give the shape of a path."""
    return path[1:].partition("/")[0], path.count("/")
