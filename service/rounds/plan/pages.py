"""Who helps whom? A plan as a table and a map, to be looked over, locked and searched for again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import Query, Response
from markupsafe import Markup

from service.access.permissions import access
from service.cohorts.members.names import Names, gone_inside, names_inside
from service.cohorts.policy.goal_words import headline
from service.core.errors import Problem
from service.rounds.plan.map import draw_map
from service.rounds.plan.rows import changed_locks, lines_of, rows_of, shown_rows, tail_of
from service.web.call import Called
from service.web.pages.forms import read_form
from service.web.pages.inside import Inside
from service.web.pages.page import Undo, agreements_of, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

routes = pages("/cohorten/{cohort}/plan")

LOOKED_AT = 20
"""So many rounds back a plan is looked for."""

SOLVED = ("proven", "feasible")
REASON = "nagekeken en goed bevonden"
"""The reason of an agreement that was made with one key: the pair was in the plan already."""

Chosen = Annotated[str, Query(max_length=200)]


@routes.get("", openapi_extra=access("viewer"))
async def show_plan(
    call: Called, cohort: Key, ronde: Chosen = "", zoek: Chosen = "", volgorde: Chosen = ""
) -> Response:
    """Show a plan, the newest unless said."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row = await api.get(base)
    found, plan = await plan_of(api, base, ronde)
    if found is None:
        return page(call.request, "plan.html", cohort=row, round=None)
    names, locks = await names_inside(api, cohort), await api.items(f"{base}/locks")
    falls = await studied(api, f"{base}/rounds/{found['id']}/resilience") if call.caller.role != "viewer" else None
    beside = await studied(api, f"{base}/rounds/{found['id']}/besides")
    every = rows_of(plan, names, locks, (falls or {}).get("drop_outs", ()), (beside or {}).get("items", ()))
    rows = shown_rows(every, zoek, volgorde)
    here, kept = f"/cohorten/{cohort}", tail_of(ronde=ronde)
    svg = draw_map(lines_of([one for one in rows if one["mentor"]], names, here, kept), title="Kaart van de koppels")
    return page(
        call.request,
        "plan.html",
        cohort=row,
        round=found,
        plan=plan,
        rows=rows,
        total=_total(every),
        shown=_total(rows),
        told=headline(plan["goals"]),
        changed=changed_locks(plan, locks, await gone_since(api, call, cohort, plan)),
        standby=_standby(names, falls),
        map=Markup(svg),  # noqa: S704 - draw_map escapes every word
        order=volgorde or "school",
        search=zoek,
        kept=kept,
        tail=tail_of(ronde=ronde, zoek=zoek, volgorde=volgorde),
    )


async def plan_of(api: Inside, base: str, wanted: str) -> tuple[Mapping[str, Any] | None, Mapping[str, Any]]:
    """Give a round with its plan, the newest that has one unless said; None and nothing where there is none."""
    listed = (await api.get(f"{base}/rounds", limit=LOOKED_AT))["items"]
    rounds = [one for one in listed if one["id"] == wanted] if wanted else listed
    if wanted and not rounds:
        rounds = [await api.get(f"{base}/rounds/{wanted}")]
    for one in rounds:
        try:
            plan = await api.get(f"{base}/rounds/{one['id']}/plan")
        except Problem as problem:
            if problem.status != HTTPStatus.CONFLICT:
                raise
            continue
        if plan["status"] in SOLVED:
            return {**one, "newest": one["id"] == listed[0]["id"]}, plan
    return None, {}


async def gone_since(api: Inside, call: Called, cohort: str, plan: Mapping[str, Any]) -> Container[str]:
    """Give who left; for who may not be told, as far as the plan tells."""
    return plan["withdrawn"] if call.caller.role == "viewer" else await gone_inside(api, call.work, cohort)


async def studied(api: Inside, path: str, **query: object) -> Any:  # noqa: ANN401 - JSON
    """Read what follows from a plan; None while that is still being worked out."""
    try:
        return await api.get(path, **query)
    except Problem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        return None


