"""How do the dates and limits of applications stand in a form? Moments of the clock in Brussels, and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import matcher
from service.access.work import Work
from service.core.errors import Problem, invalid
from service.database.ids import now
from service.trajectory.applications.rules_actions import get_application_rules, get_open, tag_of
from service.trajectory.applications.shapes import ApplicationRulesIn
from service.web.faults import read_shape
from service.web.pages.forms import Form, version_of

FIELDS = {"opens_at": "vanaf", "closes_at": "tot"}


@dataclass(frozen=True, slots=True)
class RulesOfPage:
    """What the page shows: whether one can apply now, and the form's fields as text."""

    open: bool
    closed_since: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    version: str
    first: str
    until: str
    days: str
    most: str


def rules_of_page(work: Work, cohort: str, form: Form | None, problem: Problem | None) -> RulesOfPage:
    """Give the dates and limits as the page shows them."""
    told = get_application_rules(work, cohort)
    now_told = get_open(work, cohort)
    begun = told.opens_at is None or told.opens_at <= now()
    return RulesOfPage(
        now_told.open,
        now_told.closes_at if begun and not now_told.open else None,
        told.opens_at,
        told.closes_at,
        version_of(tag_of(cohort, told), form, problem),
        _local(told.opens_at),
        _local(told.closes_at),
        str(told.days_to_confirm),
        str(told.most_an_hour),
    )


def read_rules(form: Form) -> ApplicationRulesIn:
    """Read the form; raises Problem 422 for what can't be read."""
    moments = {name: _moment(form, field) for name, field in FIELDS.items()}
    numbers = {"days_to_confirm": form.whole("dagen"), "most_an_hour": form.whole("per_uur")}
    return read_shape(ApplicationRulesIn, {**moments, **numbers})


def _local(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(matcher.BRUSSELS).strftime("%Y-%m-%dT%H:%M")


def _moment(form: Form, name: str) -> str | None:
    text = form[name].strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        detail = f"«{text[:40]}» is geen dag met een uur. Schrijf bijvoorbeeld 2026-10-31T18:00."
        raise invalid(f"#{name}", "no_moment", detail) from error
    return (found if found.tzinfo is not None else found.replace(tzinfo=matcher.BRUSSELS)).isoformat()
