"""What does the jury decide on, who reads what, who wins, and is it signed? The page of a cohort's Award."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Response

from service.access.permissions import MOST_BODY, access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.cohort.file_names import file_name
from service.cohorts.members.actions import all_members
from service.cohorts.members.kinds import SCHOOL
from service.core.addresses import path_to
from service.core.errors import Problem, if_there
from service.jobs.actions import get_job
from service.rounds.record.shapes import MOST_RECORD, RecordIn
from service.trajectory.award import actions, form, jury_actions
from service.trajectory.award.shapes import AwardIn, AwardOut, CheckedOut, JuryIn
from service.web.answers import file_answer
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import NEW, ChosenKey, Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/award")

HERE = "/cohorten/{}/award"
RUNNING = ("queued", "running")


@routes.get("", openapi_extra=access(actions.replace_award))
def show_award(call: Called, cohort: Key, taak: ChosenKey = "") -> Response:
    """Show the Award, or what one begins with; `taak` is the job that shares the readings."""
    return _page(call, cohort, job=taak)


def _page(  # noqa: PLR0913 - what the page shows besides what is kept
    call: Call,
    cohort: str,
    sent: Form | None = None,
    problem: Problem | None = None,
    *,
    job: str = "",
    checked: CheckedOut | None = None,
) -> Response:
    with call.work.together() as work:
        row = get_cohort(work, cohort)
        schools = sorted(all_members(work, cohort, SCHOOL), key=lambda one: (by_name(one.name), one.id))
        names = {one.id: one.name for one in schools}
        award = if_there(lambda: actions.get_award(work, cohort), HTTPStatus.NOT_FOUND)
        told = _decided(work, cohort, award)
        busy = if_there(lambda: get_job(work, job), HTTPStatus.NOT_FOUND) if job else None
    typed = form.read(sent) if sent else form.kept(award) if award else form.proposed(row.school_year + 1, list(names))
    if sent and problem:
        typed.document()  # where each part stands
    return page(
        call.request,
        "award.html",
        cohort=row,
        names=names,
        award=award,
        typed=form.with_empty(typed) if sent else typed,
        version=version_of(actions.tag_of(cohort, award) if award else NEW, sent, problem),
        problem=problem,
        faults=typed.faults(problem) if sent else {},
        busy=busy if busy and busy.cohort == cohort and busy.state in RUNNING else None,
        failed=busy.failure if busy and busy.cohort == cohort and busy.state == "failed" else "",
        checked=checked,
        **told,
    )


def _decided(work: Work, cohort: str, award: AwardOut | None) -> dict[str, Any]:
    """Give who reads what, the ranking and the signed record, where there are any."""
    if award is None:
        return {"jury": None, "decision": None, "record": None}
    return {
        "jury": if_there(lambda: jury_actions.get_jury(work, cohort), HTTPStatus.NOT_FOUND),
        "decision": actions.get_decision(work, cohort),
        "record": if_there(lambda: actions.get_award_record(work, cohort), HTTPStatus.NOT_FOUND),
    }


@routes.post("", openapi_extra=access(actions.replace_award))
def keep_award(call: Called, cohort: Key, sent: Sent) -> Response:
    """Begin the Award, or change it."""

    def act() -> Response:
        body = read_shape(AwardIn, form.read(sent).document())
        actions.replace_award(call.sent("", sent["versie"]), cohort, body)
        return with_message(go(path_to(HERE, cohort)), "De criteria, scholen en juryleden zijn bewaard.")

    return or_again(act, lambda problem: _page(call, cohort, sent, problem))


@routes.post("/verdeel", openapi_extra=access(jury_actions.share_jury))
def share_jury(call: Called, cohort: Key, sent: Sent) -> Response:
    """Have the readings shared out among the jurors."""

    def act() -> Response:
        numbers = {"readings": sent.whole("lezingen"), "most": sent.whole("hoogstens")}
        body = read_shape(JuryIn, {name: one for name, one in numbers.items() if one is not None})
        asked = jury_actions.share_jury(call.sent(sent["eenmaal"]), cohort, body)
        return go(path_to(HERE, cohort, query={"taak": asked.job}) + "#verdeling")

    return or_again(act, lambda problem: _page(call, cohort, None, problem))


@routes.post("/onderteken", openapi_extra=access(actions.sign_award))
def sign(call: Called, cohort: Key, sent: Sent) -> Response:
    """Sign what the jury decided."""

    def act() -> Response:
        actions.sign_award(call.sent(sent["eenmaal"]), cohort)
        return with_message(go(f"{path_to(HERE, cohort)}#beslissing"), "De beslissing is ondertekend en ligt vast.")

    return or_again(act, lambda problem: _page(call, cohort, None, problem))


@routes.get("/dossier.json", openapi_extra=access(actions.get_award_record))
def get_record(call: Called, cohort: Key) -> Response:
    """Give the signed record as a file, byte for byte as it was signed."""
    found = if_there(lambda: actions.get_award_record(call.work, cohort), HTTPStatus.NOT_FOUND)
    if found is None:
        return with_message(go(path_to(HERE, cohort)), "De beslissing is nog niet ondertekend.", bad=True)
    return file_answer(found.record.encode(), file_name(call.work, cohort, "award.json"), "application/json")


@routes.post("/intrekken", openapi_extra=access(actions.withdraw_award_record))
def withdraw(call: Called, cohort: Key, sent: Sent) -> Response:
    """Withdraw the signed record."""
    del sent
    actions.withdraw_award_record(call.work, cohort)
    text = "Het ondertekende verslag is ingetrokken. De jury kan weer wijzigen."
    return with_message(go(path_to(HERE, cohort)), text)


@routes.post("/nakijken", openapi_extra=access(actions.check_award_record, **{MOST_BODY: 2 * MOST_RECORD}))
def check(call: Called, cohort: Key, sent: Sent) -> Response:
    """Say whether a record is signed here and adds up."""
    text = sent["dossier"] or (sent.files[0][2].decode("utf-8", "replace") if sent.files else "")

    def act() -> Response:
        checked = actions.check_award_record(call.work, cohort, read_shape(RecordIn, {"record": text}))
        return _page(call, cohort, checked=checked)

    return or_again(act, lambda problem: _page(call, cohort, None, problem))
