"""Does the mentor's sector recruit from what the school teaches? The best fit of sector and STEM field."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.lists import parts_of
from matcher.criteria.wording import listed
from matcher.domain.column import Reading, Remark, plain, unknown_part
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.reference import moved_nace, sectors_of, study_directions
from matcher.domain.school import School
from matcher.domain.vocabulary import FIELDS

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from matcher.criteria.minutes import Minutes
    from matcher.domain.finding import Severity
    from matcher.domain.policy import Policy
    from matcher.domain.round import Round

SCORES = (0, 33, 67, 100)
"""The score of a fit 0-3."""

FIT_WORDS = ("past niet bij", "raakt aan", "past goed bij", "past uitstekend bij")

NACE = re.compile(r"(?:nace(?:[ -]?bel)?[ :]*)?[a-v]?(\d{1,2}(?:\.\d{0,3}){0,2}|\d{3,5})", re.IGNORECASE)
"""What a NACE code looks like: `24`, `43.2`, `62.010`, `62010`, `C24`, `NACE 43.21`."""

_COMMA = re.compile(r"(?<![\d.,])(\d{2}),(\d{1,3})(?![\d.,])(?!\s*,)")
"""A NACE code with a comma for its point; digits after digits with several commas are a list."""


def read_fields(text: str, _policy: Policy) -> Reading:
    """Read STEM fields: codes, Dutch names, or names of single study directions."""
    names, known = _field_names()
    found: set[str] = set()
    remarks: list[Remark] = []
    for part in _parts(text, names, known):
        code = known.get(plain(part)) or known.get(_without_dress(part))
        if code is None:
            remarks.append(unknown_part("unknown_field", "richting", part, names, [*FIELDS, *FIELDS.values()]))
        else:
            found.add(code)
    return Reading(tuple(code for code in FIELDS if code in found), tuple(remarks))


@cache
def _field_names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Give every spelling of a field with its code, as it is written and folded."""
    names = {code: code for code in FIELDS} | study_directions() | {name: code for code, name in FIELDS.items()}
    return names, {plain(name): code for name, code in names.items()}


def _without_dress(direction: str) -> str:
    """Fold `&` and the word `duaal` of a study direction away."""
    return plain(re.sub(r"\(?\bduaal\b\)?", "", direction.replace("&", " en "), flags=re.IGNORECASE))


