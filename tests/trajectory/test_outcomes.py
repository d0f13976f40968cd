"""Does the ledger give a bounded priority to those who had a weak match, and to nobody else?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import dumps, loads
from matcher.domain.errors import InvalidValueError
from matcher.matching.assign import assign
from matcher.trajectory.outcomes import (
    STOP_REASONS,
    MentorContact,
    MentoringOutcome,
    fairness_ledger,
    nobody_first_words,
    outcome_from_document,
    outcome_summary,
    outcome_to_document,
    start_outcomes,
)
from tests.builders import a_round
from tests.trajectory.making import TODAY


def an_outcome(points: int = 800, **changes: object) -> MentoringOutcome:
    values: dict[str, object] = {"school": "S1", "mentor": "M1", "points": points}
    return MentoringOutcome(**(values | changes))  # type: ignore[arg-type]


def priority(*outcomes: MentoringOutcome, limit: int = 20) -> int:
    return fairness_ledger(outcomes, ["S1"], limit)[0].priority


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1000), st.one_of(st.none(), st.integers(1, 5))), max_size=3), st.integers(0, 50)
)
def test_priority_is_bounded_and_falls_with_a_better_pair(pairs: list[tuple[int, int | None]], limit: int) -> None:
    outcomes = [
        an_outcome(points, school_satisfaction=happy, mentor=f"M{n}") for n, (points, happy) in enumerate(pairs)
    ]
    found = priority(*outcomes, limit=limit)
    assert 0 <= found <= limit
    better = [replace(one, points=min(1000, one.points + 100)) for one in outcomes]
    assert priority(*better, limit=limit) <= found
    assert priority(*outcomes, an_outcome(600, mentor="M9"), limit=limit) == 0


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (an_outcome(600), 0),
        (an_outcome(599), 0),
        (an_outcome(570), 1),
        (an_outcome(300), 10),
        (an_outcome(0), 20),
        (an_outcome(800, school_satisfaction=3), 0),
        (an_outcome(800, school_satisfaction=2), 10),
        (an_outcome(800, school_satisfaction=1), 20),
        (an_outcome(800, mentor_satisfaction=1), 0),
        (an_outcome(800, stopped=TODAY, stop_reason="job_change"), 20),
        (an_outcome(800, stopped=TODAY, stop_reason="school_stopped"), 0),
    ],
)
def test_priority_follows_the_formula(outcome: MentoringOutcome, expected: int) -> None:
    assert priority(outcome) == expected


def test_school_without_mentor_goes_first_and_is_told_why() -> None:
    (entry,) = fairness_ledger([], ["S1"])
    assert (entry.priority, entry.reason) == (
        20,
        "De school had geen mentor. Daarom de hoogste voorrang: 20 punten.",
    )
    assert fairness_ledger([an_outcome(school_satisfaction=5)], ["S1"])[0].reason == "Geen voorrang nodig."


def test_nothing_known_is_not_all_well() -> None:
    """Points alone tell little: where no school answered, nobody says that all went well."""
    silent = fairness_ledger([an_outcome()], ["S1"])[0].reason
    assert silent == "Geen voorrang: de punten volstaan, maar hoe tevreden de school was, is niet bekend."
    heard = [an_outcome(school_satisfaction=5)]
    assert nobody_first_words(heard, 20) == "Niemand: geen begeleiding was zwak genoeg voor voorrang."
    assert "van 1 school is niet bekend" in nobody_first_words([*heard, an_outcome(school="S2")], 20)
    assert nobody_first_words(heard, 0) == "Niemand: er zijn geen punten om te geven."
    little = fairness_ledger([an_outcome(599, school_satisfaction=5)], ["S1"], 1)[0]
    assert (little.priority, little.reason.endswith("Dat geeft geen voorrang: hoogstens 1 punt.")) == (0, True)


def test_replacement_has_the_last_word() -> None:
    gone = an_outcome(900, stopped=TODAY, stop_reason="no_time", replaced=True)
    assert priority(gone, an_outcome(300, mentor="M2")) == 10
    assert priority(gone, an_outcome(900, mentor="M2")) == 0


def test_pair_that_left_the_plan_silently_has_no_word() -> None:
    gone, weak = an_outcome(900), an_outcome(300, mentor="M2")
    now = {("S1", "M2")}
    assert fairness_ledger([gone, weak], ["S1"], planned=now)[0].priority == 10
    assert fairness_ledger([gone, weak], ["S1"])[0].priority == 0
    (entry,) = fairness_ledger([gone], ["S1"], planned=now)
    assert (entry.priority, entry.reason.partition(" Daarom")[0]) == (
        20,
        "Het koppel staat niet meer in het plan, zonder vervanger.",
    )
    left = an_outcome(900, stopped=TODAY, stop_reason="school_stopped")
    assert fairness_ledger([left], ["S1"], planned=now)[0].priority == 0
    replaced = an_outcome(900, stopped=TODAY, stop_reason="no_time", replaced=True)
    assert fairness_ledger([replaced, weak], ["S1"], planned={("S2", "M9")})[0].priority == 20


def test_outcomes_start_from_the_plan() -> None:
    plan = assign(a_round(2, 3))
    assert [(one.school, one.mentor, one.points) for one in start_outcomes(plan)] == [
        (one.school, one.mentor, one.points) for one in plan.pairs
    ]


def test_outcome_survives_being_written() -> None:
    contacts = (MentorContact(day=TODAY), MentorContact(day=date(2026, 10, 1), kind="call", minutes=20))
    one = an_outcome(contacts=contacts, stopped=TODAY, stop_reason="other", stop_note="verhuisd")
    assert [contact.kind for contact in one.contacts] == ["call", "visit"]
    assert outcome_from_document(loads(dumps(outcome_to_document(one)))) == one


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: an_outcome(1001),
        lambda: an_outcome(school_satisfaction=0),
        lambda: an_outcome(mentor_satisfaction=6),
        lambda: an_outcome(stopped=TODAY),
        lambda: an_outcome(stop_reason=next(iter(STOP_REASONS))),
        lambda: an_outcome(stopped=date(2026, 1, 1), stop_reason="other", contacts=(MentorContact(day=TODAY),)),
        lambda: MentorContact(day=TODAY, kind="brief"),
        lambda: MentorContact(day=TODAY, minutes=0),
        lambda: fairness_ledger([], ["S1"], -1),
        lambda: fairness_ledger([], ["S1"], 101),
        lambda: an_outcome(replaced=True),
    ],
)
def test_what_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidValueError):
        wrong()  # type: ignore[operator]


def test_summary_counts_contacts_answers_and_stops() -> None:
    told = outcome_summary(
        [
            an_outcome(contacts=(MentorContact(day=TODAY),), school_satisfaction=4, mentor_satisfaction=5),
            an_outcome(mentor="M2", school_satisfaction=1),
            an_outcome(mentor="M3", stopped=TODAY, stop_reason="no_time"),
        ]
    )
    assert (told.pairs, told.contacts, told.without_contact) == (3, 1, 2)
    assert (told.school_satisfaction, told.mentor_satisfaction) == (Fraction(5, 2), 5)
    assert told.stopped == {"no_time": 1}
    assert told.sentence == (
        "3 koppels, 1 contact. 2 koppels zonder contact."
        " Scholen geven gemiddeld 2,5 op 5 (2 van 3 antwoordden), mentoren geven gemiddeld 5 op 5"
        " (1 van 3 antwoordden). 1 keer stopte het: de mentor had geen tijd meer."
    )


def test_summary_without_answers_says_so() -> None:
    assert outcome_summary([]).sentence == "Er zijn nog geen koppels."
    assert outcome_summary([an_outcome(), an_outcome(mentor="M2")]).sentence == (
        "2 koppels, nog geen enkel contact genoteerd. Scholen en mentoren zeiden nog niet hoe tevreden ze zijn."
    )
    assert outcome_summary([an_outcome(contacts=(MentorContact(day=TODAY),), school_satisfaction=4)]).sentence == (
        "1 koppel, 1 contact. 0 koppels zonder contact."
        " Scholen geven gemiddeld 4 op 5 (1 van 1 antwoordden), mentoren zeiden nog niets."
    )
