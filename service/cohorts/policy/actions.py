"""How is the policy of a cohort read, checked and replaced?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.policy import store as rules
from service.cohorts.policy.shapes import CriteriaOut, CriterionOut, RulesIn, RulesOut
from service.core.errors import invalid, not_found
from service.core.etag import etag
from service.web.paging import page_of
from service.web.shapes import Page

COLUMN = ("sheet", "name", "field", "meaning", "required")


def tag_of(cohort: str, policy: RulesOut) -> str:
    """Give the ETag of a cohort's policy."""
    return etag(policy.version, cohort, "rules")


def shape_of(row: rules.RulesRow) -> RulesOut:
    """Write a version of a policy."""
    values = {name: value for name, value in row.document.items() if name != "format"}
    return RulesOut(**values, version=row.version, created_at=row.created_at)


@action("viewer")
def get_rules(work: Work, cohort: str) -> RulesOut:
    """Give the policy that holds; version 0 is the product's own."""
    with work.reading(cohort) as transaction:
        return shape_of(rules.newest(transaction, cohort))


@action("viewer")
def list_rules(work: Work, cohort: str, limit: int, before: int | None = None) -> Page[RulesOut]:
    """Give versions of the policy, the newest first, those below `before` where that is told."""
    with work.reading(cohort) as transaction:
        rows = rules.listed(transaction, cohort, before, limit + 1)
    return page_of(shape_of, rows, limit, lambda row: str(row.version))


@action("coordinator")
def replace_rules(work: Work, cohort: str, body: RulesIn) -> RulesOut:
    """Add a version of the policy to the one that was read; what is the same as before adds none."""
    policy = policy_of(body)
    with work.writing(cohort) as transaction:
        row = rules.newest(transaction, cohort)
        work.must_match(row.version, cohort, "rules")
        if policy != row.policy:
            row = rules.add(transaction, cohort, policy, row.version + 1, work.caller.by)
            work.audit(transaction, "rules.changed", str(row.version), cohort)
    return shape_of(row)


@action("coordinator")
def restore_rules(work: Work, cohort: str, version: int) -> RulesOut:
    """Have an earlier version hold again, as a new one; 0 is the product's own. Raises Problem 404 for none."""
    with work.writing(cohort) as transaction:
        row = rules.newest(transaction, cohort)
        older = rules.listed(transaction, cohort, version + 1, 1) if version else []
        if version and (not older or older[0].version != version):
            raise not_found(f"Versie {version} van de regels")
        policy = older[0].policy if older else matcher.Policy()
        if policy != row.policy:
            row = rules.add(transaction, cohort, policy, row.version + 1, work.caller.by)
            work.audit(transaction, "rules.changed", str(row.version), cohort)
    return shape_of(row)


@action("viewer")
def list_criteria(work: Work) -> CriteriaOut:  # noqa: ARG001 - an action knows its work
    """Give the criteria: name, title, usual weight, and the columns that they look at."""
    items = [
        CriterionOut(
            key=one.key,
            title=one.label,
            weight=one.weight,
            columns=[{name: getattr(column, name) for name in COLUMN} for column in one.columns],  # type: ignore[misc]
        )
        for one in matcher.all_criteria()
    ]
    return CriteriaOut(items=items)


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
    if isinstance(value, dict):
        return {name: _frozen(one) for name, one in value.items()}
    return tuple(value) if isinstance(value, list) else value