def _parts(text: str, names: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """Split a cell, but keep names that hold commas themselves together, by their code."""
    commas = [one for one in names if "," in one] if "," in text else []
    for name in sorted(commas, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", names[name], text, flags=re.IGNORECASE)
    return parts_of(text, known)


def read_sectors_cell(text: str, policy: Policy) -> Reading:
    """Read sectors: codes, Dutch names, or NACE-BEL 2025 codes (the longest prefix of the table wins)."""
    sectors = sectors_of(policy)
    names = {one.code: one.code for one in sectors} | {one.name: one.code for one in sectors}
    known = {plain(name): code for name, code in names.items()}
    found: list[str] = []
    text, remarks = _with_points(text, known)
    for part in _parts(text, names, known):
        code = known.get(plain(part))
        if code is None and (number := NACE.fullmatch(part)):
            code, remark = _nace(number[1], policy)
            remarks += [remark] if remark else []
        elif code is None:
            remarks.append(unknown_part("unknown_sector", "sector of NACE-code", part, names, list(names)))
        if code is not None:
            found.append(code)
    order = [one.code for one in sectors]
    return Reading(tuple(sorted(set(found), key=order.index)), tuple(remarks))


def _with_points(text: str, known: Container[str]) -> tuple[str, list[Remark]]:
    """Give NACE codes their point back that a Belgian spreadsheet made a comma, and say so: `20,16` is one code."""
    remarks: list[Remark] = []

    def point(match: re.Match[str]) -> str:
        if match[1] in known:
            return match[0]
        message = f"«{match[0]}» is gelezen als één NACE-code, {match[1]}.{match[2]}."
        remedy = f"Bedoelt u twee codes, schrijf dan «{match[1]}; {match[2]}»."
        remarks.append(Remark("note", "nace_comma", message, remedy))
        return f"{match[1]}.{match[2]}"

    return _COMMA.sub(point, text), remarks


def _nace(text: str, policy: Policy) -> tuple[str | None, Remark | None]:
    """Find the sector of a code; a spreadsheet that took `01.11` for a number left `1.11`."""
    digits = (f"0{text}" if re.match(r"\d(\.|$)", text) else text).replace(".", "")
    for old, new in sorted(moved_nace().items(), key=lambda one: -len(one[0])):
        if digits.startswith(old.replace(".", "")):
            return _moved(text, new.split(), policy)
    code = _longest(digits, policy)
    if code is not None:
        return code, None
    return None, Remark("error", "unknown_nace", f"NACE {text} hoort bij geen sector.", "Schrijf de sector zelf.")


def _moved(text: str, new: list[str], policy: Policy) -> tuple[str | None, Remark]:
    """Follow a code of 2008 to 2025; where it was split, the first new code counts and the remark says so.

    It is a warning where another of the new codes, or another sector than the rest, may have been meant.
    """
    found = [_longest(code.replace(".", ""), policy) for code in new]
    sector = next((one for one in sectors_of(policy) if one.code == found[0]), None)
    told = f"Hier telt {new[0]}, sector {sector.name}." if sector else f"Code {new[0]} hoort bij geen sector."
    sure = sector is not None and len(set(found)) == 1 and "*" not in sector.nace
    severity: Severity = "note" if sure else "error" if sector is None else "warning"
    remedy = "Gebruik de code van 2025." if sure else "Schrijf de sector zelf als u een andere bedoelt."
    message = f"NACE {text} is een code van 2008; sinds 2025 is dat {listed(new, 'of')}. {told}"
    return found[0], Remark(severity, "nace_2008", message, remedy)


def _longest(digits: str, policy: Policy) -> str | None:
    best: tuple[int, str] | None = None
    for sector in sectors_of(policy):
        for prefix in sector.nace:
            bare = prefix.replace(".", "")
            length = 0 if prefix == "*" else len(bare)
            if (prefix == "*" or digits.startswith(bare)) and (best is None or length > best[0]):
                best = length, sector.code
    return best[1] if best else None


class SectorFit:
    """The best, not the average, over the pair's sectors and fields: a broad school is not punished."""

    key = "sector"
    label = "sector"
    weight = 35
    columns = (declared_column(School, "fields", read_fields), declared_column(Mentor, "sectors", read_sectors_cell))

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Look up the best fit of every combination of fields with sectors."""
        school_class, schools = classes(given.schools, lambda one: one.fields)
        mentor_class, mentors = classes(given.mentors, lambda one: one.sectors)
        fits = {one.code: one.fits for one in sectors_of(given.policy)}
        best = np.zeros((len(schools), len(mentors)), dtype=np.int64)
        for field in FIELDS:
            fit = [max((fits.get(code, {}).get(field, 0) for code in one), default=0) for one in mentors]
            taught = [row for row, fields in enumerate(schools) if field in fields]
            best[taught] = np.maximum(best[taught], np.array(fit, dtype=np.int64))
        return Judgement(school_class=school_class, mentor_class=mentor_class, numerator=np.array(SCORES)[best])

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:  # noqa: ARG002
        """Give nothing: nobody is vetoed."""
        return {}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name the best combination."""
        sectors = {one.code: one for one in sectors_of(given.policy)}
        options = [
            (sectors[code].fits.get(field, 0), sectors[code].name, FIELDS[field])
            for code in mentor.sectors
            if code in sectors
            for field in school.fields
        ]
        if not options:
            return ""
        best, sector, field = max(options, key=lambda one: one[0])
        return f"{sector} {FIT_WORDS[best]} {field}."

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Object to nothing: a poor fit costs points."""
        return ""


CRITERION = SectorFit()
