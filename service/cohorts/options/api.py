"""From which lists does a form choose? For anybody, so that a portal need not copy them."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.options import actions
from service.cohorts.options.shapes import OptionsOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

product = router("/v1/options", "keuzelijsten")
routes = router("/v1/public/cohorts/{cohort}/options", "keuzelijsten")

CACHED = "public, max-age=3600"
"""The product's own lists change with a new version alone."""


@product.get("", openapi_extra=access(actions.get_options))
def get_options(call: Called, response: Response) -> OptionsOut:
    """Geef de keuzelijsten: sectoren, velden met hun studierichtingen, halve dagen, netten, provincies en andere."""
    response.headers["Cache-Control"] = CACHED
    return actions.get_options(call.work)


@routes.get("", openapi_extra=access(actions.get_cohort_options))
def get_cohort_options(call: Called, cohort: Key) -> OptionsOut:
    """Geef de keuzelijsten van een cohorte; ze kan eigen sectoren hebben."""
    return actions.get_cohort_options(call.work, cohort)
