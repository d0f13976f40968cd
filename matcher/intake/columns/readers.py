"""How are postcodes, degrees, addresses and single choices read from a cell?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from matcher.domain.column import Reading, Remark, choice_reader, meant
from matcher.domain.spreadsheet_numbers import as_typed, has_thousands, is_scientific
from matcher.intake.places.postcodes import nearest_postcode, postcodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.domain.policy import Policy


def read_postcode(text: str, _policy: Policy) -> Reading:
    """Read a Belgian postcode, also as a number (`9000.0`) or with its country (`B-9000`)."""
    match = re.fullmatch(r"(?:BE?[- ]*)?([0-9]{4})(?:[.,]0+)?", text, re.IGNORECASE)
    known = postcodes().get(match[1]) if match else None
    if known is None:
        guess = nearest_postcode(match[1]) if match else None
        code = guess.code if guess else ""
        remedy = f"Bedoelde u «{guess.code}» ({guess.municipality})?" if guess else "Vul vier cijfers in, zoals 9000."
        return Reading(
            None, (Remark("error", "unknown_postcode", "Dit is geen Belgische postcode.", remedy, proposal=code),)
        )
    if known.flemish:
        return Reading(known.code)
    message = f"{known.code} ({known.municipality}) ligt buiten Vlaanderen."
    return Reading(known.code, (Remark("warning", "outside_flanders", message, "Kijk na of dit klopt."),))


def read_degrees(text: str, _policy: Policy) -> Reading:
    """Read degrees with a decimal comma or point; both at once could mean two things."""
    if re.fullmatch(r"[+-]?[0-9]{1,3}([.,][0-9]{1,15})?", text):
        return Reading(float(text.replace(",", ".")))
    if re.fullmatch(r"[+-]?[0-9.,]+", text) and "," in text and "." in text:
        message = "Punt en komma samen: welke van de twee is het decimaalteken?"
        return Reading(None, (Remark("error", "ambiguous_number", message, "Gebruik alleen een decimale komma."),))
    return Reading(None, (Remark("error", "not_a_number", "Dit is geen getal.", "Schrijf graden als 51,0543."),))


def read_mail(text: str, _policy: Policy) -> Reading:
    """Read one e-mail address; what can't be one is kept and remarked upon."""
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
        if len(number) <= longest and not re.search(r"[/\\?#%]", number):
            return Reading(number, _converted(said, number))
        message = f"Een nummer telt hoogstens {longest} tekens en geen / \\ ? # of %."
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
