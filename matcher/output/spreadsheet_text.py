"""How does text go into a spreadsheet without ever becoming a formula?"""

from __future__ import annotations

from matcher.intake.reading.cell_text import begins_formula


def safe(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run; reading a cell takes it away again."""
    return f"'{text}" if begins_formula(text) else text
