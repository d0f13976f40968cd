"""Which season does a request describe? The published plan with the request's places, days and wishes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import matcher
from service.core.errors import Fault, Problem, invalid
from service.database.ids import now, today
from service.network.season.moved_season import found_in, with_moves
from service.network.season.shapes import (
    AbsenceIn,
    AgreementIn,
    PinIn,
    RemoteIn,
    SeasonIn,
    WindowIn,
)
from service.web.shapes import Shape

LOCATION = {
    "name": "naam",
    "postcode": "postcode",
    "municipality": "gemeente",
    "street": "straat",
    "latitude": "breedtegraad",
    "longitude": "lengtegraad",
    "capacity": "capaciteit",
    "max_times": "hoe_vaak",
    "half_days": "halve_dagen",
    "school": "schoolnummer",
    "mentor": "mentornummer",
}
"""The columns of locaties.csv by the members of the request."""

BLACKOUT = {
    "school": "schoolnummer",
    "mentor": "mentornummer",
    "host": "locatie",
    "first": "van",
    "last": "tot",
    "part": "halve_dag",
    "kind": "soort",
    "reason": "reden",
}
"""The columns of blokkeringen.csv by the members of the request."""

KIND = {"away": "vrij", "exams": "examens"}
OF_REPAIR = {
    *(
        "previous",
        "host_out",
        "today",
        "pins",
        "moves",
        "shifts",
        "absences",
        "remote",
        "agreements",
        "blackouts",
        "seconds",
    )
}
"""What a repair may ask; the rest it takes from the year that it repairs."""


def new_season(given: matcher.Round, plan: matcher.Plan, key: str, school_year: int, body: SeasonIn) -> matcher.Season:
    """Make the season of a published plan; raises Problem 422 for what can't be, InvalidValueError for the rest."""
    hosts: tuple[matcher.Host, ...] = ()
    if body.locations:
        hosts, findings = matcher.read_locations(given, _table(body.locations, LOCATION))
        _refuse(findings, "locations", LOCATION)
    season = matcher.make_season(
        given,
        plan,
        hosts,
        _blackouts(given, hosts, school_year, body),
        id=key,
        school_year=school_year,
        rounds=_rounds(len(given.schools), school_year, body),
        first="travel" if body.travel_first else "mixing",
        travel_margin=body.travel_margin,
        longest_trip=body.longest_trip,
        today=matcher.first_session_day(today(), school_year),
        stamp=now().replace(microsecond=0),
    )
    return _with_wishes(season, body)


def _blackouts(
    given: matcher.Round, hosts: Sequence[matcher.Host], school_year: int, body: SeasonIn
) -> matcher.Blackouts | None:
    if not body.blackouts:
        return None
    found, findings = matcher.read_blackouts(given, hosts, _table(body.blackouts, BLACKOUT), school_year)
    _refuse(findings, "blackouts", BLACKOUT)
    return found


def _rounds(schools: int, school_year: int, body: SeasonIn) -> tuple[matcher.SessionRound, ...]:
    """Give the rounds, each in the window that is asked for it, else in a month of its own."""
    sizes = matcher.group_sizes(schools, body.group_size) if body.group_size else matcher.group_sizes(schools)
    first = matcher.first_session_day(today(), school_year)
    usual = matcher.default_rounds(school_year, body.rounds, *sizes, today=first)
    rounds = {one.number: replace(one, plenary=one.number in body.plenary) for one in usual}
    for place, one in enumerate(body.windows):
        pointer = f"/windows/{place}"
        if one.round not in rounds:
            raise invalid(f"{pointer}/round", "unknown_round", f"Kies een ronde van 1 tot {body.rounds}.")
        asked = replace(rounds[one.round], window=_window(rounds[one.round], one, pointer), theme=one.theme)
        asked = replace(asked, online=one.online, link=_link(one.link, f"{pointer}/link"))
        if one.group_size:
            smallest, largest = matcher.group_sizes(schools, one.group_size)
            asked = replace(asked, size=one.group_size, smallest=smallest, largest=largest)
        rounds[one.round] = _with_hours(asked, one.hours, f"{pointer}/hours")
    return tuple(rounds.values())


def _link(text: str, pointer: str) -> str:
    if text.strip() and not matcher.WEB.fullmatch(text.strip()):
        raise invalid(pointer, "bad_link", "Dit is geen adres op het web. Begin met https://, zonder spaties.")
    return text.strip()


def _window(usual: matcher.SessionRound, one: WindowIn, pointer: str) -> matcher.Window:
    if (one.first is None) != (one.last is None):
        raise invalid(f"{pointer}/last", "half", "Geef de eerste en de laatste dag, of geen van beide.")
    if one.first is None or one.last is None:
        return usual.window
    try:
        return matcher.Window(one.first, one.last)
    except matcher.InvalidValueError as error:
        raise invalid(f"{pointer}/last", "ends_before_start", str(error)) from error


def _with_hours(one: matcher.SessionRound, text: str, pointer: str) -> matcher.SessionRound:
    if not text.strip():
        return one
    try:
        hours = matcher.hours_of(text)
        if matcher.part_of(hours, matcher.PREFERRED_HALF_DAYS) == "morning":
            return replace(one, morning=hours)
        return replace(one, afternoon=hours)
    except matcher.InvalidValueError as error:
        raise invalid(pointer, "bad_hours", str(error)) from error


