"""Does the page on the trajectory say what the program works out? Every example of it is worked out again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.trajectory.award import decide_award
from matcher.trajectory.baseline import Measurement, Moment, Rating, RatingSheet, combined_ratings
from matcher.trajectory.candidates import SelectionPolicy, SelectionPool
from matcher.trajectory.jury import assign_jury
from matcher.trajectory.label import LEVELS, default_rules, readiness
from matcher.trajectory.needs import decimal, ratings_of, school_needs
from matcher.trajectory.outcomes import MentoringOutcome, fairness_ledger
from matcher.trajectory.progress import school_progress
from matcher.trajectory.selection import select_schools
from matcher.trajectory.suggestions import advise_first
from tests.trajectory.making import TODAY, a_candidate, a_juror, a_limit, a_measurement, an_award, measured

PAGE = (Path(__file__).parents[2] / "docs" / "traject.md").read_text(encoding="utf-8")
FLAT = " ".join(PAGE.split())
OUTCOMES = {"chosen": "gekozen", "waiting": "wachtlijst"}


def table(header: str) -> list[list[str]]:
    """Give the rows of the table that follows a header line, cell by cell."""
    lines = PAGE[PAGE.index(f"| {header} |") :].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def number(text: str) -> Fraction:
    """Read a number as it is written in Dutch."""
    return Fraction(text.replace(",", "."))


def own_ratings() -> dict[str, int]:
    """Give the ratings of the school of the page: 1 but for those in its table."""
    head = next(line for line in PAGE.splitlines() if line.startswith("| criterium | 1.1"))
    codes = [cell.strip() for cell in head.strip("|").split("|")][1:]
    row = next(line for line in PAGE.splitlines() if line.startswith("| cijfer |"))
    values = [cell.strip() for cell in row.strip("|").split("|")][1:]
    return dict.fromkeys(LABEL_CRITERIA, 1) | {code: int(one) for code, one in zip(codes, values, strict=True)}


def only(code: str, value: int, rater: str) -> RatingSheet:
    return RatingSheet(rater=rater, ratings=(Rating(criterion=code, value=value),))


def of_school(ratings: dict[str, int], moment: Moment = "baseline") -> Measurement:
    return measured(moment, **{f"c{code.replace('.', '_')}": one for code, one in ratings.items()})  # type: ignore[arg-type]


def test_selection_of_the_page() -> None:
    rows = table("kandidaat | provincie | vorm | net | voorrang | uitkomst")
    candidates = tuple(
        a_candidate(id=key, name=key, province=province, school_types=(kind,), network=network, priority=int(points))
        for key, province, kind, network, points, _ in rows
    )
    limits = (a_limit("West-Vlaanderen", "most", 1), a_limit("Limburg", "least", 1))
    selection = select_schools(SelectionPool(candidates=candidates, policy=SelectionPolicy(seats=4, limits=limits)))
    told = {one.school: f"{OUTCOMES[one.outcome]} {one.place or ''}".strip() for one in selection.choices}
    assert told == {row[0]: row[5] for row in rows}
    assert [one.value for one in selection.goals] == [4, 5, 16]
    assert "een afwijking van **16**" in FLAT
    assert f"*{selection.choices[3].reason}*" in FLAT


def test_medians_of_the_page() -> None:
    rows = table("wie een criterium beoordeelde, gaf | mediaan | spreiding | voor de koppels")
    for given, *told in rows:
        sheets = [only("1.1", int(value), f"{place}") for place, value in enumerate(given.split(","))]
        one = combined_ratings(a_measurement(*sheets))["1.1"]
        assert [decimal(one.median), str(one.spread), str(one.rating)] == told


def test_needs_of_the_page() -> None:
    found = school_needs(of_school(own_ratings()))
    told = [[str(one.element), decimal(one.shortfall), f"{round(one.share * 100)} %"] for one in found.needs]
    assert told == table("kernelement | tekort | deel van het geheel")
    assert found.themes[0] == "leerplan"


def test_rules_of_the_page_are_those_of_the_program() -> None:
    rows = table("niveau | criteria | aantal | cijfer | bewijs")
    assert [
        [
            one.level,
            "alle",
            "alle" if one.count == 21 else str(one.count),
            str(one.rating),
            "ja" if one.evidence else "nee",
        ]
        for one in default_rules().of(LEVELS[-1])
    ] == rows


def test_readiness_of_the_page() -> None:
    told = readiness(combined_ratings(of_school(own_ratings())), "Competent")
    assert told.short == 11
    assert "mist voor Competent 4 criteria op 1 en 7 op 2: een tekort van **11**" in FLAT
    assert [one.split("; ")[1] for one in told.missing] == ["nog 4 criteria te winnen", "nog 7 criteria te winnen"]


def test_advice_of_the_page() -> None:
    efforts = {code: int(one) for code, one in table("criterium | inspanning per stap")}
    advice = advise_first(ratings_of(of_school(own_ratings())), efforts, "Competent", 8)
    told = [[one.criterion, *map(str, (one.now, one.then, one.effort, one.rules))] for one in advice.steps]
    assert told == table("eerst | van | naar | inspanning | regels")
    assert f"Met inspanning **{advice.effort}** gaat het tekort van 11 naar **{advice.short - advice.gain}**" in FLAT


def test_progress_of_the_page() -> None:
    after = dict.fromkeys(LABEL_CRITERIA, 2) | {"7.1": 3, "7.2": 4}
    told = school_progress([of_school(own_ratings()), of_school(after, "final")], "S001")
    rows = [
        [str(one.element), *(decimal(part) for part in (one.before, one.after, one.gain) if part is not None)]
        for one in told.elements
    ]
    assert rows == table("kernelement | nulmeting | eindmeting | vooruitgang")
    assert told.gain is not None
    assert f"Samen **{decimal(told.gain)}**" in FLAT


def test_award_of_the_page() -> None:
    rows = table("school | idee (50) | samenwerking (30) | resultaat (20) | totaal")
    award = an_award({row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in rows})
    outcome = decide_award(award)
    assert [(one.school, decimal(one.total)) for one in outcome.ranking] == [(row[0], row[4]) for row in rows]
    ranges = [(one.weight, one.low, "geen grens" if one.high is None else decimal(one.high)) for one in outcome.ranges]
    shown = table("gewicht van | nu | de winnaar blijft vanaf | tot")
    assert ranges == [(int(row[1]), number(row[2]), row[3]) for row in shown]
    assert outcome.slack == Fraction(1, 7)
    assert "tot 1/7, of **14,28 %**" in FLAT
    assert "tot 14,28 %" in outcome.sentences[-1]


def test_jury_of_the_page() -> None:
    jurors = [a_juror(1, "S1", "S2"), a_juror(2), a_juror(3), a_juror(4)]
    plan = assign_jury(["S1", "S2", "S3", "S4"], jurors, readings=2)
    assert (plan.missing, set(plan.loads.values())) == (0, {2})
    assert "leest **2** scholen en er ontbreekt niets" in FLAT


def test_ledger_of_the_page() -> None:
    def pair(points: int = 800, **changes: object) -> list[MentoringOutcome]:
        return [MentoringOutcome(school="S1", mentor="M1", points=points, **changes)]  # type: ignore[arg-type]

    cases = {
        "geen mentor": [],
        "een koppel met 600 punten of meer": pair(600),
        "een koppel met 300 punten": pair(300),
        "een koppel met 570 punten": pair(570),
        "de school gaf 2 van 5": pair(school_satisfaction=2),
        "de mentor stopte en niemand nam over": pair(stopped=TODAY, stop_reason="no_time"),
        "de school stopte zelf": pair(stopped=TODAY, stop_reason="school_stopped"),
    }
    told = {name: fairness_ledger(outcomes, ["S1"])[0].priority for name, outcomes in cases.items()}
    (silent,) = fairness_ledger(pair(), ["S1"], planned=())
    told["het koppel verdween uit het plan en niemand nam over"] = silent.priority
    assert told == {row[0]: int(row[2]) for row in table("wat er was | zwakte | voorrang")}
