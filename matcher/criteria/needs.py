"""Does the mentor offer what the school lacks? The school's own baseline against the mentor's offer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matcher.criteria.base import Judgement
from matcher.criteria.classes import classes
from matcher.criteria.lists import ALL_OF_THEM, parts_of
from matcher.criteria.minutes import Minutes
from matcher.criteria.wording import listed
from matcher.domain.column import Column, Reading, Remark, plain, whole_reader
from matcher.domain.declared_column import declared_column
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.vocabulary import CRITERIA_PER_ELEMENT, ELEMENTS, HIGHEST_RATING, LABEL_CRITERIA

LACKS, LACKED = ", waar de nulmeting een tekort toont.", ", waar de nulmeting ruimte laat."
"""How the sentence about help ends, and how it ended in plans that were made before."""

SIXTIETHS = 60
"""Shortfalls are counted in sixtieths: a mean over 1 to 5 ratings is then a whole number."""


def read_offer(text: str, _policy: Policy) -> Reading:
    """Read key elements of the label, numbers 1-7, or `alle`."""
    numbers = {str(one): one for one in ELEMENTS}
    if plain(text) in ALL_OF_THEM:
        return Reading(tuple(ELEMENTS))
    parts = [part.removesuffix(".0") for part in parts_of(text, numbers)]
    unknown = [part for part in parts if part not in numbers]
    remarks = tuple(
        Remark(
            "error",
            "unknown_element",
            f"«{part}» is geen kernelement van het label.",
            f"Kies uit 1 tot 7: {', '.join(f'{number} {name}' for number, name in ELEMENTS.items())}.",
        )
        for part in unknown
    )
    known = {numbers[part] for part in parts if part in numbers}
    return Reading(tuple(sorted(known)), remarks)


def shortfalls(baseline: Mapping[str, int]) -> dict[int, int]:
    """Give each key element's shortfall in sixtieths: 4 minus the mean of its rated criteria; 0 where none is rated."""
    found = {}
    for element, count in CRITERIA_PER_ELEMENT.items():
        rated = [baseline[name] for name in (f"{element}.{one}" for one in range(1, count + 1)) if name in baseline]
        found[element] = (SIXTIETHS * HIGHEST_RATING - SIXTIETHS * sum(rated) // len(rated)) if rated else 0
    return found


class Needs:
    """The part of the school's shortfall that lies in elements which the mentor offers."""

    key = "needs"
    label = "noden"
    weight = 10
    columns = (
        *(
            Column(
                sheet="Scholen",
                name=name,
                field=f"baseline.{name}",
                read=whole_reader(0, HIGHEST_RATING, "cijfer"),
                synonyms=(f"nulmeting {name}", f"criterium {name}", f"nul {name}"),
                meaning=f"Nulmeting op criterium {name} van het label, 0 (afwezig) tot 4 (voorbeeld voor anderen).",
                example="2",
                low=0,
                high=HIGHEST_RATING,
            )
            for name in LABEL_CRITERIA
        ),
        declared_column(Mentor, "offer", read_offer),
    )

    def judge(self, given: Round, minutes: Minutes) -> Judgement:  # noqa: ARG002 - the same call for every criterion
        """Add up the shortfalls that each offer covers; falls out where either side says nothing."""
        school_class, schools = classes(given.schools, lambda one: tuple(sorted(one.baseline.items())))
        mentor_class, mentors = classes(given.mentors, lambda one: one.offer)
        short = np.array([list(shortfalls(dict(one)).values()) for one in schools], dtype=np.int64)
        short = short.reshape(len(schools), len(ELEMENTS))
        offered = np.array([[element in one for element in ELEMENTS] for one in mentors], dtype=np.int64)
        return Judgement(
            school_class=school_class,
            mentor_class=mentor_class,
            numerator=100 * (short @ offered.reshape(len(mentors), len(ELEMENTS)).T),
            school_denominator=np.maximum(short.sum(axis=1), 1),
            applies_school=np.array([bool(one) for one in schools], dtype=np.bool_),
            applies_mentor=np.array([bool(one) for one in mentors], dtype=np.bool_),
        )

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:  # noqa: ARG002
        """Give nothing: nobody is vetoed."""
        return {}

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Name the largest shortfall that the mentor helps with."""
        if not school.baseline or not mentor.offer:
            return ""
        short = shortfalls(school.baseline)
        if not any(short.values()):
            return "De nulmeting van de school laat geen tekort zien."
        helped = sorted((one for one in mentor.offer if short[one]), key=lambda one: (-short[one], one))
        if not helped:
            return "Het aanbod van de mentor ligt niet waar de school het zwakst staat."
        return f"Kan helpen met {listed([ELEMENTS[one] for one in helped[:2]])}{LACKS}"

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:  # noqa: ARG002
        """Object to nothing."""
        return ""


CRITERION = Needs()
