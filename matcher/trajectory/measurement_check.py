"""Is a measurement missing, partial, contradictory or late, and what should the school do about it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.finding import Finding, Severity
from matcher.domain.label import SCALE, criterion_name
from matcher.domain.local_time import BRUSSELS
from matcher.domain.period import dutch_day, refuse_if
from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.trajectory.baseline import MOMENT_NAMES, Measurement, Moment, RatingSheet, combined_ratings

ASKS_EVIDENCE: Final = 3
"""From this rating on (throughout the school) we ask to see it."""

WIDE_SPREAD: Final = 2
"""People who are so far apart should talk first."""


def measurement_findings(measurement: Measurement, today: date) -> tuple[Finding, ...]:
    """Give what is odd about a measurement; an `error` keeps it from being submitted, a `warning` does not.

    A submitted measurement is late or not by the day on which it was submitted, a draft by `today`.
    """
    told = [*_missing(measurement), *_late(measurement, today), *_apart(measurement), *_unproven(measurement)]
    for sheet in measurement.sheets:
        told += _contradictions(measurement, sheet)
    return tuple(sorted(told, key=lambda one: (one.severity != "error", one.column or "", one.code)))


def submit_measurement(measurement: Measurement, at: datetime, by: str) -> Measurement:
    """Submit a draft: from now on it is frozen.

    Raises InvalidValueError where it was submitted before, or with the first finding that is an error.
    """
    name = MOMENT_NAMES[measurement.moment]
    refuse_if(measurement.frozen, f"Deze {name} is al ingediend en ligt vast. Vervang ze door een nieuwe.")
    wrong = [
        one for one in measurement_findings(measurement, at.astimezone(BRUSSELS).date()) if one.severity == "error"
    ]
    refuse_if(bool(wrong), f"{wrong[0].message} {wrong[0].remedy}" if wrong else "")
    return replace(measurement, submitted_at=at, submitted_by=by)


def schools_not_measured(
    schools: Iterable[str], measurements: Iterable[Measurement], moment: Moment, due: date, today: date
) -> tuple[Finding, ...]:
    """Name the schools of which no submitted measurement of this moment is there; an error once `due` is past."""
    there = {one.school for one in measurements if one.frozen and one.moment == moment}
    name = MOMENT_NAMES[moment]
    late = today > due
    return tuple(
        Finding(
            severity="error" if late else "note",
            code="measurement_missing",
            message=f"De {name} van school {school} {'ontbreekt' if late else 'is er nog niet'};"
            f" ze {'moest' if late else 'moet'} er zijn tegen {dutch_day(due)}.",
            remedy="Spreek de school aan." if late else "",
            file=name,
            value=school[:80],
        )
        for school in schools
        if school not in there
    )


def _finding(
    measurement: Measurement, severity: Severity, code: str, column: str | None, told: tuple[str, str]
) -> Finding:
    message, remedy = told
    file = MOMENT_NAMES[measurement.moment]
    return Finding(severity=severity, code=code, message=message, remedy=remedy, file=file, column=column)


def _missing(measurement: Measurement) -> Iterator[Finding]:
    rated = combined_ratings(measurement)
    open_ones = [code for code in LABEL_CRITERIA if code not in rated]
    if not rated:
        told = ("Er is nog geen enkel criterium beoordeeld.", "Vul eerst het formulier in.")
        yield _finding(measurement, "error", "nothing_rated", None, told)
        return
    if open_ones:
        number = counted(len(open_ones), "criterium is", "criteria zijn")
        told = (f"{number} niet beoordeeld: {', '.join(open_ones)}.", "Wat ontbreekt, telt nergens mee.")
        yield _finding(measurement, "warning", "partial", None, told)


def _late(measurement: Measurement, today: date) -> Iterator[Finding]:
    if measurement.due is None:
        return
    day = measurement.submitted_at.astimezone(BRUSSELS).date() if measurement.submitted_at else today
    days = (day - measurement.due).days
    if days > 0:
        late = counted(days, "dag", "dagen")
        what = f"ingediend, {late} te laat" if measurement.frozen else f"nog niet ingediend en {late} te laat"
        told = (f"De meting is {what}.", "Wat al gepland was, hield er geen rekening mee.")
        yield _finding(measurement, "warning", "late", None, told)


def _apart(measurement: Measurement) -> Iterator[Finding]:
    for code, one in combined_ratings(measurement).items():
        if one.spread >= WIDE_SPREAD:
            message = (
                f"{criterion_name(code)}: de beoordelaars liggen ver uit elkaar, van {one.values[0]} tot"
                f" {one.values[-1]}. De mediaan {str(float(one.median)).replace('.', ',').removesuffix(',0')} telt."
            )
            told = (message, "Leg de beoordelingen naast elkaar en bespreek het verschil.")
            yield _finding(measurement, "warning", "wide_spread", code, told)


def _unproven(measurement: Measurement) -> Iterator[Finding]:
    for code, one in combined_ratings(measurement).items():
        if one.rating >= ASKS_EVIDENCE and not one.proven:
            message = f"{criterion_name(code)} staat op {one.rating} ({SCALE[one.rating]}), zonder bewijs."
            told = (message, "Voeg een tekst of een link toe.")
            yield _finding(measurement, "warning", "evidence_missing", code, told)


def _contradictions(measurement: Measurement, sheet: RatingSheet) -> Iterator[Finding]:
    for one in sheet.ratings:
        name = criterion_name(one.criterion)
        if one.absent and one.value > 0:
            message = f"{name}: {sheet.rater} geeft {one.value} en zegt ook dat het afwezig is."
            told = (message, "Kies één van beide.")
            yield replace(_finding(measurement, "error", "absent_yet_rated", one.criterion, told), value=sheet.rater)
        elif one.proven and (one.absent or one.value == 0):
            message = f"{name}: {sheet.rater} geeft 0 (afwezig), maar voegt bewijs toe dat het er is."
            told = (message, "Verhoog het cijfer of haal het bewijs weg.")
            yield replace(_finding(measurement, "warning", "proven_yet_absent", one.criterion, told), value=sheet.rater)
