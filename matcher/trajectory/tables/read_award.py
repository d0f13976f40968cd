"""What does the jury decide on: award.toml, the jurors with their ties, and their scores?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from matcher.domain.column import plain
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.intake.reading.policy_section import Section
from matcher.intake.reading.source_position import Place
from matcher.intake.season.season_section import missing
from matcher.intake.season.season_section import named as named_in
from matcher.intake.tables.records import Record
from matcher.intake.trajectory.settings_file import read_settings
from matcher.intake.trajectory.tables import half, named, once, read_table
from matcher.trajectory.award import MOST_WEIGHT, Award, AwardCriterion, JuryScore
from matcher.trajectory.jury import MOST_READINGS, Juror, jury_faults

AWARD_FILE: Final = "award.toml"
KEYS: Final = ("naam", "lezingen", "hoogstens", "scholen", "loting")
CRITERION_KEYS: Final = ("sleutel", "naam", "gewicht")
MOST_SCHOOLS: Final = 1000
NO_TIE: Final = frozenset(("", "geen", "nee", "neen", "-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRules:
    """What the jury set: the Award's name, criteria, schools that compete, readings a school, most schools a juror."""

    name: str
    criteria: tuple[AwardCriterion, ...]
    schools: tuple[str, ...]
    readings: int = 3
    most: int | None = None
    seed: int = 0


def read_award_rules(folder: Path, schools: Mapping[str, str]) -> tuple[AwardRules | None, tuple[Finding, ...]]:
    """Read award.toml; without `scholen` every school of the cohort competes."""
    path = folder / AWARD_FILE
    if not path.is_file():
        message = f"In {folder.name} staat geen {AWARD_FILE}."
        remedy = "«in2stem trajectory template» maakt het bestand."
        return None, (Place(AWARD_FILE).error("no_files", message, remedy),)
    top, tables, findings = read_settings(path.read_bytes(), path.name, KEYS, "criterium", CRITERION_KEYS)
    criteria = tuple(one for table in tables if (one := _criterion(table)) is not None)
    if not tables and not findings:
        top.error("no_criteria", "criterium", "De jury heeft nog geen criteria.", "Schrijf ze als [[criterium]].")
    _check_criteria(top, criteria)
    texts = top.texts("scholen")
    chosen = tuple(schools) if texts is None else named_in(top, "scholen", texts, schools, "school")
    if chosen is not None and not chosen:
        top.error("schools", "scholen", "Er dingt geen enkele school mee.", "Laat scholen weg voor de hele cohorte.")
    readings, most = top.whole("lezingen", 1, MOST_READINGS), top.whole("hoogstens", 1, MOST_SCHOOLS)
    seed = top.whole("loting", 0, 2**31)
    if findings or chosen is None:
        return None, tuple(findings)
    name = top.text("naam") or "Award"
    return AwardRules(
        name=name, criteria=criteria, schools=chosen, readings=readings or 3, most=most, seed=seed or 0
    ), ()


def _check_criteria(top: Section, criteria: Sequence[AwardCriterion]) -> None:
    """Refuse criteria that scores.csv could not tell apart, and weights that weigh nothing."""
    owner: dict[str, int] = {}
    for place, one in enumerate(criteria):
        for text in {plain(one.key), plain(one.name)}:
            if owner.setdefault(text, place) != place:
                message = "Een sleutel of naam staat er twee keer."
                remedy = "Geef elk criterium een eigen sleutel en naam."
                top.error("duplicate_id", "criterium", message, remedy, one.key)
                return
    if criteria and not any(one.weight for one in criteria):
        message = "Minstens één criterium heeft een gewicht boven 0."
        top.error("no_weight", "criterium", message, "Geef aan wat telt een gewicht.")


def _criterion(table: Section) -> AwardCriterion | None:
    weight = table.whole("gewicht", 0, MOST_WEIGHT)
    if missing(table, *CRITERION_KEYS) or weight is None or not table.text("sleutel"):
        return None
    return AwardCriterion(key=table.text("sleutel"), name=table.text("naam"), weight=weight)


