"""Under which name is a file kept? With its cohort and the day, so that those of two cohorts can be told apart."""

from __future__ import annotations

import re
import unicodedata

from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.database.ids import today

MOST_LETTERS = 60
"""Of a cohort's name; the name of a file has limits."""


def file_name(work: Work, cohort: str, name: str) -> str:
    """Give `plan.xlsx` as `plan-limburg-2026-11-29.xlsx`; raises Problem 404 for a cohort that is not the caller's."""
    stem, _, kind = name.rpartition(".")
    return f"{stem}-{_plain(get_cohort(work, cohort).name)}-{today().isoformat()}.{kind}"


def _plain(name: str) -> str:
    """Write a name in small letters, digits and hyphens."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:MOST_LETTERS].strip("-") or "cohorte"
