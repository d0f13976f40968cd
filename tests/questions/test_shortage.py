"""Is a shortage told as it is, and is what helps truly the least that can be asked?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from matcher.domain.absence_claim import RoomLocked
from matcher.domain.claim import kind_of
from matcher.domain.errors import InvalidValueError
from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.remedy_claim import FillsMore, ShortOf
from matcher.questions.shortage import places_short, shortages, shortfall
from matcher.questions.shortage_words import shortfall_words
from tests.builders import a_mentor, a_round, a_school, forbidden, required
from tests.claim_cohorts import a_cohort, a_short_cohort
from tests.questions.remedy_oracle import least_effort

if TYPE_CHECKING:
    from matcher.domain.round import Round
    from matcher.questions.shortage import Remedy

ANTWERP = {"province": "Antwerpen", "position": Position(51.22, 4.4), "postcode": "2000", "municipality": "Antwerpen"}
ASIDE = (
    "Eén regel telt hier niet mee: «mentoren van één school moeten samen een halve dag vrij zijn». Daarmee kan er meer "
    "openblijven, en een uitweg minder helpen."
)
KSO = {"school_types": ("KSO",)}


def helps(given: Round) -> tuple[Remedy, ...]:
    """Give the remedies of the only shortage."""
    (found,) = shortages(given)
    return found.remedies


def kinds(remedy: Remedy) -> list[str]:
    """Name what a remedy asks."""
    assert isinstance(remedy.claims[-1].claim, FillsMore)
    return [kind_of(one.claim) for one in remedy.claims[:-1]]


def first(given: Round) -> tuple[str, list[str]]:
    """Give the words of the first remedy and what it asks."""
    remedy = helps(given)[0]
    return remedy.words, kinds(remedy)


def test_contradicting_agreements_are_never_told_as_no_shortage() -> None:
    both = a_round(2, 3, locks=(required("S001", "M001"), forbidden("S001", "M001")))
    found = shortfall(both)
    assert found.conflict is not None
    assert (found.places, found.shortages) == (None, ())
    assert shortfall_words(found) == ("Er is geen plan mogelijk: de afspraken spreken elkaar tegen.",)
    twice = a_round(2, 3, locks=(required("S001", "M001"), required("S002", "M001")))
    for given in (both, twice):
        for ask in (shortages, places_short):
            with pytest.raises(InvalidValueError):
                ask(given)


def test_contradiction_with_a_rule_of_the_policy_is_found_too() -> None:
    policy = Policy(share_half_day=True)
    mentors = [a_mentor(1, half_days=("ma-vm",)), a_mentor(2, half_days=("di-vm",))]
    locks = (required("S001", "M001"), required("S001", "M002"))
    given = a_round([a_school(1, mentors_wanted=2)], mentors, locks=locks, policy=policy)
    assert shortfall(given).conflict is not None
    free = shortfall(replace(given, locks=()))
    assert (free.conflict, free.places, free.aside) == (None, 0, ("share_half_day",))
    assert shortfall_words(free) == (
        "Zonder de eigen regels kan elke gevraagde plaats ingevuld worden.",
        ASIDE,
    )


def test_reserve_is_named_before_a_new_mentor() -> None:
    given = a_round(2, [a_mentor(1), a_mentor(2, first_name="Els", status="reserve")])
    found = helps(given)
    assert [kinds(one) for one in found] == [["put_in_service"], ["ask_more"], ["find_mentor"]]
    assert found[0].words == "als Els uit de reserve komt"
    assert found[0].claims[-1].sentence == "Dan kan één plaats meer ingevuld worden."


def test_limit_of_a_company_is_asked_about() -> None:
    same = {"company_key": "x", "company": "Alfa", "max_schools_company": 1}
    mentors = [a_mentor(1, **same), a_mentor(2, **same)]
    assert first(a_round(2, mentors)) == ("als Alfa hoogstens 2 scholen wil in plaats van 1", ["ask_company"])


def test_ban_and_declared_conflict_of_interest_can_be_lifted() -> None:
    banned = a_round([a_school(1)], [a_mentor(1)], locks=(forbidden("S001", "M001", "klikte niet"),))
    assert first(banned) == ("School 1: als het verbod op M001 vervalt (klikte niet)", ["lift_ban"])
    declared = a_round([a_school(1, not_with=("Bedrijf 1",))], [a_mentor(1, not_with=("S001",))])
    words = "School 1: als M001 er toch naartoe mag (belangenconflict opgegeven door de mentor en de school)"
    assert first(declared) == (words, ["lift_not_with"])


def test_mentor_who_is_locked_elsewhere_is_told_of_and_can_be_let_go() -> None:
    schools = [a_school(1, **KSO), a_school(2)]
    mentors = [a_mentor(1), a_mentor(2, school_types=("TSO",))]
    given = a_round(schools, mentors, locks=(required("S002", "M001", "kennen elkaar"),))
    (found,) = shortages(given)
    assert found.sentence == (
        "School 1 in Oost-Vlaanderen vraagt één mentor; er is geen plaats bij wie kan (M001). "
        "M001 ligt al vast bij School 2 en kan er geen school bij."
    )
    assert [type(one.claim) for one in found.claims][1:] == [RoomLocked]
    assert first(given) == ("als M001 niet meer vastligt bij School 2 (kennen elkaar)", ["lift_lock"])


def test_chain_through_a_school_outside_the_group_is_cheaper_than_a_new_mentor() -> None:
    schools = [a_school(1, half_days=("vr-nm",)), a_school(2, half_days=("ma-vm",))]
    far = Position(51.2, 2.9)
    mentors = [
        a_mentor(1, first_name="An", half_days=("ma-vm",)),
        a_mentor(2, first_name="Bo", half_days=("di-vm",), max_minutes=240, not_with=("S001",), position=far),
    ]
    (found,) = shortages(a_round(schools, mentors))
    assert found.schools == ("S001",)
    assert found.remedies[0].effort == 40
    words = "School 1: als An ook op vrijdagnamiddag kan; en School 2: als Bo ook op maandagvoormiddag kan"
    assert (found.remedies[0].words, found.remedies[0].effort) == (words, 40)
    assert [kinds(one) for one in found.remedies][:2] == [["ask_wider", "ask_wider"], ["find_mentor"]]


def test_drive_that_nobody_would_ask_for_comes_after_all_others() -> None:
    given = a_round([a_school(1, **ANTWERP)], [a_mentor(1, first_name="An", max_minutes=30)])
    near, far = helps(given)
    assert kinds(near) == ["find_mentor"]
    assert far.effort < near.effort
    assert far.words.endswith(" minuten wil rijden in plaats van 30 (meer dan anderhalve keer de grens)")


@pytest.mark.parametrize("seed", range(1000, 1030))
def test_first_remedy_is_the_least_that_can_be_asked(seed: int) -> None:
    for given in (a_short_cohort(seed), a_cohort(seed)):
        if len(given.schools) * len(given.mentors) > 16:
            continue
        for found in shortfall(given).shortages:
            short = found.claims[0].claim
            assert isinstance(short, ShortOf)
            near = [one for one in found.remedies if not any(getattr(each.claim, "far", False) for each in one.claims)]
            least = least_effort(given, found.schools, short.beside, most(near))
            assert (near[0].effort if near else None) == least


def most(remedies: list[Remedy]) -> int:
    """Give how many asks the oracle has to try together: two, or as many as the first remedy has."""
    return max(2, len(remedies[0].claims) - 1) if remedies else 2
