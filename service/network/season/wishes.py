"""What is wished of a year of sessions? Lines as they are pasted from Excel, and what the API is asked with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

import matcher
from service.cohorts.members.names import Names
from service.core.errors import Fault, Problem
from service.database.ids import today
from service.network.season.shapes import SeasonOut
from service.web.pages.forms import Form, not_whole, whole_of

MOST_ROUNDS = 6
EVERYBODY = "alle"
PARTS = {"vm": "vm", "voormiddag": "vm", "nm": "nm", "namiddag": "nm", "": "", "dag": ""}
EXAMS = "examens"
AGREEMENTS = {"samen": "meet", "nooit": "apart"}
THEMES = {
    "": "wat elke groep het meest nodig heeft",
    "leerplan": "leerplan",
    "professionalisering": "professionalisering",
    "samenwerking": "samenwerking onderwijs-bedrijfsleven",
}
CELLS = re.compile(r"[\t;]")
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
FIELDS = {"blackouts": "blokkeringen", "locations": "locaties", "rounds": "rondes"}
FIELDS |= {
    "absences": "afwezig",
    "remote": "online",
    "agreements": "afspraken",
    "group_size": "groep",
    "longest_trip": "langste_rit",
}
"""The fields of the form by the members of the request."""

WINDOW = {"hours": "uren", "group_size": "groep", "link": "link"}
WISHES = ("van", "tot", "thema", "uren", "groep", "link", "online")
"""What a round of its own is asked in the form: fields that end in its number."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a form: the field, and a sentence that names the line."""

    field: str
    words: str


def season_document(form: Form, names: Names) -> dict[str, Any]:
    """Give what the API is asked for a new year; raises Problem 422 that names field and line."""
    places = {str(one["name"]).casefold() for one in _locations(form)}
    document: dict[str, Any] = {
        "rounds": form.whole("rondes") or 3,
        "windows": list(_windows(form)),
        "locations": list(_locations(form)),
        "blackouts": list(_blackouts(form, names, places)),
        "absences": list(_absences(form, names)),
        "agreements": list(_agreements(form, names)),
        "remote": list(_remote(form, names, range(1, min(form.whole("rondes") or 3, MOST_ROUNDS) + 1))),
        "travel_first": form["eerst"] == "reizen",
    }
    if form["langste_rit"].strip():
        document["longest_trip"] = form.whole("langste_rit")
    if form["groep"].strip():
        document["group_size"] = form.whole("groep")
    return document


def repair_document(form: Form, names: Names, season: SeasonOut) -> dict[str, Any]:
    """Give what the API is asked to repair a year."""
    places = {text.casefold() for one in season.hosts for text in (one.id, one.name)}
    document: dict[str, Any] = {"previous": season.id}
    if form.all("gastheer_weg"):
        document["host_out"] = form.all("gastheer_weg")
    if form["blokkeringen"].strip():
        document["blackouts"] = list(_blackouts(form, names, places))
    to_come = {one.round for one in season.year.sessions if one.day >= today()} if season.year else set()
    asked = {
        "absences": list(_absences(form, names)),
        "agreements": list(_agreements(form, names)),
        "remote": list(_remote(form, names, sorted(to_come))),
    }
    return document | {member: rows for member, rows in asked.items() if rows}


def _lines(form: Form, field: str) -> Iterator[tuple[int, list[str]]]:
    """Give the lines that hold something, with their number, as cells."""
    for number, line in enumerate(form[field].splitlines(), 1):
        if line.strip():
            yield number, [cell.strip() for cell in CELLS.split(line)]


def _locations(form: Form) -> Iterator[dict[str, Any]]:
    for number, cells in _lines(form, "locaties"):
        name, postcode, room, times = (cells + [""] * 4)[:4]
        if not name or not postcode:
            raise _refused("locaties", number, "Zet eerst de naam en dan de postcode, met een puntkomma ertussen.")
        row: dict[str, Any] = {"name": name, "postcode": postcode}
        for member, text in (("capacity", room), ("max_times", times)):
            if text:
                row[member] = whole_of(text)
                if row[member] is None:
                    raise _refused("locaties", number, not_whole(text))
        yield row


