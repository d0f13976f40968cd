"""Which places can receive a session, and when do schools, mentors and places not suit?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from matcher.domain.column import nearest, plain
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.domain.mentor import Mentor
from matcher.domain.period import Period
from matcher.domain.position import Position
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.domain.season import Host
from matcher.intake.cohort.coordinates import locate
from matcher.intake.columns.table_columns import EVERYBODY, sheet_columns
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.records import Record
from matcher.intake.tables.single_table import read_rows

_WHO: Final = {"school": "schoolnummer", "mentor": "mentornummer", "host": "locatie"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blackouts:
    """When who can't: by id of school, mentor and host; `exams` replace a school's usual exam weeks."""

    schools: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    mentors: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    hosts: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    exams: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    everybody: tuple[Period, ...] = ()


def school_host(school: School, **changes: object) -> Host:
    """Make a school of the cohort a place that receives."""
    place = {"name": school.name, "street": school.street, "postcode": school.postcode}
    return _host(school.id, "school", school.position, place | {"municipality": school.municipality} | changes)


def company_host(mentor: Mentor, **changes: object) -> Host:
    """Make a mentor's company a place that receives, there where the mentor leaves from."""
    place = {"name": mentor.company, "postcode": mentor.postcode, "municipality": mentor.municipality}
    return _host(mentor.company_key, "company", mentor.position, place | changes)


def _host(key: str, kind: str, position: Position, values: Mapping[str, object]) -> Host:
    return Host(id=key, kind=kind, position=position, **values)  # type: ignore[arg-type]


def read_locations(given: Round, content: bytes, file: str = "locaties.csv") -> tuple[tuple[Host, ...], list[Finding]]:
    """Read the places that receive; a row with a school's or mentor's number tells of that school or company."""
    records, findings = read_rows(content, file, sheet_columns("Locaties"), "Locaties")
    hosts: dict[str, Host] = {}
    rows: dict[str, int | None] = {}
    for record in (one for one in records if one.good):
        host, more = _make_host(given, record)
        findings += more
        if host is None:
            continue
        key = plain(host.id)
        if key in hosts:
            message = f"{host.name} staat ook op rij {rows[key]}."
            findings.append(record.place.error("duplicate_id", message, "Houd één van beide rijen over.", host.name))
            continue
        hosts[key], rows[key] = host, record.place.row
    findings.append(_count(file, ("locatie", "locaties"), len(hosts), len(records)))
    return tuple(sorted(hosts.values(), key=lambda host: host.id)), findings


def _make_host(given: Round, record: Record) -> tuple[Host | None, list[Finding]]:
    schools = {one.id: one for one in given.schools}
    mentors = {one.id: one for one in given.mentors}
    lost = _unknown(record, {"school": schools, "mentor": mentors})
    if lost:
        return None, lost
    offer = {key: record.values[key] for key in ("capacity", "max_times", "half_days") if key in record.values}
    if record.text("school"):
        return school_host(schools[record.text("school")], **offer), []
    if record.text("mentor"):
        return company_host(mentors[record.text("mentor")], **offer), []
    if not record.text("postcode"):
        spot = record.place.at(column="postcode")
        return None, [spot.error("empty_cell", "De postcode ontbreekt.", "Vul vier cijfers in, zoals 9000.")]
    found, findings = locate(record)
    if any(finding.severity == "error" for finding in findings):
        return None, findings
    place = {key: record.text(key) for key in ("name", "street", "postcode")}
    position: Position = found["position"]  # type: ignore[assignment]
    town = {"municipality": found["municipality"]}
    return _host(record.text("name"), "other", position, place | town | offer), findings


