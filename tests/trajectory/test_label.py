"""Is readiness ours, held against a table, and is a level only ever entered with its proof?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.errors import InvalidValueError
from matcher.domain.label import LEVELS
from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.trajectory.baseline import Combined
from matcher.trajectory.label import (
    OURS,
    LevelHeld,
    default_rules,
    level_from_document,
    level_held,
    level_to_document,
    next_level,
    read_rules,
    readiness,
)
from matcher.trajectory.suggestions import advise_first

HEAD = "niveau;criteria;aantal;cijfer;bewijs\n"
MEASURED = st.dictionaries(st.sampled_from(LABEL_CRITERIA), st.tuples(st.integers(0, 4), st.booleans()))


def a_combined(ratings: dict[str, tuple[int, bool]]) -> dict[str, Combined]:
    return {code: Combined(criterion=code, values=(one,), proven=proof) for code, (one, proof) in ratings.items()}


def everywhere(rating: int, *, proven: bool = True) -> dict[str, Combined]:
    return a_combined(dict.fromkeys(LABEL_CRITERIA, (rating, proven)))


@settings(deadline=None)
@given(MEASURED, st.sampled_from(LABEL_CRITERIA))
def test_higher_rating_never_makes_a_school_less_ready(ratings: dict[str, tuple[int, bool]], code: str) -> None:
    better = ratings | {code: (min(4, ratings.get(code, (0, False))[0] + 1), True)}
    for level in LEVELS[1:]:
        before, after = readiness(a_combined(ratings), level), readiness(a_combined(better), level)
        assert after.short <= before.short
        assert before.ready == (before.short == 0) == (not before.missing)


@settings(deadline=None)
@given(MEASURED)
def test_shortage_is_counted_rule_by_rule(ratings: dict[str, tuple[int, bool]]) -> None:
    """Count the default table by hand: all at 1, then eleven at 2 with evidence."""
    one = 21 - sum(rating >= 1 for rating, _ in ratings.values())
    two = max(0, 11 - sum(rating >= 2 and proof for rating, proof in ratings.values()))
    assert readiness(a_combined(ratings), "Competent").short == one + two


def test_higher_level_asks_all_of_the_lower_ones() -> None:
    shorts = [readiness(everywhere(2), level).short for level in LEVELS[1:]]
    assert shorts == [0, 11, 11 + 21 + 11]


def test_evidence_is_asked() -> None:
    told = readiness(everywhere(2, proven=False), "Competent")
    assert not told.ready
    (sentence,) = told.missing
    assert sentence == (
        "Competent vraagt ten minste 11 van 21 criteria op 2 of hoger met bewijs; nog 11 criteria te winnen;"
        f" bewijs ontbreekt bij {', '.join(LABEL_CRITERIA)}."
    )


def test_readiness_says_whose_rules_and_that_we_award_nothing() -> None:
    told = readiness(everywhere(4), "Expert")
    assert (told.ready, told.source) == (True, OURS)
    assert "alleen European Schoolnet kent het label toe" in told.caveat


def test_table_of_others_replaces_ours() -> None:
    rules = read_rules(HEAD + "Competent;6;2;3;nee\nCompetent;1.1 1.2;alle;1;ja\n", "regels van de coördinator")
    assert [(one.criteria[0], one.count, len(one.criteria)) for one in rules.rules] == [("6.1", 2, 5), ("1.1", 2, 2)]
    told = readiness(a_combined({"6.1": (3, False), "1.1": (1, True)}), "Competent", rules)
    assert (told.short, told.source) == (2, "regels van de coördinator")


def test_table_that_says_nothing_of_a_level_makes_nobody_ready() -> None:
    rules = read_rules(HEAD + "Proficient;alle;alle;2;nee\n", "regels van de coördinator")
    told = readiness(everywhere(4), "Competent", rules)
    assert (told.ready, told.short) == (False, 0)
    assert told.missing == ("Deze regels zeggen niets over Competent. Gereedheid valt er niet mee in te schatten.",)
    assert readiness(everywhere(2), "Proficient", rules).ready
    assert readiness(everywhere(1), "Expert", rules).missing[0].startswith("Deze regels zeggen niets over Expert.")
    assert advise_first({}, {"1.1": 1}, "Competent", rules=rules).sentence == "Deze regels zeggen niets over Competent."


@pytest.mark.parametrize(
    "text",
    [
        "niveau;criteria\nCompetent;alle\n",
        HEAD,
        HEAD + "Meester;alle;alle;1;nee\n",
        HEAD + "none;alle;alle;1;nee\n",
        HEAD + "Competent;8.1;1;1;nee\n",
        HEAD + "Competent;;1;1;nee\n",
        HEAD + "Competent;6;6;1;nee\n",
        HEAD + "Competent;6;0;1;nee\n",
        HEAD + "Competent;6;1;5;nee\n",
        HEAD + "Competent;6;1;1;misschien\n",
        HEAD + "Competent;6\n",
        HEAD + f"Competent;6;{'9' * 5000};1;nee\n",
        HEAD + f"Competent;{'6 ' * 100_000};1;1;nee\n",
    ],
)
def test_wrong_table_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        read_rules(text, "regels")


def test_level_is_what_was_entered_last() -> None:
    entries = [
        LevelHeld(school="S001", level="Competent", since=date(2026, 1, 5), proof="certificaat 12"),
        LevelHeld(school="S001", level="Proficient", since=date(2027, 1, 5), proof="certificaat 99"),
        LevelHeld(school="S002", level="Expert", since=date(2020, 1, 5), proof="certificaat 1"),
    ]
    days = (date(2025, 1, 1), date(2026, 6, 1), date(2027, 6, 1))
    assert [level_held(entries, "S001", day) for day in days] == ["none", "Competent", "Proficient"]
    assert [next_level(one) for one in LEVELS] == ["Competent", "Proficient", "Expert", None]
    assert level_from_document(level_to_document(entries[0])) == entries[0]


def test_level_without_proof_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="bewijsstuk"):
        LevelHeld(school="S001", level="Competent", since=date(2026, 1, 5))
    assert LevelHeld(school="S001", level="none", since=date(2026, 1, 5)).proof == ""


def test_default_table_has_rules_for_every_level() -> None:
    assert [len(default_rules().of(level)) for level in LEVELS] == [0, 2, 4, 6]
