"""What does a school lack, who could help with it, and which sessions? The measurement feeds matching and sessions.

Shortfalls are those of the needs criterion (matcher/criteria/needs.py): docs/decisions/0022.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from matcher.criteria.needs import SIXTIETHS, shortfalls
from matcher.criteria.wording import listed
from matcher.domain.label import criterion_name
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.season import ELEMENT_THEMES, THEMES
from matcher.domain.vocabulary import ELEMENTS, HIGHEST_RATING
from matcher.intake.season.seasons import weakest_themes
from matcher.trajectory.baseline import Measurement, Moment, combined_ratings, current_measurement

BASELINE: Moment = "baseline"


NAMED = 3
"""So many criteria are enough in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A key element's shortfall, 0-4 (4 less the mean of its rated criteria), its share of all, and why in Dutch.

    `lowest` are the criteria of the element with the lowest rating.
    """

    element: int
    shortfall: Fraction
    share: Fraction
    lowest: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """A school's needs, largest shortfall first, and the session themes that serve it best, with the reason."""

    school: str
    needs: tuple[Need, ...]
    themes: tuple[str, ...]
    why_themes: str


def ratings_of(measurement: Measurement) -> dict[str, int]:
    """Give the whole rating per criterion as a school's `baseline` takes it: medians, a half rounded down."""
    return {code: one.rating for code, one in combined_ratings(measurement).items()}


def with_baseline(school: School, measurement: Measurement | None) -> School:
    """Give the school its measured baseline; without a submitted measurement it stays as it was."""
    if measurement is None or not measurement.frozen or measurement.school != school.id:
        return school
    return replace(school, baseline=ratings_of(measurement))


def with_baselines(given: Round, measurements: Iterable[Measurement]) -> Round:
    """Give every school of a round the baseline that counts."""
    known = tuple(measurements)
    schools = tuple(with_baseline(one, current_measurement(known, one.id, BASELINE)) for one in given.schools)
    return replace(given, schools=schools)


def school_needs(measurement: Measurement) -> Needs:
    """Work out what a school lacks, from one measurement; elements without any rating are left out."""
    ratings = ratings_of(measurement)
    short = {one: Fraction(lack, SIXTIETHS) for one, lack in shortfalls(ratings).items() if lack}
    total = sum(short.values(), Fraction(0))
    order = sorted(short, key=lambda one: (-short[one], one))
    themes = weakest_themes(ratings)
    return Needs(
        school=measurement.school,
        needs=tuple(_need(one, short[one], short[one] / total, ratings) for one in order),
        themes=themes,
        why_themes=_theme_sentence(themes, order),
    )


def cohort_shortfalls(measurements: Iterable[Measurement]) -> dict[int, Fraction]:
    """Give the mean shortfall per key element over the schools measured there, largest first."""
    found: dict[int, list[Fraction]] = {}
    for one in measurements:
        ratings = ratings_of(one)
        rated = {int(code.partition(".")[0]) for code in ratings}
        for element, lack in shortfalls(ratings).items():
            if element in rated:
                found.setdefault(element, []).append(Fraction(lack, SIXTIETHS))
    means = {element: sum(parts, Fraction(0)) / len(parts) for element, parts in found.items()}
    return dict(sorted(means.items(), key=lambda one: (-one[1], one[0])))


def cohort_sentence(measurements: Iterable[Measurement], most: int = 3) -> str:
    """Name in Dutch the weakest elements of the whole group, with the themes of sessions that help there."""
    shortfall = cohort_shortfalls(measurements)
    if not shortfall:
        return "Nog geen enkele school is gemeten."
    weakest = [(element, lack) for element, lack in shortfall.items() if lack][:most]
    if not weakest:
        return "De metingen laten samen geen tekort zien."
    means = [(element, decimal(HIGHEST_RATING - lack)) for element, lack in weakest]
    points = listed([f"{ELEMENTS[element]} (gemiddeld {mean} op {HIGHEST_RATING})" for element, mean in means])
    themes = listed([THEMES[one] for one in dict.fromkeys(ELEMENT_THEMES[element] for element, _ in weakest)])
    return f"Gemeenschappelijke zwakke punten: {points}. Passende thema's: {themes}."


def decimal(number: Fraction) -> str:
    """Write a fraction for people with at most two decimals, a half to even: `2,67`."""
    cents = round(abs(number) * 100)
    whole, rest = divmod(cents, 100)
    text = f"{whole},{rest:02}".rstrip("0").rstrip(",")
    return f"-{text}" if number < 0 and cents else text


def _need(element: int, shortfall: Fraction, share: Fraction, ratings: Mapping[str, int]) -> Need:
    mine = {code: rating for code, rating in ratings.items() if code.startswith(f"{element}.")}
    lowest = tuple(code for code, rating in mine.items() if rating == min(mine.values()))
    names = listed([criterion_name(code) for code in lowest[:NAMED]])
    mean = decimal(HIGHEST_RATING - shortfall)
    more = " en andere" if len(lowest) > NAMED else ""
    why = (
        f"{ELEMENTS[element].capitalize()}: gemiddeld {mean} op {HIGHEST_RATING};"
        f" daar ligt {round(share * 100)} % van het hele tekort. Laagst: {names}{more}."
    )
    return Need(element=element, shortfall=shortfall, share=share, lowest=lowest, why=why)


def _theme_sentence(themes: tuple[str, ...], elements: list[int]) -> str:
    if not themes:
        return "De nulmeting laat geen tekort zien: elk thema is even goed."
    most = next(one for one in elements if ELEMENT_THEMES[one] == themes[0])
    return f"Sessies over {THEMES[themes[0]]} helpen het meest; het grootste tekort daarin is {ELEMENTS[most]}."
