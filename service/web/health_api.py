"""Does the service live, and can it work?"""

from __future__ import annotations

from typing import Literal

from fastapi import Request, Response

from service.access.permissions import access
from service.database.migrate import check_newest
from service.web.answers import Answer
from service.web.route import router
from service.web.shapes import Shape

routes = router("", "dienst")


class Health(Shape):
    """How it goes."""

    status: Literal["ok"]


@routes.get("/livez", response_model=Health, openapi_extra=access("anyone"))
async def live() -> Response:
    """Zeg dat het proces leeft."""
    return Answer(200, {"status": "ok"}).response()


@routes.get("/readyz", response_model=Health, openapi_extra=access("anyone"))
def ready(request: Request) -> Response:
    """Zeg of de databank bereikbaar is en van de juiste versie."""
    check_newest(request.app.state.database)
    return Answer(200, {"status": "ok"}).response()
