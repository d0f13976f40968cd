"""How does a school rate itself on its own page? One sheet for each person, kept at each submit, submitted once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response

from service.access.permissions import access
from service.access.work import Work
from service.core.addresses import path_to
from service.core.errors import Problem
from service.measuring.actions import tag_of_sheet
from service.measuring.needs_actions import questions_asked
from service.measuring.shapes import Moment, RaterIn, SheetIn
from service.measuring.sheet_form import faults_of, is_empty, kept_rows, rated, sheet_document, typed_rows, words_of
from service.measuring.words import MOMENTS
from service.participants import own_measuring
from service.participants.own_page import back
from service.participants.own_route import own_router
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import NEW, Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go
from service.web.shapes import Key

routes = own_router()

Who = Annotated[str, Query(max_length=64)]


@routes.get("/meting/{moment}", openapi_extra=access(own_measuring.own_sheet))
def show_sheet(call: Called, secret: Key, moment: Moment, wie: Who = "") -> Response:
    """Show the sheet of one person, and who filled in so far."""
    return _page(call, (secret, moment), wie)


def _page(
    call: Call, where: tuple[str, Moment], who: str, form: Form | None = None, problem: Problem | None = None
) -> Response:
    (secret, moment), rater = where, " ".join(who.split())
    found, asked = own_measuring.own_sheet(call.work, moment, rater), questions_asked()
    rows = typed_rows(form) if form else kept_rows(found.sheet)
    faults = faults_of(rows, problem)
    newest = tag_of_sheet(found.me.row.id, moment, found.sheet) if found.sheet else NEW
    return page(
        call.request,
        "mijn_meting.html",
        home=path_to("/mijn/{}", secret),
        here=path_to("/mijn/{}/meting/{}", secret, moment),
        me=found.me,
        measured=found.measured,
        results_of=found.results,
        words=MOMENTS[moment],
        rater=rater,
        asked=asked,
        filled=rows,
        kept=found.sheet is not None,
        rated=rated(rows),
        version=form["versie"] if form and form["vanzelf"] else version_of(newest, form, problem),
        faults=faults,
        refused=words_of(problem, faults),
        problem=problem,
    )


def _says_something(form: Form) -> bool:
    """Tell whether there is something to keep: a new sheet with nothing on it is none."""
    return form["versie"] != NEW or not is_empty(typed_rows(form))


def _keep(call: Call, moment: Moment, form: Form) -> None:
    rater = read_shape(RaterIn, {"rater": " ".join(form["wie"].split())}).rater
    body = read_shape(SheetIn, sheet_document(typed_rows(form)))
    own_measuring.save_own_sheet(_work(call, form), moment, rater, body)


def _work(call: Call, form: Form) -> Work:
    """Give the work on the version that was read; a new sheet has none."""
    return call.sent("", form["versie"])


@routes.post("/meting/{moment}", openapi_extra=access(own_measuring.save_own_sheet))
def keep_sheet(call: Called, secret: Key, moment: Moment, form: Sent) -> Response:
    """Keep a sheet as a draft; the script does so by itself (`vanzelf`) while somebody fills in."""

    def act() -> Response:
        if not form["vanzelf"] or _says_something(form):
            _keep(call, moment, form)
        here = path_to("/mijn/{}/meting/{}", secret, moment, query={"wie": " ".join(form["wie"].split())})
        told = "" if form["vanzelf"] else "Bewaard. Dien de meting in als iedereen klaar is."
        return with_message(go(here), told) if told else go(here)

    return or_again(act, lambda problem: _page(call, (secret, moment), form["wie"], form, problem))


@routes.post("/meting/{moment}/indienen", openapi_extra=access(own_measuring.submit_own))
def submit(call: Called, secret: Key, moment: Moment, form: Sent) -> Response:
    """Submit what everybody filled in, the sheet on the page included: from then on it is frozen."""
    sheet = "versie" in form

    def act() -> Response:
        if sheet and _says_something(form):
            _keep(call, moment, form)
        own_measuring.submit_own(call.sent(form["eenmaal"]), moment)
        return back(secret, "meting", f"De {MOMENTS[moment].lower()} is ingediend en ligt vast.")

    return or_again(act, lambda problem: _page(call, (secret, moment), form["wie"], form if sheet else None, problem))
