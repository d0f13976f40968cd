"""How does a coordinator send mails with a program of their own? A sheet for mail merge, and a link for each mail."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import matcher
from service.access.action import action
from service.access.work import Work
from service.mail.actions import SENDABLE, list_mails
from service.mail.shapes import MailOut

COLUMNS = (
    *(("Soort", 28), ("Nummer", 14), ("Naam", 26), ("E-mail", 32), ("Onderwerp", 44), ("Tekst", 90), ("Stand", 16)),
)
STATES = {
    "proposed": "voorgesteld",
    "waiting": "wacht op verzending",
    "sending": "wordt verstuurd",
    "sent": "verstuurd",
    "refused": "geweigerd",
    "bounced": "teruggekomen",
    "failed": "mislukt",
    "dropped": "niet sturen",
}
"""How each state reads."""

LONGEST_LINK = 1900
"""Some programs take no longer address; what is longer has no link."""


@action("coordinator")
def write_sheet(work: Work, cohort: str, form: Literal["xlsx", "csv"]) -> bytes:
    """Give what is still to be sent as a sheet, a row for each mail; that it was read is noted."""
    items = [one for one in list_mails(work, cohort).items if one.state in SENDABLE and one.state != "dropped"]
    rows = [_row(one) for one in reversed(items)]
    names = [name for name, _ in COLUMNS]
    if form == "csv":
        return matcher.csv_table(names, (dict(zip(names, row, strict=True)) for row in rows))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mails.xlsx"
        matcher.write_table(matcher.DossierTable(title="Mails", columns=COLUMNS, rows=tuple(rows)), path)
        return path.read_bytes()


def mailto(one: MailOut) -> str:
    """Give the link that opens a mail in one's own program (RFC 6068); empty where that can't be."""
    if not one.mailable:
        return ""
    body = quote(one.body.replace("\n", "\r\n"), safe="")
    link = f"mailto:{quote(one.address, safe='@')}?subject={quote(one.subject, safe='')}&body={body}"
    return link if len(link) <= LONGEST_LINK else ""


def _row(one: MailOut) -> tuple[str, ...]:
    return (one.title, one.who, one.name, one.address, one.subject, one.body, STATES[one.state])
