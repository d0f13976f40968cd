"""How is a cohort begun, changed, read and removed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matcher
from service.cohorts.cohort.shapes import CohortOut
from service.core.errors import Problem, invalid
from service.core.etag import etag
from service.web.answers import Answer

if TYPE_CHECKING:
    from service.access import scope
    from service.web.call import Call


def answer(row: scope.CohortRow, status: int = 200) -> Answer:
    """Write a cohort with its ETag."""
    shape = CohortOut(
        id=row.id,
        name=row.name,
        region=row.region,
        school_year=row.school_year,
        keep_until=row.keep_until,
        version=row.version,
        created_at=row.created_at,
    )
    headers = {"ETag": etag(row.version, row.id), "Location": f"/v1/cohorts/{row.id}"}
    return Answer(status, shape, headers if status == 201 else {"ETag": headers["ETag"]})  # noqa: PLR2004


def _known_region(call: Call, region: str) -> None:
    known = matcher.regions()
    if region not in known:
        raise invalid("/region", "unknown_region", f"Deze kamer is niet gekend. {matcher.did_you_mean(region, known)}")
    if call.caller.role != "admin" and region not in call.caller.regions:
        raise Problem(403, "not_your_region", "Deze kamer is niet van u.")
