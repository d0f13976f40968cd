"""Which policy holds in a cohort, which held before, and what can a policy weigh?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Response

import matcher
from service.access.call import Called
from service.access.route import router
from service.access.rules import access
from service.api.cohorts import Limit
from service.errors import invalid
from service.store import rules
from service.wire.answers import Answer, etag
from service.wire.rules import CriteriaOut, RulesIn, RulesOut
from service.wire.shapes import EDITED, Key, Page

routes = router("/v1", "beleid")
VersionCursor = Annotated[int | None, Query(alias="cursor", ge=1, le=2**31, description="De «next» van de vorige.")]


def answer(row: rules.RulesRow) -> Answer:
    """Write a policy with its ETag."""
    return Answer(200, shown(row), {"ETag": etag(row.version, row.cohort, "rules")})


def shown(row: rules.RulesRow) -> dict[str, Any]:
    """Write a policy."""
    told = {name: value for name, value in row.document.items() if name != "format"}
    return told | {"version": row.version, "created_at": row.created_at}


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


def policy_of(body: RulesIn) -> matcher.Policy:
    """Make the matcher's policy; raises Problem 422 where it can't be meant."""
    _check_weights(body.weights)
    told = body.model_dump()
    sectors = [matcher.Sector(**one | {"nace": tuple(one["nace"])}) for one in told.pop("sectors")]
    try:
        table = matcher.check_sectors(tuple(sectors)) if sectors else ()
    except matcher.InvalidValueError as error:
        raise invalid("/sectors", "sector_table", str(error)) from error
    try:
        policy = matcher.Policy(**{name: _frozen(value) for name, value in told.items()}, sectors=table)
    except matcher.InvalidValueError as error:
        raise invalid("/goals", "goal_order", str(error)) from error
    known = [one.code for one in matcher.sectors_of(policy)]
    for place, one in enumerate(policy.required_sectors):
        if one not in known:
            detail = f"Deze sector is niet gekend. {matcher.did_you_mean(one, known)}"
            raise invalid(f"/required_sectors/{place}", "unknown_sector", detail)
    return policy


def _check_weights(weights: Mapping[str, int]) -> None:
    scoring = {one.key: one.weight for one in matcher.all_criteria() if one.weight > 0}
    for key in weights:
        if key not in scoring:
            detail = f"Dit is geen criterium met een gewicht. {matcher.did_you_mean(key, scoring)}"
            raise invalid(f"/weights/{key}", "unknown_criterion", detail)
    if not any(weights.get(key, usual) for key, usual in scoring.items()):
        raise invalid("/weights", "no_weight", "Alle gewichten zijn 0. Geef minstens één criterium een gewicht.")


def _frozen(value: Any) -> Any:  # noqa: ANN401 - a value of a shape
    return tuple(value) if isinstance(value, list) else value
