"""Why this mentor, and why not that one? A school's mentors, what else is possible, and what each choice costs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import Names, names_inside
from service.core.errors import Problem, not_found
from service.rounds.plan.pages import Chosen, gone_since, lock_words, plan_of, studied, undo_lock
from service.rounds.plan.rows import changed_locks, price_of, rests, rows_of, tail_of
from service.web.call import Called
from service.web.pages.forms import Form, read_form
from service.web.pages.inside import Inside, Told
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    Row = Mapping[str, Any]

routes = pages("/cohorten/{cohort}/plan")

NO_REASON = Problem(422, "reason_missing", "Geef een reden: wie dit later leest, wil weten waarom.")
PATIENCE = 2
"""Seconds that the page waits for a price; after them it says that it is being worked out."""


@routes.get("/{school}", openapi_extra=access("viewer"))
async def show_school(call: Called, cohort: Key, school: Key, ronde: Chosen = "") -> Response:
    """Show a school's mentors and other choices; with `mentor` or `verbied`, what having or forbidding one costs."""
    asked = call.request.query_params
    forbid = asked.get("verbied", "")
    form = Form({"mentor": [forbid or asked.get("mentor", "")], "soort": ["forbidden" if forbid else "required"]})
    return await _school_page(call, cohort, school, ronde, (form, None))


def _agreed(locks: Iterable[Mapping[str, Any]], names: Names, gone: Container[str]) -> list[Mapping[str, Any]]:
    """Name the mentors of agreements, and say which rest."""
    return [{**one, "name": names.mentor(one["mentor"]), "rests": rests(one, gone)} for one in locks]


async def _school_page(
    call: Called, cohort: str, school: str, ronde: str, asked: tuple[Form, Problem | None]
) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    form, problem = asked
    row, names = await api.get(base), await names_inside(api, cohort)
    found, plan = await plan_of(api, base, ronde)
    if found is None:
        return page(call.request, "plan.html", cohort=row, round=None)
    place = f"{base}/rounds/{found['id']}"
    locks, may = await api.items(f"{base}/locks"), call.caller.role != "viewer"
    gone = await gone_since(api, call, cohort, plan)
    falls = await studied(api, f"{place}/resilience") if may else None
    drops = (falls or {}).get("drop_outs", ())
    rows = [one for one in rows_of(plan, names, locks, drops, ()) if one["school"] == school]
    if not rows and school not in names.schools:
        raise not_found("Deze school")
    here = {one["mentor"] for one in rows} - {form["mentor"]}
    others = await studied(api, f"{place}/alternatives", school=school)
    return page(
        call.request,
        "koppel.html",
        status=problem.status if problem else 200,
        cohort=row,
        round=found,
        school=names.schools.get(school, {"id": school, "name": school}),
        mentors=[await _mentor(api, place, one) for one in rows if one["mentor"]],
        gap=next((one for one in rows if one["open"]), None),
        others=None if others is None else _others(names, others),
        agreed=_agreed([one for one in locks if one["school"] == school], names, gone),
        everybody=_everybody(names, here),
        changed=changed_locks(plan, locks, gone),
        trial=await _trial(api, place, school, form, names) if form["mentor"] and may else None,
        form=form,
        problem=problem,
        tail=tail_of(ronde=ronde),
        chosen=ronde,
        names=names,
    )


def _everybody(names: Names, here: set[Any]) -> list[tuple[str, str]]:
    """Give who can be asked about, by name."""
    return [(name, key) for key, name in names.listed_mentors() if key not in here]


async def _mentor(api: Inside, place: str, row: Row) -> Row:
    """Add to a pair where its points come from."""
    path = f"{place}/pairings/{quote(row['school'], safe='')}/{quote(row['mentor'], safe='')}/points"
    return {**row, "shares": (await api.get(path))["shares"]}


def _others(names: Names, found: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """Give who else could come with the price, who is as good, and who stands by."""
    kept = (("others", "pairings"), ("standby", "standby"))
    told: dict[str, Any] = {
        name: [
            {**one, "name": names.mentor(one["mentor"]), "words": price_of(one["price"])}
            | {"company": names.mentors[one["mentor"]]["company"]}
            for one in found[kind]
            if not one["in_plan"]
        ]
        for name, kind in kept
    }
    told["free"] = [one["name"] for one in told["others"] if one["words"] == "kost niets"]
    return told


async def _trial(api: Inside, place: str, school: str, form: Form, names: Names) -> dict[str, Any]:
    """Ask what it costs to have a mentor here, or to forbid it; a job where the answer is not there yet."""
    mentor, forbid = form["mentor"], form["soort"] == "forbidden"
    trial: dict[str, Any] = {"mentor": mentor, "name": names.mentor(mentor), "forbid": forbid}
    trial |= {"job": None, "pair": None, "price": None, "refused": None, "override": False}
    try:
        if forbid:
            told = await _what_if(api, place, {"school": school, "mentor": mentor}, "forbidden")
            return trial | _priced(told)
        path = f"{place}/pairings/{quote(school, safe='')}/{quote(mentor, safe='')}"
        pair = await api.ask(path, PATIENCE)
        if pair.status == HTTPStatus.ACCEPTED:
            return trial | {"job": pair.value}
        trial |= {"pair": pair.value, "shares": (await api.get(f"{path}/points"))["shares"]}
        if not pair.value["objections"]:
            return trial | {"price": pair.value["price"]}
        lock = {"school": school, "mentor": mentor, "override": True}
        return trial | {"override": True} | _priced(await _what_if(api, place, lock, "required"))
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return trial | {"refused": problem.detail}


def _priced(told: Told) -> dict[str, Any]:
    return {"job" if told.status == HTTPStatus.ACCEPTED else "price": told.value}


async def _what_if(api: Inside, place: str, lock: Row, kind: str) -> Told:
    document = {**lock, "kind": kind, "reason": "gevraagd"}
    return await api.post(f"{place}/what-if", {"locks": [document]}, seconds=PATIENCE)


@routes.post("/{school}/afspraak", openapi_extra=access("coordinator"))
async def agree(call: Called, cohort: Key, school: Key, ronde: Chosen = "") -> Response:
    """Lock or forbid a pair, with a reason; the price was told before."""
    form, api = await read_form(call.request), Inside(call)
    document: dict[str, Any] = {
        "school": school,
        "mentor": form["mentor"],
        "kind": form["soort"],
        "reason": form["reden"],
    }
    document |= {"override": form["tegen_regel"] == "1"}
    if not form["reden"].strip():
        return await _school_page(call, cohort, school, ronde, (form, NO_REASON))
    try:
        made = await api.post(f"/v1/cohorts/{cohort}/locks", document, once=form["eenmaal"])
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return await _school_page(call, cohort, school, ronde, (form, problem))
    back = f"/cohorten/{cohort}/plan/{quote(school, safe='')}{tail_of(ronde=ronde)}"
    told = await lock_words(api, cohort, made.value)
    return with_message(go(back), f"{told} Het telt vanaf de volgende ronde.", undo_lock(cohort, made.value, back))
