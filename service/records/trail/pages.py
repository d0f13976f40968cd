"""Who did what in a cohort, how long are names kept, and what proves it? The cohort's file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.audited_reads import MINUTES
from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import change_cohort, get_cohort, list_team, tag_of
from service.cohorts.cohort.file_names import file_name
from service.cohorts.cohort.shapes import CohortChange
from service.cohorts.members.names import Names, names_of
from service.core.addresses import path_to
from service.core.errors import Problem
from service.jobs.wait_for_answer import answer_of
from service.records.trail import actions
from service.records.trail.audit_sentences import WORDS, changes
from service.records.trail.shapes import AuditOut
from service.rounds.questions.shapes import RecordCheckedOut
from service.rounds.record.actions import ask_record_check, make_record
from service.rounds.record.shapes import RecordIn
from service.rounds.run.actions import list_rounds
from service.rounds.run.published import has_plan
from service.web.answers import file_answer
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import ChosenKey, Form, Sent, last_day, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/dossier")

A_PAGE = 50
PATIENCE = 20
"""Seconds that somebody waits for a record to be worked out anew."""

SHOWN_ROUNDS = 20
LOOKED_THROUGH = 5
"""So many long pages of the trail are searched at once for what was changed."""

LONG_PAGE = 200
OWN_ID = re.compile(r"[a-z]{3}_[0-9a-z]{20,}")
"""What the service calls a thing: it says nothing to a person."""

PLACES = {
    "rnd": ("ronde?ronde=", "ronde"),
    "app": ("aanmeldingen/", "aanmelding"),
    "ssn": ("sessies?seizoen=", "jaar van sessies"),
    "imp": ("gegevens/", "bestanden"),
}
"""Where the thing of such a name is shown, and as what."""
OTHERS = {"public": "iemand met het formulier", "service": "de dienst zelf"}
"""Who acts without being a person that can log in."""


@routes.get("", openapi_extra=access(actions.list_lines))
def show_record(call: Called, cohort: Key, na: ChosenKey = "", alles: ChosenKey = "") -> Response:
    """Show the trail, the rounds with their files, and how long contact data is kept."""
    return _record(call, cohort, (na, alles == "1"))


def _lines(work: Work, cohort: str, after: str, *, every: bool) -> tuple[list[AuditOut], str | None]:
    """Give lines of the trail and where to go on: all of them, else what was changed and no reading or asking."""
    found: list[AuditOut] = []
    following: str | None = after or None
    for _ in range(1 if every else LOOKED_THROUGH):
        told = actions.list_lines(work, cohort, A_PAGE if every else LONG_PAGE, following)
        found += [one for one in told.items if every or changes(one.action)]
        following = told.next
        if following is None or len(found) >= A_PAGE:
            break
    return found, following


def _about(names: Names, one: AuditOut) -> dict[str, str]:
    """Say what a line of the trail is about, and where that is shown."""
    target = one.target
    if target in names.schools or target in names.mentors:
        return {"about": names.school(target) if target in names.schools else names.mentor(target), "href": ""}
    if one.action.startswith(("lock.", "proposal.")):
        return {"about": _pair(names, one.detail), "href": ""}
    if one.action == "rules.changed":
        return {"about": f"versie {target}", "href": "regels"}
    if one.detail.get("school") and target[:3] not in PLACES:
        return {"about": _pair(names, one.detail) or names.school(one.detail["school"]), "href": ""}
    if not OWN_ID.fullmatch(target):
        return {"about": target, "href": ""}
    place, words = PLACES.get(target[:3], ("", ""))
    return {"about": words, "href": place and place + target}


def _on_own_pages(names: Names) -> dict[str, str]:
    """Name who acts on a page of their own."""
    schools = {f"school:{key}": f"{names.school(key)} (eigen bladzijde)" for key in names.schools}
    return schools | {f"mentor:{key}": f"{names.mentor(key)} (eigen bladzijde)" for key in names.mentors}


def _pair(names: Names, detail: Mapping[str, Any]) -> str:
    """Name the mentor and the school of an agreement, and what was agreed; empty where the trail has no number."""
    if not detail.get("school") or not detail.get("mentor"):
        return ""
    kind = {"required": "vast", "forbidden": "verboden"}.get(detail.get("kind", ""), "")
    return f"{names.mentor(detail['mentor'])} bij {names.school(detail['school'])}" + (f" ({kind})" if kind else "")


def _record(
    call: Call,
    cohort: str,
    chosen: tuple[str, bool] = ("", False),
    refused: tuple[Form, Problem] | None = None,
    checked: RecordCheckedOut | None = None,
) -> Response:
    (after, every), (form, problem) = chosen, refused or (None, None)
    with call.work.together() as work:
        row, names = get_cohort(work, cohort), names_of(work, cohort)
        lines, following = _lines(work, cohort, after, every=every)
        rounds, team = list_rounds(work, cohort, SHOWN_ROUNDS).items, list_team(work, cohort).items
    return page(
        call.request,
        "dossier.html",
        cohort=row,
        version=version_of(tag_of(row), form, problem),
        until=last_day(row.keep_until),
        lines=[one.model_dump() | _about(names, one) for one in lines],
        next=following,
        every=every,
        minutes=MINUTES,
        words=WORDS,
        people=OTHERS | _on_own_pages(names) | {one.id: one.name for one in team} | {call.caller.id: call.caller.name},
        rounds=[one for one in rounds if has_plan(one)],
        problem=problem,
        checked=checked,
    )


@routes.post("", openapi_extra=access(change_cohort))
def keep_until(call: Called, cohort: Key, form: Sent) -> Response:
    """Say until when contact data is kept."""

    def act() -> Response:
        until = form.end_of_day("bewaren_tot")
        if until is None:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "Kies een dag, zoals 31-08-2028.")
        body = read_shape(CohortChange, {"keep_until": until, "erase_now": form["wissen"] == "ja"})
        change_cohort(call.sent("", form["versie"]), cohort, body)
        told = "Bewaard. Na deze dag worden namen en adressen gewist."
        return with_message(go(path_to("/cohorten/{}/dossier", cohort)), told)

    return or_again(act, lambda problem: _record(call, cohort, refused=(form, problem)))


@routes.get("/{of_round}.json", openapi_extra=access(make_record))
def get_signed_record(call: Called, cohort: Key, of_round: Key) -> Response:
    """Give the signed record of a round, byte for byte as the API gives it."""
    number, record = make_record(call.work, cohort, of_round)
    return file_answer(record, file_name(call.work, cohort, f"dossier-ronde-{number}.json"), "application/json")


@routes.post("/nakijken", openapi_extra=access(ask_record_check))
async def check_signed_record(call: Called, cohort: Key, form: Sent) -> Response:
    """Check a record that somebody kept: signed here, unchanged, the same plan when worked out anew."""
    if not form.files:
        missing = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "no_file", "Kies eerst een bestand met een verslag.")
        return await run_in_threadpool(_record, call, cohort, refused=(form, missing))
    try:
        body = read_shape(RecordIn, {"record": form.files[0][2].decode("utf-8", "replace")})
        job = await run_in_threadpool(ask_record_check, call.work, cohort, form.key("ronde"), body)
        answer = await answer_of(call.database, job.id, PATIENCE)
    except Problem as problem:
        if problem.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        return await run_in_threadpool(_record, call, cohort, refused=(form, problem))
    late = "Het herrekenen duurt nog even. Kijk het verslag over een minuut opnieuw na."
    told = answer or {"sound": False, "sentence": late}
    return await run_in_threadpool(_record, call, cohort, checked=RecordCheckedOut(**told))
