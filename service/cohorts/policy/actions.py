"""How is the policy of a cohort read, checked and replaced?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.core.errors import invalid
from service.core.etag import etag
from service.web.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.cohorts.policy import store as rules
    from service.cohorts.policy.shapes import RulesIn


def answer(row: rules.RulesRow) -> Answer:
    """Write a policy with its ETag."""
    return Answer(200, shown(row), {"ETag": etag(row.version, row.cohort, "rules")})


def shown(row: rules.RulesRow) -> dict[str, Any]:
    """Write a policy."""
    told = {name: value for name, value in row.document.items() if name != "format"}
    return told | {"version": row.version, "created_at": row.created_at}


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
