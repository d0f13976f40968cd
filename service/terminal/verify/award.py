"""Does a signed record of an Award still add up? Its part of `verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import matcher
from service.terminal.exit_codes import EXIT_DIFFERENT
from service.terminal.printing import say

KIND: Final = "in2stem-signed/1"


def verify_award(path: Path, public_key: str | None) -> int:
    """Check the signature and work the ranking out again; exit 0, or 1 with what differs."""
    verdict, document = matcher.verify_document(path.read_bytes(), public_key)
    difference = matcher.check_award_record(document) if verdict.sound else None
    say(verdict.sentence)
    if verdict.sound:
        say(difference or "De rangschikking is opnieuw uitgerekend: alles klopt.")
    say(*([f"Ondertekend met: {verdict.public_key}"] if verdict.public_key else []))
    return 0 if verdict.sound and difference is None else EXIT_DIFFERENT