def read_jurors(folder: Path, schools: Mapping[str, str]) -> tuple[tuple[Juror, ...], tuple[Finding, ...]]:
    """Read jury.csv: a row per tie of a juror, or one row without a tie."""
    table = read_table(folder, "jury")
    findings = list(table.findings)
    if not table.there:
        message = f"In {folder.name} staat geen {table.file}."
        remedy = "«in2stem trajectory template» maakt het bestand."
        findings.append(Place(table.file).error("no_files", message, remedy))
    findings += [_tie_with_whom(one) for one in table.records if not one.text("school") and _is_tie(one.text("tie"))]
    tied, odd = named((one for one in table.records if one.text("school")), "school", "schoolnummer", schools, "school")
    findings += odd + once((((one.text("id"), school), one) for school, one in tied), "schoolnummer", "Deze band")
    found: dict[str, Juror] = {}
    school_of = {id(one): school for school, one in tied}
    for one in table.records:
        key, school = one.text("id"), school_of.get(id(one))
        known = found.setdefault(key, Juror(id=key, name=one.text("name"), ties={}))
        if known.name != one.text("name"):
            message = f"{key} heet op een eerdere rij {known.name}."
            spot = one.place.at(column="naam")
            findings.append(spot.error("duplicate_id", message, "Geef elk een eigen nummer.", one.text("name")))
        if school is not None:
            ties = {**known.ties, school: one.text("tie") or "band aangegeven"}
            found[key] = Juror(id=key, name=known.name, ties=ties)
    return tuple(found.values()), tuple(findings)


def _is_tie(text: str) -> bool:
    return plain(text) not in NO_TIE


def _tie_with_whom(one: Record) -> Finding:
    remedy = "Vul het nummer of de naam van de school in, of maak de band leeg."
    spot = one.place.at(column="schoolnummer")
    return spot.error("tie_without_school", "Bij deze band staat niet met welke school.", remedy, one.text("tie"))


def read_award(
    folder: Path, rules: AwardRules, jurors: Sequence[Juror], schools: Mapping[str, str]
) -> tuple[Award | None, tuple[Finding, ...]]:
    """Read scores.csv, of which a score may still be empty; None without a single score, or with an error."""
    table = read_table(folder, "scores")
    rows, findings = named(
        table.records, "school", "schoolnummer", {one: schools[one] for one in rules.schools}, "school van de Award"
    )
    school_of = {id(one): school for school, one in rows}
    people = {one.id: one.name for one in jurors}
    rows, more = named((one for _, one in rows), "juror", "jurynummer", people, "jurylid")
    findings += more
    criteria = {plain(name): one.key for one in rules.criteria for name in (one.name, one.key)}
    scores: list[JuryScore] = []
    keyed: list[tuple[tuple[str, str, str], Record]] = []
    for juror, one in rows:
        school, key = school_of[id(one)], criteria.get(plain(one.text("criterion")))
        if key is None:
            findings.append(_unknown(one, rules))
            continue
        keyed.append(((school, juror, key), one))
        value = half(one, "value")
        if value is not None:
            scores.append(JuryScore(school=school, juror=juror, criterion=key, value=value))
        findings += _ties(one, school, juror, jurors)
    findings += [*once(keyed, "score", "Deze score"), *_gaps(keyed, len(rules.criteria)), *table.findings]
    if not scores or any(one.severity == "error" for one in findings):
        return None, tuple(findings)
    try:
        award = Award(
            name=rules.name,
            criteria=rules.criteria,
            schools=rules.schools,
            jurors=tuple(jurors),
            scores=tuple(scores),
        )
    except InvalidValueError as error:
        remedy = "Vul de tabel aan: een jurylid scoort een school op elk criterium."
        return None, (*findings, Place(table.file).error("invalid_value", str(error), remedy))
    return award, tuple(findings)


def _gaps(keyed: Sequence[tuple[tuple[str, str, str], Record]], criteria: int) -> list[Finding]:
    """Refuse readings of which some criteria are scored and others not, at the row that is empty or the first one."""
    readings: dict[tuple[str, str], list[Record]] = {}
    for (school, juror, _), one in keyed:
        readings.setdefault((school, juror), []).append(one)
    findings = []
    for (school, juror), mine in readings.items():
        empty = [one for one in mine if half(one, "value") is None]
        if len(empty) < len(mine) and (empty or len(mine) < criteria):
            spot = (empty or mine)[0].place.at(column="score")
            message = f"{juror} scoorde {school} niet op elk criterium."
            findings.append(spot.error("score_missing", message, "Vul alle scores van deze lezing in, of geen enkele."))
    return findings


def _unknown(one: Record, rules: AwardRules) -> Finding:
    remedy = f"Kies uit: {', '.join(one.key for one in rules.criteria)}."
    spot = one.place.at(column="criterium")
    return spot.error("unknown_criterion", "Dit is geen criterium van de jury.", remedy, one.text("criterion"))


def _ties(one: Record, school: str, juror: str, jurors: Sequence[Juror]) -> list[Finding]:
    spot, remedy = one.place.at(column="jurynummer"), "Laat een ander jurylid deze school lezen."
    faults = jury_faults([(school, juror)], jurors)
    return [spot.error("conflict_of_interest", fault, remedy, juror) for fault in faults]
