"""How does a link to log in reach a person? By mail, where this service can send any; else by whoever made it."""

from __future__ import annotations

from service.access.logins import LINK_HOLDS
from service.access.people import PersonRow
from service.access.work import Work
from service.database.engine import Transaction
from service.database.ids import digest
from service.mail.kinds import Kind
from service.mail.outbox import Recipient, propose_mail

LOG_IN = "/aanmelden"
"""Where people log in with a browser."""


def mail_link(work: Work, transaction: Transaction, person: PersonRow, link: str, *, invited_by: str = "") -> bool:
    """Mail a person the link with which they log in once; who invites them is named. Tell whether it goes.

    Where there is no mail server nothing is kept: a link in an outbox that nobody empties would help nobody.
    """
    if not work.settings.can_mail:
        return False
    kind: Kind = "colleague_invited" if invited_by else "login_link"
    minutes = str(int(LINK_HOLDS.total_seconds() // 60))
    facts = {"link": f"{work.settings.url}{LOG_IN}#{link}", "minuten": minutes}
    facts |= {"door": invited_by} if invited_by else {}
    to = Recipient("person", person.id, person.name, person.email)
    row = propose_mail(work, transaction, kind, to, facts, cohort=None, deed=f"link {digest(link)}")
    return row.state == "waiting"
