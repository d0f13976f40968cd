"""How is a question about a plan asked, and answered from what was studied?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.addresses import path_to
from service.core.content_cache import Newest
from service.core.errors import Problem, conflict, invalid
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.jobs.questions import Question, ask
from service.jobs.shapes import JobOut
from service.rounds.questions import store as suggestions
from service.rounds.questions.shapes import AllBesidesOut, ResilienceOut, ShareOut, SharesOut, SuggestionsOut, WhatIfIn
from service.rounds.run import store as rounds
from service.rounds.run.actions import solved_round_of

READ = Newest(16)
"""What follows from the plans that were looked at last."""


@action("viewer")
def get_alternatives(
    work: Work, cohort: str, round_id: str, school: str | None = None, mentor: str | None = None
) -> SuggestionsOut:
    """Give who else suits a school, or which schools suit a mentor, the cheapest first.

    Raises Problem 404 for who is not there, 409 where that is not worked out yet, 422 where not one of both is asked.
    """
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        found = json.loads(suggestions_body(transaction, row, school, mentor))
        names = _numbers(transaction, cohort)
    return SuggestionsOut.model_validate(
        {
            kind: [one | {"mentor": names[one["mentor"]]} for one in items if one["mentor"] in names]
            for kind, items in found.items()
        }
    )


@action("viewer")
def get_besides(work: Work, cohort: str, round_id: str) -> AllBesidesOut:
    """Give of every school who comes second and who stands by; raises Problem 409 where that is not worked out yet."""
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        found = suggestions.all_of_side(transaction, row.id, suggestions.BESIDES)
        if not found:
            raise not_studied(transaction, row)
        names = _numbers(transaction, cohort)

    def made(kept: tuple[dict[str, bytes], dict[str, str]]) -> AllBesidesOut:
        items = [_beside(school, json.loads(body), kept[1]) for school, body in sorted(kept[0].items())]
        return AllBesidesOut.model_validate({"items": items})

    return READ.of(("besides", row.id), (found, names), made)


def _numbers(transaction: Transaction, cohort: str) -> dict[str, str]:
    """Give mentors' numbers by the pseudonyms under which suggestions are kept."""
    return {pseudonym: key for key, pseudonym in suggestions.pseudonyms(transaction, cohort).items()}


