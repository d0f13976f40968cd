"""What does a workbook that comes with the form add to the year that is asked?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matcher
from service.core.errors import Fault, Problem
from service.web.pages.forms import Form

FIELD = "werkboek"
SHOWN = 10
"""So many faults of a workbook are told at once."""


def with_book(document: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Add the rows of the workbook's sheets to a request; raises Problem 422 that names sheet, row and column."""
    asked = {name: list(one) if isinstance(one, list) else one for name, one in document.items()}
    for field, name, content in form.files:
        if field != FIELD or not content:
            continue
        found, findings = matcher.read_season_rows(content, name)
        wrong = [f"{one.place}: {one.message} {one.remedy}" for one in findings if one.severity == "error"]
        if wrong:
            fault = Fault(f"#{FIELD}", "bad_workbook", " ".join(wrong[:SHOWN]))
            raise Problem(422, "bad_workbook", "In dit werkboek klopt iets niet.", faults=(fault,))
        windows = {one["round"]: one for one in (*asked["windows"], *found["windows"])}
        for member, rows in (found | {"windows": list(windows.values())}).items():
            asked[member] = rows if member == "windows" else [*asked.get(member, []), *rows]
    return asked
