"""How does a school write its dossier for the label on its own page, print it and take it along?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.core.errors import Problem
from service.participants import own_dossier
from service.participants.own_route import own_router
from service.trajectory.label.dossier_words import dossier_shown
from service.trajectory.label.practice_form import document_of, practice_fields, typed_rows
from service.trajectory.label.shapes import PracticesIn
from service.web.answers import file_answer
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go
from service.web.shapes import Key

routes = own_router()


@routes.get("/dossier", openapi_extra=access(own_dossier.own_application))
def show_dossier(call: Called, secret: Key) -> Response:
    """Show what the school shows per key element, to be changed, and how far its application is."""
    return _page(call, secret)


def _page(call: Call, secret: str, form: Form | None = None, problem: Problem | None = None) -> Response:
    with call.work.together() as work:
        me, applied = own_dossier.own_application(work)
        fields = practice_fields(work, me.cohort.id, me.row.id, form, problem)
    return page(call.request, "mijn_dossier.html", home=path_to("/mijn/{}", secret), me=me, applied=applied, **fields)


@routes.post("/dossier", openapi_extra=access(own_dossier.keep_own_practices))
def keep_practices(call: Called, secret: Key, form: Sent) -> Response:
    """Keep what the school shows."""

    def act() -> Response:
        body = read_shape(PracticesIn, document_of(typed_rows(form)))
        own_dossier.keep_own_practices(call.sent("", form["versie"]), body)
        return with_message(go(path_to("/mijn/{}/dossier", secret)), "Bewaard.")

    return or_again(act, lambda problem: _page(call, secret, form, problem))


@routes.get("/dossier/bekijk", openapi_extra=access(own_dossier.own_dossier))
def read_dossier(call: Called, secret: Key) -> Response:
    """Show the whole dossier, to copy from or to print."""
    me, found = own_dossier.own_dossier(call.work)
    home = path_to("/mijn/{}", secret)
    return page(call.request, "mijn_dossier_lezen.html", home=home, me=me, **dossier_shown(found))


@routes.get("/dossier.xlsx", openapi_extra=access(own_dossier.write_own_dossier))
def get_dossier(call: Called, secret: Key) -> Response:  # noqa: ARG001 - who calls is told by it
    """Give the whole dossier as a workbook."""
    return file_answer(own_dossier.write_own_dossier(call.work), "dossier.xlsx")
