"""Is a value that can't be meant refused with what to do, and one that is only odd let through with a word?"""

from __future__ import annotations

import pytest

from matcher.domain.policy import Policy
from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import (
    MENTOR,
    OTHER_MENTOR,
    OTHER_SCHOOL,
    SCHOOL,
    cohort_files,
    csv_table,
    the,
    with_mentor,
    with_school,
)


@pytest.mark.parametrize(("code", "guess"), [("9001", "9000"), ("3499", "3500"), ("0999", "1000"), ("9999", "9992")])
def test_unknown_postcode_names_the_nearest(code: str, guess: str) -> None:
    finding = the(with_school(postcode=code), "unknown_postcode")
    assert (finding.severity, finding.place, finding.value) == ("error", "scholen.csv, rij 3, kolom postcode", code)
    assert f"«{guess}»" in finding.remedy


@pytest.mark.parametrize("text", ["negenduizend", "90000", "9000,5", "-9000", "9e3", "٩٠٠٠"])
def test_postcode_that_is_no_four_digits_is_refused(text: str) -> None:
    assert the(with_school(postcode=text), "unknown_postcode").remedy == "Vul vier cijfers in, zoals 9000."


@pytest.mark.parametrize(("code", "where"), [("1000", "Brussel"), ("5000", "Namen"), ("7000", "Bergen")])
def test_postcode_outside_flanders_is_a_warning(code: str, where: str) -> None:
    finding = the(with_mentor(postcode=code), "outside_flanders")
    assert (finding.severity, finding.row) == ("warning", 3)
    assert where in finding.message


@pytest.mark.parametrize("text", ["-1", "1,5", "6", "51", "1e3", "veel", "999999999999"])
def test_capacity_that_can_t_be_is_refused(text: str) -> None:
    finding = the(with_mentor(max_scholen=text), "not_a_whole_number")
    assert (finding.severity, finding.place) == ("error", "mentoren.csv, rij 3, kolom max_scholen")
    assert "0 tot 5" in finding.message


@pytest.mark.parametrize("text", ["-1", "51", "1,5"])
def test_company_capacity_that_can_t_be_is_refused(text: str) -> None:
    assert the(with_mentor(max_scholen_bedrijf=text), "not_a_whole_number").column == "max_scholen_bedrijf"


def test_capacity_zero_is_allowed_and_shown() -> None:
    cohort = with_mentor(max_scholen="0")
    finding = the(cohort, "no_capacity")
    assert (finding.severity, finding.row) == ("note", 3)
    assert cohort.given is not None
    assert cohort.given.mentors[1].max_schools == 0


def test_mentor_who_offers_nothing_in_particular_is_allowed() -> None:
    cohort = with_mentor(aanbod="")
    assert cohort.given is not None
    assert cohort.given.mentors[1].offer == ()


def test_mentor_without_a_sector_is_told_what_to_fill_in() -> None:
    finding = the(with_mentor(sectoren=""), "empty_cell")
    assert finding.place == "mentoren.csv, rij 3, kolom sectoren"


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        ("3,7174", "51,0543", "coordinates_swapped"),
        ("40,4", "-3,7", "outside_belgium"),
        ("0", "0", "outside_belgium"),
        ("51,0543", "", "half_coordinates"),
        ("999", "3,7", "outside_belgium"),
    ],
)
def test_coordinates_that_can_t_be_are_refused(latitude: str, longitude: str, code: str) -> None:
    finding = the(with_school(breedtegraad=latitude, lengtegraad=longitude), code)
    assert (finding.severity, finding.row) == ("error", 3)


def test_swapped_coordinates_are_shown_the_right_way_round() -> None:
    finding = the(with_school(breedtegraad="3,7", lengtegraad="51,05"), "coordinates_swapped")
    assert finding.remedy == "Bedoelde u 51.05, 3.7?"


def test_own_coordinates_override_the_postcode_s() -> None:
    cohort = with_school(breedtegraad="50,94", lengtegraad="5,34", postcode="3500")
    assert cohort.given is not None
    position = cohort.given.schools[1].position
    assert (position.latitude, position.longitude) == (50.94, 5.34)


def test_own_coordinates_far_from_the_postcode_are_a_warning() -> None:
    cohort = with_school(breedtegraad="51,2", lengtegraad="3,2", postcode="3500")
    assert the(cohort, "far_from_postcode").severity == "warning"


def test_municipality_of_another_postcode_is_a_warning() -> None:
    finding = the(with_school(gemeente="Gent", postcode="3500"), "municipality_mismatch")
    assert (finding.severity, finding.place) == ("warning", "scholen.csv, rij 3, kolom gemeente")