def _blackouts(form: Form, names: Names, places: set[str]) -> Iterator[dict[str, Any]]:
    for number, cells in _lines(form, "blokkeringen"):
        who, first, last, part, reason = (cells + [""] * 5)[:5]
        row = _who(who, names, places) | {"first": _day(first, "blokkeringen", number)}
        if last:
            row["last"] = _day(last, "blokkeringen", number)
        if part.casefold() == EXAMS:
            row["kind"] = "exams"
        elif part.casefold() in PARTS:
            row["part"] = PARTS[part.casefold()]
        else:
            raise _refused("blokkeringen", number, f"«{part}» is geen halve dag. Schrijf vm, nm, examens of niets.")
        yield row | ({"reason": reason} if reason else {})


def _absences(form: Form, names: Names) -> Iterator[dict[str, Any]]:
    for number, cells in _lines(form, "afwezig"):
        who, turn, reason = (cells + [""] * 3)[:3]
        if not who or whole_of(turn) is None or not reason:
            raise _refused("afwezig", number, "Schrijf de school, het nummer van de ronde en de reden.")
        yield {"school": _who(who, names, set()).get("school", who), "round": int(turn), "reason": reason}


def _agreements(form: Form, names: Names) -> Iterator[dict[str, Any]]:
    for number, cells in _lines(form, "afspraken"):
        what, one, other, reason = (cells + [""] * 4)[:4]
        kind = AGREEMENTS.get(what.casefold())
        if kind is None:
            words = f"«{what}» is geen afspraak. Schrijf samen of nooit, dan de twee scholen."
            raise _refused("afspraken", number, words)
        if not one or not other:
            raise _refused("afspraken", number, "Noem twee scholen, met een puntkomma ertussen.")
        schools = [_who(text, names, set()).get("school", text) for text in (one, other)]
        yield {"kind": kind, "schools": schools} | ({"reason": reason} if reason else {})


def _remote(form: Form, names: Names, every: Collection[int]) -> Iterator[dict[str, Any]]:
    for number, cells in _lines(form, "online"):
        who, told = (cells + [""] * 2)[:2]
        if told and whole_of(told) is None:
            raise _refused("online", number, f"«{told[:40]}» is geen nummer van een ronde.")
        school = _who(who, names, set()).get("school", who)
        yield from ({"school": school, "round": one} for one in ([int(told)] if told else every))


def _who(text: str, names: Names, places: set[str]) -> dict[str, Any]:
    """Tell who is meant: everybody, a school, a mentor or a place; what is not known, the API refuses as a school."""
    wanted = text.casefold()
    if wanted in places:
        return {"host": text}
    for key in names.mentors:
        if wanted in (key.casefold(), names.mentor(key).casefold()):
            return {"mentor": key}
    for key in names.schools:
        if wanted in (key.casefold(), names.school(key).casefold()):
            return {"school": key}
    return {"school": EVERYBODY if wanted == EVERYBODY else text}


def _windows(form: Form) -> Iterator[dict[str, Any]]:
    for number in range(1, MOST_ROUNDS + 1):
        first, last, theme, hours = (form[f"{name}{number}"].strip() for name in ("van", "tot", "thema", "uren"))
        if bool(first) != bool(last):
            words = f"Ronde {number}: geef de eerste en de laatste dag, of laat beide leeg."
            raise _problem(Fault(f"#van{number}", "half", words), words)
        asked: dict[str, Any] = {"theme": theme} if theme and theme in THEMES else {}
        if first:
            asked |= {"first": _day(first, f"van{number}", 0), "last": _day(last, f"tot{number}", 0)}
        if hours:
            asked["hours"] = hours
        asked |= {"online": True} if form[f"online{number}"] else {}
        asked |= {"link": form[f"link{number}"].strip()} if form[f"link{number}"].strip() else {}
        if form[f"groep{number}"].strip():
            asked["group_size"] = form.whole(f"groep{number}")
        if asked:
            yield {"round": number, **asked}


