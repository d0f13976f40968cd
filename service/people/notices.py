"""What is a person told by mail about the own account? What a thief would do: come in, change a password, a step."""

from __future__ import annotations

import matcher
from service.access import audit_trail, factors
from service.access.people import PersonRow
from service.access.work import Work
from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.mail.outbox import Recipient, propose_mail
from service.web.pages.dutch_format import DAYS

PASSWORD_CHOSEN = "Uw wachtwoord is gewijzigd."  # noqa: S105 - a sentence
LAST_USED = "Er werd ingelogd met uw laatste herstelcode."
STEP_SET = "De tweede stap bij het inloggen is aangezet."
STEP_REMOVED = "De tweede stap bij het inloggen is uitgezet."
RECOVERY_RENEWED = "Er zijn nieuwe herstelcodes gemaakt; de vorige werken niet meer."
STEP_TAKEN = "Een beheerder nam de tweede stap bij het inloggen weg."


def notice(work: Work, transaction: Transaction, person: PersonRow, happened: str) -> None:
    """Mail a person what happened to the own account; nothing is kept where no mail can go."""
    if not work.settings.can_mail:
        return
    to = Recipient("person", person.id, person.name, person.email)
    moment = now().astimezone(matcher.BRUSSELS)
    facts = {"gebeurd": happened, "wanneer": f"{DAYS[moment.weekday()]} {moment:%d/%m/%Y} om {moment:%H.%M} uur"}
    propose_mail(work, transaction, "account_notice", to, facts, cohort=None, deed=f"notice {new_id('x')}")


def notice_recovery(work: Work, transaction: Transaction, person: PersonRow) -> None:
    """Mail a person that a code to recover let somebody in, and how many there are left."""
    left = factors.recovery_left(transaction, person.id)
    text = f"Er werd ingelogd met een herstelcode. U hebt er nog {left} over." if left else LAST_USED
    notice(work, transaction, person, text)


def notice_login(work: Work, transaction: Transaction, person: PersonRow, browser: str) -> None:
    """Mail a person that a browser logged in that never did, as it calls itself; not of the first login of all."""
    before = audit_trail.details(transaction, "login.begun", person.id)
    if before and browser not in {one.get("browser") for one in before}:
        named = browser or "een programma"
        text = f"Er werd ingelogd met een browser die we van u nog niet kenden: {named}."
        notice(work, transaction, person, text)
