"""Is a measurement saved, submitted once and then frozen, and are odd ones told clearly?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import dumps, loads
from matcher.domain.errors import DocumentError, InvalidValueError
from matcher.domain.label import LEVELS, SCALE, label_criteria
from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.trajectory.baseline import (
    Rating,
    RatingSheet,
    combined_ratings,
    current_measurement,
    measurement_from_document,
    measurement_to_document,
    replace_measurement,
    save_sheet,
    without_raters,
)
from matcher.trajectory.measurement_check import measurement_findings, schools_not_measured, submit_measurement
from tests.trajectory.making import NOON, TODAY, a_measurement, a_sheet, measured


def codes(*sheets: RatingSheet, due: date | None = None, today: date = TODAY) -> list[tuple[str, str | None]]:
    return [(one.code, one.column) for one in measurement_findings(a_measurement(*sheets, due=due), today)]


def only(criterion: str, value: int, rater: str = "an", **changes: object) -> RatingSheet:
    return RatingSheet(rater=rater, ratings=(Rating(criterion=criterion, value=value, **changes),))  # type: ignore[arg-type]


def test_table_of_criteria_is_the_labels() -> None:
    table = label_criteria()
    assert tuple(table) == LABEL_CRITERIA
    assert table["1.3"].official == "Inquiry-based science education (IBSE)"
    assert all(one.question.endswith("?") and one.name for one in table.values())
    assert (len(SCALE), len(LEVELS)) == (5, 4)


@settings(deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=7))
def test_median_and_spread_are_those_of_statistics(values: list[int]) -> None:
    sheets = [only("1.1", value, rater=str(number)) for number, value in enumerate(values)]
    one = combined_ratings(a_measurement(*sheets))["1.1"]
    assert one.median == Fraction(median(values))
    assert one.rating == int(median(values))
    assert one.spread == max(values) - min(values)


def test_draft_takes_a_persons_last_sheet() -> None:
    draft = save_sheet(save_sheet(a_measurement(), a_sheet("an", 1)), a_sheet("bo", 3))
    draft = save_sheet(draft, a_sheet("an", 2))
    assert [one.rater for one in draft.sheets] == ["an", "bo"]
    assert combined_ratings(draft)["1.1"].values == (2, 3)


def test_submitted_measurement_is_frozen() -> None:
    frozen = measured()
    with pytest.raises(InvalidValueError, match="ligt vast"):
        save_sheet(frozen, a_sheet("bo", 1))
    with pytest.raises(InvalidValueError, match="al ingediend"):
        submit_measurement(frozen, NOON, "an")


def test_submitted_measurement_is_replaced_only_with_a_reason() -> None:
    old = measured(value=1)
    with pytest.raises(InvalidValueError, match="waarom"):
        replace_measurement(old, "nieuw", " ")
    with pytest.raises(InvalidValueError, match="nog niet ingediend"):
        replace_measurement(a_measurement(a_sheet()), "nieuw", "fout")
    draft = save_sheet(replace_measurement(old, "nieuw", "verkeerd begrepen"), a_sheet(value=3))
    assert current_measurement([old, draft], "S001", "baseline") == old
    new = submit_measurement(draft, NOON + timedelta(days=1), "an")
    assert current_measurement([new, old], "S001", "baseline") == new
    assert (old.sheets, new.replaces) == (measured(value=1).sheets, old.id)


def test_nothing_is_current_without_a_submitted_one() -> None:
    assert current_measurement([a_measurement(a_sheet())], "S001", "baseline") is None
    assert current_measurement([measured("final")], "S001", "baseline") is None


def test_whole_measurement_has_no_findings() -> None:
    assert codes(a_sheet()) == []


def test_empty_measurement_can_not_be_submitted() -> None:
    assert codes() == [("nothing_rated", None)]
    with pytest.raises(InvalidValueError, match="nog geen enkel criterium"):
        submit_measurement(a_measurement(), NOON, "an")


def test_partial_measurement_is_told_and_may_be_submitted() -> None:
    partial = a_sheet(c1_1=-1, c7_2=-1)
    (finding,) = measurement_findings(a_measurement(partial), TODAY)
    assert finding.message == "2 criteria zijn niet beoordeeld: 1.1, 7.2."
    assert submit_measurement(a_measurement(partial), NOON, "an").frozen


def test_rating_of_what_is_said_to_be_absent_is_an_error() -> None:
    sheet = only("1.1", 2, absent=True)
    assert ("absent_yet_rated", "1.1") in codes(sheet)
    with pytest.raises(InvalidValueError, match="zegt ook dat het afwezig is"):
        submit_measurement(a_measurement(sheet), NOON, "an")
    assert ("absent_yet_rated", "1.1") not in codes(only("1.1", 0, absent=True))


def test_evidence_of_what_is_absent_is_told() -> None:
    assert ("proven_yet_absent", "1.1") in codes(only("1.1", 0, evidence=("foto",)))
    assert ("proven_yet_absent", "1.1") not in codes(only("1.1", 0))


@pytest.mark.parametrize(("value", "told"), [(2, False), (3, True), (4, True)])
def test_high_rating_asks_for_evidence(value: int, told: bool) -> None:  # noqa: FBT001
    assert (("evidence_missing", "6.1") in codes(only("6.1", value))) == told
    assert ("evidence_missing", "6.1") not in codes(only("6.1", value, links=("https://school.example",)))


def test_raters_far_apart_are_told() -> None:
    near, far = (only("1.1", 1, "an"), only("1.1", 2, "bo")), (only("1.1", 1, "an"), only("1.1", 4, "bo"))
    assert ("wide_spread", "1.1") not in codes(*near)
    told = next(one for one in measurement_findings(a_measurement(*far), TODAY) if one.code == "wide_spread")
    assert "van 1 tot 4. De mediaan 2,5 telt." in told.message


def test_late_measurement_is_told_by_the_day_in_brussels() -> None:
    due = date(2026, 11, 20)
    assert codes(a_sheet(), due=due) == [("late", None)]
    assert codes(a_sheet(), due=TODAY) == []
    just_late = submit_measurement(a_measurement(a_sheet(), due=due), datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "an")
    (finding,) = measurement_findings(just_late, TODAY)
    assert finding.message == "De meting is ingediend, 1 dag te laat."


def test_missing_schools_are_named() -> None:
    told = schools_not_measured(["S001", "S002"], [measured()], "baseline", date(2026, 11, 20), TODAY)
    assert [(one.severity, one.value) for one in told] == [("error", "S002")]
    assert told[0].message == "De nulmeting van school S002 ontbreekt; ze moest er zijn tegen vrijdag 20 november 2026."
    early = schools_not_measured(["S002"], [], "baseline", date(2026, 12, 1), TODAY)
    assert [one.severity for one in early] == ["note"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Rating(criterion="8.1", value=1),
        lambda: Rating(criterion="1.1", value=5),
        lambda: Rating(criterion="1.1", value=1, links=("javascript:alert(1)",)),
        lambda: RatingSheet(rater="an", ratings=(Rating(criterion="1.1", value=1),) * 2),
        lambda: RatingSheet(rater=""),
        lambda: a_measurement(a_sheet("an"), a_sheet("an")),
        lambda: replace(a_measurement(), replaces="S001-baseline", reason="zo"),
    ],
)
def test_what_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidValueError):
        wrong()  # type: ignore[operator]


def test_measurement_survives_being_written() -> None:
    one = measured(c1_1=-1, c6_1=4)
    written = measurement_to_document(one)
    assert measurement_from_document(loads(dumps(written))) == one
    with pytest.raises(DocumentError, match="/sheets/0"):
        measurement_from_document(
            written | {"sheets": [{"rater": "an", "ratings": [{"criterion": "1.1", "value": 9}]}]}
        )


def test_names_of_raters_can_be_taken_out() -> None:
    known = submit_measurement(a_measurement(a_sheet("Bo Claes", 3), a_sheet("An Adam", 1)), NOON, "An Adam")
    bare = without_raters(known)
    assert [one.rater for one in bare.sheets] == ["beoordelaar 01", "beoordelaar 02"]
    assert (bare.submitted_by, bare.submitted_at) == ("", NOON)
    assert combined_ratings(bare) == combined_ratings(known)
