"""How do a program and the command line get what was said of a cohort's files: the file `lezen.toml`?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.imports import actions
from service.web.answers import file_answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/reading", "imports")
TOML = "application/toml"


@routes.get(
    "",
    response_class=Response,
    responses={200: {"content": {TOML: {}}}},
    openapi_extra=access(actions.get_reading),
)
def get_reading(call: Called, cohort: Key) -> Response:
    """Geef hoe de bestanden van deze cohorte gelezen worden, als lezen.toml voor naast de bestanden."""
    return file_answer(actions.get_reading(call.work, cohort), "lezen.toml", TOML)
