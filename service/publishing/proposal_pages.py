"""Do the mentor and the school of each pair want it? Asked before a plan is published; answers by telephone noted."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import Names, names_of
from service.core.addresses import path_to
from service.core.errors import Problem, invalid
from service.database.ids import today
from service.publishing.actions import approve
from service.rounds.acceptance import actions
from service.rounds.acceptance.shapes import ProposalAnsweredOut, ProposalAnswerIn, ProposalsOut, ProposeIn
from service.rounds.acceptance.words import ANSWERS, CHOOSE, OVER, mark_of, says_yes
from service.rounds.plan.choices import Choices
from service.rounds.plan.school_sheet import school_page
from service.rounds.run.actions import add_round, get_round
from service.rounds.run.published import round_to_show
from service.rounds.run.shapes import RoundIn
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name, counted
from service.web.pages.forms import ChosenKey, Form, Sent, or_again_beside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/voorstellen")


@routes.get("", openapi_extra=access(actions.propose))
def show_proposals(call: Called, cohort: Key, ronde: ChosenKey = "") -> Response:
    """Show each pair of a plan, the newest unless said, with what was asked and answered."""
    return _proposals(call, cohort, ronde, None)


def _proposals(call: Call, cohort: str, ronde: str, problem: Problem | None) -> Response:
    with call.work.together() as work:
        row, names, shown = get_cohort(work, cohort), names_of(work, cohort), round_to_show(work, cohort, ronde)
        found = actions.list_proposals(work, cohort, shown.round.id) if shown else None
        one = get_round(work, cohort, shown.round.id) if shown else None
    rows = _rows(names, found) if found else []
    return page(
        call.request,
        "voorstellen.html",
        cohort=row,
        round=one,
        newest=shown.newest if shown else True,
        rows=rows,
        outside=found.outside if found else [],
        unasked=sum(one["proposal"] is None for one in rows),
        waiting=sum(bool(one["proposal"] and one["proposal"].waiting_for) for one in rows),
        accepted=sum(one["mark"][0] == "goed" for one in rows),
        keepable=any(one["keepable"] for one in rows),
        declined=any(one["proposal"] and one["proposal"].state == "declined" for one in rows),
        left=sum(bool(one["proposal"] and one["proposal"].state == "left") for one in rows),
        over=OVER,
        names=names,
        answer_by=(today() + actions.USUAL_TIME).isoformat(),
        problem=problem,
    )


def _rows(names: Names, found: ProposalsOut) -> list[dict[str, Any]]:
    """Give a row for each pair of a plan, by the name of the school."""
    rows: list[dict[str, Any]] = [
        {
            "school": one.school,
            "mentor": one.mentor,
            "proposal": one.proposal,
            "mark": mark_of(one.proposal),
            "keepable": says_yes(one.proposal),
        }
        for one in found.pairs
    ]
    return sorted(rows, key=lambda row: by_name(names.school(row["school"])))


@routes.post("", openapi_extra=access(actions.propose))
async def propose(call: Called, cohort: Key, form: Sent) -> Response:
    """Approve a plan where that is still to be done, and propose its pairs: all, or the one that is named."""
    wanted, once = form.key("ronde"), form["eenmaal"]

    def act() -> Response:
        document: dict[str, object] = {"answer_by": form["antwoord_voor"]}
        if form["school"]:
            document["pairs"] = [{"school": form["school"], "mentor": form["mentor"]}]
        body = read_shape(ProposeIn, document)
        if get_round(call.work, cohort, wanted).state == "draft":
            approve(call.sent(f"{once}-a" if once else ""), cohort, wanted)
        made = actions.propose(call.sent(f"{once}-v" if once else ""), cohort, wanted, body)
        asked = sum(bool(one.proposal and one.proposal.state not in OVER) for one in made.pairs)
        told = f"{counted(asked, 'koppel van dit plan is', 'koppels van dit plan zijn')} nu voorgesteld."
        return with_message(go(_back(cohort, form)), told)

    return await _or_again(call, cohort, form, act)


@routes.post("/herinner", openapi_extra=access(actions.remind))
async def remind(call: Called, cohort: Key, form: Sent) -> Response:
    """Have everybody reminded who has still to answer."""

    def act() -> Response:
        told = actions.remind(call.sent(form["eenmaal"]), cohort, form.key("ronde"))
        ready = counted(told, "herinnering staat", "herinneringen staan")
        return with_message(go(_back(cohort, form)), f"{ready} klaar bij Berichten. Nog niets is verstuurd.")

    return await _or_again(call, cohort, form, act)


@routes.post("/antwoord", openapi_extra=access(actions.note_answer))
async def note_answer(call: Called, cohort: Key, form: Sent) -> Response:
    """Note what a mentor or school answered."""

    def act() -> Response:
        if form["antwoord"] not in ANSWERS:
            raise invalid("/answer", "no_answer", CHOOSE)
        body = read_shape(ProposalAnswerIn, {"side": form["kant"], "answer": form["antwoord"], "reason": form["reden"]})
        made = actions.note_answer(call.sent(form["eenmaal"]), cohort, form.key("voorstel"), body)
        return with_message(go(_back(cohort, form)), _told(body, made))

    return await _or_again(call, cohort, form, act)


def _told(body: ProposalAnswerIn, made: ProposalAnsweredOut) -> str:
    """Say what an answer means, and for a decline what follows from it."""
    told = f"Genoteerd: de {body.side} zegt {ANSWERS[body.answer]}."
    if body.answer == "accepted":
        return told + (" Het koppel is aanvaard." if made.proposal.state == "accepted" else "")
    if made.ban is None:
        return told + " Het koppel kon niet verboden worden: kijk de afspraken na."
    return told + " Dit koppel is verboden vanaf de volgende ronde, met die reden. Zoek opnieuw."


@routes.post("/trek-in", openapi_extra=access(actions.withdraw_proposal))
def withdraw(call: Called, cohort: Key, form: Sent) -> Response:
    """Take a proposal back."""
    actions.withdraw_proposal(call.work, cohort, form.key("voorstel"))
    return with_message(go(_back(cohort, form)), "Dit voorstel is ingetrokken: er kan niet meer op geantwoord worden.")


@routes.post("/opnieuw", openapi_extra=access(actions.keep_accepted))
async def search_again(call: Called, cohort: Key, form: Sent) -> Response:
    """Have a new plan searched; who said yes stays where that is asked."""
    once = form["eenmaal"]

    def act() -> Response:
        kept = 0
        if form["houd"] == "1":
            work = call.sent(f"{once}-h" if once else "")
            kept = actions.keep_accepted(work, cohort, form.key("ronde"))
        add_round(call.sent(f"{once}-r" if once else ""), cohort, RoundIn(repair=None))
        told = f"{counted(kept, 'koppel is', 'koppels zijn')} vastgezet; een nieuwe ronde loopt." if kept else ""
        return with_message(go(path_to("/cohorten/{}/ronde", cohort)), told or "Een nieuwe ronde loopt.")

    return await _or_again(call, cohort, form, act)


def _back(cohort: str, form: Form) -> str:
    """Give where a form came from: the page of a school, or the list of a round."""
    if form["terug"]:
        return path_to("/cohorten/{}/plan/{}", cohort, form["terug"], query={"ronde": form["ronde"]})
    return path_to("/cohorten/{}/voorstellen", cohort, query={"ronde": form["ronde"]})


async def _or_again(call: Call, cohort: str, form: Form, act: Callable[[], Response]) -> Response:
    """Do what a form asks; where that is refused, show again the page that it stands on."""

    async def again(problem: Problem) -> Response:
        if form["terug"]:
            there = Choices(ronde=form["ronde"] and form.key("ronde"))
            return await school_page(call, cohort, form.key("terug"), there, (Form(), problem))
        return await run_in_threadpool(_proposals, call, cohort, form["ronde"] and form.key("ronde"), problem)

    return await or_again_beside(act, again, HTTPStatus.NOT_FOUND)
