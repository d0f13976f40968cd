"""Is the true cause told of every open place, and of every pair that is not in the plan?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from matcher.domain.absence_claim import (
    BusyElsewhere,
    CompanyFull,
    EquallyGood,
    Forbidden,
    NoCapacity,
    NotFitting,
    Reserve,
    SameCompany,
    StandsElsewhere,
    Vetoed,
    Withdrawn,
)
from matcher.matching.assign import assign
from matcher.matching.open_places import MOST_EXCHANGES, MOST_SCHOOLS
from matcher.matching.solved import solved
from matcher.questions.why import why_not
from tests.builders import a_mentor, a_round, a_school, forbidden

if TYPE_CHECKING:
    from matcher.domain.claim import Claim
    from matcher.domain.round import Round

SAME = {"company": "Zelfde NV", "company_key": "zelfde"}
FAR = {"half_days": ("vr-nm",)}

CASES: dict[str, tuple[Round, str, list[Claim], str]] = {
    "both forbidden": (
        a_round(1, 2, locks=(forbidden("S001", "M001", "ruzie"), forbidden("S001", "M002", "ruzie"))),
        "S001",
        [Forbidden("S001", ("M001", "M002"), "ruzie")],
        "M001 en M002 zijn hier verboden door een afspraak (ruzie).",
    ),
    "one company": (
        a_round([a_school(1, mentors_wanted=2)], [a_mentor(number, **SAME) for number in (1, 2, 3)]),
        "S001",
        [SameCompany("S001", ("M002", "M003"), "M001")],
        "M002 en M003 zijn van Zelfde NV, dat hier al iemand heeft: M001.",
    ),
    "limit of a company": (
        a_round(2, [a_mentor(number, max_schools_company=1, **SAME) for number in (1, 2)]),
        "S001",
        [CompanyFull("zelfde", 1, ("M001", "M002"), ("S002",))],
        "Zelfde NV wil hoogstens 1 school, en staat al bij School 2: daarom niet met M001 en M002.",
    ),
    "company that wants no school": (
        a_round(1, [a_mentor(1, max_schools_company=0)]),
        "S001",
        [CompanyFull("bedrijf1", 0, ("M001",))],
        "Bedrijf 1 wil dit jaar geen enkele school, dus kan M001 niet.",
    ),
    "no mentor wants a school": (
        a_round(1, [a_mentor(1, max_schools=0), a_mentor(2, max_schools=0)]),
        "S001",
        [NoCapacity(("M001", "M002"))],
        "M001 en M002 begeleiden dit jaar geen school (hoogstens 0).",
    ),
    "standing by, gone, and not this year": (
        a_round(
            1,
            [a_mentor(1, status="reserve"), a_mentor(2), a_mentor(3, max_schools=0)],
            withdrawn={"M002": "ziek"},
        ),
        "S001",
        [Reserve(("M001",)), Withdrawn(("M002",), "ziek"), NoCapacity(("M003",))],
        "M001 staat in reserve. M002 is uitgevallen (ziek). M003 begeleidt dit jaar geen school (hoogstens 0).",
    ),
    "a bit of each": (
        a_round(
            1,
            [a_mentor(1), a_mentor(2, **FAR), a_mentor(3, max_schools=0)],
            locks=(forbidden("S001", "M001", "ruzie"),),
        ),
        "S001",
        [
            Forbidden("S001", ("M001",), "ruzie"),
            NoCapacity(("M003",)),
            NotFitting("S001", 1, {"availability": 1}),
        ],
        (
            "M001 is hier verboden door een afspraak (ruzie). M003 begeleidt dit jaar geen school (hoogstens 0). "
            "1 mentor past hier niet; wat tegenhoudt: beschikbaarheid (1 van 1)."
        ),
    ),
    "as good elsewhere": (
        a_round(2, 1),
        "S001",
        [EquallyGood("S001", "M001", ("S002",))],
        "M001 is hier even goed voor het hele plan. Nu bij School 2.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_open_place_is_told_by_its_true_cause(name: str) -> None:
    given, school, claims, reason = CASES[name]
    place = {one.school: one for one in assign(given).open_places}[school]
    assert [one.claim for one in place.claims] == claims
    assert place.reason == reason


def test_mentor_who_helps_another_school_is_told_with_what_coming_here_would_change() -> None:
    schools = [a_school(1), a_school(2, fields=("BO",))]
    (place,) = assign(a_round(schools, 1)).open_places
    (told,) = place.claims
    assert isinstance(told.claim, StandsElsewhere)
    assert (told.claim.school, told.claim.at, told.claim.losses["places_filled"]) == ("S002", "S001", (0,))
    lost = told.claim.losses["points"]
    assert told.claim.losses["worst_pair"] == lost > 0
    assert told.sentence == (
        f"M001 staat bij School 1. Van daar naar hier: dat kost {lost} punten op het zwakste koppel en {lost} punten."
    )


def test_a_few_are_told_one_by_one_and_none_where_many_schools_are_short() -> None:
    few = assign(a_round(7, 6)).open_places[0].claims
    assert len(few) == MOST_EXCHANGES + 1
    assert isinstance(few[-1].claim, BusyElsewhere)
    assert few[-1].claim.count == 2
    many = assign(a_round(MOST_SCHOOLS + 7, 6)).open_places
    assert [len(one.claims) for one in many] == [1] * (MOST_SCHOOLS + 1)
    assert {one.claims[0].claim.count for one in many} == {6}
    assert many[0].reason.endswith(" en nog 2 kunnen hier, maar zijn elders nodig.")


@pytest.mark.parametrize(
    ("mentor", "given", "kinds"),
    [
        ("M001", a_round(1, 2, locks=(forbidden("S001", "M001", "ruzie"),)), [Forbidden]),
        ("M001", a_round(1, [a_mentor(1, status="reserve")]), [Reserve]),
        ("M001", a_round(1, [a_mentor(1, status="withdrawn"), a_mentor(2)]), [Withdrawn]),
        ("M001", a_round(1, [a_mentor(1, max_schools=0)]), [NoCapacity]),
        ("M001", a_round(1, [a_mentor(1, **FAR), a_mentor(2)]), [Vetoed]),
        (
            "M001",
            a_round(1, [a_mentor(1, status="reserve", **FAR)], locks=(forbidden("S001", "M001", ""),)),
            [Forbidden, Reserve, Vetoed],
        ),
    ],
)
def test_why_not_tells_what_is_in_the_way_and_no_lock_that_nobody_made(
    mentor: str, given: Round, kinds: list[type]
) -> None:
    answer = why_not(solved(given, assign(given)), "S001", mentor)
    assert [type(one.claim) for one in answer.claims] == kinds
    assert answer.objections == tuple(one.sentence for one in answer.claims)
    assert answer.price is None
    assert answer.tried == (kinds == [Vetoed])
