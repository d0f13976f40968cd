"""How is a plan approved and published, and what changes for whom?"""

from __future__ import annotations

import json
from typing import Any

from service.access.action import action
from service.access.work import Work
from service.core.addresses import path_to
from service.core.crashpoints import reach
from service.core.errors import conflict, existing
from service.core.etag import etag
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.publishing import store as publishing
from service.publishing.mails import mail_publication
from service.publishing.portal_names import tellable, with_names
from service.publishing.shapes import AudienceOut, PublicationOut, ShiftOut
from service.rounds.questions import store as suggestions
from service.rounds.questions.actions import not_studied, suggestions_body
from service.rounds.run import store as rounds
from service.rounds.run.actions import is_stale, round_of, shape_of, solved_round_of
from service.rounds.run.shapes import RoundOut
from service.rounds.run.year_beside import look_at_year
from service.webhooks import store as webhooks

_ALREADY = {
    "approved": "Dit plan is al goedgekeurd. U kunt het publiceren.",
    "published": "Dit plan is al gepubliceerd.",
    "superseded": "Dit plan is al vervangen door een nieuwer. Reken een nieuwe ronde uit.",
}


def tag_of(publication: PublicationOut) -> str:
    """Give the ETag of what is published in a cohort."""
    return etag(publication.number, publication.cohort)


@action("coordinator")
def approve(work: Work, cohort: str, round_id: str) -> RoundOut:
    """Approve a plan that was drafted; of the version that was read, where that is told."""

    def effect(transaction: Transaction) -> RoundOut:
        row = _locked(work, transaction, cohort, round_id)
        if row.state != "draft":
            raise conflict(f"already_{row.state}", _ALREADY[row.state])
        _solved(row)
        rounds.set_state(transaction, row.id, row.version, "approved")
        work.audit(transaction, "round.approved", row.id, cohort)
        return shape_of(transaction, round_of(work, transaction, cohort, row.id))

    return work.once({"approve": round_id}, RoundOut, effect)


@action("coordinator")
def publish(work: Work, cohort: str, round_id: str) -> PublicationOut:
    """Publish an approved plan in the place of the one before; the portal shows it at once."""

    def effect(transaction: Transaction) -> PublicationOut:
        row = _locked(work, transaction, cohort, round_id)
        _check_publishable(transaction, row)
        made = publishing.publish(transaction, cohort, row.id, work.caller.by)
        reach("publish.inside")
        work.audit(transaction, "round.published", row.id, cohort, number=made.number)
        webhooks.announce(transaction, "plan.published", cohort, {"round": row.id, "number": made.number})
        look_at_year(transaction, cohort)
        shape = _shape_of(transaction, made)
        mail_publication(work, transaction, shape, row)
        return shape

    reach("publish.before")
    made = work.once({"publish": round_id}, PublicationOut, effect)
    work.process.published.forget(cohort)
    reach("publish.after")
    return made


@action("viewer")
def get_publication(work: Work, cohort: str) -> PublicationOut:
    """Give what is published, and for whom it differs from what was before; raises Problem 404 for nothing."""
    with work.reading(cohort) as transaction:
        row = existing(publishing.newest(transaction, cohort), "Een gepubliceerd plan", "not_published")
        return _shape_of(transaction, row)


@action("viewer")
def get_audience(work: Work, cohort: str, round_id: str) -> AudienceOut:
    """Give the pairs that the portal would show of a round, and for whom something would change."""
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        body = suggestions.of_round(transaction, row.id, *suggestions.PAIRINGS)
        if body is None:
            raise not_studied(transaction, row)
        compared = _compared_with(transaction, row)
        shown = with_names(body, tellable(transaction, cohort))
        return AudienceOut(**json.loads(shown), **_changes(transaction, compared, row))


@action("viewer")
def get_audience_of_one(work: Work, cohort: str, round_id: str, school: str | None, mentor: str | None) -> bytes:
    """Give the very bytes (PublicSuggestionsOut) that the portal would send to one school, or to one mentor."""
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        return with_names(suggestions_body(transaction, row, school, mentor), tellable(transaction, cohort))


def _shape_of(transaction: Transaction, row: publishing.PublicationRow) -> PublicationOut:
    now_public = rounds.by_id(transaction, row.round)
    assert now_public is not None  # noqa: S101 - a publication goes with its round
    before = publishing.newest(transaction, row.cohort, below=row.number)
    earlier = before.round if before is not None else None
    pairs = len(now_public.plan["pairs"]) if now_public.plan is not None else 0
    return PublicationOut.from_row(row, pairs=pairs, before=earlier, **_changes(transaction, earlier, now_public))


def _compared_with(transaction: Transaction, row: rounds.RoundRow) -> str | None:
    """Give the round that is public now, or was before this one where it is public itself."""
    public = publishing.newest(transaction, row.cohort)
    if public is None or public.round != row.id:
        return public.round if public is not None else None
    earlier = publishing.newest(transaction, row.cohort, below=public.number)
    return earlier.round if earlier is not None else None


def _changes(transaction: Transaction, before: str | None, row: rounds.RoundRow) -> dict[str, Any]:
    """Tell for whom a round's plan differs from an earlier one; from nothing it differs for everybody."""
    earlier = rounds.by_id(transaction, before) if before is not None else None
    old = _by_school(earlier.plan if earlier is not None else None)
    new = _by_school(row.plan)
    moved = [
        ShiftOut(
            school=one,
            goes=sorted(old.get(one, set()) - new.get(one, set())),
            comes=sorted(new.get(one, set()) - old.get(one, set())),
        )
        for one in sorted(old.keys() | new.keys())
        if old.get(one) != new.get(one)
    ]
    return {"changes": moved, "mentors": sorted({who for one in moved for who in (*one.goes, *one.comes)})}


def _by_school(plan: Any) -> dict[str, set[str]]:  # noqa: ANN401 - a document, or none
    found: dict[str, set[str]] = {}
    for pair in plan["pairs"] if plan is not None else ():
        found.setdefault(pair["school"], set()).add(pair["mentor"])
    return found


def _locked(work: Work, transaction: Transaction, cohort: str, round_id: str) -> rounds.RoundRow:
    """Give the round while nobody else publishes, or changes what is published, in this cohort."""
    work.hold(transaction, cohort)
    row = round_of(work, transaction, cohort, round_id)
    if work.read_version is not None:
        work.must_match(row.version, row.id)
    return row


def _solved(row: rounds.RoundRow) -> None:
    if row.plan is None or row.plan["status"] not in ("proven", "feasible"):
        raise conflict("no_plan", "Deze ronde heeft (nog) geen plan.", job=path_to("/v1/jobs/{}", row.job))


def _check_publishable(transaction: Transaction, row: rounds.RoundRow) -> None:
    """Refuse what is not approved, not finished, or made of data that changed; raises Problem 409."""
    if row.state in ("published", "superseded"):
        raise conflict(f"already_{row.state}", _ALREADY[row.state])
    _solved(row)
    if row.state != "approved":
        raise conflict("not_approved", "Dit plan is nog niet goedgekeurd. Keur het eerst goed.")
    if not jobs.all_done(transaction, row.id, "study_round"):
        raise not_studied(transaction, row)
    public = publishing.newest(transaction, row.cohort)
    if row.previous is not None and (public is None or public.round != row.previous):
        detail = "Dit plan herstelt een plan dat intussen vervangen is. Reken een nieuwe ronde uit."
        raise conflict("other_published", detail)
    if is_stale(transaction, row):
        detail = "De gegevens zijn gewijzigd sinds dit plan gemaakt is. Reken een nieuwe ronde uit."
        raise conflict("stale", detail)
