"""How is a round solved and studied? First the plan; then what follows from it: drop-outs and suggestions."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import matcher
from service.store import jobs, rounds, suggestions, webhooks
from service.wire.answers import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from service.store.database import Transaction
    from service.store.jobs import JobRow

PART = 250
"""Schools or mentors whose suggestions one job works out; a larger round is studied in several jobs."""


def _row(transaction: Transaction, job: JobRow) -> rounds.RoundRow:
    row = rounds.by_id(transaction, str(job.target))
    if row is None:
        raise matcher.InvalidValueError("Deze ronde is intussen verwijderd.")
    return row


def prepare_solve(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the round."""
    return {"given": _row(transaction, job).given}


def solve(
    payload: Mapping[str, Any], progress: Callable[[str, float | None], None], stop: Callable[[], bool]
) -> dict[str, Any]:
    """Find the plan and check it without the solver."""
    given = matcher.round_from_document(payload["given"])
    verdicts = matcher.judge(given)
    plan = matcher.assign(given, verdicts, progress=progress, stop=stop)
    if plan.status in ("proven", "feasible"):
        faults = matcher.check_plan(given, verdicts, plan)
        if faults:
            raise AssertionError(f"het plan kwam niet door de controle: {faults[0]}")
    return matcher.plan_to_document(plan)


def finish_solve(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep the plan; have it studied where there is one."""
    rounds.keep_plan(transaction, str(job.target), result)
    told = {"round": job.target, "status": result["status"]}
    webhooks.announce(transaction, "round.finished", str(job.cohort), told)
    if result["status"] in ("proven", "feasible"):
        jobs.enqueue(transaction, "study_round", cohort=job.cohort, target=job.target, parent=job.id)


def prepare_study(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the round, its plan, and the part of it that this job studies."""
    row = _row(transaction, job)
    return {"given": row.given, "plan": row.plan, "part": job.payload.get("part")}


def study(
    payload: Mapping[str, Any], progress: Callable[[str, float | None], None], stop: Callable[[], bool]
) -> dict[str, Any] | None:
    """Work out drop-outs and suggestions, or only the suggestions of one part of a large round.

    None where it was stopped: some suggestions are no suggestions, for what is studied may be published.
    """
    given = matcher.round_from_document(payload["given"])
    asked = matcher.solved(given, matcher.plan_from_document(payload["plan"]))
    part = payload["part"]
    sides = {"school": [one.id for one in given.schools], "mentor": [one.id for one in given.mentors]}
    if part is not None:
        chosen = sides[part["side"]][part["first"] : part["first"] + PART]
        shown = {"suggestions": {part["side"]: _suggestions(asked, part["side"], chosen, stop)}}
        return None if stop() else shown
    found: dict[str, Any] = {"findings": {"resilience": _resilience(asked)}}
    progress("wie kan er uitvallen", 0.5)
    if all(len(ids) <= PART for ids in sides.values()):
        found["suggestions"] = {side: _suggestions(asked, side, ids, stop) for side, ids in sides.items()}
        return None if stop() else found
    parts = [{"side": side, "first": first} for side, ids in sides.items() for first in range(0, len(ids), PART)]
    return found | {"parts": parts}


def _suggestions(asked: matcher.Solved, side: str, ids: list[str], stop: Callable[[], bool]) -> dict[str, Any]:
    found = {}
    for one in ids:
        if stop():
            break
        ranked = matcher.suggest(asked, school=one) if side == "school" else matcher.suggest(asked, mentor=one)
        found[one] = {
            "pairings": [_suggestion(each) for each in ranked.ranked],
            "standby": [_suggestion(each) for each in ranked.standby],
        }
    return found


def _suggestion(one: matcher.Suggestion) -> dict[str, Any]:
    price = one.price
    return {
        "school": price.school,
        "mentor": price.mentor,
        "in_plan": price.in_plan,
        "points": one.points,
        "travel_minutes": one.minutes,
        "price": dict(price.losses),
        "moves": price.moves,
        "reasons": list(one.reasons),
    }


def _resilience(asked: matcher.Solved) -> dict[str, Any]:
    found = matcher.resilience(asked)
    drop_outs = [asdict(one) | {"words": matcher.drop_out_words(asked, one)} for one in found.drop_outs]
    return {"drop_outs": drop_outs, "pillars": list(found.pillars), "standby": asdict(found.standby)}


def finish_study(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep findings and suggestions; mentors bear their pseudonyms in what is meant for the portal."""
    names = suggestions.pseudonyms(transaction, str(job.cohort))
    for side, found in result.get("suggestions", {}).items():
        bodies = {}
        for subject, shown in found.items():
            name = subject if side == "school" else names.get(subject)
            if name is not None:
                bodies[name] = to_json(_for_portal(shown, names))
        suggestions.keep(transaction, str(job.target), side, bodies)
        if side == "school":
            besides = {school: to_json(_besides(_for_portal(one, names))) for school, one in found.items()}
            suggestions.keep(transaction, str(job.target), suggestions.BESIDES, besides)
    if "findings" in result:
        rounds.keep_findings(transaction, str(job.target), result["findings"])
        plan = _row(transaction, job).plan or {"pairs": []}
        side, subject = suggestions.PAIRINGS
        suggestions.keep(transaction, str(job.target), side, {subject: to_json(_pairings(plan, names))})
    for part in result.get("parts", ()):
        payload = {"part": part}
        jobs.enqueue(transaction, "study_round", cohort=job.cohort, target=job.target, parent=job.id, payload=payload)


def _pairings(plan: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Give the plan's pairs as the portal shows them."""
    members = ("school", "points", "travel_minutes", "reasons")
    pairs = [one for one in plan["pairs"] if one["mentor"] in names]
    return {"pairings": [{name: one[name] for name in members} | {"mentor": names[one["mentor"]]} for one in pairs]}


def _besides(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Give the second choice of a school and the first who stands by: all that a table of schools has room for."""
    others = [one for one in shown["pairings"] if not one["in_plan"]]
    return {"second": next(iter(others), None), "standby": next(iter(shown["standby"]), None)}


def _for_portal(shown: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        kind: [one | {"mentor": names[one["mentor"]]} for one in found if one["mentor"] in names]
        for kind, found in shown.items()
    }
