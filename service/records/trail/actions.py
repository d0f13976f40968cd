"""How is the audit trail read?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.access import audit_trail
from service.access.action import action
from service.access.work import Work
from service.core.errors import invalid
from service.records.trail.shapes import AuditOut
from service.web.paging import page_of
from service.web.shapes import Page


@action("coordinator")
def list_lines(work: Work, cohort: str | None, limit: int, cursor: str | None = None) -> Page[AuditOut]:
    """Give the trail from the newest line back: that of one cohort, or for an admin (None) all of it."""
    is_admin = work.caller.role == "admin"
    if cohort is None and not is_admin:
        detail = "Alleen een beheerder ziet het hele spoor. Geef met ?cohort= op welke cohorte u bedoelt."
        raise invalid("/query/cohort", "missing", detail)
    with work.reading() as transaction:
        if cohort is not None and not is_admin:
            work.cohort(transaction, cohort)
        rows = audit_trail.lines(transaction, cohort, cursor, limit + 1)
    return page_of(_shape_of, rows, limit, lambda row: str(row["id"]))


def _shape_of(row: Mapping[str, Any]) -> AuditOut:
    return AuditOut(**row)
