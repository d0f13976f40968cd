"""How is chosen when and how applications are taken, and told to who wants to apply?"""

from __future__ import annotations

from service.access import scope
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import actions as papers
from service.core.errors import invalid, not_found
from service.database.ids import now
from service.trajectory.applications import rules
from service.trajectory.applications.shapes import ApplicationRulesIn, ApplicationRulesOut, OpenOut


def tag_of(cohort: str, told: ApplicationRulesOut) -> str:
    """Give the ETag of when and how applications are taken."""
    return papers.tag_of_version(told.version, cohort, rules.KIND)


@action("coordinator")
def get_application_rules(work: Work, cohort: str) -> ApplicationRulesOut:
    """Give when and how applications are taken."""
    with work.reading(cohort) as transaction:
        row = rules.kept(transaction, cohort)
        return ApplicationRulesOut.from_row(rules.rules_of(transaction, cohort), **papers.stamp_of(row))


@action("coordinator")
def change_application_rules(work: Work, cohort: str, body: ApplicationRulesIn) -> ApplicationRulesOut:
    """Choose when and how applications are taken, in the place of the version that was read."""
    if body.opens_at is not None and body.closes_at is not None and body.closes_at <= body.opens_at:
        raise invalid("/closes_at", "before_opening", "De laatste dag komt voor de eerste.")
    with work.changing(cohort) as transaction:
        row = rules.kept(transaction, cohort)
        papers.must_match(work, row)
        made = papers.written(work, transaction, row, body.model_dump(mode="json"), "application_rules.changed")
        return ApplicationRulesOut.from_row(rules.rules_of(transaction, cohort), **papers.stamp_of(made))


@action("anyone")
def get_open(work: Work, cohort: str) -> OpenOut:
    """Tell whether and until when one can apply; raises Problem 404 for no cohort."""
    with work.reading() as transaction:
        found = scope.find(transaction, cohort)
        if found is None:
            raise not_found("Deze cohorte")
        kept = rules.rules_of(transaction, cohort)
    moment, really = now(), kept.as_long_as_kept(found.keep_until)
    is_open = really.is_open(moment)
    told = kept if is_open else really
    members = ("opens_at", "closes_at", "days_to_confirm")
    return OpenOut(open=is_open, **{name: getattr(told, name) for name in members})
