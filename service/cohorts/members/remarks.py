"""What deserves a look about a school or mentor, in the intake's own words, and which field is that about?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matcher
from service.cohorts.members.shapes import Remark
from service.cohorts.members.store import Side
from service.core.errors import Fault

POINTERS = {
    "postcode": "/postcode",
    "gemeente": "/municipality",
    "breedtegraad": "/latitude",
    "lengtegraad": "/longitude",
    "ondernemingsnummer": "/company_number",
    "e-mail": "/email",
}


def fault_of(finding: matcher.Finding) -> Fault:
    """Tell what is wrong with a field."""
    column = finding.column or "latitude"
    return Fault(POINTERS.get(column, f"/{column}"), finding.code, f"{finding.message} {finding.remedy}")


def remarks_on(side: Side, document: Mapping[str, Any]) -> list[Remark]:
    """Tell what of a kept school or mentor deserves a look."""
    place = matcher.placed(document["postcode"], **place_told(document))
    odd = [one for one in place.findings if one.severity != "error"] + list(matcher.mail_findings(document["email"]))
    if side == "mentor" and document["status"] == "active" and document["max_schools"] == 0:
        odd.append(_note("no_capacity", "Deze mentor helpt dit jaar geen school.", "Niets te doen.", "max_schools"))
    if side == "mentor" and not document["sectors"]:
        odd.append(_note("no_sector", "Zonder sector past deze mentor nergens goed.", "Vul een sector in.", "sectors"))
    return [_written(one) for one in odd]


def place_told(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give the place that a document holds, as somebody tells one."""
    return dict(document["position"]) | {"municipality": document["municipality"]}


def _note(code: str, message: str, remedy: str, column: str) -> matcher.Finding:
    return matcher.Finding(severity="note", code=code, message=message, remedy=remedy, file="", column=column)


def _written(finding: matcher.Finding) -> Remark:
    fault = fault_of(finding)
    return Remark.model_validate(
        {"pointer": fault.pointer, "severity": finding.severity, "code": fault.code, "detail": fault.detail}
    )
