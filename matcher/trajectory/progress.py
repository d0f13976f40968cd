"""How far did schools come between baseline and final measurement? Per element, per school, for the cohort.

The formulas and what they do not say: docs/decisions/0022.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcher.criteria.wording import listed
from matcher.domain.comparison import ComparedValue, Comparison
from matcher.domain.counting import counted
from matcher.domain.vocabulary import ELEMENTS, HIGHEST_RATING
from matcher.trajectory.baseline import Measurement, Moment, combined_ratings, current_measurement
from matcher.trajectory.needs import decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementProgress:
    """Means (0-4) of the criteria of a key element that were rated both times; None where none was."""

    element: int
    before: Fraction | None
    after: Fraction | None
    criteria: int

    @property
    def gain(self) -> Fraction | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolProgress:
    """A school's progress on the seven elements; `gain` is the mean over the elements that were measured twice.

    `notes` says in Dutch what could not be compared.
    """

    school: str
    elements: tuple[ElementProgress, ...]
    gain: Fraction | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the gains of some schools lie: number, mean, median, lowest, highest; all None without schools."""

    schools: int
    mean: Fraction | None = None
    median: Fraction | None = None
    lowest: Fraction | None = None
    highest: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortProgress:
    """The cohort: means per element over the schools measured twice there, and gains with and without mentor."""

    elements: tuple[ElementProgress, ...]
    everybody: Spread
    with_mentor: Spread
    without_mentor: Spread
    sentence: str
    caveat: str


def school_progress(measurements: Iterable[Measurement], school: str) -> SchoolProgress:
    """Compare a school's baseline that counts with its final one, on criteria rated both times alone."""
    known = tuple(measurements)
    before, after = (_medians(known, school, moment) for moment in _moments())
    both = [code for code in before if code in after]
    elements = tuple(
        _element(one, [code for code in both if code.startswith(f"{one}.")], before, after) for one in ELEMENTS
    )
    gains = [one.gain for one in elements if one.gain is not None]
    return SchoolProgress(
        school=school, elements=elements, gain=_mean(gains) if gains else None, notes=_notes(before, after, both)
    )


def cohort_progress(
    measurements: Iterable[Measurement], schools: Sequence[str], mentored: Collection[str]
) -> CohortProgress:
    """Put the schools of a cohort together; `mentored` are those that had a mentor.

    A gain per hour or per euro is not worked out, and a difference between the groups is never called an effect.
    """
    known = tuple(measurements)
    each = [school_progress(known, one) for one in schools]
    gains = {one.school: one.gain for one in each if one.gain is not None}
    inside = spread_of([gain for school, gain in gains.items() if school in mentored])
    outside = spread_of([gain for school, gain in gains.items() if school not in mentored])
    return CohortProgress(
        elements=tuple(_over_schools(element, each) for element in ELEMENTS),
        everybody=spread_of(list(gains.values())),
        with_mentor=inside,
        without_mentor=outside,
        sentence=_sentence(inside, outside),
        caveat=_caveat(len(gains), len(schools), inside, outside),
    )


def spread_of(gains: Sequence[Fraction]) -> Spread:
    """Describe some gains by number, mean, median, lowest and highest."""
    if not gains:
        return Spread(schools=0)
    ordered = sorted(gains)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return Spread(schools=len(ordered), mean=_mean(ordered), median=middle, lowest=ordered[0], highest=ordered[-1])


def progress_comparison(title: str, elements: Sequence[ElementProgress], story: str) -> Comparison:
    """Make the value that can be drawn: a line per key element."""
    values = (
        ComparedValue(label=f"{one.element} {ELEMENTS[one.element]}", before=one.before, after=one.after)
        for one in elements
    )
    return Comparison(title=title, story=story, highest=HIGHEST_RATING, values=tuple(values))


def _moments() -> tuple[Moment, Moment]:
    return "baseline", "final"


def _medians(known: Sequence[Measurement], school: str, moment: Moment) -> dict[str, Fraction]:
    measurement = current_measurement(known, school, moment)
    return {} if measurement is None else {code: one.median for code, one in combined_ratings(measurement).items()}


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def _element(
    element: int, codes: Sequence[str], before: dict[str, Fraction], after: dict[str, Fraction]
) -> ElementProgress:
    if not codes:
        return ElementProgress(element=element, before=None, after=None, criteria=0)
    means = (_mean([found[code] for code in codes]) for found in (before, after))
    return ElementProgress(element=element, before=next(means), after=next(means), criteria=len(codes))


def _over_schools(element: int, each: Sequence[SchoolProgress]) -> ElementProgress:
    """Give the mean over the schools; `criteria` counts the schools here measured twice on this element."""
    mine = [one for school in each for one in school.elements if one.element == element]
    before = [one.before for one in mine if one.before is not None]
    after = [one.after for one in mine if one.after is not None]
    if not before:
        return ElementProgress(element=element, before=None, after=None, criteria=0)
    return ElementProgress(element=element, before=_mean(before), after=_mean(after), criteria=len(before))


def _notes(before: dict[str, Fraction], after: dict[str, Fraction], both: list[str]) -> tuple[str, ...]:
    if not before or not after:
        lacking = [name for name, found in (("nulmeting", before), ("eindmeting", after)) if not found]
        return (f"Er is geen ingediende {listed(lacking)}: vooruitgang is niet te zien.",)
    once = sorted({*before, *after} - set(both))
    notes = [f"Maar één keer beoordeeld, dus niet vergeleken: {', '.join(once)}."] if once else []
    fallen = [code for code in both if after[code] < before[code]]
    if fallen:
        notes.append(f"Lager dan bij de nulmeting: {', '.join(fallen)}. Dat kan ook strenger kijken zijn.")
    return tuple(notes)


def _described(spread: Spread) -> str:
    if spread.mean is None or spread.lowest is None or spread.highest is None:
        return "geen enkele school"
    schools = counted(spread.schools, "school", "scholen")
    return f"{schools}, gemiddeld {decimal(spread.mean)} (van {decimal(spread.lowest)} tot {decimal(spread.highest)})"


def _sentence(inside: Spread, outside: Spread) -> str:
    if not inside.schools and not outside.schools:
        return "Over vooruitgang valt nog niets te zeggen: geen enkele school is twee keer gemeten."
    return f"Vooruitgang op de schaal van 0 tot 4. Met mentor: {_described(inside)}. Zonder: {_described(outside)}."


def _caveat(compared: int, schools: int, inside: Spread, outside: Spread) -> str:
    few = f"Twee keer gemeten: {compared} van {counted(schools, 'school', 'scholen')}."
    if not inside.schools or not outside.schools:
        return f"{few} Er is geen groep om mee te vergelijken: over het nut van een mentor zegt dit niets."
    return (
        f"{few} De groepen zijn klein ({inside.schools} en {outside.schools}) en niet door het lot gevormd, en scholen"
        " beoordelen zichzelf: het verschil bewijst niet dat het aan de mentor ligt."
    )
