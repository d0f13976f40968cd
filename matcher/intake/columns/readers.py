"""How are postcodes, degrees, addresses and single choices read from a cell?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from matcher.domain.column import Reading, Remark, choice_reader, meant
from matcher.domain.finding import Finding, Severity
from matcher.domain.policy import Policy
from matcher.domain.spreadsheet_numbers import as_typed, has_thousands, is_scientific
from matcher.intake.places.postcodes import codes_of_places, nearest_postcode, places_in, postcodes, where_is

_THOUSAND = re.compile(r"([1-9])[. ]([0-9]{3})(?![0-9])")
"""A postcode that a spreadsheet shows as an amount: `9.000`."""

_CODE = r"(?:BE?[- ]*)?([0-9]{4})(?:[.,]0+)?"
_BEFORE = re.compile(rf"{_CODE}(?:\s*[-,:]\s*|\s+)(\D+)", re.IGNORECASE)
_BEHIND = re.compile(rf"(\D+?)(?:\s*[-,:]\s*|\s+|\s*\()({_CODE})\)?", re.IGNORECASE)
_UNKNOWN = "unknown_postcode"
_FEW = 8
"""More postcodes of a place are not all named."""


def read_postcode(text: str, _policy: Policy) -> Reading:
    """Read a Belgian postcode, also as a number (`9000.0`), with its country (`B-9000`) or its place (`9000 Gent`)."""
    code, place = _split_place(_THOUSAND.sub(r"\1\2", text, count=1) if _THOUSAND.match(text) else text)
    known = postcodes().get(code)
    if known is None:
        return Reading(None, (_unknown_postcode(code, place),))
    where = where_is(place, known) if place else "here"
    if where == "elsewhere":
        message = f"{known.code} is {known.municipality}, niet {place}."
        return Reading(None, (Remark("error", "postcode_of_elsewhere", message, place_remedy(place)),))
    if where != "here":
        message = f"Van «{text}» is alleen de postcode gelezen: {known.code} ({known.municipality})."
        severity: Severity = "note" if where == "unknown" else "warning"
        return Reading(known.code, (Remark(severity, "postcode_text", message, "Kijk na of dat klopt."),))
    if known.flemish:
        return Reading(known.code)
    message = f"{known.code} ({known.municipality}) ligt buiten Vlaanderen."
    return Reading(known.code, (Remark("warning", "outside_flanders", message, "Kijk na of dit klopt."),))


def _split_place(text: str) -> tuple[str, str]:
    """Give the four digits and the place beside them; empty for what is not there."""
    if match := re.fullmatch(_CODE, text, re.IGNORECASE):
        return match[1], ""
    if match := _BEFORE.fullmatch(text):
        return match[1], match[2].strip()
    match = _BEHIND.fullmatch(text)
    return (match[3], match[1].strip()) if match else ("", text)


def _unknown_postcode(code: str, place: str) -> Remark:
    """Refuse what is no postcode; one is proposed where the place beside it has only that one."""
    message = "Dit is geen Belgische postcode."
    if places_in(place):
        remedy, only = _postcode_of_place(place)
        return Remark("error", _UNKNOWN, message, remedy, proposal=only)
    guess = nearest_postcode(code) if code else None
    remedy = f"Bedoelde u «{guess.code}» ({guess.municipality})?" if guess else "Vul vier cijfers in, zoals 9000."
    return Remark("error", _UNKNOWN, message, remedy)


def _postcode_of_place(place: str) -> tuple[str, str]:
    """Say which postcode a known place has, and give it as a proposal where there is only one."""
    codes = codes_of_places()[places_in(place)[-1]]
    return (meant(codes[0]), codes[0]) if len(codes) == 1 else (place_remedy(place), "")


def by_municipality(finding: Finding, municipality: str) -> Finding:
    """Let the municipality that stands beside a postcode say which may be meant, where the cell itself does not."""
    if finding.code != _UNKNOWN or finding.proposal or not places_in(municipality):
        return finding
    remedy, proposal = _postcode_of_place(municipality)
    return replace(finding, remedy=remedy, proposal=proposal)


def place_remedy(place: str) -> str:
    """Say which postcodes the narrowest known place in a text has."""
    codes = codes_of_places()[places_in(place)[-1]]
    told = ", ".join(codes[:_FEW]) + (" ..." if len(codes) > _FEW else "")
    return f"{place} heeft {told}; kijk na wat klopt."


def read_degrees(text: str, _policy: Policy) -> Reading:
    """Read degrees with a decimal comma or point; both at once could mean two things."""
    if re.fullmatch(r"[+-]?[0-9]{1,3}([.,][0-9]{1,15})?", text):
        return Reading(float(text.replace(",", ".")))
    if re.fullmatch(r"[+-]?[0-9.,]+", text) and "," in text and "." in text:
        message = "Punt en komma samen: welke van de twee is het decimaalteken?"
        return Reading(None, (Remark("error", "ambiguous_number", message, "Gebruik alleen een decimale komma."),))
    return Reading(None, (Remark("error", "not_a_number", "Dit is geen getal.", "Schrijf graden als 51,0543."),))


def read_mail(text: str, _policy: Policy) -> Reading:
    """Read one e-mail address, also as mail programs copy it (`An Peeters <an@firma.be>`); else it is remarked upon."""
    if named := re.fullmatch(r"[^<>@]*<([^<>]+)>", text):
        text = named[1].strip()
    if re.fullmatch(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]{2,}", text):
        return Reading(text)
    remark = Remark("warning", "email", "Dit lijkt geen e-mailadres.", "Schrijf één adres, zoals naam@bedrijf.be.")
    return Reading(text, (remark,))


def read_line(text: str, _policy: Policy) -> Reading:
    """Take the text on one line."""
    return Reading(" ".join(text.split()))


def number_reader(longest: int) -> Callable[[str, Policy], Reading]:
    """Make a reader of numbers of schools and mentors: kept as text, fit for an address of the service."""

    def read(text: str, _policy: Policy) -> Reading:
        said = " ".join(text.split())
        number = as_typed(said)
        if is_scientific(number):
            message = "Excel maakte van dit nummer een macht van tien; er zijn cijfers weg."
            return Reading(None, (Remark("error", "number_converted", message, "Typ het nummer opnieuw, als tekst."),))
        if len(number) <= longest and not re.search(r"[/\\?#%]", number) and number not in (".", ".."):
            return Reading(number, _converted(said, number))
        message = f"Een nummer telt hoogstens {longest} tekens en geen / \\ ? # of %, en is niet . of .. alleen."
        return Reading(None, (Remark("error", "unusable_number", message, "Kies een ander nummer."),))

    return read


def _converted(said: str, number: str) -> tuple[Remark, ...]:
    """Tell of a number that a spreadsheet took for an amount."""
    remedy = "Maak van de kolom tekst, en kijk na of er vooraan nullen weg zijn."
    if said != number:
        return (Remark("warning", "number_converted", f"«{said}» is gelezen als {number}.", remedy),)
    if not has_thousands(number):
        return ()
    bare = re.sub(r"[^0-9]", "", number)
    message = f"«{said}» lijkt een getal met tekens tussen de duizendtallen."
    return (Remark("warning", "number_converted", message, meant(bare), proposal=bare),)


def one_of(names: Mapping[str, str], code: str, what: str) -> Callable[[str, Policy], Reading]:
    """Make a reader of exactly one value of a closed list."""
    read_several = choice_reader(names, code, what)

    def read(text: str, policy: Policy) -> Reading:
        value, remarks = read_several(text, policy)
        if remarks or not isinstance(value, tuple) or len(value) != 1:
            choose = Remark("error", code, f"Hier hoort één {what}.", f"Kies uit: {', '.join(names)}.")
            return Reading(None, remarks or (choose,))
        return Reading(value[0])

    return read
