"""Which mentors are colleagues?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from matcher.domain.column import Reading, Remark, plain

LEGAL_FORMS = frozenset(
    [
        *("nv", "sa", "bv", "srl", "bvba", "sprl", "ebvba", "cv", "cvba", "sc", "scrl", "cvoa", "vof", "snc"),
        *("commv", "gcv", "scomm", "commva", "vzw", "asbl", "ivzw", "stichting", "maatschap", "eenmanszaak"),
        *("se", "eg", "esv"),
    ]
)
"""Belgian legal forms, Dutch and French, as they stand before or after a company's name."""


@lru_cache(maxsize=1 << 16)  # asked for a mentor again and again
def company_key(name: str, number: str) -> str:
    """Give what makes two mentors colleagues: the enterprise number, else the name without its dress.

    A name of which nothing is left then, such as `--`, counts as it stands: every company has a key.
    """
    if number:
        return number
    folded = unicodedata.normalize("NFKC", name).casefold().replace(".", "")
    words = [word for word in re.split(r"[\s,;()]+", folded) if word]
    core = [word for word in words if word not in LEGAL_FORMS] or words
    return plain("".join(core)) or "".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_company_number(text: str, _policy: object) -> Reading:
    """Read a KBO number: ten digits, of which the last two are 97 minus the first eight modulo 97."""
    digits = re.sub(r"^be|[\s.\-/]", "", text, flags=re.IGNORECASE)
    if re.fullmatch(r"[0-9]{9}", digits):
        digits = f"0{digits}"  # a spreadsheet drops the leading zero
    if not re.fullmatch(r"[01][0-9]{9}", digits):
        message = "Een ondernemingsnummer heeft tien cijfers en begint met 0 of 1."
        return Reading(None, (Remark("error", "company_number", message, "Schrijf het als 0123.456.749."),))
    if 97 - int(digits[:8]) % 97 != int(digits[8:]):
        message = "De controlecijfers van dit ondernemingsnummer kloppen niet."
        remedy = "Kijk het nummer na in de Kruispuntbank, of laat de cel leeg."
        return Reading(None, (Remark("error", "company_number", message, remedy),))
    return Reading(digits)