@pytest.mark.parametrize("text", ["vr-ma", "do-di vm", "ma-xx", "zaterdag", "9:00"])
def test_half_day_that_can_t_be_is_refused(text: str) -> None:
    finding = the(with_school(beschikbaarheid=text), "unknown_half_day")
    assert finding.place == "scholen.csv, rij 3, kolom beschikbaarheid"


def test_overlapping_half_days_are_merged_with_a_note() -> None:
    cohort = with_school(beschikbaarheid="ma; ma-vm; ma-wo vm")
    assert the(cohort, "merged_values").severity == "note"
    assert cohort.given is not None
    assert cohort.given.schools[1].half_days == ("ma-vm", "ma-nm", "di-vm", "wo-vm")


def test_mentor_without_half_days_is_an_error_and_a_school_without_has_the_usual() -> None:
    assert the(with_mentor(beschikbaarheid=""), "empty_cell").column == "beschikbaarheid"
    cohort = with_school(beschikbaarheid="")
    assert cohort.given is not None
    assert len(cohort.given.schools[1].half_days) == 9


@pytest.mark.parametrize(
    ("changes", "code", "remedy"),
    [
        ({"onderwijsvormen": "TSO/BZO"}, "unknown_school_type", "Bedoelde u «TSO/BSO»?"),
        ({"finaliteiten": "dubel"}, "unknown_finality", "Bedoelde u «dubbel»?"),
        ({"aantal_mentoren": "4"}, "not_a_whole_number", "Vul een getal van 1 tot 3 in."),
        ({"richtingen": "Electromechanika"}, "unknown_field", ""),
        ({"1.1": "5"}, "not_a_whole_number", ""),
    ],
)
def test_unknown_value_of_a_school_names_the_nearest(changes: dict[str, str], code: str, remedy: str) -> None:
    finding = the(with_school(**changes), code)
    assert (finding.row, finding.column) == (3, next(iter(changes)))
    assert remedy in finding.remedy


@pytest.mark.parametrize(
    ("changes", "code", "remedy"),
    [
        ({"status": "actiev"}, "unknown_status", "Bedoelde u «actief»?"),
        ({"status": "actief, reserve"}, "unknown_status", "Kies uit"),
        ({"ondernemingsnummer": "0123.456.748"}, "company_number", "Kijk het nummer na"),
        ({"ondernemingsnummer": "12345"}, "company_number", "0123.456.749"),
        ({"provincies": "Limbrug"}, "unknown_province", "Bedoelde u «Limburg»?"),
        ({"max_reistijd": "241"}, "not_a_whole_number", "1 tot 240"),
    ],
)
def test_unknown_value_of_a_mentor_says_what_to_do(changes: dict[str, str], code: str, remedy: str) -> None:
    finding = the(with_mentor(**changes), code)
    assert (finding.row, finding.column) == (3, next(iter(changes)))
    assert remedy in finding.remedy


def test_mail_that_is_none_is_a_warning() -> None:
    assert the(with_mentor(**{"e-mail": "jan bij voorbeeld"}), "email").severity == "warning"


def agreements(*rows: tuple[str, str, str]) -> dict[str, bytes]:
    """Give a cohort's files with agreements."""
    table = [dict(zip(("schoolnummer", "mentornummer", "soort"), row, strict=True)) for row in rows]
    return cohort_files() | {"afspraken.csv": csv_table(table).encode()}


@pytest.mark.parametrize(
    ("row", "code", "column", "remedy"),
    [
        (("34569", "M1", "vast"), "unknown_school", "schoolnummer", "Kies uit: 034561, 034562."),
        (("034561", "M9", "vast"), "unknown_mentor", "mentornummer", "Kies uit: M1, M2."),
        (("034561", "M1", "vats"), "unknown_kind", "soort", "Bedoelde u «vast»?"),
        (("", "M1", "vast"), "empty_cell", "schoolnummer", "Vul in"),
    ],
)
def test_agreement_that_names_nobody_is_refused(row: tuple[str, str, str], code: str, column: str, remedy: str) -> None:
    finding = the(read_cohort(agreements(("034561", "M1", "verboden"), row)), code)
    assert (finding.severity, finding.place) == ("error", f"afspraken.csv, rij 3, kolom {column}")
    assert remedy in finding.remedy


def test_declared_conflict_with_nobody_is_an_error() -> None:
    assert the(with_school(niet_met="Voorbeelt NV"), "unknown_name").remedy == "Bedoelde u «Voorbeeld NV»?"
    finding = the(with_mentor(niet_met="034569"), "unknown_name")
    assert (finding.severity, finding.proposal) == ("error", "")


def test_company_of_which_only_some_give_the_number_is_a_warning() -> None:
    mentors = [MENTOR | {"ondernemingsnummer": "0123.456.749"}, OTHER_MENTOR | {"bedrijf": "voorbeeld nv"}]
    mentors = [{"ondernemingsnummer": ""} | one for one in mentors]
    finding = the(read_cohort(cohort_files(mentors=csv_table(mentors))), "company_maybe_same")
    assert (finding.severity, finding.row) == ("warning", 3)