def repaired_season(
    before: matcher.Season, year: matcher.Year, given: matcher.Round, plan: matcher.Plan, body: SeasonIn
) -> matcher.Season:
    """Make the season that changes a year as little as can be: hosts that drop out, mentors of the plan as it is now.

    Raises Problem 422 where it asks for more than a repair can.
    """
    beyond = sorted(body.model_fields_set - OF_REPAIR)
    if beyond:
        detail = "Een herstel neemt dit over van het jaar dat hersteld wordt. Laat het weg."
        raise invalid(f"/{beyond[0]}", "not_in_a_repair", detail)
    away = _blackouts(given, before.hosts, before.school_year, body)
    day, stamp = body.today or today(), now().replace(microsecond=0)
    season = matcher.renew_season(replace(before, previous=year, today=day), given, plan, away)
    season = replace(season, stamp=stamp)
    season = with_moves(season, year, body)
    return _with_wishes(season, body)


def _with_wishes(season: matcher.Season, body: SeasonIn) -> matcher.Season:
    """Add what must hold, and take away the hosts that drop out."""
    absences = [_absence(season, one, f"/absences/{place}") for place, one in enumerate(body.absences)]
    season = matcher.with_absences(season, absences, left=season.previous is not None)
    gone = {found_in(matcher.find_host, season, one, f"/host_out/{place}") for place, one in enumerate(body.host_out)}
    pins = tuple(_pin(season, one, f"/pins/{place}") for place, one in enumerate(body.pins))
    hosts = tuple(replace(one, max_times=0) if one.id in gone else one for one in season.hosts)
    agreements = season.agreements
    for place, one in enumerate(body.agreements):
        agreements = (*agreements, _agreement(season, agreements, one, f"/agreements/{place}"))
    remote = [_remote(season, one, f"/remote/{place}") for place, one in enumerate(body.remote)]
    everybody = tuple(dict.fromkeys((*season.remote, *remote)))
    season = replace(season, hosts=hosts, pins=(*season.pins, *pins), agreements=agreements, remote=everybody)
    return matcher.with_online_places(season)


def _absence(season: matcher.Season, one: AbsenceIn, pointer: str) -> matcher.Absence:
    school = found_in(matcher.find_participant, season, one.school, f"{pointer}/school")
    number = found_in(matcher.find_session_round, season, str(one.round), f"{pointer}/round")
    told = matcher.Absence(school, number, one.reason)
    if told not in matcher.absences_of(replace(season, absences=(told,))):
        raise invalid(f"{pointer}/round", "round_over", f"Deze school was in ronde {number} al aanwezig.")
    return told


def _remote(season: matcher.Season, one: RemoteIn, pointer: str) -> matcher.Remote:
    school = found_in(matcher.find_participant, season, one.school, f"{pointer}/school")
    number = found_in(matcher.find_session_round, season, str(one.round), f"{pointer}/round")
    return matcher.Remote(school=school, round=number)


def _agreement(
    season: matcher.Season, others: Sequence[matcher.Agreement], one: AgreementIn, pointer: str
) -> matcher.Agreement:
    schools = tuple(
        found_in(matcher.find_participant, season, name, f"{pointer}/schools/{place}")
        for place, name in enumerate(one.schools)
    )
    try:
        found = matcher.Agreement(kind=one.kind, schools=schools, reason=one.reason)
    except matcher.InvalidValueError as error:
        raise invalid(f"{pointer}/schools", "not_a_pair", str(error)) from error
    if any(found.schools == other.schools for other in others):
        raise invalid(f"{pointer}/schools", "duplicate_agreement", "Over deze twee scholen staat er al een afspraak.")
    return found


def _pin(season: matcher.Season, one: PinIn, pointer: str) -> matcher.Pin:
    number = found_in(matcher.find_session_round, season, str(one.round), f"{pointer}/round")
    schools = [
        found_in(matcher.find_participant, season, name, f"{pointer}/schools/{place}")
        for place, name in enumerate(one.schools)
    ]
    host = None if one.host is None else found_in(matcher.find_host, season, one.host, f"{pointer}/host")
    members = tuple(dict.fromkeys(schools))
    absent = {each.school for each in matcher.absences_of(season) if each.round == number}
    for place, school in enumerate(schools):
        if school in absent:
            raise invalid(f"{pointer}/schools/{place}", "pin_of_absent", matcher.absent_words(number))
    try:
        pin = matcher.Pin(
            round=number, schools=members, host=host, day=one.day, half_day=one.half_day, reason=one.reason
        )
        fault = matcher.pin_fault(season, pin)
    except matcher.InvalidValueError as error:
        raise invalid(pointer, "invalid", str(error)) from error
    if fault is not None:
        raise invalid(pointer, "no_moment", fault)
    return pin


def _table(rows: Sequence[Shape], columns: Mapping[str, str]) -> bytes:
    """Write a list as the file that the command reads, so that both are read, and refused, alike."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns.values())
    for row in rows:
        values = row.model_dump(mode="json")
        writer.writerow([_cell(name, values[name]) for name in columns])
    return out.getvalue().encode("utf-8")


def _cell(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return ", ".join(value)
    if name == "kind":
        return KIND[value]
    return "" if value is None else str(value)


def _refuse(findings: Sequence[matcher.Finding], member: str, columns: Mapping[str, str]) -> None:
    """Refuse a list with errors; raises Problem 422 that points at each."""
    names = {column: name for name, column in columns.items()}
    faults = []
    for one in findings:
        if one.severity == "error":
            row = "" if one.row is None else f"/{one.row - 2}"  # below the header
            part = f"/{names[one.column]}" if row and one.column in names else ""
            faults.append(Fault(f"/{member}{row}{part}", one.code, f"{one.message} {one.remedy}".strip()))
    if faults:
        raise Problem(422, "invalid", faults[0].detail, tuple(faults))
