"""Which keys do what, and how does a coordinator get help?"""

from __future__ import annotations

from fastapi import Request, Response

from service.access.rules import access
from service.console.pages import page
from service.console.route import pages

routes = pages()

SHORTCUTS = (
    ("j / k", "naar de volgende of vorige rij"),
    ("Enter", "de rij openen"),
    ("v", "het koppel van deze rij vastzetten of loslaten"),
    ("w", "waarom dit koppel"),
    ("/", "naar het zoekveld"),
    ("g, dan d c r p u", "naar gegevens, controle, ronde, plan of uitval"),
    ("?", "deze lijst"),
)


@routes.get("/sneltoetsen", openapi_extra=access("anyone"))
async def show_shortcuts(request: Request) -> Response:
    """List the keys."""
    return page(request, "sneltoetsen.html", shortcuts=SHORTCUTS)
