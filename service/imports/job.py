"""How is an import read as a job? What is read and what is kept of it; the reading itself is `reading.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import matcher
from service.access import scope
from service.cohorts.policy import store as rules
from service.database.engine import Transaction
from service.imports import reading_store as readings
from service.imports import store as imports
from service.imports.losses import losses_of
from service.imports.merging import merged
from service.imports.reading import run
from service.imports.reading_store import Reading
from service.jobs.store import JobRow
from service.rounds.given.round_of_rows import people_of

__all__ = ["finish", "prepare", "run"]


def prepare(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the files, the fixes, what headers were told to mean, and who stands in the cohort beside the files."""
    row = imports.find(transaction, str(job.target))
    if row is None:
        raise matcher.InvalidValueError("Deze import is intussen verwijderd.")
    files = [tuple(one) for one in imports.files(transaction, row.id)]
    policy = rules.newest(transaction, row.cohort).document
    beside = matcher.round_to_document(people_of(transaction, row.cohort))
    answers = readings.known(transaction, row.cohort).cells
    told = {"fixes": list(row.fixes), "mapping": dict(row.mapping), "answers": answers}
    return {"files": files, "policy": policy, "beside": beside} | told


def finish(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep what was found, unless somebody changed the import meanwhile: then another job reads it."""
    row = imports.find(transaction, str(job.target))
    if row is None or row.job != job.id or row.state != "reading":
        return
    preview = dict(result["preview"]) | {"changes": [], "touched": {}}
    if preview["given"] is not None:
        found = merged(transaction, row.cohort, preview)
        preview |= {"changes": [asdict(one) for one in found.changes], "touched": found.touched}
        preview |= losses_of(found).document
    how = Reading(**preview.pop("how"))
    if imports.change(transaction, row, state="ready", preview=preview, mapping=how.headers):
        imports.keep_report(transaction, row.id, result["report"])
        if any(name.lower() == matcher.READING_FILE for name in imports.names(transaction, row.id)):
            scope.touch(transaction, row.cohort)
            readings.keep(transaction, row.cohort, how, row.created_by)
