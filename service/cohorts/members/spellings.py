"""In which spellings may a person be named in a text? In both orders, in any case, with or without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

WORD = re.compile(r"[\w\u0300-\u036f]+")
BETWEEN = re.compile(r"[^\w\n]{1,3}")
"""What may stand between the words of a name: a space, a comma, a hyphen, an apostrophe."""

TITLES = frozenset({"mevrouw", "mevr", "mw", "mijnheer", "meneer", "dhr", "de heer", "heer", "directeur", "directrice"})
SHORTEST = 3
"""Letters that a last name has to be looked for alone: shorter ones are words in every sentence."""


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Give a word without accents and capitals."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).replace("\u0131", "i")


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a name or address, folded; titles are left out."""
    return tuple(one for one in map(folded, WORD.findall(text)) if one not in TITLES)


@dataclass(slots=True)
class Spellings:
    """Names and addresses by their first word; each with what stands for it, and whether it is a last name alone."""

    by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]] = field(default_factory=dict)

    def take(self, words: tuple[str, ...], instead: str, *, alone: bool = False) -> None:
        """Look for these words from now on."""
        if not words or (alone and len("".join(words)) < SHORTEST):
            return
        known = self.by_first.setdefault(words[0], [])
        if all(one[0] != words for one in known):
            known.append((words, instead, alone))
            known.sort(key=lambda one: -len(one[0]))

    def take_name(self, first: str, last: str, instead: str) -> None:
        """Look for a person by first and last name, in both orders, and by the last name alone."""
        one, other = words_of(first), words_of(last)
        self.take(one + other, instead)
        if one and other:
            self.take(other + one, instead)
            self.take(other, instead, alone=True)

    def found(self, text: str, *, alone: bool) -> Iterator[tuple[int, int, str]]:
        """Give where somebody is named: from, to, and what stands for it; by last names alone where that is asked."""
        words = list(WORD.finditer(text)) if self.by_first else []
        done = 0
        for place, word in enumerate(words):
            if place < done:
                continue
            for pattern, instead, by_last in self.by_first.get(folded(word.group()), ()):
                if (alone or not by_last) and _fits(text, words[place : place + len(pattern)], pattern):
                    done = place + len(pattern)
                    yield word.start(), words[done - 1].end(), instead
                    break

    def replaced(self, text: str, *, alone: bool) -> str:
        """Give a text in which what stands for them is in the place of names and addresses."""
        done, told = 0, []
        for start, end, instead in self.found(text, alone=alone):
            told += [text[done:start], instead]
            done = end
        return "".join([*told, text[done:]]) if told else text


def _fits(text: str, words: list[re.Match[str]], pattern: tuple[str, ...]) -> bool:
    if tuple(folded(one.group()) for one in words) != pattern:
        return False
    gaps = (text[one.end() : other.start()] for one, other in pairwise(words))
    return all(BETWEEN.fullmatch(gap) for gap in gaps)
