"""What does one criterion say of one school and one mentor?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from matcher.criteria.minutes import minutes_between
from matcher.domain.policy import Policy
from tests.builders import a_round

if TYPE_CHECKING:
    from matcher.criteria.base import Criterion
    from matcher.domain.column import Reading
    from matcher.domain.mentor import Mentor
    from matcher.domain.school import School

PLAIN = Policy()


def verdict(
    criterion: Criterion, school: School, mentor: Mentor, policy: Policy = PLAIN
) -> tuple[bool, Fraction | None]:
    """Give whether the criterion lets the pair through, and its score (0-100); None where it falls out of the mean."""
    given = a_round([school], [mentor], policy=policy)
    judged = criterion.judge(given, minutes_between(given))
    row, column = int(judged.school_class[0]), int(judged.mentor_class[0])
    vetoed = judged.veto is not None and bool(judged.veto[row, column])
    applies = [one for one in (judged.applies_school, judged.applies_mentor) if one is not None]
    if judged.numerator is None or not all(flags[at] for flags, at in zip(applies, (row, column), strict=False)):
        return not vetoed, None
    below = 1
    if judged.school_denominator is not None:
        below *= int(judged.school_denominator[row])
    if judged.mentor_denominator is not None:
        below *= int(judged.mentor_denominator[column])
    return not vetoed, Fraction(int(judged.numerator[row, column]), below)


def told(criterion: Criterion, school: School, mentor: Mentor, policy: Policy = PLAIN) -> tuple[str, str]:
    """Give the criterion's two sentences about the pair: how well, and why not."""
    given = a_round([school], [mentor], policy=policy)
    between = minutes_between(given)
    minutes = int(between.table[between.school_place[0], between.mentor_place[0]])
    sentences = tuple(say(given, school, mentor, minutes) for say in (criterion.explain, criterion.object_to))
    return sentences[0], sentences[1]


def remark(reading: Reading) -> tuple[str, str, str]:
    """Give the one remark of a reading: severity, code and remedy; its message must be a sentence."""
    assert len(reading.remarks) == 1, reading
    one = reading.remarks[0]
    assert one.message.endswith((".", "?"))
    return one.severity, one.code, one.remedy