def read_blackouts(
    given: Round, hosts: Iterable[Host], content: bytes, school_year: int, file: str = "blokkeringen.csv"
) -> tuple[Blackouts, list[Finding]]:
    """Read when schools, mentors and places can't; `school_year` is the year in which the season starts."""
    records, findings = read_rows(content, file, sheet_columns("Blokkeringen"), "Blokkeringen")
    names = {plain(name): host.id for host in hosts for name in (host.name, host.id)}
    known: dict[str, Mapping[str, object]] = {
        "school": {one.id: one for one in given.schools} | {EVERYBODY: None},
        "mentor": {one.id: one for one in given.mentors},
        "host": names,
    }
    periods: dict[str, dict[str, tuple[Period, ...]]] = {kind: {} for kind in (*_WHO, "exams")}
    counted = 0
    for record in (one for one in records if one.good):
        period, more = _make_period(record, school_year)
        lost = _whose(record, known)
        findings += more + lost
        if period is None or lost:
            continue
        counted += 1
        who = next(kind for kind in _WHO if record.text(kind))
        key = names[plain(record.text("host"))] if who == "host" else record.text(who)
        kind = "exams" if record.text("kind") == "exams" and who == "school" else who
        periods[kind][key] = (*periods[kind].get(key, ()), period)
    findings.append(_count(file, ("blokkering", "blokkeringen"), counted, len(records)))
    everybody, exams = periods["school"].pop(EVERYBODY, ()), periods["exams"].pop(EVERYBODY, None)
    if exams is not None:
        periods["exams"] = {one.id: exams for one in given.schools} | periods["exams"]
    return Blackouts(
        schools=periods["school"],
        mentors=periods["mentor"],
        hosts=periods["host"],
        exams=periods["exams"],
        everybody=everybody,
    ), findings


def _make_period(record: Record, school_year: int) -> tuple[Period | None, list[Finding]]:
    first, last = record.values.get("first"), record.values.get("last")
    if not isinstance(first, date):
        return None, []
    end = last if isinstance(last, date) else first
    part = record.text("part")
    try:
        period = Period(first, end, part, record.text("reason"))  # type: ignore[arg-type]
    except InvalidValueError:
        message = "De laatste dag ligt voor de eerste."
        spot = record.place.at(column="tot")
        return None, [spot.error("ends_before_start", message, "Wissel van en tot om.", f"{end:%d/%m/%Y}")]
    if first >= date(school_year + 1, 9, 1) or end < date(school_year, 9, 1):
        message = f"Deze dagen vallen buiten het schooljaar {school_year}-{school_year + 1}."
        spot = record.place.at(column="van")
        return period, [spot.warning("outside_year", message, "Kijk het jaartal na.", f"{first:%d/%m/%Y}")]
    return period, []


def _whose(record: Record, known: Mapping[str, Mapping[str, object]]) -> list[Finding]:
    named = [kind for kind in _WHO if record.text(kind)]
    if len(named) != 1:
        message = "Eén rij gaat over één school, één mentor of één locatie."
        remedy = f"Vul precies één van {', '.join(_WHO.values())} in."
        return [record.place.error("who_is_meant", message, remedy)]
    if record.text("kind") == "exams" and named != ["school"]:
        spot = record.place.at(column="soort")
        return [spot.error("exams_of_whom", "Alleen een school heeft examens.", "Vul een schoolnummer in.")]
    return _unknown(record, known)


def _unknown(record: Record, known: Mapping[str, Mapping[str, object]]) -> list[Finding]:
    """Refuse numbers and names that nobody bears; leading zeros that a spreadsheet lost are seen through."""
    findings = []
    for kind, ids in known.items():
        text = record.text(kind)
        if not text or text in ids or (kind == "host" and plain(text) in ids):
            continue
        bare = {one.lstrip("0"): one for one in sorted(ids)}
        guess = bare.get(text.lstrip("0")) or nearest(text, sorted(ids))
        remedy = f"Bedoelde u «{guess}»?" if guess else "Neem de naam of het nummer over uit de lijst."
        message = f"{'Deze locatie' if kind == 'host' else f'Deze {kind}'} is niet gekend."
        findings.append(record.place.at(column=_WHO[kind]).error(f"unknown_{kind}", message, remedy, text))
    return findings


def _count(file: str, what: tuple[str, str], good: int, total: int) -> Finding:
    bad = total - good
    words = f"{good} {what[good != 1]} gelezen, {bad} {'fout' if bad == 1 else 'fouten'}."
    return Place(file).note("rows_read", words, "Niets te doen." if not bad else "Herstel de rijen met een fout.")
