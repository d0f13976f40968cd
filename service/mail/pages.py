"""What goes out by mail, and did it arrive? The page Berichten: see each mail, send all or some, and the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import Response

import matcher
from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.core.addresses import path_to
from service.core.errors import Problem
from service.core.upload import Upload
from service.mail import actions, bounce_actions, sheet_actions
from service.mail.kinds import ALL, KINDS
from service.mail.shapes import BounceIn, MailsIn, MailsOut, ReturnedOut
from service.mail.sheet_actions import STATES, mailto
from service.web.answers import CSV, file_answer
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/berichten")

DEEDS: dict[str, tuple[Callable[[Work, str, MailsIn], MailsOut], str, str]] = {
    "stuur": (actions.send_mails, "mail vertrekt", "mails vertrekken"),
    "niet": (actions.drop_mails, "mail vertrekt niet", "mails vertrekken niet"),
    "zelf": (actions.note_sent, "mail staat nu op verstuurd", "mails staan nu op verstuurd"),
}
"""What the buttons under the list do, and how that is told."""

MARKS = {"sent": " goed", "refused": " fout", "bounced": " fout", "failed": " fout", "waiting": " let-op"}


RETURNED = {
    "noted": ("teruggekomen", " fout"),
    "no_failure": ("niet teruggekomen: de mailserver probeert nog of gaf hem af", ""),
    "not_ours": ("gaat over geen mail van deze cohorte", " let-op"),
    "no_report": ("is geen melding van een mailserver; noteer ze met de hand bij de mail zelf", " let-op"),
}
"""How it is told what became of a mail that was handed in, and its mark."""


@routes.get("", openapi_extra=access(actions.list_mails))
def show_mails(call: Called, cohort: Key, stand: str = "", soort: str = "") -> Response:
    """Show what waits for a look, and what became of the rest."""
    return _list(call, cohort, stand, soort)


def _list(  # noqa: PLR0913, PLR0917 - what is shown
    call: Call,
    cohort: str,
    stand: str = "",
    soort: str = "",
    problem: Problem | None = None,
    returns: Sequence[ReturnedOut] = (),
) -> Response:
    with call.work.together() as work:
        row, told = get_cohort(work, cohort), actions.count_mails(work, cohort)
        found = actions.list_mails(work, cohort).items
    log = [one for one in found if one.state != "proposed"]
    return page(
        call.request,
        "berichten.html",
        problem=problem,
        cohort=row,
        told=told,
        proposed=[(one, mailto(one)) for one in reversed(found) if one.state == "proposed"],
        log=[one for one in log if (one.state == stand or not stand) and (one.kind == soort or not soort)],
        known=len(log),
        states={one: STATES[one] for one in told.counts if one != "proposed"},
        kinds={kind: KINDS[kind].title for kind in ALL if any(one.kind == kind for one in log)},
        state=stand,
        kind=soort,
        words=STATES,
        marks=MARKS,
        returns=returns,
        returned=RETURNED,
    )


@routes.post("", openapi_extra=access(actions.send_mails))
def decide(call: Called, cohort: Key, form: Sent) -> Response:
    """Send what was chosen, or all; or decide that it does not go, or went already."""
    do, one, more = DEEDS.get(form["actie"], DEEDS["stuur"])

    def act() -> Response:
        made = do(call.sent(form["eenmaal"]), cohort, _chosen(form))
        told = f"{matcher.counted(len(made.done), one, more)}."
        lost = len(made.without_address)
        if lost:
            stay = matcher.counted(lost, "mail blijft liggen", "mails blijven liggen")
            told += f" {stay}: er is geen adres dat mails ontvangt."
        return with_message(go(path_to("/cohorten/{}/berichten", cohort)), told)

    return or_again(act, lambda problem: _list(call, cohort, problem=problem))


@routes.post("/terug", openapi_extra=access(bounce_actions.read_returns))
def read_returns(call: Called, cohort: Key, form: Sent) -> Response:
    """Read mails that came back, and tell of each what was done with it."""

    def act() -> Response:
        files = [Upload(name, content) for _, name, content in form.files]
        return _list(call, cohort, returns=bounce_actions.read_returns(call.work, cohort, files).items)

    return or_again(act, lambda problem: _list(call, cohort, problem=problem))


def _chosen(form: Form) -> MailsIn:
    """Read which mails are meant, «all» being those that were shown; raises Problem 422 where none is."""
    wanted = form.all("getoond" if form["welke"] == "alle" else "mail")
    if not wanted:
        raise Problem(422, "invalid", "Duid eerst aan welke mails u bedoelt.")
    return read_shape(MailsIn, {"mails": wanted, "texts_version": form.whole("teksten")})


@routes.get("/mails.xlsx", openapi_extra=access(sheet_actions.write_sheet))
def get_sheet(call: Called, cohort: Key) -> Response:
    """Give what is still to be sent as a workbook for mail merge."""
    return file_answer(sheet_actions.write_sheet(call.work, cohort, "xlsx"), "mails.xlsx")


@routes.get("/mails.csv", openapi_extra=access(sheet_actions.write_sheet))
def get_list(call: Called, cohort: Key) -> Response:
    """Give what is still to be sent as a table."""
    return file_answer(sheet_actions.write_sheet(call.work, cohort, "csv"), "mails.csv", CSV)


@routes.get("/mail/{mail}", openapi_extra=access(actions.get_mail))
def show_mail(call: Called, cohort: Key, mail: Key) -> Response:
    """Show one mail as it is or was sent, and what the mail server said."""
    return _one(call, cohort, mail)


def _one(call: Call, cohort: str, key: str, problem: Problem | None = None) -> Response:
    with call.work.together() as work:
        row, told, one = (
            get_cohort(work, cohort),
            actions.count_mails(work, cohort),
            actions.get_mail(work, cohort, key),
        )
    return page(
        call.request,
        "bericht.html",
        problem=problem,
        cohort=row,
        one=one,
        told=told,
        link=mailto(one),
        words=STATES,
        marks=MARKS,
        sendable=one.state in actions.SENDABLE,
        droppable=one.state in actions.DROPPABLE,
    )


@routes.post("/mail/{mail}/terug", openapi_extra=access(bounce_actions.note_bounce))
def note_bounce(call: Called, cohort: Key, mail: Key, form: Sent) -> Response:
    """Note that a mail came back."""

    def act() -> Response:
        body = read_shape(BounceIn, {"reason": form["reden"]})
        bounce_actions.note_bounce(call.sent(form["eenmaal"]), cohort, mail, body)
        return _to(cohort, mail, "Genoteerd dat deze mail terugkwam.")

    return or_again(act, lambda problem: _one(call, cohort, mail, problem))


@routes.post("/mail/{mail}/werkt", openapi_extra=access(bounce_actions.trust_address))
def trust_address(call: Called, cohort: Key, mail: Key, form: Sent) -> Response:
    """Have mails go to this address again."""
    bounce_actions.trust_address(call.sent(form["eenmaal"]), cohort, mail)
    return _to(cohort, mail, "Naar dit adres kunnen weer mails vertrekken.")


def _to(cohort: str, mail: str, told: str) -> Response:
    return with_message(go(path_to("/cohorten/{}/berichten/mail/{}", cohort, mail)), told)
