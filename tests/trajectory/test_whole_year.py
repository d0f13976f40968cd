"""Can a cohort live its whole year through the one door, from 34 applications to a signed Award?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import matcher
from matcher.domain.vocabulary import LABEL_CRITERIA
from tests.builders import a_mentor, a_school
from tests.trajectory.making import NETWORKS, PROVINCES

if TYPE_CHECKING:
    from matcher.trajectory.baseline import Moment

START = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def applications() -> list[matcher.Application]:
    """Receive 34 schools and 30 mentors, all confirmed."""
    dice = random.Random(34)  # noqa: S311
    schools = [a_school(n + 1, province=dice.choice(PROVINCES), mentors_wanted=1) for n in range(34)]
    mentors = [a_mentor(n + 1, offer=(dice.randint(1, 7),)) for n in range(30)]
    consent = matcher.Consent(wording="2026-1", given_at=START)
    received = [
        matcher.Application(
            id=f"A{one.id}", received_at=START, consent=consent, school=one, network=dice.choice(NETWORKS)
        )
        for one in schools
    ]
    received += [
        matcher.Application(id=f"A{one.id}", received_at=START, consent=consent, mentor=one) for one in mentors
    ]
    return [matcher.move_application(one, "confirmed", START + timedelta(hours=1)) for one in received]


def a_measurement(school: str, moment: Moment, lift: int) -> matcher.Measurement:
    dice = random.Random(school)  # noqa: S311
    sheets = tuple(
        matcher.RatingSheet(
            rater=rater,
            ratings=tuple(
                matcher.Rating(criterion=code, value=min(4, dice.randint(0, 2) + lift), evidence=("foto",))
                for code in LABEL_CRITERIA
            ),
        )
        for rater in ("directie", "leraar")
    )
    draft = matcher.Measurement(id=f"{school}-{moment}", school=school, moment=moment, sheets=sheets)
    return matcher.submit_measurement(draft, START + timedelta(days=60), "directie")


def accepted(applications: list[matcher.Application], chosen: set[str]) -> list[matcher.Application]:
    """Accept every mentor and the chosen schools; put the others on the waiting list."""
    at = START + timedelta(days=20)
    return [
        matcher.move_application(
            one, "accepted" if one.school is None or one.school.id in chosen else "waiting", at, "coördinator"
        )
        for one in applications
    ]


def test_cohort_lives_its_year(applications: list[matcher.Application]) -> None:
    limits = tuple(matcher.SelectionLimit(dimension="province", value=one, side="most", number=5) for one in PROVINCES)
    pool = matcher.pool_of(applications, matcher.SelectionPolicy(limits=limits))
    selection = matcher.select_schools(pool, explain=False)
    assert (selection.status, len(selection.chosen), len(selection.waiting)) == ("proven", 20, 14)

    given = matcher.round_of_applications(accepted(applications, set(selection.chosen)))
    assert {one.id for one in given.schools} == set(selection.chosen)
    before = [a_measurement(one, "baseline", 0) for one in selection.chosen]
    given = matcher.with_baselines(given, before)
    assert all(len(one.baseline) == 21 for one in given.schools)
    plan = matcher.assign(given)
    assert plan.status == "proven"
    assert plan.value("places_filled") == (20,)
    assert any("Kan helpen met" in reason for pair in plan.pairs for reason in pair.reasons)

    outcomes = outcomes_with_a_drop_out(given, plan)
    after = [a_measurement(one, "final", 1) for one in selection.chosen]
    progress = matcher.cohort_progress([*before, *after], selection.chosen, {one.school for one in outcomes})
    assert progress.everybody.schools == 20
    assert progress.everybody.mean == 1
    drawing = matcher.progress_chart(matcher.progress_comparison("Cohorte", progress.elements, progress.sentence))
    assert drawing.startswith("<svg")

    short = [
        [matcher.readiness(matcher.combined_ratings(one), "Competent").short for one in known]
        for known in (before, after)
    ]
    assert all(late < early for early, late in zip(*short, strict=True))
    assert 0 in short[1]
    entries = matcher.fairness_ledger(outcomes, selection.chosen)
    assert all(0 <= one.priority <= 20 for one in entries)
    ledger = {one.school: one.priority for one in entries}
    next_pool = matcher.pool_of(applications, ledger=ledger)
    assert {one.id: one.priority for one in next_pool.candidates if one.id in ledger} == ledger
    assert award_is_signed_and_adds_up(selection.chosen[:6])


def outcomes_with_a_drop_out(given: matcher.Round, plan: matcher.Plan) -> list[matcher.MentoringOutcome]:
    """Let the first mentor leave, give its school another one, and tell what became of every pair."""
    leaves = plan.pairs[0]
    again = matcher.assign(replace(given, previous=plan, withdrawn={leaves.mentor: "ander werk"}))
    assert again.value("changes") == 0
    stopped = {"stopped": date(2027, 1, 10), "stop_reason": "job_change", "replaced": True}
    outcomes = [
        replace(one, **(stopped if one.mentor == leaves.mentor else {})) for one in matcher.start_outcomes(plan)
    ]
    return outcomes + [one for one in matcher.start_outcomes(again) if one.school == leaves.school]


def award_is_signed_and_adds_up(schools: tuple[str, ...]) -> bool:
    """Share the jury out, score, rank and sign; tell whether the signed record is sound and adds up."""
    dice = random.Random(1)  # noqa: S311
    jurors = tuple(
        matcher.Juror(id=f"J{n}", name=f"Jurylid {n}", ties={schools[n % 6]: "bestuurder"}) for n in range(5)
    )
    jury = matcher.assign_jury(schools, jurors, readings=3)
    assert matcher.jury_from_document(matcher.jury_to_document(jury)) == jury
    criteria = tuple(matcher.AwardCriterion(key=key, name=key, weight=1) for key in ("idee", "resultaat"))
    scores = tuple(
        matcher.JuryScore(school=school, juror=juror, criterion=one.key, value=dice.randint(0, 10))
        for school, juror in jury.pairs
        for one in criteria
    )
    award = matcher.Award(name="Award 2027", criteria=criteria, schools=schools, jurors=jurors, scores=scores)
    assert matcher.decide_award(award).winners
    signed = matcher.sign_document(matcher.award_record(award), Ed25519PrivateKey.generate())
    verdict, document = matcher.verify_document(signed)
    return verdict.sound and matcher.check_award_record(document) is None


def test_policy_of_the_selection_survives_being_written() -> None:
    policy = matcher.SelectionPolicy(
        limits=(matcher.SelectionLimit(dimension="network", value="GO!", side="least", number=3),), seed=4
    )
    assert matcher.selection_policy_from_document(matcher.selection_policy_to_document(policy)) == policy


def test_every_name_of_the_door_opens() -> None:
    assert all(getattr(matcher, name) is not None for name in matcher.__all__)
