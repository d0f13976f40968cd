"""How is chosen what the portal shows, and noted who agrees to it?"""

from __future__ import annotations

from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import actions as papers
from service.cohorts.members import store as members
from service.cohorts.members.store import Side
from service.cohorts.portal import store
from service.cohorts.portal.shapes import ConsentOut, ConsentsIn, ConsentsOut, PortalIn, PortalOut
from service.core.errors import invalid, not_found
from service.database.engine import Transaction


@action("coordinator")
def get_portal(work: Work, cohort: str) -> PortalOut:
    """Give what the portal shows of who agreed."""
    with work.reading(cohort) as transaction:
        row = store.shown(transaction, cohort)
        return papers.shaped(PortalOut, row, row.document)


@action("coordinator")
def change_portal(work: Work, cohort: str, body: PortalIn) -> PortalOut:
    """Choose what the portal shows, in the place of the version that was read; it does so at once."""
    with work.changing(cohort) as transaction:
        row = store.shown(transaction, cohort)
        papers.must_match(work, row)
        made = papers.written(work, transaction, row, body.model_dump(), "portal.changed")
    work.process.published.forget(cohort)
    return papers.shaped(PortalOut, made, made.document)


def tag_of(cohort: str, portal: PortalOut) -> str:
    """Give the ETag of what the portal shows."""
    return papers.tag_of_version(portal.version, cohort, "portal")


@action("coordinator")
def list_consents(work: Work, cohort: str) -> ConsentsOut:
    """Give who agreed to be shown, the schools first."""
    with work.reading(cohort) as transaction:
        return _consents(transaction, cohort)


@action("coordinator")
def add_consents(work: Work, cohort: str, body: ConsentsIn) -> ConsentsOut:
    """Note that schools or mentors agree to be shown; raises Problem 422 for one that is not in the cohort."""

    def effect(transaction: Transaction) -> ConsentsOut:
        work.hold(transaction, cohort)
        known = {row.id for row in members.listed(transaction, body.side, cohort)}
        for place, key in enumerate(body.ids):
            if key not in known:
                raise invalid(f"/ids/{place}", "unknown_member", f"Nummer {key} staat niet in deze cohorte.")
        added = store.agree(transaction, cohort, body.side, body.ids, body.wording, work.caller.by)
        work.audit(transaction, "consent.noted", cohort, cohort, side=body.side, count=added)
        return _consents(transaction, cohort)

    told = work.once(body, ConsentsOut, effect)
    work.process.published.forget(cohort)
    return told


@action("coordinator")
def remove_consent(work: Work, cohort: str, side: Side, key: str) -> None:
    """Note that a school or mentor agrees no longer: the portal shows them no more. Raises Problem 404."""
    with work.changing(cohort) as transaction:
        if not store.take_back(transaction, cohort, side, [key]):
            raise not_found("Deze toestemming")
        work.audit(transaction, "consent.withdrawn", key, cohort, side=side)
    work.process.published.forget(cohort)


def _consents(transaction: Transaction, cohort: str) -> ConsentsOut:
    return ConsentsOut(items=[ConsentOut.from_row(row) for row in store.consents(transaction, cohort)])
