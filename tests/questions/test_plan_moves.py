"""Is of each school that changes told who goes and comes, with no cause but what is known?"""

from __future__ import annotations

from matcher.domain.fall_claim import PointsAfter
from matcher.matching.assign import assign
from matcher.matching.claim_words import claim_words
from matcher.matching.solved import solved
from matcher.questions.dropout import changed_round, rerun
from matcher.questions.plan_moves import explained_moves, move_words, moves_between
from matcher.questions.price import losses_between
from matcher.questions.resilience import resilience
from tests.builders import a_mentor, a_round, a_school, forbidden, required


def test_moves_are_said_school_by_school() -> None:
    given = a_round([a_school(1)], [a_mentor(1, first_name="An"), a_mentor(2, first_name="Bart", sectors=("overige",))])
    before = assign(given)
    after = rerun(given, before, {"M001": "ziek"})
    changed = changed_round(given, before, {"M001": "ziek"})
    assert [one.words for one in explained_moves(changed, before, after)] == [
        "School 1: An wordt Bart. An is uitgevallen (ziek)."
    ]
    assert move_words(solved(given, before).facts, moves_between(before, after)[0]) == "School 1: An wordt Bart."
    assert losses_between(before, before)["points"] == 0


def test_reason_stands_behind_who_it_is_about() -> None:
    mentors = [a_mentor(n, first_name=name) for n, name in enumerate(("An", "Bart", "Cas"), 1)]
    before = assign(a_round([a_school(1)], mentors, locks=(required("S001", "M001"),)))
    bans = (forbidden("S001", "M001", "te ver"), required("S001", "M002", ""))
    given = a_round([a_school(1)], mentors, locks=bans)
    after = assign(given)
    (told,) = explained_moves(given, before, after)
    assert told.words == f"School 1: An wordt Bart. {told.reason}"
    assert told.reason == "An is hier verboden door een afspraak (te ver). Bart ligt hier vast door een afspraak."


def test_lost_points_are_written_as_in_flanders() -> None:
    facts = solved(a_round(2, 2), assign(a_round(2, 2))).facts
    told = [claim_words(facts, PointsAfter(("M001",), lost)) for lost in (1000, 1, -2, 0)]
    assert told == [
        "Het plan verliest 1.000 punten.",
        "Het plan verliest 1 punt.",
        "Het plan wint 2 punten.",
        "Het plan verliest geen punten.",
    ]


def test_reserves_who_help_only_together_stand_by_together() -> None:
    """Two of one company that wants one school: who comes for one school takes the other's colleague away."""
    schools = [
        a_school(1, mentors_wanted=2, school_types=("TSO",)),
        a_school(2, mentors_wanted=2, school_types=("ASO",)),
    ]
    company = {"company": "Zelfde NV", "company_key": "zelfde", "max_schools_company": 1}
    mentors = [
        a_mentor(1, school_types=("ASO",)),
        a_mentor(2, school_types=("TSO",), **company),
        a_mentor(3, max_schools=2),
        a_mentor(4, school_types=("TSO",), status="reserve"),
        a_mentor(5, school_types=("ASO",), status="reserve", **company),
    ]
    given = a_round(schools, mentors)
    found = resilience(solved(given, assign(given))).standby
    assert (found.mentors, found.uncovered) == (("M004", "M005"), ("M003",))
