"""How is a round begun, found and read?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import matcher
from service.access import scope
from service.access.action import action
from service.access.work import Work
from service.cohorts.members.redact_for_viewers import unnamed
from service.core.addresses import path_to
from service.core.content_cache import Newest
from service.core.errors import conflict, existing
from service.core.etag import etag
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.rounds.given.known_hash import KNOWN
from service.rounds.given.round_of_rows import given_from, given_of
from service.rounds.given.rows_store import Rows, rows_of
from service.rounds.run import store as rounds
from service.rounds.run.shapes import PairingOut, PlanOut, RoundIn, RoundOut
from service.web.paging import page_of
from service.web.shapes import Page

UNNAMED = Newest(16)
"""The plans that were looked at last by who may see no names."""


@action("coordinator")
def add_round(work: Work, cohort: str, body: RoundIn) -> RoundOut:
    """Have a round solved with the data of now; the plan comes later."""

    def effect(transaction: Transaction) -> RoundOut:
        work.cohort(transaction, cohort)
        return shape_of(transaction, begin_round(work, transaction, cohort, repair=body.repair))

    return work.once(body, RoundOut, effect)


@action("viewer")
def list_rounds(work: Work, cohort: str, limit: int, cursor: str | None = None) -> Page[RoundOut]:
    """Give the rounds of a cohort, the newest first, without their plans."""
    with work.reading(cohort) as transaction:
        rows = rounds.listed(transaction, cohort, cursor, limit + 1)
        return page_of(partial(shape_of, transaction), rows, limit, lambda row: row.id)


@action("viewer")
def get_round(work: Work, cohort: str, round_id: str) -> RoundOut:
    """Give a round with its plan in short."""
    with work.reading() as transaction:
        row = round_of(work, transaction, cohort, round_id)
        return shape_of(transaction, row, stale=is_stale(transaction, row))


@action("coordinator")
def stop_round(work: Work, cohort: str, round_id: str) -> RoundOut:
    """Have the computing of a round stop; the best plan so far is kept."""
    with work.writing() as transaction:
        row = round_of(work, transaction, cohort, round_id)
        if row.job is not None:
            jobs.ask_stop(transaction, row.job)
        work.audit(transaction, "round.stop_asked", row.id, cohort)
        return shape_of(transaction, row)


@action("viewer")
def list_pairings(work: Work, cohort: str, round_id: str) -> Page[PairingOut]:
    """Give the pairs of a round, each with its reasons."""
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
    pairs = row.plan["pairs"] if row.plan is not None else []
    items = [PairingOut(**{name: pair[name] for name in PairingOut.model_fields}) for pair in pairs]
    return Page(items=items, next=None)


@action("viewer")
def get_plan(work: Work, cohort: str, round_id: str) -> Mapping[str, Any]:
    """Give the whole plan, as plan.json has it; raises Problem 409 where there is none yet."""
    with work.reading() as transaction:
        row = round_of(work, transaction, cohort, round_id)
    if row.plan is None:
        raise conflict("no_plan", "Deze ronde heeft nog geen plan.", job=path_to("/v1/jobs/{}", row.job))
    return row.plan


def tag_of(found: RoundOut) -> str:
    """Give the ETag of a round."""
    return etag(found.version, found.id)


def shape_of(transaction: Transaction, row: rounds.RoundRow, *, stale: bool | None = None) -> RoundOut:
    """Write a round."""
    job = jobs.find(transaction, row.job) if row.job is not None else None
    study_job, studied = jobs.progress(transaction, row.id, "study_round")
    return RoundOut.from_row(
        row,
        job_state=job.state if job is not None else None,
        studied=studied,
        study_job=study_job,
        stale=stale,
        repairs=row.previous,
        plan_status=row.plan_status if row.plan is None else row.plan["status"],
        plan=_plan(row.plan) if row.plan is not None else None,
    )


def _plan(plan: Any) -> PlanOut:  # noqa: ANN401 - a document
    found = plan["conflict"]
    values = {name: plan[name] for name in ("status", "goals", "open_places", "travel_source", "notes")}
    why = found and {key: found[key] for key in ("sentence", "remedies")}
    return PlanOut.model_validate(values | {"pairs": len(plan["pairs"]), "conflict": why})


def round_of(work: Work, transaction: Transaction, cohort: str, key: str) -> rounds.RoundRow:
    """Give a round of a cohort that is the caller's; raises Problem 404. `laatste` and `gepubliceerd` are names too."""
    work.cohort(transaction, cohort)
    return work.remembered(("round", cohort, key), lambda: _found(work, transaction, cohort, key))


