"""What are the label's 21 criteria called, what do we ask about each, and which levels are there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from matcher.domain.reference_table import reference_rows
from matcher.domain.vocabulary import LABEL_CRITERIA

Level = Literal["none", "Competent", "Proficient", "Expert"]

LEVELS: Final[tuple[Level, ...]] = ("none", "Competent", "Proficient", "Expert")
"""What a school can hold, lowest first (European Schoolnet, 2018); the official names stay English."""

ELEMENT_OFFICIAL: Final = {
    1: "Instruction",
    2: "Curriculum implementation",
    3: "Assessment",
    4: "Professionalisation of staff",
    5: "School leadership and culture",
    6: "Connections",
    7: "School infrastructure",
}
"""The key elements as European Schoolnet names them, by number."""

SCALE: Final = ("afwezig", "eerste stappen", "regelmatig", "in de hele school", "voorbeeld voor anderen")
"""Our own scale of a criterion, 0 to 4; the label's form has its own wording."""


@dataclass(frozen=True, slots=True)
class LabelCriterion:
    """One of the 21 criteria: code `1.1`, Dutch name, official English name, our question in Dutch."""

    code: str
    name: str
    official: str
    question: str

    @property
    def element(self) -> int:
        """The key element it belongs to, 1-7."""
        return int(self.code.partition(".")[0])


@cache
def label_criteria() -> Mapping[str, LabelCriterion]:
    """Give the criteria by code, in the order of the label."""
    rows = reference_rows("label-criteria.csv")
    found = {row["code"]: LabelCriterion(row["code"], row["naam"], row["official"], row["vraag"]) for row in rows}
    return {code: found[code] for code in LABEL_CRITERIA}


def criterion_name(code: str) -> str:
    """Name a criterion for people: `1.2 Probleem- en projectgestuurd leren`."""
    return f"{code} {label_criteria()[code].name}"
