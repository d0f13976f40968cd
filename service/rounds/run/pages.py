"""How is the best plan searched for, followed while it runs, and proven? The page of a cohort's rounds."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import Names, gone_inside, names_inside
from service.cohorts.policy.goal_words import goal_rows, headline
from service.core.errors import Problem
from service.jobs.words import BUSY, JOB_WORDS
from service.rounds.run.published import has_plan, published
from service.web.call import Called
from service.web.pages.forms import read_form
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/ronde")

SHOWN = 30
STATE_WORDS = {
    "draft": "concept",
    "approved": "goedgekeurd",
    "published": "gepubliceerd",
    "superseded": "vervangen",
}


@routes.get("", openapi_extra=access("viewer"))
async def show_round(call: Called, cohort: Key, ronde: str = "") -> Response:
    """Show what will be matched, what is being worked out, or what came out."""
    return await _round_page(call, cohort, ronde, None)


async def _round_page(call: Called, cohort: str, wanted: str, problem: Problem | None) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row, names = await api.get(base), await names_inside(api, cohort)
    rounds = (await api.get(f"{base}/rounds", limit=SHOWN))["items"]
    found = await api.get(f"{base}/rounds/{wanted or 'laatste'}") if wanted or rounds else None
    busy = next((one for one in rounds if one["job_state"] in BUSY), None)
    public = await published(api, cohort)
    return page(
        call.request,
        "ronde.html",
        status=problem.status if problem else 200,
        cohort=row,
        given=await _given(api, base, names, await gone_inside(api, call.work, cohort)),
        rounds=rounds,
        busy=busy,
        public=public,
        names=names,
        problem=problem,
        job_words=JOB_WORDS,
        state_words=STATE_WORDS,
        has_plan=has_plan,
        round=found,
        **await _outcome(api, found),
    )


async def _given(api: Inside, base: str, names: Names, gone: set[str]) -> dict[str, Any]:
    """Count what a round would match now."""
    helping = [one for one in names.mentors.values() if one["max_schools"] and one["id"] not in gone]
    locks, rules = await api.items(f"{base}/locks"), await api.get(f"{base}/rules")
    required = [one for one in locks if one["kind"] == "required" and one["mentor"] not in gone]
    return {
        "schools": len(names.schools),
        "places": sum(one["mentors_wanted"] for one in names.schools.values()),
        "mentors": sum(one["status"] == "active" for one in helping),
        "reserve": sum(one["status"] == "reserve" for one in helping),
        "required": len(required),
        "forbidden": sum(one["kind"] == "forbidden" for one in locks),
        "rules": rules["version"],
    }


async def _outcome(api: Inside, found: Mapping[str, Any] | None) -> dict[str, Any]:
    """Tell how far a round is: its stage, its job where that matters, and the goals in words."""
    if found is None:
        return {"stage": "none", "job": None, "study": None, "goals": [], "told": ""}
    plan, state = found["plan"], found["job_state"]
    job = await api.get(f"/v1/jobs/{found['job']}") if state != "done" and found["job"] else None
    solved = plan is not None and plan["status"] in ("proven", "feasible")
    waits = solved and not found["studied"] and found["study_job"]
    return {
        "stage": "busy" if state in BUSY else plan["status"] if plan is not None else state,
        "job": job,
        "study": await api.get(f"/v1/jobs/{found['study_job']}") if waits else None,
        "goals": goal_rows(plan["goals"], repairs=found["repairs"] is not None) if solved else [],
        "told": headline(plan["goals"]) if solved else "",
    }


@routes.post("", openapi_extra=access("coordinator"))
async def begin(call: Called, cohort: Key) -> Response:
    """Have the best plan searched for, with the data and agreements of now."""
    form = await read_form(call.request)
    document = {"repair": form["herstel"] == "1"} if form["keuze"] else {}
    try:
        await Inside(call).post(f"/v1/cohorts/{cohort}/rounds", document, once=form["eenmaal"])
    except Problem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        return await _round_page(call, cohort, "", problem)
    return go(f"/cohorten/{cohort}/ronde")


@routes.post("/{round_id}/stop", openapi_extra=access("coordinator"))
async def stop(call: Called, cohort: Key, round_id: Key) -> Response:
    """End the search with the best plan so far."""
    await Inside(call).tell("DELETE", f"/v1/cohorts/{cohort}/rounds/{round_id}")
    return with_message(go(f"/cohorten/{cohort}/ronde"), "Het zoeken stopt; het beste plan tot nu toe blijft bewaard.")
