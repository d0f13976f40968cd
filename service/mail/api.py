"""What is told by mail, in which words? Coordinators see each mail first, have it sent, and see whether it arrived."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Query, Response, UploadFile

from service.access.permissions import access
from service.core.upload import Upload
from service.mail import actions, bounce_actions, sheet_actions, text_actions
from service.mail.kinds import Kind, State
from service.mail.shapes import (
    BounceIn,
    MailCountsOut,
    MailOut,
    MailsIn,
    MailsOut,
    MailTextsOut,
    PreviewOut,
    ReturnsOut,
    TemplateIn,
    WordingIn,
)
from service.web.answers import BOOK, CSV, TABLE, file_answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.uploads import contents

routes = router("/v1/cohorts/{cohort}/mails", "mails")
texts = router("/v1/cohorts/{cohort}/mail-texts", "mails")

Files = Annotated[list[UploadFile] | None, File(description="Teruggekomen mails, als .eml bewaard.")]


@routes.get("", openapi_extra=access(actions.list_mails))
def list_mails(  # noqa: PLR0913, PLR0917 - what to look for
    call: Called,
    cohort: Key,
    state: Annotated[State | None, Query(description="Alleen in deze toestand.")] = None,
    kind: Annotated[Kind | None, Query(description="Alleen van deze soort.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[MailOut]:
    """Geef de mails, de nieuwste eerst: aan wie, met welke tekst, hoever, en wat de mailserver zei."""
    return actions.list_mails(call.work, cohort, state, kind, limit, cursor)


@routes.get("/counts", openapi_extra=access(actions.count_mails))
def count_mails(call: Called, cohort: Key) -> MailCountsOut:
    """Geef hoeveel mails er in elke toestand zijn, en of er een mailserver is."""
    return actions.count_mails(call.work, cohort)


@routes.get("/mails.xlsx", response_class=Response, responses=BOOK, openapi_extra=access(sheet_actions.write_sheet))
def get_mail_workbook(call: Called, cohort: Key) -> Response:
    """Geef wat nog te versturen is als werkboek, om het zelf samen te voegen en te mailen."""
    return file_answer(sheet_actions.write_sheet(call.work, cohort, "xlsx"), "mails.xlsx")


@routes.get("/mails.csv", response_class=Response, responses=TABLE, openapi_extra=access(sheet_actions.write_sheet))
def get_mail_table(call: Called, cohort: Key) -> Response:
    """Geef wat nog te versturen is als CSV, om het zelf samen te voegen en te mailen."""
    return file_answer(sheet_actions.write_sheet(call.work, cohort, "csv"), "mails.csv", CSV)


@routes.post("/send", openapi_extra=access(actions.send_mails))
def send_mails(call: Called, cohort: Key, body: MailsIn) -> MailsOut:
    """Verstuur mails die u gezien hebt: voorgestelde, of opnieuw wat niet aankwam."""
    return actions.send_mails(call.work, cohort, body)


@routes.post("/drop", openapi_extra=access(actions.drop_mails))
def drop_mails(call: Called, cohort: Key, body: MailsIn) -> MailsOut:
    """Beslis dat mails niet vertrekken."""
    return actions.drop_mails(call.work, cohort, body)


@routes.post("/by-hand", openapi_extra=access(actions.note_sent))
def note_sent(call: Called, cohort: Key, body: MailsIn) -> MailsOut:
    """Noteer dat u mails zelf met een ander programma verstuurde."""
    return actions.note_sent(call.work, cohort, body)


@routes.post("/returns", openapi_extra=access(bounce_actions.read_returns))
def read_returns(call: Called, cohort: Key, files: Files = None) -> ReturnsOut:
    """Lees mails die terugkwamen. Wat de mailserver zei, staat daarna bij elke mail; het adres krijgt niets meer."""
    found = [Upload(name, content) for name, content in contents(files or ())]
    return bounce_actions.read_returns(call.work, cohort, found)


@routes.get("/{mail}", openapi_extra=access(actions.get_mail))
def get_mail(call: Called, cohort: Key, mail: Key) -> MailOut:
    """Geef één mail."""
    return actions.get_mail(call.work, cohort, mail)


@routes.post("/{mail}/bounce", openapi_extra=access(bounce_actions.note_bounce))
def note_bounce(call: Called, cohort: Key, mail: Key, body: BounceIn) -> MailOut:
    """Noteer dat een verstuurde mail terugkwam, met de reden. Dat ziet u in de mailbox van de afzender."""
    return bounce_actions.note_bounce(call.work, cohort, mail, body)


@routes.post("/{mail}/trust", openapi_extra=access(bounce_actions.trust_address))
def trust_address(call: Called, cohort: Key, mail: Key) -> MailOut:
    """Laat weer mails vertrekken naar het adres van een mail die terugkwam."""
    return bounce_actions.trust_address(call.work, cohort, mail)


@texts.get("", openapi_extra=access(text_actions.get_mail_texts))
def get_mail_texts(call: Called, cohort: Key) -> MailTextsOut:
    """Geef de teksten van de mails, en hoe de cohorte ondertekent. Versie 0 is de tekst van in2stem zelf."""
    return call.tagged(text_actions.get_mail_texts(call.work, cohort), text_actions.tag_of, cohort)


@texts.put("", openapi_extra=access(text_actions.replace_wording))
def replace_wording(call: Called, cohort: Key, body: WordingIn) -> MailTextsOut:
    """Stel in hoe de cohorte ondertekent en waar antwoorden aankomen; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(text_actions.replace_wording(call.work, cohort, body), text_actions.tag_of, cohort)


@texts.put("/{kind}", openapi_extra=access(text_actions.replace_text))
def replace_text(call: Called, cohort: Key, kind: Kind, body: TemplateIn) -> MailTextsOut:
    """Schrijf een tekst zelf; wat voorgesteld is, krijgt ze meteen. If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(text_actions.replace_text(call.work, cohort, kind, body), text_actions.tag_of, cohort)


@texts.delete("/{kind}", openapi_extra=access(text_actions.reset_text))
def reset_text(call: Called, cohort: Key, kind: Kind) -> MailTextsOut:
    """Neem weer de tekst van in2stem."""
    return call.tagged(text_actions.reset_text(call.work, cohort, kind), text_actions.tag_of, cohort)


@texts.post("/{kind}/preview", openapi_extra=access(text_actions.preview_text))
def preview_text(call: Called, cohort: Key, kind: Kind, body: TemplateIn) -> PreviewOut:
    """Vul een tekst in op de nieuwste mail van haar soort, of zeg op welke regel ze niet klopt. Bewaart niets."""
    return text_actions.preview_text(call.work, cohort, kind, body)
