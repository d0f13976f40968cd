"""Which sector does a NACE-BEL code belong to, of 2025 or of 2008?"""

from __future__ import annotations

import re
from collections.abc import Container

from matcher.criteria.wording import listed
from matcher.domain.column import Remark
from matcher.domain.finding import Severity
from matcher.domain.policy import Policy
from matcher.domain.reference import moved_nace, sectors_of

NACE = re.compile(r"(?:nace(?:[ -]?bel)?[ :]*)?[a-v]?(\d{1,2}(?:\.\d{0,3}){0,2}|\d{3,5})", re.IGNORECASE)
"""What a NACE code looks like: `24`, `43.2`, `62.010`, `62010`, `C24`, `NACE 43.21`."""

_LABELLED = re.compile(r"(?:[a-v]?(\d{2}\.\d{1,3}(?:\.\d{0,2})?|\d{4,5}))\s*[-\u2013:]?\s+\D.+", re.IGNORECASE)
"""A code with its description behind it, as registers show it: `20.590 - Vervaardiging van chemische producten`."""

_COMMA = re.compile(r"(?<![\d.,])(\d{2}),(\d{1,3})(?![\d.,])(?!\s*,)")
"""A NACE code with a comma for its point; digits after digits with several commas are a list."""


def with_points(text: str, known: Container[str]) -> tuple[str, list[Remark]]:
    """Give NACE codes their point back that a Belgian spreadsheet made a comma, and say so: `20,16` is one code."""
    remarks: list[Remark] = []

    def point(match: re.Match[str]) -> str:
        if match[1] in known:
            return match[0]
        message = f"«{match[0]}» is gelezen als één NACE-code, {match[1]}.{match[2]}."
        remedy = f"Bedoelt u twee codes, schrijf dan «{match[1]}; {match[2]}»."
        remarks.append(Remark("note", "nace_comma", message, remedy))
        return f"{match[1]}.{match[2]}"

    return _COMMA.sub(point, text), remarks


def labelled_code(text: str) -> str:
    """Give the code of a code with its description, empty for what is none."""
    match = _LABELLED.fullmatch(text)
    return match[1] if match else ""


def sector_of_code(text: str, policy: Policy) -> tuple[str | None, Remark | None]:
    """Find the sector of a code; a spreadsheet that took `01.11` for a number left `1.11`."""
    digits = (f"0{text}" if re.match(r"\d(\.|$)", text) else text).replace(".", "")
    for old, new in sorted(moved_nace().items(), key=lambda one: -len(one[0])):
        if digits.startswith(old.replace(".", "")):
            return _moved(text, new.split(), policy)
    code = longest_prefix(digits, policy)
    if code is not None:
        return code, None
    return None, Remark("error", "unknown_nace", f"NACE {text} hoort bij geen sector.", "Schrijf de sector zelf.")


def _moved(text: str, new: list[str], policy: Policy) -> tuple[str | None, Remark]:
    """Follow a code of 2008 to 2025; where it was split, the first new code counts and the remark says so.

    It is a warning where another of the new codes, or another sector than the rest, may have been meant.
    """
    found = [longest_prefix(code.replace(".", ""), policy) for code in new]
    sector = next((one for one in sectors_of(policy) if one.code == found[0]), None)
    told = f"Hier telt {new[0]}, sector {sector.name}." if sector else f"Code {new[0]} hoort bij geen sector."
    sure = sector is not None and len(set(found)) == 1 and "*" not in sector.nace
    severity: Severity = "note" if sure else "error" if sector is None else "warning"
    remedy = "Gebruik de code van 2025." if sure else "Schrijf de sector zelf als u een andere bedoelt."
    message = f"NACE {text} is een code van 2008; sinds 2025 is dat {listed(new, 'of')}. {told}"
    return found[0], Remark(severity, "nace_2008", message, remedy)


def longest_prefix(digits: str, policy: Policy) -> str | None:
    """Give the sector with the longest prefix of these digits, `*` for what no other has; None for none."""
    best: tuple[int, str] | None = None
    for sector in sectors_of(policy):
        for prefix in sector.nace:
            bare = prefix.replace(".", "")
            length = 0 if prefix == "*" else len(bare)
            if (prefix == "*" or digits.startswith(bare)) and (best is None or length > best[0]):
                best = length, sector.code
    return best[1] if best else None