@pytest.mark.parametrize("table", ["schools", "mentors"])
def test_empty_cohort_is_a_round_with_a_warning(table: str) -> None:
    header = csv_table([SCHOOL if table == "schools" else MENTOR]).splitlines()[0]
    cohort = read_cohort(cohort_files(**{table: header}))
    assert the(cohort, "empty_table").severity == "warning"
    assert cohort.given is not None
    assert len(getattr(cohort.given, table)) == 0


def policy(text: str) -> dict[str, bytes]:
    """Give a cohort's files with a policy."""
    return cohort_files() | {"beleid.toml": text.encode()}


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        (
            "[gewichten]\nsector = 0\nreistijd = 0\nonderwijsvorm = 0\nbeschikbaarheid = 0\nnoden = 0\n",
            "no_weight",
            "gewichten",
        ),
        ("[gewichten]\nsector = -1\n", "bad_value", "gewichten.sector"),
        ("[gewichten]\nsector = 1.5\n", "bad_value", "gewichten.sector"),
        ("[gewichten]\nsector = true\n", "bad_value", "gewichten.sector"),
        ("[gewichten]\nsectr = 5\n", "unknown_key", "gewichten.sectr"),
        ("[gewichen]\nsector = 5\n", "unknown_key", "gewichen"),
        ("gewichten = 5\n", "wrong_type", "gewichten"),
        ('doelen = ["punten", "reisteid"]\n', "unknown_goal", "doelen"),
        ('doelen = ["punten", "punten"]\n', "goal_order", "doelen"),
        ('doelen = ["punten", "plaatsen"]\n', "goal_order", "doelen"),
        ("doelen = 5\n", "bad_value", "doelen"),
        ("[grenzen]\nmax_reistijd = 0\n", "bad_value", "grenzen.max_reistijd"),
        ("[grenzen]\nmin_halve_dagen = 11\n", "bad_value", "grenzen.min_halve_dagen"),
        ("[reistijd]\nomwegfactor = nan\n", "bad_value", "reistijd.omwegfactor"),
        ("[reistijd]\nsnelheid_km_u = inf\n", "bad_value", "reistijd.snelheid_km_u"),
        ('[reistijd]\nserver = "file:///x"\n', "bad_server", "reistijd.server"),
        ('[regels]\nverplichte_sectoren = ["chemy"]\n', "unknown_sector", "regels.verplichte_sectoren"),
        ('[regels]\ngedeelde_halve_dag = "ja"\n', "bad_value", "regels.gedeelde_halve_dag"),
        ('sectortabel = "weg.csv"\n', "sector_table", "sectortabel"),
        ('sectortabel = "../scholen.csv"\n', "sector_table", "sectortabel"),
        ('sectortabel = "scholen.csv"\n', "sector_table", "sectortabel"),
        ("zaad = -1\n", "bad_value", "zaad"),
    ],
)
def test_policy_that_can_t_be_meant_is_refused(text: str, code: str, column: str) -> None:
    finding = the(read_cohort(policy(text)), code)
    assert (finding.severity, finding.file, finding.column) == ("error", "beleid.toml", column)


@pytest.mark.parametrize("content", [b"a = [", b"\xff\xfe\x00", b"a = 1\na = 2\n", b"a = " + b"[" * 5_000])
def test_damaged_policy_is_a_finding(content: bytes) -> None:
    cohort = read_cohort(cohort_files() | {"beleid.toml": content})
    assert the(cohort, "damaged_policy").file == "beleid.toml"


def test_two_policies_ask_which() -> None:
    assert the(read_cohort(policy("") | {"oud.toml": b""}), "several_policies").severity == "error"


def test_policy_is_read_and_counted_among_the_findings() -> None:
    cohort = read_cohort(policy('doelen = ["reistijd", "punten"]\n[gewichten]\nReistijd = 50\n'))
    assert cohort.given is not None
    later = ("spread", "reserves_used", "stranded", "changes", "worst_pair")
    expected = Policy(weights={"travel": 50}, goals=("places_filled", "travel_minutes", "points", *later))
    assert cohort.given.policy == expected
    assert the(cohort, "goals_added").severity == "note"
    assert OTHER_SCHOOL["schoolnummer"] in {school.id for school in cohort.given.schools}


def test_nace_code_with_a_comma_is_told_once_and_not_as_two_that_overlap() -> None:
    cohort = with_mentor(sectoren="20,16")
    assert [one.code for one in cohort.findings if one.column == "sectoren"] == ["nace_comma"]
    assert cohort.given is not None
    assert cohort.given.mentors[1].sectors == ("chemie",)
