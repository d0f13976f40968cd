"""Does the mentor's sector recruit from what the school teaches? The best fit of sector and STEM field."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.lists import parts_of, with_commas_kept
from matcher.criteria.minutes import Minutes
from matcher.criteria.nace import NACE, labelled_code, sector_of_code, with_points
from matcher.criteria.sector_words import bare_sector, found_word, read_word, sector_words
from matcher.criteria.study_fields import read_fields
from matcher.domain.column import Reading, Remark, plain, unknown_part
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.reference import sectors_of
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.vocabulary import FIELDS

SCORES = (0, 33, 67, 100)
"""The score of a fit 0-3."""

FIT_WORDS = ("past niet bij", "raakt aan", "past goed bij", "past uitstekend bij")


def read_sectors_cell(text: str, policy: Policy) -> Reading:
    """Read sectors: codes, Dutch names, NACE-BEL 2025 codes (the longest prefix wins), or words of companies."""
    sectors = sectors_of(policy)
    order = [one.code for one in sectors]
    names = dict(zip(order, order, strict=True)) | {one.name: one.code for one in sectors}
    known = {plain(name): code for name, code in names.items()}
    found: list[str] = []
    text, remarks = with_points(text, known)
    commas = {name: code for name, code in names.items() if "," in name}
    for part in parts_of(with_commas_kept(text, commas), {*known, *sector_words()}):
        codes, odd = _sectors_of_part(part, known, policy)
        found += codes
        remarks += odd
        if not codes and not odd:
            spelt: dict[str, object] = {one.word: one.codes for one in sector_words().values()}
            spelt |= names
            remarks.append(unknown_part("unknown_sector", "sector of NACE-code", part, spelt, order))
    return Reading(tuple(sorted(set(found), key=order.index)), tuple(remarks))


def _sectors_of_part(part: str, known: Mapping[str, str], policy: Policy) -> tuple[list[str], list[Remark]]:
    """Give the sectors of one value and what there is to say; nothing of both where it is not known."""
    if code := known.get(plain(part)) or known.get(bare_sector(part)):
        return [code], []
    number = NACE.fullmatch(part)
    if told := labelled_code(part) or (number[1] if number else ""):
        code, remark = sector_of_code(told, policy)
        return [code] if code else [], [remark] if remark else []
    if word := found_word(part):
        codes, remark = read_word(part, word, policy)
        return list(codes), [remark]
    return [], []


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
