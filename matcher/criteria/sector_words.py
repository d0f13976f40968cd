"""Which sector does a company mean by its own word: metaal, HVAC, voedingsindustrie, food & beverage?

Words stand with the NACE-BEL 2025 codes that we read in them in `matcher/reference/sector-words.csv`, so that they lead
into any table of sectors, also a policy's own. Which is our reading, and each is told as that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from matcher.criteria.nace import longest_prefix
from matcher.criteria.wording import listed
from matcher.domain.column import Remark, plain
from matcher.domain.policy import Policy
from matcher.domain.reference import sectors_of
from matcher.domain.reference_table import reference_rows

_TAIL: Final = re.compile(r"(?:s?(?:sector|industrie|nijverheid|bedrijven|bedrijf|branche)|industry)$")
"""What a company may put behind its sector: `metaalsector`, `voedingsbedrijf`."""


class SectorWord(NamedTuple):
    """A word of companies: its NACE-BEL 2025 codes (`*`: none of a sector's own), and what else it may mean."""

    word: str
    codes: tuple[str, ...]
    caution: str


@cache
def sector_words() -> Mapping[str, SectorWord]:
    """Give every known word of companies, folded by `plain`."""
    rows = reference_rows("sector-words.csv")
    return {
        plain(row["woord"]): SectorWord(row["woord"], tuple(row["nace"].split()), row["let_op"] or "") for row in rows
    }


def bare_sector(text: str) -> str:
    """Fold a sector, without the word `sector`, `industrie` or the like behind it."""
    return _TAIL.sub("", plain(text))


def found_word(text: str) -> SectorWord | None:
    """Find the word of companies in a value, also where an example of it stands in brackets behind; None for none."""
    words = sector_words()
    for one in (text, re.sub(r"\s*\([^()]*\)$", "", text)):
        if found := words.get(plain(one)) or words.get(bare_sector(one)):
            return found
    return None


def read_word(text: str, word: SectorWord, policy: Policy) -> tuple[tuple[str, ...], Remark]:
    """Give the sectors that a word leads to, and the remark that tells of it; an error where it leads nowhere."""
    found = [longest_prefix(code.replace(".", ""), policy) for code in word.codes if code != "*"]
    rest = [one.code for one in sectors_of(policy) if "*" in one.nace] if "*" in word.codes else []
    sectors = tuple(dict.fromkeys(one for one in (*found, *rest) if one is not None))
    if not sectors:
        message = f"«{text}» hoort bij geen sector van uw tabel."
        return (), Remark("error", "unknown_sector", message, "Schrijf de sector zelf.", text)
    names = {one.code: one.name for one in sectors_of(policy)}
    codes = [one for one in word.codes if one != "*"]
    as_code = f" (NACE {listed(codes)})" if codes else ""
    message = f"«{text}» lezen wij als {listed([f'«{names[one]}»' for one in sectors])}{as_code}."
    remedy = word.caution or "Schrijf de sector zelf als u een andere bedoelt."
    return sectors, Remark("note", "sector_reading", message, remedy)
