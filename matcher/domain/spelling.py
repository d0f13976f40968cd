"""Which known word did somebody mean who wrote another one, where only one can be meant?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_LETTERS_A_MISTAKE: Final = 4
_MOST_MISTAKES: Final = 2
"""So many letters may hold one mistake, and no word more than this many."""

_SHORT: Final = 4
"""In a word of so few letters another letter more makes another word: BuSO is no BSO."""


def mistakes(one: str, other: str, most: int) -> int:
    """Count the letters that are missing, too many, wrong or swapped between two words; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, its in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return last[-1]


def only_near(folded: str, meanings: Mapping[str, object], *, clearly: bool = False) -> str:
    """Give the known word nearest to one that is not known; empty where none is near, or where two things are.

    `meanings` maps folded words to what they mean: two words for one thing do not compete. A number is never taken
    for another. `clearly`: what is next must be two mistakes further off.
    """
    allowed = min(_MOST_MISTAKES, max(1, len(folded) // _LETTERS_A_MISTAKE))
    number = digits_of(folded)
    likely = [one for one in meanings if digits_of(one) == number and not _is_longer(folded, one)]
    told = ((mistakes(folded, one, allowed + 2), one) for one in likely)
    counted = [(count, one) for count, one in told if count <= allowed + clearly]
    if not counted:
        return ""
    least, nearest = min(counted)
    rivals = [count for count, word in counted if meanings[word] != meanings[nearest]]
    return nearest if least <= allowed and all(count > least + clearly for count in rivals) else ""


def _is_longer(folded: str, word: str) -> bool:
    """Whether a short word has a letter more than a known one, that is not one of its own twice."""
    return len(word) < len(folded) <= _SHORT and not set(folded) <= set(word)


def digits_of(text: str) -> str:
    """Give the numbers that a text holds, without their zeros in front; empty for none."""
    return " ".join(one.lstrip("0") or "0" for one in re.findall(r"[0-9]+", text))
