"""How large may a file be before it is refused?"""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 5_000_000
"""Bytes of one file, as uploaded."""

MAX_ROWS: Final = 50_000
"""Rows of one table, its header included."""

MAX_WIDTH: Final = 1_000
"""Columns of one table of text; empty ones after the last that holds something do not count."""

MAX_CELL: Final = 1_000
"""Characters of one cell."""

MAX_FINDINGS: Final = 1_000
"""Findings that are listed; the rest is counted."""

MAX_SHOWN: Final = 80
"""Characters of a value that a finding repeats."""
