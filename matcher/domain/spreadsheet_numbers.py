"""Which number was it before a spreadsheet took it for an amount, such as `101`, `34561.0`, `3,4563E+04`, `34.561`?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WHOLE: Final = re.compile(r"([0-9]+)(-[0-9A-Za-z]+)?")
_FLOAT: Final = re.compile(r"([0-9]+)[.,]0+")
_SCIENTIFIC: Final = re.compile(r"([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,2})", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:[.\u00a0\u202f ][0-9]{3})+")


def is_scientific(text: str) -> bool:
    """Whether a spreadsheet wrote a number with an exponent."""
    return _SCIENTIFIC.fullmatch(text) is not None


def has_thousands(text: str) -> bool:
    """Whether a number has signs between its thousands; it may be a number of its own too."""
    return _THOUSANDS.fullmatch(text) is not None


def as_typed(text: str) -> str:
    """Give the digits behind a float or an exponent where none are lost, else the text as it is."""
    if match := _FLOAT.fullmatch(text):
        return match[1]
    match = _SCIENTIFIC.fullmatch(text)
    if match and len(match[2] or "") == int(match[3]):
        return f"{match[1]}{match[2] or ''}"
    return text


def same_number(text: str, known: Iterable[str]) -> str | None:
    """Give the known number that this is, as it is or as a spreadsheet leaves it; None where none or several are."""
    known = tuple(known)
    if text in known:
        return text
    bare = _bare(text)
    same = {one for one in known if _bare(one) == bare} if bare else set()
    return same.pop() if len(same) == 1 else None


def _bare(text: str) -> str:
    """Give a number without its zeros in front and what a spreadsheet does to it; empty for what is no number."""
    typed = as_typed(text)
    digits = re.sub(r"[^0-9]", "", typed) if has_thousands(typed) else typed
    match = _WHOLE.fullmatch(digits)
    return f"{match[1].lstrip('0')}{(match[2] or '').casefold()}" if match else ""
