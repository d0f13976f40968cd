"""What if a mentor leaves? What that does is shown first; then the plan is repaired, and only few schools change."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from matcher import resting_words
from service.access.permissions import access
from service.cohorts.members.names import Names, names_inside
from service.core.errors import Problem
from service.dropout.rungs import MOST_MOVES, rungs_of, shift_words
from service.jobs.words import BUSY
from service.rounds.run.published import published
from service.web.call import Called
from service.web.pages.dutch_format import by_name, counted, listed
from service.web.pages.forms import read_form
from service.web.pages.inside import Inside
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

routes = pages("/cohorten/{cohort}/uitval")

NAMED = 2
"""So many schools are named in a sentence; more are counted."""

REASONS = {
    "job_change": "ander werk",
    "no_time": "geen tijd meer",
    "illness": "ziekte",
    "company_left": "het bedrijf doet niet meer mee",
    "other": "iets anders",
}


@routes.get("", openapi_extra=access("coordinator"))
async def show_withdrawals(call: Called, cohort: Key, mentor: str = "") -> Response:
    """Show who left, what a leaving would do, and the repaired plan beside the published one."""
    return await _page(call, cohort, mentor, None)


async def _page(call: Called, cohort: str, mentor: str, problem: Problem | None) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row, names = await api.get(base), await names_inside(api, cohort)
    gone = await api.items(f"{base}/withdrawals")
    by_row = [key for key, one in names.mentors.items() if one["status"] == "withdrawn"]
    away = {*by_row, *(one["mentor"] for one in gone)}
    mentor = mentor if mentor in names.mentors and mentor not in away else ""
    public = await published(api, cohort)
    repair = await _repair(api, base, public)
    return page(
        call.request,
        "uitval.html",
        status=problem.status if problem else 200,
        cohort=row,
        names=names,
        gone=gone,
        gone_by_row=_sorted(set(by_row) - {one["mentor"] for one in gone}, names),
        left=_sorted(names.mentors.keys() - away, names),
        reasons=REASONS,
        mentor=mentor,
        drop=await _drop(api, base, public, mentor),
        rests=await _resting(api, base, mentor, names),
        public=public,
        repair=repair,
        busy=repair is not None and repair["job_state"] in BUSY,
        moves=await _moves(api, base, repair, names),
        ladder=await _ladder(api, base, repair),
        most=MOST_MOVES,
        shift_words=shift_words,
        problem=problem,
    )


def _sorted(keys: Iterable[str], names: Names) -> list[str]:
    return sorted(keys, key=lambda key: by_name(names.mentor(key)))


async def _resting(api: Inside, base: str, mentor: str, names: Names) -> str:
    """Say which required pairs would rest when this mentor leaves; empty for none."""
    if not mentor:
        return ""
    held = [one for one in await api.items(f"{base}/locks") if (one["mentor"], one["kind"]) == (mentor, "required")]
    return resting_words([names.school(one["school"]) for one in held])


async def _repair(api: Inside, base: str, public: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Give the newest round that repairs what is published now."""
    if public is None:
        return None
    for one in (await api.get(f"{base}/rounds", limit=20))["items"]:
        if one["repairs"] == public["id"]:
            found: Mapping[str, Any] = await api.get(f"{base}/rounds/{one['id']}")
            return found
    return None


async def _drop(api: Inside, base: str, public: Mapping[str, Any] | None, mentor: str) -> Mapping[str, Any] | None:
    """Give what happens to the published plan when this mentor leaves; None where it is not known."""
    if public is None or not mentor:
        return None
    found = (await api.get(f"{base}/rounds/{public['id']}/resilience"))["drop_outs"]
    return next((one for one in found if one["mentors"] == [mentor]), None)


async def _moves(api: Inside, base: str, repair: Mapping[str, Any] | None, names: Names) -> Mapping[str, Any] | None:
    """Give what changes for whom, computed with the plan."""
    if repair is None or not repair["plan"] or repair["plan"]["status"] not in ("proven", "feasible"):
        return None
    told = await api.ask(f"{base}/rounds/{repair['id']}/comparison")
    if told.status == HTTPStatus.ACCEPTED:
        return None
    changed = {one["school"] for one in told.value["moves"]}
    rest = len(names.schools) - len(changed)
    return {**told.value, "sentence": _who_changes(told.value["moves"], rest, names)}


def _who_changes(moves: list[Any], rest: int, names: Names) -> str:
    if not moves:
        return "Geen enkele school verandert."
    schools = [names.school(one["school"]) for one in moves]
    who = listed(schools) if len(schools) <= NAMED else f"{len(schools)} scholen"
    does = "verandert" if len(schools) == 1 else "veranderen"
    return f"Alleen {who} {does}; {counted(rest, 'school blijft', 'scholen blijven')} zoals gepubliceerd."


async def _ladder(api: Inside, base: str, repair: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Give what more changes would bring, and which pairs are then new."""
    if repair is None or not repair["plan"] or repair["plan"]["status"] not in ("proven", "feasible"):
        return []
    return await rungs_of(api, base, repair["id"])


@routes.post("", openapi_extra=access("coordinator"))
async def withdraw(call: Called, cohort: Key) -> Response:
    """Note that a mentor left; the repair begins by itself where something is published."""
    form, here = await read_form(call.request), f"/cohorten/{cohort}/uitval"
    document = {"mentor": form["mentor"], "reason": form["reden"], "note": form["nota"]}
    try:
        told = await Inside(call).post(f"/v1/cohorts/{cohort}/withdrawals", document, once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise
        return await _page(call, cohort, form["mentor"], problem)
    undo = Undo(f"{here}/{form['mentor']}/terug", words="Terugdraaien")
    return with_message(go(here), f"Genoteerd. {told.value['next_step']}", undo)


@routes.post("/{mentor}/terug", openapi_extra=access("coordinator"))
async def bring_back(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Let a mentor who left take part again, and offer to note it anew."""
    api, here = Inside(call), f"/cohorten/{cohort}/uitval"
    gone = {one["mentor"]: one for one in await api.items(f"/v1/cohorts/{cohort}/withdrawals")}
    await api.tell("DELETE", f"/v1/cohorts/{cohort}/withdrawals/{mentor}")
    names = await names_inside(api, cohort)
    text = f"{names.mentor(mentor)} doet weer mee. Zoek opnieuw op de bladzijde Ronde."
    undo = Undo(here, {"mentor": mentor, "reden": gone[mentor]["reason"], "nota": gone[mentor]["note"]})
    return with_message(go(here), text, undo)
