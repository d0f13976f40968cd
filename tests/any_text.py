"""Which texts may somebody type anywhere, what is kept of them, and which can't be kept at all?"""

from __future__ import annotations

import re
import unicodedata

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some

MOST = 200
"""Characters of a line in the service."""

ODD = (
    *("[" * MOST, "{" * MOST, "]" * MOST, "}" * MOST, '"' * MOST, "'" * MOST, "\\" * MOST, "<" * MOST, "&" * MOST),
    *(" [HQ", "=1+1", "+32 14 00 00 00", "-x", "@a", "'=1+1", "''-x", "'t Kofschip", "--", "a, b; c/d|e"),
    *("_x0041_", "_x005F_x0041_", "x005F_", "&amp;", "<b>", "</textarea><script>", "<!--", "]]>", "<!DOCTYPE x>"),
    *("Cafe\u0301", "=\u0338", "\u212b", "\u00a0a\u2003b\u3000", "a\u2028b", "a\nb", "a\r\nb", "\ta", "sep=;"),
    *("{{ 1 }}", "%s %0A"),
    *("\\u0000", "0", "1e3", "null", "true", "NaN", "\U0001f468\u200d\U0001f393", "\u05e9\u05dc\u05d5\u05dd"),
    *("\u0345a", "\ufdd0"),
)
"""Texts that something could take for its own: a parser, a spreadsheet, a page."""

HIDDEN = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNUSABLE = tuple("\0\x01\x07\x0b\x1b\x1f\x7f\x85\x9f\ud800\udbff\udc00\udfff\ufffe\uffff" + HIDDEN)
"""Characters that no text of ours holds: controls, halves, none at all, and what turns the direction of reading."""

FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that show nothing: a text of these alone is empty."""

UNSEEN = "\u00ad\u200b\u2060\ufeff"
"""What a file's cells may hold and never keep."""

CHARACTERS = some.characters(exclude_categories=("Cs", "Cc"), exclude_characters="".join(UNUSABLE)) | some.sampled_from(
    "[]{}()\"'\\<>&;,|=+-@_%#/ \t\n\r" + UNSEEN
)

quick = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""Always the same cases, few enough to run each time."""

few = settings(quick, max_examples=6, phases=[Phase.explicit, Phase.generate])
"""For what takes long: many texts go in one case."""


def any_text() -> some.SearchStrategy[str]:
    """Give texts that can be kept, at most a line long before and after composing, of which something shows."""
    texts = some.sampled_from(ODD) | some.text(CHARACTERS, min_size=1, max_size=40)
    return texts.filter(lambda text: bool(_shown(text) and typed(text)) and len(posted(text)) <= MOST)


def unusable_text() -> some.SearchStrategy[str]:
    """Give texts with one character in them that no text of ours may hold."""
    parts = some.text(CHARACTERS, max_size=10)
    return some.builds(lambda before, bad, after: f"a{before}{bad}{after}z", parts, some.sampled_from(UNUSABLE), parts)


def posted(text: str) -> str:
    """Give what the service keeps of a line: composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def noted(text: str) -> str:
    """Give what the service keeps of a note: composed, without spaces around it."""
    return unicodedata.normalize("NFC", text).strip()


def cell(text: str) -> str:
    """Give what is kept of a line in a file: as the service does, without what nobody sees."""
    return posted(_seen(text))


def typed(text: str) -> str:
    """Give what is kept of a line that another program wrote: the apostrophe before a formula is no part of it."""
    visible = _seen(text).strip()
    return posted(visible[1:] if re.match(r"'+[=+\-@]", visible) else visible)


def steady(text: str) -> str:
    """Give a text without signs that only steer how others are drawn or joined."""
    return "".join(one for one in text if unicodedata.category(one) != "Cf")


def printed(text: str) -> str:
    """Give how a line stands in a workbook: without signs that only steer, and never as a formula."""
    line = " ".join(steady(text).split())
    return f"'{line}" if re.match(r"'*[=+\-@]", line) else line


def _shown(text: str) -> str:
    return "".join("".join(one for one in steady(text) if one not in FILLERS).split())


def _seen(text: str) -> str:
    return "".join(one for one in text if one not in UNSEEN)
