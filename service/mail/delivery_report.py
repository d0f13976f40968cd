"""What does a mail that came back say? The report of a mail server: which address, what happened, about which mail.

RFC 3464: a `multipart/report` with a part for programs. Whatever else was handed in is no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import Final

MOST_RECIPIENTS: Final = 50
LONGEST: Final = 300
OUR_ID: Final = re.compile(r"<([^<>@\s]{1,64})@[^<>\s]{1,255}>")
"""The Message-ID of a mail of ours: its own id stands before the @."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a report tells of one address: `failed` for good, or not (delayed, delivered); `reason` as the server says.

    `mail` is the id before the @ of the message that is reported on, empty where the report does not tell.
    """

    address: str
    failed: bool
    reason: str
    mail: str


def read_report(content: bytes) -> tuple[Returned, ...]:
    """Read a mail (RFC 5322 bytes, an `.eml` file); nothing for what is no report. Never raises."""
    try:
        whole = message_from_bytes(content, policy=compat32)
        parts = list(whole.walk())
        found = [part for part in parts if part.get_content_type() == "message/delivery-status"]
        key = next(filter(None, (_our_id(part) for part in _originals(parts))), "")
        blocks = [one for part in found for one in _blocks(part)]
        told = [_returned(one, key) for one in blocks[:MOST_RECIPIENTS]]
    except (LookupError, ValueError, TypeError, RecursionError):  # of what claims to be a mail and can't be read as one
        return ()
    return tuple(dict.fromkeys(one for one in told if one is not None))


def _blocks(part: Message) -> Iterator[Message]:
    """Give the groups of fields of a report; one of the message as a whole names no recipient."""
    payload = part.get_payload()
    for one in payload if isinstance(payload, list) else ():
        if isinstance(one, Message):
            yield one


def _originals(parts: list[Message]) -> Iterator[Message]:
    """Give what is sent back of the message itself: whole, or its headers alone."""
    for part in parts:
        kind, payload = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list):
            yield from (one for one in payload if isinstance(one, Message))
        elif kind == "text/rfc822-headers":
            text = part.get_payload(decode=True)
            if isinstance(text, bytes):
                yield message_from_bytes(text, policy=compat32)


def _our_id(original: Message) -> str:
    found = OUR_ID.search(str(original.get("Message-ID", "")))
    return found.group(1) if found else ""


def _returned(block: Message, key: str) -> Returned | None:
    to = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    address = to.rpartition(";")[2].strip().strip("<>")
    action = str(block.get("Action") or "").strip().casefold()
    if not address or not action:
        return None
    said = str(block.get("Diagnostic-Code") or "")
    told = " ".join(filter(None, (_plain(block.get("Status")), _plain(said.partition(";")[2] or said))))
    return Returned(address=_plain(address), failed=action == "failed", reason=told[:LONGEST], mail=key)


def _plain(text: object) -> str:
    """Put on one line what a header holds, without signs that nobody can read."""
    return " ".join("".join(one if one.isprintable() else " " for one in str(text or "")).split())
