"""Where does somebody land who opens the address that a form goes to? On the page that the form stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Request
from starlette.routing import Match

from service.core.addresses import path_to
from service.core.errors import Problem

STANDS_ON = "x-stands-on"
"""Says of a form's route on which page it stands, for `access`, where that is not the one its address lies under.

{} is the cohort of its path.
"""

NO_PAGE = "Dit adres hoort bij een formulier; het is geen pagina die u kunt openen. Er is niets gewijzigd."


def page_of_form(request: Request) -> str | None:
    """Give the page of a form, where what is asked is the address that this form goes to; None at any other address.

    One opens such an address by a link that was copied, or by pressing Enter in the bar of the browser. Of a form that
    stands on no page that is known it is an empty text.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    routes, path = request.app.router.routes, request.scope["path"]
    form = _form_at(routes, path)
    if form is None:
        return None
    route, named = form
    told = (route.openapi_extra or {}).get(STANDS_ON, "")
    try:
        whose = [named["cohort"]] if "{}" in told else []
        found = path_to(told, *whose) or _above(routes, path)
    except Problem:  # a part that climbs
        return ""
    bare, mark, place = found.partition("#")
    return f"{bare}?{request.url.query}{mark}{place}" if found and request.url.query else found


def can_be_opened(routes: Iterable[Any], path: str) -> bool:
    """Tell whether some route shows a page at a path."""
    return _route_at(routes, "GET", path) is not None


def _above(routes: Iterable[Any], path: str) -> str:
    """Give the nearest page that a path lies under, empty where there is none."""
    parts = path.split("/")[:-1]
    while len(parts) > 1:
        above = "/".join(parts)
        if can_be_opened(routes, above) and _form_at(routes, above) is None:
            return path_to("/".join(["{}"] * len(parts)), *parts)
        parts.pop()
    return ""


def _form_at(routes: Iterable[Any], path: str) -> tuple[Any, Mapping[str, str]] | None:
    """Find the route of the form that goes to a path where no page of its own stands, and the parts of that path."""
    found = _route_at(routes, "POST", path)
    if found is None or any(one.path == found[0].path and "GET" in one.methods for one in routes):
        return None
    return found


def _route_at(routes: Iterable[Any], method: str, path: str) -> tuple[Any, Mapping[str, str]] | None:
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    for one in routes:
        matched, more = one.matches(scope)
        if matched is Match.FULL:
            return one, more["path_params"]
    return None
