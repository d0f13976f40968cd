"""How does text go into a spreadsheet without ever becoming a formula?"""

from __future__ import annotations

import re

from matcher.intake.reading.cell_text import begins_formula

_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Where text looks like a character that a workbook escapes, such as `_x0041_` (ECMA-376, part 1, 22.9.2.19)."""


def safe(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run; reading a cell takes it away again."""
    return f"'{text}" if begins_formula(text) else text


def as_cell(text: str) -> str:
    """Write text for a workbook's cell: it never runs, and is never taken for an escaped character."""
    return _LIKE_AN_ESCAPE.sub("_x005F_", safe(text))
