"""Is progress what was rated twice, with its spread, its caveat and a drawing that everybody can read?"""

from __future__ import annotations

from fractions import Fraction
from statistics import mean, median
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.comparison import ComparedValue, Comparison
from matcher.domain.errors import InvalidValueError
from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.output.progress_chart import progress_chart
from matcher.trajectory.progress import cohort_progress, progress_comparison, school_progress, spread_of
from tests.trajectory.making import measured

RATINGS = st.dictionaries(st.sampled_from(LABEL_CRITERIA), st.integers(0, 4), min_size=1)
SVG = "{http://www.w3.org/2000/svg}"


def test_element_counts_criteria_rated_both_times_alone() -> None:
    before, after = measured(c1_1=1, c1_2=-1), measured("final", c1_1=3, c1_3=-1)
    told = school_progress([before, after], "S001")
    first = told.elements[0]
    assert (first.before, first.after, first.criteria, first.gain) == (1, 3, 1, 2)
    assert told.gain == Fraction(2, 7)
    assert told.notes == ("Maar één keer beoordeeld, dus niet vergeleken: 1.2, 1.3.",)


@settings(deadline=None)
@given(RATINGS, RATINGS)
def test_gain_is_the_mean_of_what_was_rated_twice(before: dict[str, int], after: dict[str, int]) -> None:
    known = [
        measured(moment, **{f"c{code.replace('.', '_')}": ratings.get(code, -1) for code in LABEL_CRITERIA})
        for moment, ratings in (("baseline", before), ("final", after))
    ]
    told = school_progress(known, "S001")
    gains = {}
    for element in range(1, 8):
        both = [after[code] - before[code] for code in before if code in after and code[0] == str(element)]
        if both:
            gains[element] = Fraction(sum(both), len(both))
    assert {one.element: one.gain for one in told.elements if one.gain is not None} == gains
    assert told.gain == (sum(gains.values()) / len(gains) if gains else None)


def test_missing_final_gives_no_gain_and_says_so() -> None:
    told = school_progress([measured()], "S001")
    assert told.gain is None
    assert told.notes == ("Er is geen ingediende eindmeting: vooruitgang is niet te zien.",)
    assert school_progress([], "S001").notes == (
        "Er is geen ingediende nulmeting en eindmeting: vooruitgang is niet te zien.",
    )


def test_lower_final_is_told() -> None:
    told = school_progress([measured(c6_1=3), measured("final")], "S001")
    assert told.notes == ("Lager dan bij de nulmeting: 6.1. Dat kan ook strenger kijken zijn.",)


@settings(deadline=None)
@given(st.lists(st.fractions(-4, 4, max_denominator=60), min_size=1, max_size=9))
def test_spread_is_that_of_statistics(gains: list[Fraction]) -> None:
    told = spread_of(gains)
    assert (told.mean, told.median) == (mean(gains), median(gains))
    assert (told.lowest, told.highest, told.schools) == (min(gains), max(gains), len(gains))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6))
def test_cohort_mean_is_the_mean_of_its_schools(values: list[tuple[int, int]]) -> None:
    schools = [f"S{number}" for number in range(len(values))]
    known = [
        measured(moment, school, value)
        for school, both in zip(schools, values, strict=True)
        for moment, value in zip(("baseline", "final"), both, strict=True)
    ]
    told = cohort_progress(known, schools, schools[:1])
    assert told.everybody.mean == Fraction(sum(after - before for before, after in values), len(values))
    assert (told.with_mentor.schools, told.without_mentor.schools) == (1, len(values) - 1)
    assert {(one.before, one.after) for one in told.elements} == {
        tuple(Fraction(sum(one[place] for one in values), len(values)) for place in (0, 1))
    }


def test_groups_are_shown_with_numbers_spread_and_caveat() -> None:
    known = [measured("baseline", school, 1) for school in ("S1", "S2", "S3", "S4")]
    known += [measured("final", school, value) for school, value in (("S1", 2), ("S2", 4), ("S3", 1))]
    told = cohort_progress(known, ["S1", "S2", "S3", "S4"], {"S1", "S2"})
    assert told.sentence == (
        "Vooruitgang op de schaal van 0 tot 4. Met mentor: 2 scholen, gemiddeld 2 (van 1 tot 3)."
        " Zonder: 1 school, gemiddeld 0 (van 0 tot 0)."
    )
    assert told.caveat.startswith("Twee keer gemeten: 3 van 4 scholen. De groepen zijn klein (2 en 1)")
    alone = cohort_progress(known, ["S1", "S2"], {"S1", "S2"})
    assert "geen groep om mee te vergelijken" in alone.caveat


def test_cohort_without_measurements_is_empty() -> None:
    told = cohort_progress([], ["S1"], [])
    assert (told.everybody.schools, told.everybody.mean) == (0, None)
    assert all(one.before is None for one in told.elements)


def test_chart_tells_every_value_in_words() -> None:
    progress = school_progress([measured(c1_1=1, c7_1=-1, c7_2=-1), measured("final", value=4)], "S001")
    drawing = progress_chart(progress_comparison("School <1>", progress.elements, "Een jaar later."))
    root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    hints = [one.text for one in root.iter(f"{SVG}title")]
    assert hints[0] == "School <1>"
    assert "1 lesaanpak, vooraf: 1,67" in hints
    assert "1 lesaanpak, achteraf: 4" in hints
    assert "7 infrastructuur, vooraf: niet gemeten" in hints
    assert "style=" not in drawing


def test_bars_are_as_long_as_their_values() -> None:
    values = (ComparedValue(label="a", before=Fraction(1), after=Fraction(4)),)
    drawing = progress_chart(Comparison(title="t", story="s", highest=4, values=values))
    root = ET.fromstring(drawing)  # noqa: S314 - our own drawing
    widths = {one[0].text: float(one.attrib["width"]) for one in root.iter(f"{SVG}rect") if len(one)}
    assert widths["a, achteraf: 4"] == 4 * widths["a, vooraf: 1"]


def test_value_off_the_scale_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        Comparison(title="t", story="s", highest=4, values=(ComparedValue(label="a", before=Fraction(5), after=None),))


def test_nothing_measured_twice_is_said_in_one_sentence() -> None:
    told = cohort_progress([measured("baseline", "S1", 1)], ["S1", "S2"], {"S1"})
    assert told.sentence == "Over vooruitgang valt nog niets te zeggen: geen enkele school is twee keer gemeten."