def _total(rows: list[Mapping[str, Any]]) -> dict[str, int]:
    pairs = [row for row in rows if row["mentor"]]
    return {
        "pairs": len(pairs),
        "points": sum(row["points"] for row in pairs),
        "minutes": sum(row["minutes"] for row in pairs),
        "open": sum(row["open"] for row in rows),
        "schools": len({row["school"] for row in pairs}),
    }


def _standby(names: Names, falls: Mapping[str, Any] | None) -> dict[str, list[str]] | None:
    """Name who best stands by, and whose drop-out nobody can make up for."""
    if falls is None:
        return None
    sides = (("mentors", "standby"), ("uncovered", "uncovered"))
    return {name: [names.mentor(one) for one in falls["standby"][side]] for side, name in sides}


@routes.post("/vast", openapi_extra=access("coordinator"))
async def lock_pair(
    call: Called, cohort: Key, ronde: Chosen = "", zoek: Chosen = "", volgorde: Chosen = ""
) -> Response:
    """Lock a pair of the plan, or make again the agreement that was just taken back."""
    form, api = await read_form(call.request), Inside(call)
    back = f"/cohorten/{cohort}/plan{tail_of(ronde=ronde, zoek=zoek, volgorde=volgorde)}"
    document: dict[str, Any] = {"school": form["school"], "mentor": form["mentor"], "kind": form["soort"] or "required"}
    document |= {"reason": form["reden"] or REASON, "override": form["tegen_regel"] == "1"}
    try:
        made = await api.post(f"/v1/cohorts/{cohort}/locks", document)
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return with_message(go(back), problem.detail, bad=True, agreed=agreements_of(cohort, problem))
    told = await lock_words(api, cohort, made.value)
    return with_message(go(back), told, undo_lock(cohort, made.value, back))


@routes.post("/los", openapi_extra=access("coordinator"))
async def unlock_pair(
    call: Called, cohort: Key, ronde: Chosen = "", zoek: Chosen = "", volgorde: Chosen = ""
) -> Response:
    """Take an agreement back, and offer to make it again."""
    form, api = await read_form(call.request), Inside(call)
    view = tail_of(ronde=ronde, zoek=zoek, volgorde=volgorde)
    school = form["terug"]
    back = f"/cohorten/{cohort}/plan{f'/{school}' if school else ''}{view}"
    found = next((one for one in await api.items(f"/v1/cohorts/{cohort}/locks") if one["id"] == form["afspraak"]), None)
    if found is None:
        return with_message(go(back), "Deze afspraak was al geschrapt.")
    try:
        await api.tell("DELETE", f"/v1/cohorts/{cohort}/locks/{found['id']}")
    except Problem as problem:
        if problem.status != HTTPStatus.NOT_FOUND:
            raise
    again = {"school": found["school"], "mentor": found["mentor"], "soort": found["kind"], "reden": found["reason"]}
    undo = Undo(f"/cohorten/{cohort}/plan/vast{view}", again | ({"tegen_regel": "1"} if found["override"] else {}))
    return with_message(go(back), await lock_words(api, cohort, found, ("losgemaakt", "weer toegelaten")), undo)


async def lock_words(
    api: Inside, cohort: str, lock: Mapping[str, Any], words: tuple[str, str] = ("vastgezet", "verboden")
) -> str:
    """Say which agreement was made or taken back."""
    sides = {
        f"{side}s": {lock[side]: one}
        for side in ("school", "mentor")
        if (one := await api.find(f"/v1/cohorts/{cohort}/{side}s/{quote(lock[side], safe='')}")) is not None
    }
    names = Names(**sides)
    done = words[0] if lock["kind"] == "required" else words[1]
    return f"{names.mentor(lock['mentor'])} bij {names.school(lock['school'])} is {done}."


def undo_lock(cohort: str, lock: Mapping[str, Any], back: str) -> Undo:
    """Give the form that takes an agreement back."""
    _, _, query = back.partition("?")
    return Undo(f"/cohorten/{cohort}/plan/los{f'?{query}' if query else ''}", {"afspraak": lock["id"]})