def _beside(school: str, besides: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {"school": school} | {
        place: one | {"mentor": names[one["mentor"]]} if one is not None and one["mentor"] in names else None
        for place, one in besides.items()
    }


@action("viewer")
def get_shares(work: Work, cohort: str, round_id: str, school: str, mentor: str) -> SharesOut:
    """Give where a pair's points come from: per criterion its score, weight and share."""
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        pair = school_of(row, school), mentor_of(row, mentor)
    assert row.given is not None  # noqa: S101 - found with its documents
    found = matcher.shares(matcher.round_from_document(_only(row.given, *pair)), *pair)
    shares = [
        ShareOut(
            key=one.key,
            label=one.label,
            weight=one.weight,
            score=None if one.score is None else round(float(one.score), 1),
            points=one.points,
        )
        for one in found
    ]
    return SharesOut(points=sum(one.points for one in found), shares=shares)


def _only(given: Any, school: str, mentor: str) -> dict[str, Any]:  # noqa: ANN401 - a document
    """Leave out of a round's document all but one school and one mentor: reading a large one takes long."""
    sides = {
        side: [one for one in given[side] if one["id"] == key]
        for side, key in (("schools", school), ("mentors", mentor))
    }
    return {**given, **sides, "locks": [], "withdrawn": {}, "previous": None}


@action("coordinator")
def get_resilience(work: Work, cohort: str, round_id: str) -> ResilienceOut:
    """Give what happens when each mentor drops out in turn; raises Problem 409 where that is not worked out yet."""
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        if row.findings is None:
            raise not_studied(transaction, row)
    return READ.of(
        ("resilience", row.id), [row.findings], lambda kept: ResilienceOut.model_validate(kept[0]["resilience"])
    )


@action("coordinator")
def ask_pair(work: Work, cohort: str, round_id: str, school: str, mentor: str) -> JobOut:
    """Ask why a pair is (not) in the plan, and what it costs; its answer is a PairOut."""
    with work.writing() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        pair = {"school": school_of(row, school), "mentor": mentor_of(row, mentor)}
        return ask(work, transaction, cohort, Question(row.id, "pair", pair))


@action("coordinator")
def ask_what_if(work: Work, cohort: str, round_id: str, body: WhatIfIn) -> JobOut:
    """Ask what other agreements or drop-outs would cost; nothing changes. Its answer is a PriceOut."""

    def effect(transaction: Transaction) -> JobOut:
        row = solved_round_of(work, transaction, cohort, round_id)
        return ask(work, transaction, cohort, Question(row.id, "what_if", _tried(row, body)))

    return work.once(body, JobOut, effect)


@action("coordinator")
def ask_ladder(work: Work, cohort: str, round_id: str, most: int) -> JobOut:
    """Ask what more changes than the repair needs would bring; its answer are the rungs of a LadderOut."""
    with work.writing() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        if row.previous is None:
            detail = "Deze ronde herstelt geen eerder plan: er zijn geen wijzigingen om te wegen."
            raise conflict("not_a_repair", detail)
        return ask(work, transaction, cohort, Question(row.id, "ladder", {"most": most}))


@action("coordinator")
def ask_comparison(work: Work, cohort: str, round_id: str, other: str | None = None) -> tuple[JobOut, dict[str, str]]:
    """Ask what changed since another plan, that which this one repairs unless said.

    Gives the job and the ids of both rounds: with its answer they are a ComparisonOut.
    """
    with work.writing() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        if other is None and row.previous is None:
            detail = "Deze ronde herstelt geen eerder plan. Zeg met «with» met welke ronde."
            raise conflict("nothing_to_compare", detail)
        before = solved_round_of(work, transaction, cohort, other or str(row.previous))
        asked = ask(work, transaction, cohort, Question(row.id, "comparison", {"plan": before.plan}, before.id))
    return asked, {"round": row.id, "before": before.id}


@action("coordinator")
def ask_certificate(work: Work, cohort: str, round_id: str) -> JobOut:
    """Ask for the proof that no plan is better; its answer is a CertificateOut, with the workbook in base 64."""
    return _ask_of_round(work, cohort, round_id, "certificate")


@action("coordinator")
def ask_robustness(work: Work, cohort: str, round_id: str) -> JobOut:
    """Ask how firm a plan stands; its answer is a RobustnessOut, with the workbook in base 64.

    Raises Problem 409 for a plan that is not proven best: how firm it stands, nobody knows.
    """
    with work.writing() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        if row.plan is None or row.plan["status"] != "proven":
            detail = "Dit plan is niet bewezen het beste: hoe vast het staat, is niet te zeggen."
            raise conflict("not_proven", detail)
        return ask(work, transaction, cohort, Question(row.id, "robustness", {}))


@action("coordinator")
def ask_plan_workbook(work: Work, cohort: str, round_id: str) -> JobOut:
    """Ask for the plan as a workbook with contact data; its answer is the workbook in base 64."""
    return _ask_of_round(work, cohort, round_id, "plan_workbook")


@action("coordinator")
def list_pairs(work: Work, cohort: str, round_id: str) -> Iterator[str]:
    """Give all possible pairs of a round that has a plan as CSV, in pieces; nothing is read any more meanwhile."""
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        documents = row.given, row.plan
    given, plan = matcher.round_from_document(documents[0]), matcher.plan_from_document(documents[1])
    return matcher.pair_list(given, plan)


def _ask_of_round(work: Work, cohort: str, round_id: str, name: str) -> JobOut:
    with work.writing() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        return ask(work, transaction, cohort, Question(row.id, name, {}))


def suggestions_body(transaction: Transaction, row: rounds.RoundRow, school: str | None, mentor: str | None) -> bytes:
    """Give the very bytes that the portal gets for one school or mentor."""
    if (school is None) == (mentor is None):
        raise invalid("/query/school", "one_of_both", "Vraag naar één school (school=) of naar één mentor (mentor=).")
    if school is not None:
        side, subject = "school", school_of(row, school)
    else:
        side, key = "mentor", mentor_of(row, str(mentor))
        subject = suggestions.pseudonyms(transaction, row.cohort).get(key, "")
    body = suggestions.of_round(transaction, row.id, side, subject)
    if body is None:
        raise not_studied(transaction, row)
    return body


def not_studied(transaction: Transaction, row: rounds.RoundRow) -> Problem:
    """Answer that what follows from a plan is still being worked out, or never will be."""
    job = jobs.unfinished(transaction, row.id, "study_round")
    found = jobs.find(transaction, job) if job is not None else None
    detail = "Wat uit dit plan volgt, wordt nog uitgezocht. Probeer het zo opnieuw."
    if found is not None and found.ended:
        detail = "Het uitzoeken van wat uit dit plan volgt, is gestopt of mislukt. Reken een nieuwe ronde uit."
    return conflict("not_studied", detail, job=path_to("/v1/jobs/{}", job) if job is not None else None)


def school_of(row: rounds.RoundRow, key: str) -> str:
    """Give the number of a school of a round; raises Problem 404 with the nearest."""
    return _member_of(row, "school", key)


def mentor_of(row: rounds.RoundRow, key: str) -> str:
    """Give the number of a mentor of a round; raises Problem 404 with the nearest."""
    return _member_of(row, "mentor", key)


def _member_of(row: rounds.RoundRow, side: Literal["school", "mentor"], key: str) -> str:
    assert row.given is not None  # noqa: S101 - found with its documents
    if any(one["id"] == key for one in row.given[f"{side}s"]):
        return key
    given = matcher.round_from_document(row.given)
    try:
        return matcher.find_school(given, key) if side == "school" else matcher.find_mentor(given, key)
    except matcher.InvalidValueError as error:
        raise Problem(404, f"unknown_{side}", str(error)) from error


def _tried(row: rounds.RoundRow, body: WhatIfIn) -> dict[str, Any]:
    """Give what to try, the same for equal questions; raises Problem 422 where it names nothing or nobody."""
    if not body.locks and not body.withdrawn:
        raise invalid("", "nothing_asked", "Zeg welke afspraken of welke uitval u wilt uitproberen.")
    locks = []
    for place, one in enumerate(body.locks):
        found = {
            "school": _named(row, "school", one.school, f"/locks/{place}/school"),
            "mentor": _named(row, "mentor", one.mentor, f"/locks/{place}/mentor"),
        }
        locks.append(one.model_dump() | found)
    withdrawn = {_named(row, "mentor", one, f"/withdrawn/{place}") for place, one in enumerate(body.withdrawn)}
    locks.sort(key=lambda one: (one["school"], one["mentor"], one["kind"]))
    return {"locks": locks, "withdrawn": sorted(withdrawn)}


def _named(row: rounds.RoundRow, side: Literal["school", "mentor"], key: str, pointer: str) -> str:
    try:
        return _member_of(row, side, key)
    except Problem as problem:
        raise invalid(pointer, problem.code, problem.detail) from problem
