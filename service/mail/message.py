"""How does a mail look on the wire? Plain text, with an invitation beside it as RFC 6047 wants one."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from service.core.smtp_address import Sender

METHOD = re.compile(r"^METHOD:([A-Z]+)", re.MULTILINE)
POLICY = SMTP.clone(max_line_length=78)


class Letter(NamedTuple):
    """What is sent to whom; `key` is the mail's own id, the same at every attempt."""

    key: str
    name: str
    address: str
    subject: str
    body: str
    calendar: str = ""
    reply_to: str = ""


def content_of(letter: Letter, sender: Sender, moment: datetime) -> bytes:
    """Write a letter as RFC 5322 wants it; by its Message-ID a receiver knows one that came twice.

    Raises ValueError for an address that can't stand in a header.
    """
    made = EmailMessage(policy=POLICY)
    made["From"] = Address(sender.name, addr_spec=sender.address)
    made["To"] = Address(_plain(letter.name), addr_spec=letter.address)
    if letter.reply_to:
        made["Reply-To"] = Address(addr_spec=letter.reply_to)
    made["Subject"] = _plain(letter.subject)
    made["Date"] = format_datetime(moment)
    made["Message-ID"] = message_id(letter.key, sender)
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence is told to a machine
    made.set_content(letter.body, cte="quoted-printable")
    if letter.calendar:
        method = METHOD.search(letter.calendar)
        told = {"method": method.group(1) if method else "PUBLISH"}
        made.add_alternative(letter.calendar, subtype="calendar", cte="base64", params=told)
    return made.as_bytes()


def message_id(key: str, sender: Sender) -> str:
    """Give the Message-ID of a mail, the same at every attempt."""
    return f"<{key}@{sender.domain}>"


def _plain(text: str) -> str:
    """Put a text on one line, without signs that no header may hold."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
