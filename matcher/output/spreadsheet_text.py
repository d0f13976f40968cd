"""How does text go into a spreadsheet without ever becoming a formula?"""

from __future__ import annotations

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes text for a formula (OWASP ASVS 5.0, 1.2.10)."""


def safe(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
