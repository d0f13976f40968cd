"""Does the same school or mentor stand in the file twice?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from matcher.domain.column import plain
from matcher.domain.finding import Finding
from matcher.intake.columns.companies import company_key
from matcher.intake.tables.records import Record

_LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("\u0430\u0432\u0435\u0455\u0456\u0458\u043a\u043c\u043d\u043e\u0440", "abesijkmhop", strict=True)),
        **dict(zip("\u0441\u0501\u0442\u0443\u0445\u051b\u051d\u04bb", "cdtyxqwh", strict=True)),
        **dict(zip("\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4", "abenikmvopt", strict=True)),
        **dict(zip("\u03c5\u03c7\u03b3\u0578\u013101|", "uxyniol|", strict=True)),
    }
    | {"|": "l"}
)
"""Cyrillic, Greek and other letters that look like a Latin one, and digits that do (Unicode TS 39)."""

_JOINED = re.compile(r"\s(?:en|et|and)\s|[/&+;\n]", re.IGNORECASE)
_FULL_NAMES = re.compile(r"\s*\w[^,]*\s[^,]+,\s*\w[^,]*\s[^,]+")
"""Two names of several words each; `Claes, Jan` and `Van den Berghe, An` are one."""

_NEARLY = 0.93


def skeleton(text: str) -> str:
    """Fold a name to its shape, so that names that look alike compare equal."""
    return plain(text).translate(_LOOK_ALIKES).replace("rn", "m").replace("vv", "w")


def without_doubles(records: Sequence[Record], id_column: str) -> tuple[list[Record], list[Finding]]:
    """Keep one record an id: a repeated row is noted, a contradicting one is an error that names both."""
    first: dict[str, Record] = {}
    findings = []
    for record in records:
        known = first.setdefault(record.text("id"), record)
        if known is record:
            continue
        spot, row = record.place.at(column=id_column), known.place.row
        if known.texts == record.texts:
            message = f"Deze rij is dezelfde als rij {row}; ze telt één keer."
            findings.append(
                spot.note("same_row_twice", message, "Wis een van beide.", record.text("id"), other_row=row)
            )
        else:
            message = f"Rij {row} en rij {record.place.row} hebben hetzelfde nummer maar een andere inhoud."
            remedy = "Geef elk een eigen nummer."
            if id_column == "schoolnummer":
                remedy = "Zijn het twee vestigingen, vul dan de kolom vestigingsnummer in; wis anders een van beide."
            findings.append(spot.error("duplicate_id", message, remedy, record.text("id"), other_row=row))
    return list(first.values()), findings


def last_of_each(records: Sequence[Record]) -> tuple[list[Record], list[Finding]]:
    """Keep the last row of each person, where rows have no numbers of their own: who filled a form in again."""
    last: dict[str, Record] = {}
    findings = []
    for record in records:
        before = last.pop(record.text("id"), None)
        last[record.text("id")] = record
        if before is not None and before.texts != record.texts:
            row = before.place.row
            message = f"Dezelfde naam en hetzelfde bedrijf als op rij {row}; deze laatste rij telt."
            remedy = "Zijn het er twee, geef dan elk een mentornummer."
            name = " ".join(record.text(one) for one in ("first_name", "last_name")).strip()
            spot = record.place.at(column="naam")
            findings.append(spot.warning("same_person_twice", message, remedy, name, other_row=row))
    return list(last.values()), findings


def several_people(records: Iterable[Record]) -> list[Finding]:
    """Warn where one row seems to name two people: one row is one mentor, who can't be at two places."""
    findings = []
    for record in records:
        for column, field in (("voornaam", "first_name"), ("naam", "last_name")):
            text = record.texts.get(column, "")
            if record.text(field) and (_JOINED.search(text) or _FULL_NAMES.fullmatch(text)):
                message, remedy = (
                    "Hier lijken twee mensen te staan; dit telt als één mentor.",
                    "Geef elk een eigen rij.",
                )
                findings.append(record.place.at(column=column).warning("several_people", message, remedy, text))
                break
    return findings


def same_mail(records: Iterable[Record]) -> list[Finding]:
    """Warn where one e-mail address belongs to two."""
    first: dict[str, Record] = {}
    findings = []
    for record in records:
        mail = record.text("email").casefold()
        known = first.setdefault(mail, record)
        if mail and known is not record:
            row, spot = known.place.row, record.place.at(column="e-mail")
            message, remedy = f"Dit e-mailadres staat ook op rij {row}.", "Is dit dezelfde persoon? Voeg samen."
            findings.append(spot.warning("duplicate_email", message, remedy, mail, other_row=row))
    return findings


def look_alikes(records: Iterable[Record], name_fields: tuple[str, ...], within: str, column: str) -> list[Finding]:
    """Warn of names that look the same, and among those with the same `within` also of near ones."""
    named = [(" ".join(record.text(field) for field in name_fields).strip(), record) for record in records]
    shaped = sorted(((skeleton(name), name, record) for name, record in named if name), key=lambda one: one[:2])
    findings = []
    for _, alike in groupby(shaped, key=lambda one: one[0]):
        for (_, one, first), (_, other, second) in pairwise(alike):
            if plain(one) != plain(other) or company_key(first.text(within), "") == company_key(
                second.text(within), ""
            ):
                findings.append(_alike(first, second, one, other, column))
    near = sorted(shaped, key=lambda one: (company_key(one[2].text(within), ""), one[0]))
    for (shape, one, first), (next_shape, other, second) in pairwise(near):
        together = company_key(first.text(within), "") == company_key(second.text(within), "")
        if together and shape != next_shape and _near(one, other):
            findings.append(_alike(first, second, one, other, column))
    return findings


def _near(one: str, other: str) -> bool:
    """Tell a typing mistake; numbers in a name (`Campus 1`, `Campus 2`) are no mistake."""
    if re.findall(r"\d", one) != re.findall(r"\d", other):
        return False
    matcher = difflib.SequenceMatcher(None, skeleton(one), skeleton(other), autojunk=False)
    return matcher.real_quick_ratio() >= _NEARLY and matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY


def _alike(first: Record, second: Record, one: str, other: str, column: str) -> Finding:
    """Point at the lower of two rows."""
    (_, upper, above), (_, lower, below) = sorted(
        [(first.place.row or 0, one, first), (second.place.row or 0, other, second)], key=lambda named: named[0]
    )
    message = f"«{lower}» lijkt op «{upper}» op rij {above.place.row}."
    spot, remedy = below.place.at(column=column), "Kijk na of het er twee zijn."
    return spot.warning("looks_alike", message, remedy, lower, other_row=above.place.row)
