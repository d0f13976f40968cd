"""What is a criterion? A veto or 0-100 points for every school and mentor, and the sentence that explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from matcher.criteria.arrays import Flags, Ints
from matcher.criteria.minutes import Minutes
from matcher.domain.column import Column
from matcher.domain.mentor import Mentor
from matcher.domain.round import Round
from matcher.domain.school import School


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judgement:
    """A criterion's verdict over distinct combinations of what it looks at.

    `school_class` (schools) and `mentor_class` (mentors) number the combinations; the tables are
    (school classes x mentor classes). A pair's score is the exact fraction
    `numerator / (school_denominator * mentor_denominator)`, from 0 to 100. `applies_school` and
    `applies_mentor` tell where the criterion has something to go by: elsewhere it falls out of the mean.
    None means: no veto, no score, a denominator of 1, applies everywhere.
    """

    school_class: Ints
    mentor_class: Ints
    veto: Flags | None = None
    numerator: Ints | None = None
    school_denominator: Ints | None = None
    mentor_denominator: Ints | None = None
    applies_school: Flags | None = None
    applies_mentor: Flags | None = None


class Criterion(Protocol):
    """One file of this folder, as its module-level `CRITERION`.

    `key` is the English word in documents; `label` the Dutch one on screen and in a policy file;
    `weight` the default, 0 for a criterion that only vetoes.
    """

    key: str
    label: str
    weight: int
    columns: tuple[Column, ...]

    def judge(self, given: Round, minutes: Minutes) -> Judgement:
        """Judge each distinct combination once; `minutes` is the travel between everybody's places."""
        ...

    def looked_at(self, given: Round, school: School, mentor: Mentor, minutes: int) -> Mapping[str, int]:
        """Give the numbers on which a veto of this pair rests; empty for a criterion that vetoes nobody."""
        ...

    def explain(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:
        """Say in one Dutch sentence how well the pair does, empty where there is nothing to say."""
        ...

    def object_to(self, given: Round, school: School, mentor: Mentor, minutes: int) -> str:
        """Say in one Dutch sentence why the pair is vetoed, empty where it is not."""
        ...
