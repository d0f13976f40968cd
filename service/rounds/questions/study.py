"""What follows from a plan that is solved? Drop-outs, suggestions, prices: worked out once, in a child."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

import matcher
from service.database.engine import Transaction
from service.database.json_text import Written, serialize
from service.jobs import store as jobs
from service.jobs.store import JobRow, Progress, Stop
from service.rounds.questions import store as suggestions
from service.rounds.run import store as rounds
from service.web.answers import to_json

Side = Literal["school", "mentor"]


PART = 250
"""Schools or mentors whose suggestions one job works out; a larger round is studied in several jobs."""


def prepare_study(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the round and its plan, as text, what the portal calls the mentors, and the part that this job studies."""
    given, plan = rounds.kept_texts(transaction, str(job.target))
    names = suggestions.pseudonyms(transaction, str(job.cohort))
    return {"given": given, "plan": plan, "names": names, "part": job.payload.get("part")}


def study(payload: Mapping[str, Any], progress: Progress, stop: Stop) -> dict[str, Any] | None:
    """Work out drop-outs and suggestions, or only the suggestions of one part of a large round.

    All is written here as it will be kept; mentors bear their pseudonyms in what is meant for the portal.
    None where it was stopped: some suggestions are no suggestions, for what is studied may be published.
    """
    given = matcher.round_from_document(json.loads(payload["given"]))
    plan = json.loads(payload["plan"])
    asked = matcher.solved(given, matcher.plan_from_document(plan))
    part, names = payload["part"], payload["names"]
    sides: dict[Side, list[str]] = {
        "school": [one.id for one in given.schools],
        "mentor": [one.id for one in given.mentors],
    }
    if part is not None:
        chosen = sides[part["side"]][part["first"] : part["first"] + PART]
        kept = _kept(part["side"], _suggestions(asked, part["side"], chosen, stop), names)
        return None if stop() else {"kept": kept}
    found: dict[str, Any] = {"findings": serialize({"resilience": _resilience(asked)})}
    progress("wie kan er uitvallen", 0.5)
    side, subject = suggestions.PAIRINGS
    found["kept"] = {side: {subject: to_json(_pairings(plan, names))}}
    if all(len(ids) <= PART for ids in sides.values()):
        for side, ids in sides.items():
            found["kept"] |= _kept(side, _suggestions(asked, side, ids, stop), names)
        return None if stop() else found
    parts = [{"side": side, "first": first} for side, ids in sides.items() for first in range(0, len(ids), PART)]
    return found | {"parts": parts}


def _suggestions(asked: matcher.Solved, side: Side, ids: list[str], stop: Stop) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, ranked in matcher.suggest_each(asked, side, ids):
        if stop():
            break
        found[key] = {
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
    drop_outs = [matcher.drop_out_document(asked, one) for one in found.drop_outs]
    return {"drop_outs": drop_outs, "pillars": list(found.pillars), "standby": asdict(found.standby)}


def _kept(side: str, found: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, dict[str, bytes]]:
    """Write the suggestions of one side as they are kept, by subject; for schools also what stands besides."""
    shown = {key: _for_portal(one, names) for key, one in found.items()}
    if side == "mentor":
        return {side: {names[key]: to_json(one) for key, one in shown.items() if key in names}}
    besides = {key: to_json(_besides(one)) for key, one in shown.items()}
    return {side: {key: to_json(one) for key, one in shown.items()}, suggestions.BESIDES: besides}


def finish_study(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep findings and suggestions, and have the parts of a large round studied."""
    for side, bodies in result["kept"].items():
        suggestions.keep(transaction, str(job.target), side, bodies)
    if "findings" in result:
        rounds.keep_findings(transaction, str(job.target), Written(result["findings"]))
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
