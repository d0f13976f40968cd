"""Whom does a text mean that names a school, a mentor or a place: by number, or by name?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from matcher.domain.column import nearest, plain
from matcher.domain.errors import InvalidValueError


def find_named(text: str, names: Mapping[str, str], what: str, otherwise: str) -> str:
    """Give the id that is meant, of `names` by id; raises InvalidValueError with the nearest where none is.

    `what` is called what is looked for, and `otherwise` is the remedy where nothing is near.
    """
    if text in names:
        return text
    same = [one for one, name in names.items() if plain(text) in (plain(one), plain(name))]
    if len(same) == 1:
        return same[0]
    if same:
        raise InvalidValueError(f"De naam «{text}» komt meer dan eens voor: gebruik een van {', '.join(same)}.")
    short = {_without_zeros(one): one for one in names}
    guess = short.get(_without_zeros(text)) or nearest(text, [*names, *names.values()])
    remedy = f"Bedoelde u «{guess}»?" if guess else otherwise
    raise InvalidValueError(f"Geen {what} met nummer of naam «{text}». {remedy}".strip())


def _without_zeros(number: str) -> str:
    """Give a number as it is when somebody leaves zeros out: `M1` for `M001`."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain(number))
