"""With which words does a cohort write its mails?"""

from __future__ import annotations

from service.access.permissions import access
from service.mail import text_actions as actions
from service.mail.kinds import Kind
from service.mail.shapes import MailTextsOut, PreviewOut, TemplateIn, WordingIn
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/mail-texts", "mails")


@routes.get("", openapi_extra=access(actions.get_mail_texts))
def get_mail_texts(call: Called, cohort: Key) -> MailTextsOut:
    """Geef de teksten van de mails, en hoe de cohorte ondertekent. Versie 0 is de tekst van in2stem zelf."""
    return call.tagged(actions.get_mail_texts(call.work, cohort), actions.tag_of, cohort)


@routes.put("", openapi_extra=access(actions.replace_wording))
def replace_wording(call: Called, cohort: Key, body: WordingIn) -> MailTextsOut:
    """Stel in hoe de cohorte ondertekent en waar antwoorden aankomen; If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.replace_wording(call.work, cohort, body), actions.tag_of, cohort)


@routes.put("/{kind}", openapi_extra=access(actions.replace_text))
def replace_text(call: Called, cohort: Key, kind: Kind, body: TemplateIn) -> MailTextsOut:
    """Schrijf een tekst zelf; wat voorgesteld is, krijgt ze meteen. If-Match zegt welke versie u gelezen hebt."""
    return call.tagged(actions.replace_text(call.work, cohort, kind, body), actions.tag_of, cohort)


@routes.delete("/{kind}", openapi_extra=access(actions.reset_text))
def reset_text(call: Called, cohort: Key, kind: Kind) -> MailTextsOut:
    """Neem weer de tekst van in2stem."""
    return call.tagged(actions.reset_text(call.work, cohort, kind), actions.tag_of, cohort)


@routes.post("/{kind}/preview", openapi_extra=access(actions.preview_text))
def preview_text(call: Called, cohort: Key, kind: Kind, body: TemplateIn) -> PreviewOut:
    """Vul een tekst in op de nieuwste mail van haar soort, of zeg op welke regel ze niet klopt. Bewaart niets."""
    return actions.preview_text(call.work, cohort, kind, body)
