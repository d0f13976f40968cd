"""Which keys do what, and how does a coordinator get help?"""

from __future__ import annotations

from fastapi import Request, Response

from service.access.permissions import access
from service.web.pages.forms import read_form
from service.web.pages.page import KEYS_COOKIE, KEYS_OFF, page
from service.web.pages.page_route import go, pages

routes = pages()

YEAR = 365 * 24 * 60 * 60

PLACES = {
    "d": "Gegevens",
    "c": "Controle",
    "r": "Ronde",
    "p": "Plan",
    "b": "Publiceren",
    "u": "Uitval",
    "v": "Vergelijken",
    "n": "Lerend netwerk",
    "t": "Traject",
    "o": "Archief",
}
"""Where g and then a letter goes; the script holds the same letters."""

SHORTCUTS = (
    (("j",), "naar de volgende rij"),
    (("k",), "naar de vorige rij"),
    (("Enter",), "de rij openen"),
    (("v",), "het koppel van deze rij vastzetten of losmaken"),
    (("w",), "waarom dit koppel"),
    (("/",), "naar het zoekveld"),
    *((("g", key), f"naar {place}") for key, place in PLACES.items()),
    (("?",), "deze lijst"),
)


@routes.get("/sneltoetsen", openapi_extra=access("anyone"))
async def show_shortcuts(request: Request) -> Response:
    """List the keys."""
    return page(request, "sneltoetsen.html", shortcuts=SHORTCUTS)


@routes.post("/sneltoetsen", openapi_extra=access("anyone"))
async def switch_shortcuts(request: Request) -> Response:
    """Have letters do something or nothing in this browser, for a year."""
    form, answer = await read_form(request), go("/sneltoetsen")
    if form["stand"] == KEYS_OFF:
        answer.set_cookie(KEYS_COOKIE, KEYS_OFF, max_age=YEAR, path="/", httponly=True, samesite="lax")
    else:
        answer.delete_cookie(KEYS_COOKIE, path="/", httponly=True, samesite="lax")
    return answer