def _day(text: str, field: str, line: int) -> str:
    """Read a date as people write it; give it as ISO 8601."""
    found = DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise _refused(field, line, f"«{text}» is geen dag. Schrijf bijvoorbeeld 13/01/2027.") from error


def _refused(field: str, line: int, words: str) -> Problem:
    return _problem(Fault(f"#{field}", "line", f"Regel {line}: {words}" if line else words), words)


def _problem(fault: Fault, words: str) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", words, (fault,))


def wrongs(problem: Problem | None, form: Form) -> list[Wrong]:
    """Tell what is wrong by the form's own fields and lines."""
    if problem is None:
        return []
    told = [_wrong(one, form) for one in problem.faults]
    return told or [Wrong("", problem.detail)]


def _wrong(fault: Fault, form: Form) -> Wrong:
    if fault.pointer.startswith("#"):
        return Wrong(fault.pointer[1:], fault.detail)
    member, _, rest = fault.pointer.removeprefix("/").partition("/")
    place = rest.partition("/")[0]
    field = FIELDS.get(member, "")
    if member == "windows" and place.isdecimal():
        given = [
            number for number in range(1, MOST_ROUNDS + 1) if any(form[f"{one}{number}"].strip() for one in WISHES)
        ]
        number = given[int(place)] if int(place) < len(given) else int(place) + 1
        place = WINDOW.get(rest.partition("/")[2], "van")
        return Wrong(f"{place}{number}", f"Ronde {number}: {fault.detail}")
    if field in ("blokkeringen", "locaties", "afwezig", "afspraken") and place.isdecimal():
        lines = [number for number, _ in _lines(form, field)]
        return Wrong(field, f"Regel {lines[int(place)]}: {fault.detail}" if int(place) < len(lines) else fault.detail)
    return Wrong(field, fault.detail)


def typed_before(asked: Mapping[str, Any]) -> dict[str, str]:
    """Write what a year was asked with as it is typed in the form."""
    said = {"rondes": str(asked.get("rounds", 3)), "groep": str(asked.get("group_size") or "")}
    said["langste_rit"] = str(asked.get("longest_trip", matcher.LONGEST_TRIP))
    said["eerst"] = "reizen" if asked.get("travel_first") else "mengen"
    said["locaties"] = "\n".join(
        _row(one, ("name", "postcode", "capacity", "max_times")) for one in asked.get("locations", ())
    )
    said["blokkeringen"] = "\n".join(_blackout_line(one) for one in asked.get("blackouts", ()))
    remote = (f"{one['school']}; {one['round']}" for one in asked.get("remote", ()))
    said["online"] = "\n".join(remote)
    said["afwezig"] = "\n".join(_row(one, ("school", "round", "reason")) for one in asked.get("absences", ()))
    said["afspraken"] = "\n".join(_agreement_line(one) for one in asked.get("agreements", ()))
    for one in asked.get("windows", ()):
        number = one["round"]
        values = (one.get(name) or "" for name in ("first", "last", "theme", "hours", "group_size", "link", "online"))
        said |= {f"{name}{number}": str(value) for name, value in zip(WISHES, values, strict=True)}
    return said


def _blackout_line(one: Mapping[str, Any]) -> str:
    who = one.get("school") or one.get("mentor") or one.get("host") or ""
    part = EXAMS if one.get("kind") == "exams" else one.get("part", "")
    return _row({**one, "who": who, "half": part}, ("who", "first", "last", "half", "reason"))


def _agreement_line(one: Mapping[str, Any]) -> str:
    what = next(word for word, kind in AGREEMENTS.items() if kind == one["kind"])
    return "; ".join(filter(None, (what, *one["schools"], one.get("reason", ""))))


def _row(one: Mapping[str, Any], members: tuple[str, ...]) -> str:
    cells = ["" if one.get(name) is None else str(one[name]) for name in members]
    return "; ".join(cells).rstrip("; ")
