"""Is the Award's ranking exact, its robustness true at every border, a tie called a tie, and its record sound?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import dumps, loads
from matcher.domain.errors import InvalidValueError
from matcher.domain.policy import Policy
from matcher.intake.columns.trajectory_readers import half_reader
from matcher.output.record import public_hex
from matcher.output.signed import sign_document, verify_document
from matcher.trajectory.award import (
    Award,
    AwardCriterion,
    JuryScore,
    award_from_document,
    award_to_document,
    decide_award,
    rank,
)
from matcher.trajectory.award_record import award_record, check_award_record
from matcher.trajectory.tables.year_sheets import award_dossier
from tests.trajectory.making import a_juror, an_award

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SMALL = an_award({"S1": (9, 5, 7), "S2": (7, 8, 6), "S3": (2, 9, 9)})
TIED = a_juror(9, "S1")
SCORES = st.lists(st.tuples(*[st.integers(0, 10)] * 3), min_size=2, max_size=5)
WEIGHTS = st.tuples(*[st.integers(0, 9)] * 3).filter(any)


def totals(award: Award, weights: tuple[Fraction, ...]) -> dict[str, Fraction]:
    """Add up weighted scores without the program: one juror a school, so that a score is a mean."""
    weight = {one.key: value for one, value in zip(award.criteria, weights, strict=True)}
    return {
        school: sum((weight[one.criterion] * one.value for one in award.scores if one.school == school), Fraction(0))
        for school in award.schools
    }


def stays(award: Award, winner: str, weights: tuple[Fraction, ...]) -> bool:
    found = totals(award, weights)
    return found[winner] == max(found.values())


@settings(deadline=None)
@given(SCORES, WEIGHTS)
def test_winner_stays_exactly_within_its_ranges(scores: list[tuple[int, ...]], weights: tuple[int, ...]) -> None:
    award = an_award({f"S{number}": one for number, one in enumerate(scores)}, weights)
    outcome = decide_award(award)
    exact = tuple(map(Fraction, weights))
    best = totals(award, exact)
    assert outcome.winners == tuple(school for school in award.schools if best[school] == max(best.values()))
    if len(outcome.winners) > 1:
        assert (outcome.ranges, outcome.slack) == ((), None)
        return
    (winner,) = outcome.winners
    for place, one in enumerate(outcome.ranges):

        def at(value: Fraction, place: int = place) -> bool:
            return stays(award, winner, (*exact[:place], value, *exact[place + 1 :]))

        tiny = Fraction(1, 10**6)
        assert one.low <= weights[place]
        assert at(one.low)
        assert at(one.low - tiny) is False or one.low == 0
        if one.high is None:
            assert at(Fraction(10**9))
        else:
            assert one.high >= weights[place]
            assert at(one.high)
            assert not at(one.high + tiny)


@settings(deadline=None)
@given(SCORES, WEIGHTS, st.lists(st.integers(-1, 1), min_size=3, max_size=3))
def test_all_weights_may_move_by_the_slack(
    scores: list[tuple[int, ...]], weights: tuple[int, ...], signs: list[int]
) -> None:
    award = an_award({f"S{number}": one for number, one in enumerate(scores)}, weights)
    outcome = decide_award(award)
    if len(outcome.winners) > 1:
        return
    (winner,) = outcome.winners
    share = Fraction(1) if outcome.slack is None else outcome.slack
    moved = tuple(weight * (1 + sign * share) for weight, sign in zip(weights, signs, strict=True))
    assert stays(award, winner, moved)
    if outcome.slack is not None:
        beyond = outcome.slack + Fraction(1, 10**6)
        boxes = [[weight * (1 - beyond), weight * (1 + beyond)] for weight in weights]
        corners = [(a, b, c) for a in boxes[0] for b in boxes[1] for c in boxes[2]]
        assert not all(stays(award, winner, corner) for corner in corners)


def test_ranking_is_the_weighted_mean_over_jurors() -> None:
    scores = tuple(
        JuryScore(school=school, juror=juror, criterion="c", value=value)
        for school, juror, value in (("S1", "J1", 7), ("S1", "J2", 8), ("S2", "J1", 7))
    )
    criteria = (AwardCriterion(key="c", name="Idee", weight=3),)
    jurors = (a_juror(1), a_juror(2))
    award = Award(name="Award", criteria=criteria, schools=("S2", "S1", "S3"), jurors=jurors, scores=scores)
    assert [(one.school, one.rank, one.total) for one in rank(award)] == [("S1", 1, Fraction(15, 2)), ("S2", 2, 7)]
    outcome = decide_award(award)
    assert outcome.unscored == ("S3",)
    assert outcome.sentences[0] == "Zonder score, dus niet gerangschikt: S3."
    assert outcome.sentences[1] == "S1 wint met 7,5 op 10, 0,5 voor op de volgende."
    assert any("evenveel juryleden" in one for one in outcome.sentences)


def test_tie_is_called_a_tie() -> None:
    outcome = decide_award(an_award({"S1": (5, 5, 5), "S2": (5, 5, 5), "S3": (1, 1, 1)}))
    assert outcome.winners == ("S1", "S2")
    assert [one.rank for one in outcome.ranking] == [1, 1, 3]
    assert outcome.sentences == (
        "Gelijke stand met 5 op 10: S1 en S2.",
        "De jury beslist zelf wie van hen wint; dit programma kiest niet.",
    )


def test_award_without_scores_has_no_winner() -> None:
    outcome = decide_award(replace(SMALL, scores=()))
    assert (outcome.winners, outcome.sentences[-1]) == ((), "Er zijn nog geen scores: er is nog geen winnaar.")


def test_only_school_wins_under_any_weights() -> None:
    outcome = decide_award(an_award({"S1": (5, 5, 5)}))
    assert outcome.winners == ("S1",)
    assert all((one.low, one.high) == (0, None) for one in outcome.ranges)


@pytest.mark.parametrize(
    "changes",
    [
        {"jurors": (a_juror(1, "S2"),)},
        {"jurors": ()},
        {"schools": ("S1", "S1", "S2", "S3")},
        {"schools": ("S1", "S2")},
        {"criteria": SMALL.criteria[:2]},
        {"criteria": (*SMALL.criteria, AwardCriterion(key="nieuw", name="Nieuw", weight=1))},
        {"criteria": tuple(replace(one, weight=0) for one in SMALL.criteria)},
        {"scores": (*SMALL.scores, SMALL.scores[0])},
    ],
)
def test_award_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        replace(SMALL, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [-1, 11])
def test_score_off_the_scale_is_refused(value: int) -> None:
    with pytest.raises(InvalidValueError):
        JuryScore(school="S1", juror="J1", criterion="c", value=value)


def test_borders_that_are_told_hold_wherever_they_are_told() -> None:
    thirds = an_award({"S1": (5, 2), "S2": (2, 3)}, (7, 1))
    assert [one.low for one in decide_award(thirds).ranges] == [Fraction(1, 3), 0]
    names = {"S1": "=SOM(1)", "S2": "Kaai"}
    formulas = tuple(replace(one, name="=1+1") for one in thirds.criteria)
    shown = award_dossier(names, replace(thirds, name="=1+1", criteria=formulas), decide_award(thirds, names))
    assert shown.tables[1].rows[0][2:] == ("0,34", "geen grens")
    headers = shown.title, *(name for name, _ in shown.tables[0].columns)
    assert not [one for one in headers if one.startswith("=")]
    assert "de winnaar blijft vanaf 0,34" in " ".join(decide_award(thirds).sentences)


def test_award_survives_being_written() -> None:
    assert award_from_document(loads(dumps(award_to_document(SMALL)))) == SMALL


def test_signed_record_is_sound_and_adds_up() -> None:
    signed = sign_document(award_record(SMALL), KEY)
    verdict, document = verify_document(signed, public_hex(KEY))
    assert verdict.sound
    assert check_award_record(document) is None
    assert b"Jurylid" not in signed
    assert b"bestuurder" not in sign_document(award_record(replace(SMALL, jurors=(*SMALL.jurors, TIED))), KEY)


def test_record_with_any_byte_changed_is_not_sound() -> None:
    signed = sign_document(award_record(an_award({"S1": (9, 5, 7)})), KEY)
    for place in range(len(signed)):
        other = bytes([(signed[place] + 1) % 256])
        verdict, document = verify_document(signed[:place] + other + signed[place + 1 :])
        assert not verdict.sound
        assert document is None
        assert verdict.sentence
    assert not verify_document(signed, "00" * 32)[0].sound
    assert not verify_document(b"\xff")[0].sound


def test_record_that_does_not_add_up_says_so() -> None:
    record = award_record(SMALL)
    assert check_award_record(record | {"winners": ["S3"]}) == f"Bij herrekenen wint {record['winners'][0]}."
    assert check_award_record(record | {"ranking": []}) == "Bij herrekenen komt er een andere rangschikking uit."
    assert check_award_record([]) == "Dit is geen dossier van een Award."
    broken = record | {"award": {}}
    assert str(check_award_record(broken)).startswith("De Award in het dossier is niet te lezen")


def test_only_school_with_scores_has_nobody_behind_it() -> None:
    assert decide_award(an_award({"S1": (7, 7, 7)})).sentences == (
        "S1 wint met 7 op 10; geen andere school heeft scores.",
    )


def test_sentences_use_the_names_of_schools() -> None:
    assert decide_award(SMALL, {"S1": "Atheneum"}).sentences[0].startswith("Atheneum wint met 7,4 op 10")
    tie = decide_award(an_award({"S1": (5,), "S2": (5,)}, (1,)), {"S1": "Atheneum"})
    assert tie.sentences[0] == "Gelijke stand met 5 op 10: Atheneum en S2."


@pytest.mark.parametrize(("given", "kept"), [(7, "7"), (7.0, "7"), (7.5, "7.5"), (0.5, "0.5"), (10, "10")])
def test_score_may_be_a_half_and_a_whole_one_is_kept_as_such(given: float, kept: str) -> None:
    assert repr(JuryScore(school="S", juror="J", criterion="c", value=given).value) == kept


@pytest.mark.parametrize(("given", "words"), [(7.25, "niet 7,25"), (10.5, "niet op 10,5"), (-0.5, "niet op -0,5")])
def test_score_off_the_scale_or_finer_than_a_half_is_refused(given: float, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        JuryScore(school="S", juror="J", criterion="c", value=given)


def test_half_in_a_cell_is_read_and_a_quarter_is_not() -> None:
    read = half_reader(10)
    assert [read(text, Policy()).value for text in ("7,5", "7.50", "8", "8,0", "½", "10")] == [7.5, 7.5, 8, 8, 0.5, 10]
    assert [read(text, Policy()).value for text in ("7,25", "10,5", "11", "-1", "zeven", "")] == [None] * 6
