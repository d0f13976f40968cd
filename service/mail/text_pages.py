"""With which words does a cohort write? A page for each kind of mail: write, look on a real mail, keep, take ours."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.core.addresses import path_to
from service.core.errors import Problem, not_found
from service.mail import text_actions as actions
from service.mail.kinds import KINDS, Kind
from service.mail.shapes import TemplateIn, TemplateOut, WordingIn
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/berichten/teksten")


@routes.get("", openapi_extra=access(actions.get_mail_texts))
def show_texts(call: Called, cohort: Key) -> Response:
    """Show which texts there are, and how the cohort signs."""
    return _texts(call, cohort, None)


def _texts(call: Call, cohort: str, refused: tuple[Form, Problem] | None) -> Response:
    form, problem = refused or (None, None)
    with call.work.together() as work:
        row, found = get_cohort(work, cohort), actions.get_mail_texts(work, cohort)
    return page(
        call.request,
        "mailteksten.html",
        problem=problem,
        cohort=row,
        texts=found.texts,
        signature=found.signature,
        reply_to=found.reply_to,
        version=version_of(actions.tag_of(cohort, found), form, problem),
    )


@routes.post("", openapi_extra=access(actions.replace_wording))
def keep_wording(call: Called, cohort: Key, form: Sent) -> Response:
    """Keep how the cohort signs, and where answers go."""

    def act() -> Response:
        body = read_shape(WordingIn, {"signature": _plain(form["ondertekening"]), "reply_to": form["antwoord"]})
        actions.replace_wording(call.sent("", form["versie"]), cohort, body)
        return with_message(go(path_to("/cohorten/{}/berichten/teksten", cohort)), "De ondertekening is bewaard.")

    return or_again(act, lambda problem: _texts(call, cohort, (form, problem)))


@routes.get("/{kind}", openapi_extra=access(actions.get_mail_texts))
def show_text(call: Called, cohort: Key, kind: Key) -> Response:
    """Show the text of a kind of mail, filled in."""
    return _text(call, cohort, kind, None)


def _text(call: Call, cohort: str, key: str, refused: tuple[Form, Problem | None] | None) -> Response:
    kind = _kind(key)
    form, problem = refused or (None, None)
    with call.work.together() as work:
        row, found = get_cohort(work, cohort), actions.get_mail_texts(work, cohort)
        used: TemplateOut = next(one for one in found.texts if one.kind == kind)
        typed = form or Form({"onderwerp": [used.subject], "tekst": [used.body]})
        body = read_shape(TemplateIn, {"subject": typed["onderwerp"], "body": _plain(typed["tekst"])})
        preview = actions.preview_text(work, cohort, kind, body)
    return page(
        call.request,
        "mailtekst.html",
        problem=problem,
        cohort=row,
        one=used,
        form=typed,
        preview=preview,
        lines={part: [one for one in preview.findings if one.part == part] for part in ("subject", "body")},
        version=version_of(actions.tag_of(cohort, found), form, problem),
    )


@routes.post("/{kind}", openapi_extra=access(actions.replace_text))
def keep_text(call: Called, cohort: Key, kind: Key, form: Sent) -> Response:
    """Keep a text, show it filled in, or take ours again."""
    known, here = _kind(kind), path_to("/cohorten/{}/berichten/teksten/{}", cohort, kind)
    if form["actie"] == "terug":
        actions.reset_text(call.sent("", None), cohort, known)
        return with_message(go(here), "De tekst van in2stem staat er weer.")
    if form["actie"] == "bekijk":
        return _text(call, cohort, kind, (form, None))

    def act() -> Response:
        body = read_shape(TemplateIn, {"subject": form["onderwerp"], "body": _plain(form["tekst"])})
        actions.replace_text(call.sent("", form["versie"]), cohort, known, body)
        return with_message(go(here), "De tekst is bewaard. Wat nog niet vertrok, krijgt ze ook.")

    return or_again(act, lambda problem: _text(call, cohort, kind, (form, problem)))


def _kind(key: str) -> Kind:
    if key not in KINDS or not KINDS[key].of_cohort:  # type: ignore[index]
        raise not_found("Deze tekst")
    return key  # type: ignore[return-value]


def _plain(text: str) -> str:
    """Give the lines of a field as they are kept: browsers send them with two signs at their ends."""
    return text.replace("\r\n", "\n")
