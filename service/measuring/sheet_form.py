"""Which fields does a sheet of questions have on a page, and how does a sheet go in and come out?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from service.core.errors import Fault, Problem
from service.measuring.shapes import SheetOut
from service.web.pages.forms import Form

LINK = re.compile(r"https?://\S+")
VALUES = ("0", "1", "2", "3", "4")

Rows = dict[str, dict[str, str]]
"""A criterion's code to its rating ("" for none), its evidence, and whether the school says that it has it not at all.
"""


def kept_rows(sheet: SheetOut | None) -> Rows:
    """Give what a sheet holds as the form shows it."""
    return {
        one.criterion: {
            "value": str(one.value),
            "evidence": "\n".join(" ".join(piece.split()) for piece in (*one.evidence, *one.links)),
            "absent": "1" if one.absent else "",
        }
        for one in (sheet.ratings if sheet else ())
    }


def typed_rows(form: Form) -> Rows:
    """Give what was filled in, as it was typed: no rating is no field, as a browser sends it."""
    codes = dict.fromkeys(name[1:] for name in form.values if name[:1] in ("b", "c") and name[1:2].isdecimal())
    return {
        code: {"value": form[f"c{code}"], "evidence": form[f"b{code}"], "absent": form[f"a{code}"]} for code in codes
    }


def is_empty(rows: Rows) -> bool:
    """Tell whether nothing was filled in."""
    return not any(row["value"] or row["evidence"].strip() for row in rows.values())


def rated(rows: Rows) -> int:
    """Count the criteria that have a rating."""
    return sum(bool(row["value"]) for row in rows.values())


def sheet_document(rows: Rows) -> dict[str, Any]:
    """Give what the API keeps: criteria that were rated; lines that are addresses are links.

    Raises Problem 422 for evidence of what was not rated: it would be lost.
    """
    ratings, wrong = [], []
    for code, row in rows.items():
        lines = [line.strip() for line in row["evidence"].splitlines() if line.strip()]
        if row["value"] in VALUES:
            links = [line for line in lines if LINK.fullmatch(line)]
            evidence = [line for line in lines if line not in links]
            told = {"criterion": code, "value": int(row["value"]), "evidence": evidence, "links": links}
            ratings.append(told | {"absent": bool(row["absent"]) and row["value"] == "0"})
        elif row["value"]:
            wrong.append(Fault(f"#{code}", "no_rating", f"Geef {code} een cijfer van 0 tot 4."))
        elif lines:
            wrong.append(Fault(f"#{code}", "not_rated", f"Geef {code} een cijfer; er staat bewijs bij."))
    if wrong:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", wrong[0].detail, tuple(wrong))
    return {"ratings": ratings}


def faults_of(rows: Rows, problem: Problem | None) -> dict[str, str]:
    """Give what is wrong by the criterion where it stands."""
    faults: dict[str, list[str]] = {}
    known = [code for code, row in rows.items() if row["value"]]
    for one in problem.faults if problem else ():
        if code := _code(one.pointer, known):
            faults.setdefault(code, []).append(one.detail)
    return {code: " ".join(dict.fromkeys(words)) for code, words in faults.items()}


def _code(pointer: str, known: list[str]) -> str:
    if pointer.startswith("#"):
        return pointer.removeprefix("#")
    place = pointer.partition("/ratings/")[2].partition("/")[0]
    return known[int(place)] if place.isdecimal() and int(place) < len(known) else ""


def words_of(problem: Problem | None, faults: Mapping[str, str]) -> str:
    """Say why a sheet was not kept, empty where it was."""
    if problem is None:
        return ""
    if problem.code == "stale":
        return "Iemand heeft dit intussen gewijzigd. Wat u typte staat er nog; bewaar opnieuw om uw versie te houden."
    return f"Niet bewaard. Kijk na: {', '.join(faults)}." if faults else problem.detail