def _found(work: Work, transaction: Transaction, cohort: str, key: str) -> rounds.RoundRow:
    row = rounds.of_state(transaction, cohort, "published") if key == "gepubliceerd" else None
    if key == "laatste":
        newest = rounds.listed(transaction, cohort, None, 1)
        key = newest[0].id if newest else key
    row = existing(row or rounds.find(transaction, cohort, key), "Deze ronde")
    return _as_read(work, row)


def published_of(work: Work, transaction: Transaction, cohort: str) -> rounds.RoundRow | None:
    """Give the published round of a cohort that is the caller's, None where none is; raises Problem 404."""
    work.cohort(transaction, cohort)
    row = rounds.of_state(transaction, cohort, "published")
    return None if row is None else _as_read(work, row)


def _as_read(work: Work, row: rounds.RoundRow) -> rounds.RoundRow:
    """Give a round as this caller may read it: who may not see names reads numbers in a plan's sentences."""
    if work.is_trusted:
        return row
    return replace(row, plan=UNNAMED.of(row.id, (row.given, row.plan), lambda kept: unnamed(work, *kept)))


def solved_round_of(work: Work, transaction: Transaction, cohort: str, key: str) -> rounds.RoundRow:
    """Give a round that has a plan; raises Problem 409 where it has none (yet)."""
    row = round_of(work, transaction, cohort, key)
    if row.plan is None or row.plan["status"] not in ("proven", "feasible"):
        raise conflict("no_plan", "Deze ronde heeft (nog) geen plan.", job=path_to("/v1/jobs/{}", row.job))
    return row


def begin_round(work: Work, transaction: Transaction, cohort: str, *, repair: bool | None) -> rounds.RoundRow:
    """Take the cohort as it is now and have it solved; raises Problem 409 where that happens already."""
    scope.touch(transaction, cohort)
    busy = rounds.being_solved(transaction, cohort)
    if busy is not None:
        detail = "Er wordt al een ronde van deze cohorte uitgerekend. Wacht, of stop die eerst."
        raise conflict("already_solving", detail, job=path_to("/v1/jobs/{}", busy.job), round=busy.id)
    published = rounds.of_state(transaction, cohort, "published") if repair is not False else None
    if repair and published is None:
        raise conflict("nothing_published", "Er is nog geen gepubliceerd plan om te herstellen.")
    given = with_previous(given_of(transaction, cohort), published)
    if not given.schools:
        raise conflict("nothing_to_do", "Deze cohorte heeft nog geen scholen. Lees ze eerst in.")
    row = rounds.add(
        transaction,
        cohort,
        given=matcher.round_to_document(given),
        inputs_hash=matcher.inputs_hash(given),
        previous=published.id if published is not None else None,
        by=work.caller.by,
    )
    job = jobs.enqueue(transaction, "solve_round", cohort=cohort, target=row.id)
    rounds.set_job(transaction, row.id, job)
    work.audit(transaction, "round.begun", row.id, cohort)
    found = rounds.find(transaction, cohort, row.id)
    assert found is not None  # noqa: S101 - added above
    return found


def with_previous(given: matcher.Round, published: rounds.RoundRow | None) -> matcher.Round:
    """Give the round that repairs a published plan, or the round itself where nothing is published."""
    return given if published is None or published.plan is None else _repairing(given, published.plan)


def _repairing(given: matcher.Round, plan: object) -> matcher.Round:
    return matcher.changed_round(given, matcher.plan_from_document(plan), {})


def is_stale(transaction: Transaction, row: rounds.RoundRow) -> bool:
    """Tell whether the cohort changed since a round was begun; erasing contact data changes both alike."""
    previous = rounds.texts(transaction, row.previous) if row.previous is not None else None
    now = (rows_of(transaction, row.cohort), previous[1] if previous is not None else None)
    if KNOWN.hash_of(now, _of_now) == row.inputs_hash:
        return False
    return KNOWN.hash_of((*now, row.given), _told_as_then) != KNOWN.hash_of(row.given, matcher.round_from_document)


def _of_now(now: tuple[Rows, str | None]) -> matcher.Round:
    """Make the round that a cohort's rows describe now, as the repair of a plan where there is one."""
    rows, plan = now
    return given_from(rows) if plan is None else _repairing(given_from(rows), json.loads(plan))


def _told_as_then(made_of: tuple[Rows, str | None, Mapping[str, Any] | None]) -> matcher.Round:
    """Make the round of now without the goals that an earlier one did not know."""
    rows, plan, then = made_of
    return _of_now((rows, plan)).as_then(matcher.round_from_document(then).policy)
