"""Who wins the Award, how surely, and where is it a tie? Exact fractions from the jury's scores and weights.

The formulas: docs/decisions/0024.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

from matcher.criteria.wording import listed
from matcher.domain.document import document_of
from matcher.domain.period import refuse_if
from matcher.trajectory.jury import Juror, jury_faults
from matcher.trajectory.needs import decimal

MOST_SCORE: Final = 10
MOST_WEIGHT: Final = 1000
FORMAT: Final = "in2stem-award/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardCriterion:
    """A criterion of the jury: key, Dutch name, weight 0-1000 (a ratio, not a percentage)."""

    key: str
    name: str
    weight: int

    def __post_init__(self) -> None:
        """Refuse a weight that can't be meant; raise InvalidValueError."""
        refuse_if(not 0 <= self.weight <= MOST_WEIGHT, f"Het gewicht van {self.name} ligt niet tussen 0 en 1000.")


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryScore:
    """What a juror gives a school on a criterion: a whole or a half number 0-10, exact in binary too."""

    school: str
    juror: str
    criterion: str
    value: float

    def __post_init__(self) -> None:
        """Refuse a score off the scale, or finer than a half; raise InvalidValueError. A whole one is kept as such."""
        told = f"{self.value:g}".replace(".", ",")
        refuse_if(not 0 <= self.value <= MOST_SCORE, f"Een score ligt tussen 0 en {MOST_SCORE}, niet op {told}.")
        refuse_if((2 * self.value) % 1 != 0, f"Een score is een heel of een half getal, niet {told}.")
        if self.value % 1 == 0:
            object.__setattr__(self, "value", int(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """All that the jury decided: criteria, schools, jurors with their ties, and scores.

    A school may be scored by fewer jurors than another; a juror who scores a school scores every criterion.
    """

    name: str
    criteria: tuple[AwardCriterion, ...]
    schools: tuple[str, ...]
    jurors: tuple[Juror, ...]
    scores: tuple[JuryScore, ...]

    def __post_init__(self) -> None:
        """Refuse ties, doubles, gaps and unknown names; raise InvalidValueError."""
        object.__setattr__(self, "schools", tuple(sorted(self.schools)))
        ordered = sorted(self.scores, key=lambda one: (one.school, one.juror, one.criterion))
        object.__setattr__(self, "scores", tuple(ordered))
        keys = {one.key for one in self.criteria}
        refuse_if(len(keys) < len(self.criteria), "Een criterium staat er twee keer.")
        refuse_if(not any(one.weight for one in self.criteria), "Minstens één criterium heeft een gewicht boven 0.")
        refuse_if(len(set(self.schools)) < len(self.schools), "Een school staat er twee keer.")
        places = [(one.school, one.juror, one.criterion) for one in self.scores]
        refuse_if(len(set(places)) < len(places), "Een jurylid scoort een school één keer per criterium.")
        unknown = [one for one in self.scores if one.school not in self.schools or one.criterion not in keys]
        refuse_if(bool(unknown), "Een score noemt een school of criterium dat er niet is.")
        readings = sorted({(one.school, one.juror) for one in self.scores})
        faults = jury_faults(readings, self.jurors)
        refuse_if(bool(faults), faults[0] if faults else "")
        gaps = [
            (s, j) for s, j in readings if sum((one.school, one.juror) == (s, j) for one in self.scores) < len(keys)
        ]
        refuse_if(bool(gaps), f"{gaps[0][1]} scoorde {gaps[0][0]} niet op elk criterium." if gaps else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A school's rank from 1 (equal totals share it), its total 0-10, and its mean per criterion."""

    school: str
    rank: int
    total: Fraction
    means: Mapping[str, Fraction]
    readings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightRange:
    """Between which weights of one criterion, the others unchanged, nobody passes the winner; `high` None: no end."""

    criterion: str
    weight: int
    low: Fraction
    high: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardOutcome:
    """The ranking, best first; `winners` has more than one id on a tie. `unscored` were read by nobody.

    `ranges` and `slack` are about a sole winner: all weights may move at once by the share `slack` (None: by any
    share below their whole) and nobody passes. `sentences` say it all in Dutch.
    """

    ranking: tuple[Ranked, ...]
    winners: tuple[str, ...]
    unscored: tuple[str, ...]
    ranges: tuple[WeightRange, ...]
    slack: Fraction | None
    sentences: tuple[str, ...]


def decide_award(award: Award, names: Mapping[str, str] | None = None) -> AwardOutcome:
    """Rank the schools on their weighted mean and say how far the weights may move before the winner changes.

    `names` maps ids of schools to what the sentences should call them.
    """
    ranking = rank(award)
    winners = tuple(one.school for one in ranking if one.rank == 1)
    unscored = tuple(one for one in award.schools if one not in {ranked.school for ranked in ranking})
    sole = len(winners) == 1
    ranges = tuple(_range(award, ranking, one) for one in award.criteria) if sole else ()
    slack = _slack(award, ranking) if sole else None
    sentences = tuple(_sentences(award, ranking, ranges, slack, names or {}))
    return AwardOutcome(
        ranking=ranking, winners=winners, unscored=unscored, ranges=ranges, slack=slack, sentences=sentences
    )


def rank(award: Award) -> tuple[Ranked, ...]:
    """Give the schools that were scored, best first; equal totals share their rank, in the order of ids."""
    whole = sum(one.weight for one in award.criteria)
    found = []
    for school in award.schools:
        mine = [one for one in award.scores if one.school == school]
        if mine:
            readings = len({one.juror for one in mine})
            means = {
                one.key: Fraction(sum(score.value for score in mine if score.criterion == one.key)) / readings
                for one in award.criteria
            }
            total = sum((one.weight * means[one.key] for one in award.criteria), Fraction(0)) / whole
            found.append((school, total, means, readings))
    return tuple(
        Ranked(
            school=school,
            rank=1 + sum(other[1] > total for other in found),
            total=total,
            means=means,
            readings=readings,
        )
        for school, total, means, readings in sorted(found, key=lambda one: (-one[1], one[0]))
    )


def _leads(award: Award, ranking: Sequence[Ranked]) -> Iterator[tuple[dict[str, Fraction], Fraction]]:
    """Give for every other school the winner's lead per criterion, and in all (weighted, >= 0)."""
    first = ranking[0]
    for other in ranking[1:]:
        lead = {one.key: first.means[one.key] - other.means[one.key] for one in award.criteria}
        yield lead, sum((one.weight * lead[one.key] for one in award.criteria), Fraction(0))


def _range(award: Award, ranking: Sequence[Ranked], criterion: AwardCriterion) -> WeightRange:
    """Solve `lead without the criterion + weight x lead on it >= 0` for every other school."""
    low, high = Fraction(0), None
    for lead, whole in _leads(award, ranking):
        own = lead[criterion.key]
        if own:
            border = criterion.weight - whole / own
            if own > 0:
                low = max(low, border)
            else:
                high = border if high is None else min(high, border)
    return WeightRange(criterion=criterion.key, weight=criterion.weight, low=low, high=high)


def _slack(award: Award, ranking: Sequence[Ranked]) -> Fraction | None:
    """Give the largest t below 1 for which `whole >= t x sum of weight x |lead|` holds for every other school."""
    shares = []
    for lead, whole in _leads(award, ranking):
        against = sum((one.weight * abs(lead[one.key]) for one in award.criteria), Fraction(0))
        if whole < against:
            shares.append(whole / against)
    return min(shares, default=None)


def _sentences(
    award: Award,
    ranking: Sequence[Ranked],
    ranges: Sequence[WeightRange],
    slack: Fraction | None,
    names: Mapping[str, str],
) -> Iterator[str]:
    first = [one for one in ranking if one.rank == 1]
    winners = [names.get(one.school, one.school) for one in first]
    unscored = sorted({*award.schools} - {one.school for one in ranking})
    if unscored:
        yield f"Zonder score, dus niet gerangschikt: {', '.join(names.get(one, one) for one in unscored)}."
    if not first:
        yield "Er zijn nog geen scores: er is nog geen winnaar."
        return
    if len(first) > 1:
        yield f"Gelijke stand met {decimal(first[0].total)} op {MOST_SCORE}: {listed(winners)}."
        yield "De jury beslist zelf wie van hen wint; dit programma kiest niet."
        return
    won = f"{winners[0]} wint met {decimal(first[0].total)} op {MOST_SCORE}"
    if len(ranking) == 1:
        yield f"{won}; geen andere school heeft scores."
        return
    lead = first[0].total - ranking[1].total
    yield f"{won}, {decimal(lead) if lead * 100 >= 1 else 'minder dan 0,01'} voor op de volgende."
    if len({one.readings for one in ranking}) > 1:
        yield "Niet elke school werd door evenveel juryleden gelezen; een gemiddelde van minder lezers schommelt meer."
    criteria = {one.key: one.name for one in award.criteria}
    for one in ranges:
        low = decimal(at_least(one.low))
        end = "en zo hoog als men wil" if one.high is None else f"tot {decimal(at_most(one.high))}"
        yield f"Gewicht van {criteria[one.criterion]} (nu {one.weight}): de winnaar blijft vanaf {low} {end}."
    share = "zo ver als men wil" if slack is None else f"tot {decimal(at_most(slack * 100))} %"
    yield f"Alle gewichten tegelijk mogen {share} verschuiven voor iemand de winnaar voorbijgaat."


def at_least(border: Fraction, digits: int = 2) -> Fraction:
    """Round a lower border up, so that what is told holds."""
    return Fraction(ceil(border * 10**digits), 10**digits)


def at_most(border: Fraction, digits: int = 2) -> Fraction:
    """Round an upper border down, so that what is told holds."""
    return Fraction(floor(border * 10**digits), 10**digits)


award_to_document, award_from_document = document_of(FORMAT, Award)
