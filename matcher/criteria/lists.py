"""How is a cell read that holds several values of a closed list, as people write such lists?"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from matcher.domain.column import Reading, Remark, known_pieces, plain, split_values, unknown_part
from matcher.domain.policy import Policy

ALL_OF_THEM = ("alle", "allemaal", "alles", "elke")
NO_PREFERENCE = ("geen voorkeur", "zonder voorkeur", "maakt niet uit", "om het even", "eender welke", "no preference")
"""What people write who want all of them: never what somebody is, always what somebody wishes."""


def parts_of(text: str, known: Collection[str], *, apart: bool = False) -> list[str]:
    """Split a cell into its values.

    What is unknown as a whole is split at `+`, `&` and `en` too, where that gives nothing but known values:
    `TSO en BSO` is two, `hout en textiel` one. With `apart` spaces and dashes do so too: `TSO BSO`. `known` holds
    spellings as `plain` folds them.
    """
    parts: list[str] = []
    for part in split_values(text):
        if plain(part) in known:
            parts.append(part)
            continue
        pieces = [one.strip() for one in re.split(r"[+&]|\ben\b", part)]
        if apart and not all(plain(one) in known for one in pieces):
            pieces = [piece for one in pieces for piece, _ in known_pieces(one, known)]
            pieces = [own for one in pieces for own in ([one] if plain(one) in known else re.split(r"[-\u2013]", one))]
        parts += pieces if all(plain(one) in known for one in pieces) else [part]
    return parts


def with_commas_kept(text: str, names: Mapping[str, str]) -> str:
    """Put one word for each name that holds commas itself, the longest first, so that a cell is not split there.

    `names` maps such names to their word. Spaces, hyphens and `&` may stand otherwise than in the name.
    """
    for name in sorted(names, key=len, reverse=True) if "," in text else ():
        text = _loosely(name).sub(names[name], text)
    return text


@cache
def _loosely(name: str) -> re.Pattern[str]:
    words = ("(?:en|&)" if one == "en" else re.escape(one) for one in re.split(r"[\s,-]+", name))
    return re.compile(r"(?<!\w)" + r"[\s,-]+".join(words) + r"(?!\w)", re.IGNORECASE)


def list_reader(
    values: Sequence[str], spellings: Mapping[str, Sequence[str]], code: str, what: str, *, more: Sequence[str] = ()
) -> Callable[[str, Policy], Reading]:
    """Make a reader of one or more of `values`; `spellings` maps other spellings to the values they stand for.

    The reading is a tuple in the order of `values` without doubles, then of `more`, to which spellings may lead too;
    `alle` is all of `values`. An unknown value
    is an error with the nearest spelling, else with all values.
    """
    names = {one: (one,) for one in values} | dict.fromkeys(ALL_OF_THEM, tuple(values)) | dict(spellings)
    by_plain = {plain(spelling): meant for spelling, meant in names.items()}

    def read(text: str, _policy: Policy) -> Reading:
        found: set[str] = set()
        remarks: list[Remark] = []
        for part in parts_of(text, by_plain, apart=True):
            if plain(part) in by_plain:
                found.update(by_plain[plain(part)])
                continue
            remarks.append(unknown_part(code, what, part, names, values))
        return Reading(tuple(one for one in (*values, *more) if one in found), tuple(remarks))

    return read
