"""Do a school's shortfalls reach the matching and the sessions, with the sentence why?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.criteria.needs import SIXTIETHS, shortfalls
from matcher.domain.season import THEMES
from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.trajectory.needs import (
    cohort_sentence,
    cohort_shortfalls,
    decimal,
    ratings_of,
    school_needs,
    with_baseline,
    with_baselines,
)
from tests.builders import a_round, a_school
from tests.trajectory.making import a_measurement, a_sheet, measured

RATINGS = st.dictionaries(st.sampled_from(LABEL_CRITERIA), st.integers(0, 4))


@settings(deadline=None)
@given(RATINGS)
def test_needs_are_the_shortfalls_of_the_matching(ratings: dict[str, int]) -> None:
    own = {f"c{code.replace('.', '_')}": ratings.get(code, -1) for code in LABEL_CRITERIA}
    found = school_needs(a_measurement(a_sheet(**own)))  # type: ignore[arg-type]
    told = {one.element: one.shortfall for one in found.needs}
    assert told == {one: Fraction(lack, SIXTIETHS) for one, lack in shortfalls(ratings).items() if lack}
    rated = {element: [one for code, one in ratings.items() if code[0] == str(element)] for element in range(1, 8)}
    lacks = {element: 4 - Fraction(sum(mine), len(mine)) for element, mine in rated.items() if mine}
    assert told == {element: lack for element, lack in lacks.items() if lack}
    assert all(one.share == one.shortfall / sum(told.values()) for one in found.needs)
    assert sum(one.share for one in found.needs) == (1 if told else 0)
    assert [one.shortfall for one in found.needs] == sorted(told.values(), reverse=True)
    assert set(found.themes) <= set(THEMES)
    assert bool(found.themes) == bool(told)
    for one in found.needs:
        assert min(own[f"c{code.replace('.', '_')}"] for code in one.lowest) >= 0


def test_baseline_of_a_school_is_its_measurement() -> None:
    school = a_school(1, baseline={"1.1": 4})
    assert with_baseline(school, measured(c1_1=1, c7_2=-1)).baseline == {
        code: 1 if code == "1.1" else 2 for code in LABEL_CRITERIA if code != "7.2"
    }
    for other in (None, a_measurement(a_sheet()), measured(school="S009")):
        assert with_baseline(school, other) == school


def test_half_medians_round_down() -> None:
    assert ratings_of(a_measurement(a_sheet("an", 1), a_sheet("bo", 2)))["1.1"] == 1


def test_round_takes_baselines_not_finals() -> None:
    given = with_baselines(a_round(2, 1), [measured(value=1), measured("final", value=4)])
    assert [one.baseline.get("1.1") for one in given.schools] == [1, None]


def test_sentences_name_element_and_criteria() -> None:
    found = school_needs(measured(value=4, c6_1=0, c6_2=1, c1_1=3))
    assert [one.element for one in found.needs] == [6, 1]
    assert found.needs[0].why == (
        "Verbindingen met de buitenwereld: gemiddeld 2,6 op 4; daar ligt 81 % van het hele tekort."
        " Laagst: 6.1 Met bedrijven."
    )
    assert found.why_themes == (
        "Sessies over samenwerking onderwijs-bedrijfsleven helpen het meest;"
        " het grootste tekort daarin is verbindingen met de buitenwereld."
    )


def test_school_without_shortfall_has_no_needs() -> None:
    found = school_needs(measured(value=4))
    assert (found.needs, found.themes) == ((), ())
    assert found.why_themes == "De nulmeting laat geen tekort zien: elk thema is even goed."


def test_cohort_averages_only_where_schools_were_measured() -> None:
    one = measured(value=4, c3_1=0, c3_2=0)
    other = replace(measured(school="S002", value=4, c3_1=-1, c3_2=-1))
    assert cohort_shortfalls([one, other])[3] == 4
    assert next(iter(cohort_shortfalls([one, other]))) == 3


def test_decimals_are_dutch() -> None:
    numbers = (Fraction(8, 3), Fraction(2), Fraction(-1, 4), Fraction(1, 200), Fraction(-1, 1000), Fraction(5, 2))
    assert [decimal(one) for one in numbers] == ["2,67", "2", "-0,25", "0", "0", "2,5"]


def test_common_weak_points_name_their_themes() -> None:
    known = [measured(value=3, c6_1=0, c6_2=0, c4_1=1), measured(school="S002", value=3, c6_1=1)]
    assert cohort_sentence(known, most=2) == (
        "Gemeenschappelijke zwakke punten: verbindingen met de buitenwereld (gemiddeld 2,2 op 4) en"
        " professionalisering van het team (gemiddeld 2,67 op 4)."
        " Passende thema's: samenwerking onderwijs-bedrijfsleven en professionalisering."
    )
    assert cohort_sentence([measured(value=4)]) == "De metingen laten samen geen tekort zien."
    assert cohort_sentence([]) == "Nog geen enkele school is gemeten."
