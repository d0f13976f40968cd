"""For whom is an invitation? A mail that goes to another address has one for that address: else no answer counts."""

from __future__ import annotations

import re

FOLD = re.compile(r"\r?\n[ \t]")
ATTENDEE = re.compile(r"^(ATTENDEE[;:].*mailto:)\S+$", re.IGNORECASE)
MOST_OCTETS = 75
"""Of a line, its end not counted (RFC 5545, 3.1)."""


def addressed_to(calendar: str, address: str) -> str:
    """Give an invitation (iCalendar, one attendee) for an address; nothing stays nothing."""
    if not calendar:
        return ""
    lines = FOLD.sub("", calendar).splitlines()
    told = [ATTENDEE.sub(lambda found: found.group(1) + address, line) for line in lines]
    return "".join(f"{_folded(line)}\r\n" for line in told)


def _folded(line: str) -> str:
    """Break a line that is too long, never within a letter."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > MOST_OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n".join(parts)
