"""Which fields does the form of practices have? Five for each key element, as typed and as kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import matcher
from service.access.work import Work
from service.core.errors import Problem
from service.trajectory.label.practice_actions import get_practices, tag_of
from service.trajectory.label.shapes import PracticesOut
from service.web.pages.forms import Form, version_of

FIELDS: Final = {"what": "wat", "criteria": "criteria", "evidence": "bewijs", "links": "links"}
"""A practice's parts by their name on the wire, with how the name of their field begins."""

POINTER: Final = re.compile(r"/practices/(\d+)/(\w+)")

Rows = dict[int, dict[str, Any]]
"""By key element: each part as the form shows it, with the links on a line each."""


def kept_rows(found: PracticesOut) -> Rows:
    """Give what is kept, as the form shows it."""
    rows: Rows = {element: dict.fromkeys(FIELDS, "") | {"criteria": []} for element in matcher.ELEMENTS}
    for one in found.practices:
        told = {"what": one.what, "criteria": one.criteria, "evidence": one.evidence, "links": "\n".join(one.links)}
        rows[one.element] = told
    return rows


def typed_rows(form: Form) -> Rows:
    """Give what was filled in, as it was typed."""
    return {
        element: {name: form[f"{field}-{element}"] for name, field in FIELDS.items()}
        | {"criteria": form.all(f"criteria-{element}")}
        for element in matcher.ELEMENTS
    }


def document_of(rows: Rows) -> dict[str, Any]:
    """Give all key elements as the API takes them, those without words too: an index then says which one."""
    return {
        "practices": [
            {"element": element} | row | {"links": [one for one in map(str.strip, row["links"].splitlines()) if one]}
            for element, row in rows.items()
        ]
    }


def faults_of(problem: Problem | None) -> Mapping[str, str]:
    """Give what is wrong by the field where it stands."""
    faults: dict[str, str] = {}
    for one in problem.faults if problem else ():
        found = POINTER.match(one.pointer)
        if found is None or found[2] not in FIELDS:
            continue
        words = "Een link begint met https:// of http://, en is ten hoogste 500 tekens lang."
        faults[f"{FIELDS[found[2]]}-{int(found[1]) + 1}"] = words if found[2] == "links" else one.detail
    return faults


def practice_fields(work: Work, cohort: str, school: str, form: Form | None, problem: Problem | None) -> dict[str, Any]:
    """Give what the template of the form takes."""
    found, faults = get_practices(work, cohort, school), faults_of(problem)
    return {
        "elements": _elements(found),
        "rows": kept_rows(found),
        "faults": faults,
        "version": version_of(tag_of(cohort, found), form, problem),
        "problem": problem,
        "refused": refused_words(problem, faults),
        "has_measurement": found.has_measurement,
    }


def refused_words(problem: Problem | None, faults: Mapping[str, str]) -> str:
    """Say above the form what went wrong."""
    if problem is None:
        return ""
    if problem.code == "stale":
        return "Iemand heeft dit intussen gewijzigd. Wat u typte staat er nog; bewaar opnieuw om uw versie te houden."
    return "Dit is niet bewaard. Bij elk veld dat niet klopt, staat waarom." if faults else problem.detail


def _elements(found: PracticesOut) -> list[dict[str, Any]]:
    """Give each key element with its names, its criteria and what the measurement names as evidence."""
    measured = {one.element: one.evidence for one in found.measured}
    criteria = matcher.label_criteria()
    return [
        {
            "number": element,
            "name": name,
            "official": matcher.ELEMENT_OFFICIAL[element],
            "criteria": [criteria[code] for code in matcher.criteria_of_element(element)],
            "measured": measured[element],
        }
        for element, name in matcher.ELEMENTS.items()
    ]
