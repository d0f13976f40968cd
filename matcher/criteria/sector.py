"""Does the mentor's sector recruit from what the school teaches? The best fit of sector and STEM field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.domain.column import Column, Reading, Remark, did_you_mean, plain, split_values
from matcher.domain.reference import moved_nace, sectors_of, study_directions
from matcher.domain.vocabulary import FIELDS

if TYPE_CHECKING:
    from matcher.criteria.minutes import Minutes
    from matcher.domain.policy import Policy
    from matcher.domain.round import Mentor, Round, School

SCORES = (0, 33, 67, 100)
"""The score of a fit 0-3."""

FIT_WORDS = ("past niet bij", "raakt aan", "past goed bij", "past uitstekend bij")


def read_fields(text: str, _policy: Policy) -> Reading:
    """Read STEM fields: codes, Dutch names, or names of single study directions."""
    known = {plain(code): code for code in FIELDS} | {plain(name): code for code, name in FIELDS.items()}
    known |= {plain(name): code for name, code in study_directions().items()}
    spellings = [*FIELDS, *FIELDS.values(), *study_directions()]
    found, remarks = set(), []
    # The name of a field may hold commas itself: the whole cell is tried first, then its lines.
    whole = known.get(plain(text))
    for part in [text] if whole else _parts(text):
        code = known.get(plain(part))
        if code is None:
            message = f"«{part}» is geen gekende richting."
            remarks.append(
                Remark(
                    "error",
                    "unknown_field",
                    message,
                    did_you_mean(part, spellings[:24]) if not _close(part, spellings) else _close(part, spellings),
                )
            )
        else:
            found.add(code)
    return Reading(tuple(code for code in FIELDS if code in found), tuple(remarks))


def _close(part: str, spellings: list[str]) -> str:
    remedy = did_you_mean(part, spellings)
    return remedy if remedy.startswith("Bedoelde") else ""


def _parts(text: str) -> list[str]:
    """Split a cell, but keep the one field name that has commas together."""
    long = FIELDS["VT"]
    return split_values(text.replace(long, "VT"))


def read_sectors_cell(text: str, policy: Policy) -> Reading:
    """Read sectors: codes, Dutch names, or NACE-BEL 2025 codes (the longest prefix of the table wins)."""
    sectors = sectors_of(policy)
    known = {plain(one.code): one.code for one in sectors} | {plain(one.name): one.code for one in sectors}
    found: list[str] = []
    remarks: list[Remark] = []
    text = next((text.replace(one.name, one.code) for one in sectors if "," in one.name and one.name in text), text)
    for part in split_values(text):
        code = known.get(plain(part))
        if code is None and re.fullmatch(r"\d{2}([.\d]*)", part):
            code, remark = _nace(part, policy)
            remarks += [remark] if remark else []
        elif code is None:
            message = f"«{part}» is geen gekende sector of NACE-code."
            remedy = did_you_mean(part, [spelling for one in sectors for spelling in (one.code, one.name)])
            remarks.append(Remark("error", "unknown_sector", message, remedy))
        if code is not None:
            found.append(code)
    order = [one.code for one in sectors]
    return Reading(tuple(sorted(set(found), key=order.index)), tuple(remarks))


def _nace(text: str, policy: Policy) -> tuple[str | None, Remark | None]:
    digits = text.replace(".", "")
    for old, new in sorted(moved_nace().items(), key=lambda one: -len(one[0])):
        if digits.startswith(old.replace(".", "")):
            moved = _longest(new.replace(".", ""), policy)
            message = f"NACE {text} is een code van 2008; sinds 2025 is dat {new}."
            return moved, Remark("note", "nace_2008", message, "Gebruik de code van 2025.")
    code = _longest(digits, policy)
    if code is not None:
        return code, None
    return None, Remark("error", "unknown_nace", f"NACE {text} hoort bij geen sector.", "Schrijf de sector zelf.")


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
    columns = (
        Column(
            sheet="Scholen",
            name="richtingen",
            field="fields",
            read=read_fields,
            required=True,
            synonyms=("richting", "STEM-richtingen", "studierichtingen", "studierichting", "domeinen"),
            meaning="STEM-velden (WE TE BC IC EM ME BO HT VT AV ZO LO), hun naam, of namen van studierichtingen.",
            example="EM, ME",
        ),
        Column(
            sheet="Mentoren",
            name="sectoren",
            field="sectors",
            read=read_sectors_cell,
            required=True,
            synonyms=("sector", "activiteit", "NACE", "NACE-code", "NACE-BEL"),
            meaning="Sectoren van het bedrijf, of NACE-BEL-codes.",
            example="technologie",
        ),
    )

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Look up the best fit of every combination of fields with sectors."""
        school_class, schools = classes(given.schools, lambda one: one.fields)
        mentor_class, mentors = classes(given.mentors, lambda one: one.sectors)
        fit = {one.code: one.fits for one in sectors_of(given.policy)}
        score = [
            [
                SCORES[max((fit.get(code, {}).get(field, 0) for code in mentor for field in school), default=0)]
                for mentor in mentors
            ]
            for school in schools
        ]
        table = np.array(score, dtype=np.int64).reshape(len(schools), len(mentors))
        return Judgement(school_class=school_class, mentor_class=mentor_class, numerator=table)

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
