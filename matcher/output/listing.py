"""How is a table written so that Belgian Excel opens it, this program reads it back, and no cell of it can run?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from matcher.output.spreadsheet_text import safe


def csv_table(header: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Write rows (header to cell; missing cells stay empty) with semicolons, in UTF-8 with its mark."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(header)
    lines.writerows([safe(str(row.get(name, ""))) for name in header] for row in rows)
    return text.getvalue().encode("utf-8-sig")
