"""What can be asked about a round that is solved? Each question is a call of the matcher on documents."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import matcher
from service.access.old_signatures import said_of
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.jobs.store import JobRow, Progress, Stop
from service.rounds.run import store as rounds


def prepare(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the round that is asked about, and for a comparison the other one."""
    given, plan = rounds.texts(transaction, str(job.payload["round"])) or (None, None)
    if plan is None:
        raise matcher.InvalidValueError("Over deze ronde zijn geen vragen te stellen: er is geen plan.")
    return dict(job.payload) | {"given": given, "plan": plan}


def answer(payload: Mapping[str, Any], _progress: Progress, _stop: Stop) -> dict[str, Any]:
    """Answer one question."""
    given = matcher.round_from_document(json.loads(payload["given"]))
    plan = matcher.plan_from_document(json.loads(payload["plan"]))
    # One row keeps both, so they belong together; where contact data was erased since, the hash alone differs.
    asked = matcher.solved(given, replace(plan, inputs_hash=matcher.inputs_hash(given)))
    return {"answer": QUESTIONS[payload["question"]](asked, payload["arguments"])}


def finish(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep the answer with the job: the asker reads it there."""
    jobs.keep_result(transaction, job.id, dict(result))


def _pair(asked: matcher.Solved, arguments: Mapping[str, Any]) -> dict[str, Any]:
    school = matcher.find_school(asked.given, arguments["school"])
    mentor = matcher.find_mentor(asked.given, arguments["mentor"])
    found = matcher.why_not(asked, school, mentor)
    shown: dict[str, Any] = {
        "school": school,
        "mentor": mentor,
        "in_plan": found.why.in_plan,
        "points": found.why.points,
        "travel_minutes": found.why.minutes,
        "reasons": list(found.why.reasons),
        "rank": found.why.rank,
        "possible_mentors": found.why.possible,
        "objections": list(found.objections),
        "price": None if found.price is None else price_document(asked, found.price),
        "remedy": None,
        "claims": _claims(found.claims),
    }
    if found.remedy is not None:
        price = price_document(asked, found.remedy.price)
        shown["remedy"] = {"words": found.remedy.words, "price": price, "claims": _claims(found.remedy.claims)}
    return shown


def _claims(told: Iterable[matcher.ClaimSentence]) -> list[dict[str, Any]]:
    return [matcher.claim_to_document(one) for one in told]


def price_document(asked: matcher.Solved, price: matcher.LockPrice) -> dict[str, Any]:
    """Write what an agreement costs."""
    moves = [
        {
            "school": move.school,
            "goes": list(move.goes),
            "comes": list(move.comes),
            "words": matcher.move_words(asked.facts, move),
        }
        for move in price.moves
    ]
    return {
        "possible": price.conflict is None,
        "words": matcher.price_words(price),
        "losses": _plain(price.losses),
        "moves": moves,
        "conflict": None if price.conflict is None else price.conflict.sentence,
        "claims": _claims(matcher.tell(asked.facts, matcher.consequences(price))),
    }


def _what_if(asked: matcher.Solved, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Solve the round with other agreements or without some mentors, and tell what changes."""
    given = asked.given
    locks = [matcher.Lock(**one) for one in arguments["locks"]]
    withdrawn = {matcher.find_mentor(given, one): "gevraagd" for one in arguments["withdrawn"]}
    if not withdrawn:
        return price_document(asked, matcher.price_of_locks(asked, tuple(locks)))
    base = matcher.changed_round(given, asked.plan, withdrawn)
    plan = matcher.assign(replace(base, locks=(*base.locks, *locks)))
    return price_document(asked, matcher.told_price(asked, plan, ()))


def _ladder(asked: matcher.Solved, arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Tell what more moves would bring on a repair."""
    rungs = matcher.ladder(asked.given, most=arguments.get("most"))
    return [
        {
            "moves": rung.moves,
            "goals": {goal.name: _plain_value(goal.value) for goal in rung.plan.goals},
            "proven": rung.plan.proven,
            "pairs": [[pair.school, pair.mentor] for pair in rung.plan.pairs],
        }
        for rung in rungs
    ]


def _comparison(asked: matcher.Solved, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what changed since another plan: who moves and why, and what each goal gained or lost."""
    before = matcher.plan_from_document(arguments["plan"])
    losses = matcher.losses_between(before, asked.plan)
    moves = [
        {
            "school": one.move.school,
            "goes": list(one.move.goes),
            "comes": list(one.move.comes),
            "reason": one.reason,
            "words": one.words,
            "claims": _claims(one.claims),
        }
        for one in matcher.explained_moves(asked.given, before, asked.plan)
    ]
    return {"moves": moves, "losses": _plain(losses), "words": matcher.loss_words(losses)}


def _certificate(asked: matcher.Solved, _arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Give the proof: a price per school, mentor and company, with which anyone adds up that it is the best."""
    found = matcher.certificate(asked)
    goal = found.points
    return {
        "points": {"value": _plain_value(goal.value), "bound": _plain_value(goal.bound), "proven": goal.proven},
        "closes": found.duals is not None,
        "swaps": [{"schools": list(one.schools), "blocked_by": one.blocked_by} for one in found.rings],
        "interchangeable": [asdict(one) for one in found.free],
        "workbook": _workbook(asked, found),
    }


def _workbook(asked: matcher.Solved, found: matcher.Certificate) -> str:
    """Give the workbook with the proof, in base 64."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bewijs.xlsx"
        matcher.write_certificate(path, asked, found)
        return base64.b64encode(path.read_bytes()).decode("ascii")


def _robustness(asked: matcher.Solved, _arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Tell how firm the plan stands, with the same as a workbook in base 64."""
    document = matcher.robustness_document(asked, matcher.robustness(asked))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stevigheid.xlsx"
        matcher.write_robustness(path, document)
        document["nothing_to_spread"] = "" if document["spread"] else matcher.nothing_to_spread_words(asked.plan)
        return document | {"workbook": base64.b64encode(path.read_bytes()).decode("ascii")}


def _plan_workbook(asked: matcher.Solved, _arguments: Mapping[str, Any]) -> str:
    """Give the plan as a workbook, in base 64."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        verdicts = asked.facts.verdicts
        short = matcher.shortages_of_plan(asked.given, verdicts, asked.plan)
        firm = matcher.firmness_of_plan(asked.given, verdicts, asked.plan, weights=True)
        given, plan, whole = asked.given, asked.plan, matcher.PAIR_LIST
        matcher.write_plan_workbook(path, given, verdicts, plan, shortages=short, firmness=firm, whole=whole)
        return base64.b64encode(path.read_bytes()).decode("ascii")


def _record(_asked: matcher.Solved, arguments: Mapping[str, Any]) -> dict[str, Any]:
    found = matcher.verify_record(arguments["record"].encode(), arguments["public_key"])
    return {"sound": found.sound, "sentence": said_of(found.sentence, found.public_key, arguments.get("former", {}))}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:  # noqa: ANN401 - a goal's value
    return list(value) if isinstance(value, tuple) else value


QUESTIONS: dict[str, Callable[[matcher.Solved, Mapping[str, Any]], Any]] = {
    "pair": _pair,
    "what_if": _what_if,
    "ladder": _ladder,
    "comparison": _comparison,
    "certificate": _certificate,
    "robustness": _robustness,
    "plan_workbook": _plan_workbook,
    "record": _record,
}
