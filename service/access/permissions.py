"""What may each kind of caller do? Every route says who it is for; the order of roles says the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from service.access.callers import Caller, Role, unauthorized
from service.access.people import ROLES
from service.core.errors import Problem

Rule = Literal[
    "anyone", "participant", "portal", "suggestions", "publication", "applications", "viewer", "coordinator", "admin"
]
RULES: tuple[Rule, ...] = get_args(Rule)
LEAST: Mapping[Rule, Role] = {
    "portal": "viewer",
    "suggestions": "viewer",
    "publication": "viewer",
    "applications": "coordinator",
}
"""Of a rule for keys of the portal: from which role on people may do it too."""

OF_PORTAL: frozenset[str] = frozenset(LEAST)
"""The rules of what a portal asks for its visitors."""

MEMBER = "x-access"
RULE = "access_rule"
"""The attribute of an action that says who it is for; routes and pages take theirs from it."""

MOST_BODY = "x-most-body"
"""Says of a route how many bytes its body may have, where that is not the usual number."""

ANY_QUERY = "x-any-query"
"""Says of a route of the API that its address may hold more than it knows: another program makes that address."""

EARLY = "x-before-second-step"
"""Says of a route that a person may use it who must still set the second step that the organisation asks."""

EARLY_MARK = "before_step"
"""The attribute of an action that says so."""

STEP_NEEDED = "second_step_needed"

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def access(rule: Rule | Callable[..., object], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what OpenAPI tells
    """Say who a route is for, for `openapi_extra`: those whom its action lets in, or a role and all above it.

    `portal` is for every key of the portal too, `suggestions` and the like for those with that scope.
    `participant` is for who comes by the secret address of their own page.
    """
    if getattr(rule, EARLY_MARK, False):
        more[EARLY] = True
    rule = getattr(rule, RULE, rule)
    security: list[dict[str, list[str]]] = [] if rule in ("anyone", "participant") else [{"key": []}, {"login": []}]
    return {MEMBER: rule, "security": security, **more}


def admit(rule: Rule, caller: Caller, *, early: bool = False) -> None:
    """Let a caller through or raise Problem 401 or 403; `early` is also for who still lacks a second step."""
    if rule == "anyone":
        return
    if caller.role == "nobody":
        raise unauthorized("Meld u eerst aan, of geef een sleutel mee.")
    if "participant" in (rule, caller.role):
        allowed = rule == caller.role
    elif caller.role == "portal":
        allowed = rule == "portal" or rule in caller.scopes
    else:
        allowed = ROLES.index(caller.role) >= ROLES.index(LEAST.get(rule, rule))
    if not allowed:
        raise Problem(HTTPStatus.FORBIDDEN, "forbidden", "U hebt hier geen toegang toe. Vraag het aan een beheerder.")
    if caller.lacks_step and not early:
        detail = "Hier logt iedereen in met een tweede stap. Stel die eerst in, op de pagina Profiel."
        raise Problem(HTTPStatus.FORBIDDEN, STEP_NEEDED, detail)


def refuse_foreign_page(method: str, headers: Mapping[str, str], caller: Caller, url: str) -> None:
    """Refuse a change that another site's page asks with a person's cookie; raises Problem 403.

    Browsers say where a request comes from (Sec-Fetch-Site, else Origin); programs say nothing. Ours is the
    host that was asked, or the one of `url`, the address that people type, where a proxy stands before us.
    """
    if method in SAFE or caller.is_key:
        return
    site = headers.get("sec-fetch-site")
    if site != "none" and (site or headers.get("origin")) and not from_own_page(headers, url):
        raise Problem(HTTPStatus.FORBIDDEN, "foreign_page", "Deze vraag komt van een andere site.")


def from_own_page(headers: Mapping[str, str], url: str) -> bool:
    """Tell whether a browser says that a page of ours asks this; silence is no."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    ours = (headers.get("host"), urlsplit(url).netloc)
    return site == "same-origin" if site else bool(origin) and _host_of(origin or "") in ours


def _host_of(origin: str) -> str:
    """Give the host and port of an Origin, empty where it has none or is not to be read."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
