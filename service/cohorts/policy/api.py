"""Which policy holds in a cohort, which held before, and what can a policy weigh?"""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

import matcher
from service.access.permissions import access
from service.cohorts.policy import store as rules
from service.cohorts.policy.actions import answer, policy_of, shown
from service.cohorts.policy.shapes import CriteriaOut, RulesIn, RulesOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Limit
from service.web.route import router
from service.web.shapes import EDITED, Key, Page

routes = router("/v1", "beleid")
VersionCursor = Annotated[int | None, Query(alias="cursor", ge=1, le=2**31, description="De «next» van de vorige.")]


@routes.get("/cohorts/{cohort}/rules", response_model=RulesOut, openapi_extra=access("viewer"))
def get_rules(call: Called, cohort: Key) -> Response:
    """Geef het beleid dat geldt. Versie 0 is dat van in2stem zelf."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        row = rules.newest(transaction, cohort)
    return answer(row).response()


@routes.get("/cohorts/{cohort}/rules/versions", response_model=Page[RulesOut], openapi_extra=access("viewer"))
def list_rules(call: Called, cohort: Key, limit: Limit = 50, cursor: VersionCursor = None) -> Response:
    """Geef alle versies van het beleid, de nieuwste eerst."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = rules.listed(transaction, cohort, cursor, limit + 1)
    more = str(rows[limit - 1].version) if len(rows) > limit else None
    return Answer(200, {"items": [shown(row) for row in rows[:limit]], "next": more}).response()


@routes.put("/cohorts/{cohort}/rules", response_model=RulesOut, openapi_extra=access("coordinator"), responses=EDITED)
def replace_rules(call: Called, cohort: Key, body: RulesIn) -> Response:
    """Voeg een nieuwe versie van het beleid toe; If-Match zegt op welke ze voortgaat."""
    policy = policy_of(body)
    with call.database.write() as transaction:
        call.cohort(transaction, cohort)
        row = rules.newest(transaction, cohort)
        call.must_match(row.version, cohort, "rules")
        if policy != row.policy:
            row = rules.add(transaction, cohort, policy, row.version + 1, call.caller.by)
            call.audit(transaction, "rules.changed", str(row.version), cohort)
    return answer(row).response()


@routes.get("/criteria", response_model=CriteriaOut, openapi_extra=access("viewer"))
def list_criteria(call: Called) -> Response:  # noqa: ARG001 - every route takes its call
    """Geef de criteria: naam, titel, gewoon gewicht en de kolommen waarnaar ze kijken."""
    items = [
        {
            "key": one.key,
            "title": one.label,
            "weight": one.weight,
            "columns": [
                {name: getattr(column, name) for name in ("sheet", "name", "field", "meaning", "required")}
                for column in one.columns
            ],
        }
        for one in matcher.all_criteria()
    ]
    return Answer(200, {"items": items}).response()
