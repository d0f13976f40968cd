"""What does a coordinator want of a year of sessions? Windows, themes, pins, absences: the file `seizoen.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from matcher.domain.absence import Absence, absent_words
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.domain.period import Window
from matcher.domain.season import THEMES, Pin, Season, SessionRound
from matcher.domain.session_round import WEB
from matcher.domain.vocabulary import DAYS, HALF_DAY_NAMES, HALF_DAYS
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.policy_section import Opener, Section
from matcher.intake.reading.source_position import Place
from matcher.intake.reading.toml_file import read_toml
from matcher.intake.season.agreement_tables import read_agreements, read_remote
from matcher.intake.season.earlier_meetings import read_meetings
from matcher.intake.season.hours import read_hours
from matcher.intake.season.membership_changes import with_absences
from matcher.intake.season.season_section import choice, choose, day_of, missing, named, read_tables, round_of

TOP: Final = (
    "tussentijd",
    "tussentijd_gastheer",
    "langste_rit",
    "halve_dagen",
    "voormiddag",
    "namiddag",
    "eerdere_jaren",
    "ronde",
    "vast",
    "afwezig",
    "ontmoeting",
    "online",
    "moeten_ontmoeten",
    "nooit_samen",
)
MOST_DAYS: Final = 365
MOST_MINUTES: Final = 240
HALVES: Final = {one: one for one in HALF_DAYS} | {name: one for one, name in HALF_DAY_NAMES.items()}


def with_season_file(
    season: Season, content: bytes, opener: Opener, file: str = "seizoen.toml"
) -> tuple[Season, list[Finding]]:
    """Give the season with what the file asks, and what is odd about it; with errors the season stays as it was.

    `opener` gives the bytes of an earlier year that the file names, None where there is none.
    """
    place, findings = Place(file), list["Finding"]()
    raw = _load(content, place, findings)
    return (season, findings) if raw is None else with_wishes(season, raw, place, findings, opener)


def with_wishes(
    season: Season, raw: Mapping[str, object], place: Place, findings: list[Finding], opener: Opener
) -> tuple[Season, list[Finding]]:
    """Give the season with what is asked, in the form of `seizoen.toml`; what is odd is added to `findings`."""
    top = Section(raw, place, findings)
    top.only(TOP)
    tables = {
        name: read_tables(top, name, keys, place, findings)
        for name, keys in (
            ("ronde", ("nummer", "van", "tot", "thema", "groep", "voormiddag", "namiddag", "online", "link")),
            ("vast", ("ronde", "scholen", "locatie", "dag", "halve_dag", "reden")),
            ("afwezig", ("school", "ronde", "reden")),
            ("ontmoeting", ("scholen", "keer")),
            ("online", ("school", "ronde")),
            ("moeten_ontmoeten", ("scholen", "reden")),
            ("nooit_samen", ("scholen", "reden")),
        )
    }
    season = _limits(season, top)
    early, late = read_hours(top, season.half_days)
    season = replace(season, morning=early or season.morning, afternoon=late or season.afternoon)
    season = replace(
        season,
        rounds=_rounds(season, tables["ronde"]),
        history=read_meetings(top, tables["ontmoeting"], season, opener),
        remote=read_remote(season, tables["online"]),
        agreements=read_agreements(season, tables["moeten_ontmoeten"], tables["nooit_samen"]),
    )
    absences = _absences(season, tables["afwezig"])
    season = with_absences(season, absences)
    pins = _pins(season, tables["vast"], {(one.school, one.round) for one in season.absences})
    return replace(season, pins=pins), findings


def _load(content: bytes, place: Place, findings: list[Finding]) -> dict[str, object] | None:
    if len(content) > MAX_BYTES:
        findings.append(
            place.error("too_large", f"Dit bestand is groter dan {MAX_BYTES // 1_000_000} MB.", "Kort het in.")
        )
        return None
    raw, fault = read_toml(content, place, "damaged_file")
    if fault is None:
        return raw
    findings.append(fault)
    return None


def _limits(season: Season, top: Section) -> Season:
    told: dict[str, object] = {
        "spacing_days": top.whole("tussentijd", 0, MOST_DAYS),
        "host_spacing_days": top.whole("tussentijd_gastheer", 0, MOST_DAYS),
        "longest_trip": top.whole("langste_rit", 1, MOST_MINUTES),
        "half_days": _half_days(top),
    }
    return replace(season, **{field: value for field, value in told.items() if value is not None})  # type: ignore[arg-type]


def _half_days(top: Section) -> tuple[str, ...] | None:
    texts = top.texts("halve_dagen")
    if texts is None:
        return None
    if not texts:
        top.error("no_half_day", "halve_dagen", "Zonder halve dag is geen sessie mogelijk.", "Noem er minstens één.")
    read = [choose(top, "halve_dagen", one, HALVES, "halve dag") for one in texts]
    return None if None in read or not read else tuple(dict.fromkeys(one for one in read if one))


def _rounds(season: Season, tables: Sequence[Section]) -> tuple[SessionRound, ...]:
    rounds = {one.number: one for one in season.rounds}
    seen: set[int] = set()
    for table in tables:
        number = None if missing(table, "nummer") else round_of(table, "nummer", season)
        if number is None:
            continue
        if number in seen:
            table.error("duplicate_round", "nummer", f"Ronde {number} staat er twee keer.", "Houd er één over.", number)
        seen.add(number)
        window = _window(table, rounds[number].window, season.school_year)
        theme = choice(
            table, "thema", {one: one for one in THEMES} | {name: one for one, name in THEMES.items()}, "thema"
        )
        early, late = read_hours(table, season.half_days)
        size = table.whole("groep", 2, max(len(season.participants), 2))
        asked = replace(rounds[number], window=window, theme=theme, size=size, morning=early, afternoon=late)
        rounds[number] = replace(asked, online=bool(table.flag("online")), link=_link(table))
    return tuple(rounds.values())


def _link(table: Section) -> str:
    text = table.text("link").strip()
    if text and not WEB.fullmatch(text):
        table.error("bad_link", "link", "Dit is geen adres op het web.", "Begin met https://, zonder spaties.", text)
        return ""
    return text


def _window(table: Section, usual: Window, school_year: int) -> Window:
    told = {key: day_of(table, key) for key in ("van", "tot")}
    low, high = date(school_year, 9, 1), date(school_year + 1, 8, 31)
    for key, day in told.items():
        if day is not None and not low <= day <= high:
            message = f"Deze dag valt buiten het schooljaar {school_year}-{school_year + 1}."
            table.error("outside_year", key, message, "Kijk het jaartal na.", f"{day:%d/%m/%Y}")
            return usual
    try:
        return Window(told["van"] or usual.first, told["tot"] or usual.last)
    except InvalidValueError:
        days = f"{usual.first:%d/%m/%Y} tot {usual.last:%d/%m/%Y}"
        message = f"Het venster eindigt voor het begint (zonder van en tot is het {days})."
        table.error("ends_before_start", "tot", message, "Geef van én tot, in de juiste volgorde.")
        return usual


def _absences(season: Season, tables: Sequence[Section]) -> tuple[Absence, ...]:
    names = {one.id: one.name for one in season.participants}
    found: dict[tuple[str, int], Absence] = {}
    for table in tables:
        if missing(table, "school", "ronde", "reden"):
            continue
        number = round_of(table, "ronde", season)
        schools = named(table, "school", [table.text("school")], names, "school")
        reason = table.text("reden")
        if number is not None and schools:
            found[schools[0], number] = Absence(schools[0], number, reason)
    return tuple(found[key] for key in sorted(found))


def _pins(season: Season, tables: Sequence[Section], absent: set[tuple[str, int]]) -> tuple[Pin, ...]:
    found = []
    for table in tables:
        pin = None if missing(table, "ronde") else _pin(season, table)
        if pin is None:
            continue
        away = [one for one in pin.schools if (one, pin.round) in absent]
        if away:
            table.error(
                "pin_of_absent", "scholen", absent_words(pin.round), "Schrap de afwezigheid of de school hier.", away[0]
            )
        found.append(pin)
    return tuple(found)


def _pin(season: Season, table: Section) -> Pin | None:
    schools = named(
        table, "scholen", table.texts("scholen") or [], {one.id: one.name for one in season.participants}, "school"
    )
    text = table.text("locatie")
    hosts = named(table, "locatie", [text] if text else [], {one.id: one.name for one in season.hosts}, "locatie")
    number, day = round_of(table, "ronde", season), day_of(table, "dag")
    half = choice(table, "halve_dag", HALVES, "halve dag")
    if schools is None or hosts is None or number is None or not _fits(season, table, number, day, half):
        return None
    if not (schools or hosts or day or half):
        table.error("empty_pin", "ronde", "Hier ligt niets vast.", "Geef scholen, locatie, dag of halve_dag.")
        return None
    host = hosts[0] if hosts else None
    return Pin(round=number, schools=schools, host=host, day=day, half_day=half, reason=table.text("reden"))


def _fits(season: Season, table: Section, number: int, day: date | None, half: str | None) -> bool:
    """Tell whether the day lies in the round's window, on a half-day that may serve."""
    window = next(one.window for one in season.rounds if one.number == number)
    if day is not None and not window.first <= day <= window.last:
        message = f"Ronde {number} loopt van {window.first:%d/%m/%Y} tot {window.last:%d/%m/%Y}."
        remedy = f"Kies een dag daarin, of geef ronde {number} met [[ronde]] een ander venster."
        table.error("outside_window", "dag", message, remedy, f"{day:%d/%m/%Y}")
        return False
    fitting = [one for one in season.half_days if half in (None, one)]
    if day is not None:
        fitting = [one for one in fitting if DAYS[day.weekday() :][:1] == (one.partition("-")[0],)]
    if not fitting:
        key, shown = ("dag", f"{day:%d/%m/%Y}") if day is not None else ("halve_dag", half)
        message = f"Dan zijn er geen sessies: die zijn op {', '.join(season.half_days)}."
        table.error("no_such_half_day", key, message, "Kies een andere dag, of vul halve_dagen aan.", shown)
    return bool(fitting)
