"""What is a column of a cohort's spreadsheet, and how is one cell of it read?"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from matcher.domain.finding import Severity
from matcher.domain.policy import Policy
from matcher.domain.spelling import digits_of, only_near

_FOLDED = re.compile(r"[\s\-_.'\u2019\u2010-\u2015]+")

_OR = r"\b(?:of|or|and)\b"

_LONGEST = 300
"""Characters of a cell that a remedy proposes as a whole."""

Cohort = Literal["Scholen", "Mentoren", "Afspraken", "Nulmeting", "Locaties", "Blokkeringen", "Seizoen"]
Trajectory = Literal["Metingen", "Inspanningen", "Actieplannen", "Beloften", "Niveaus", "Juryleden", "Scores"]
Mentoring = Literal["Koppels", "Contacten", "Voorrang"]
Sheet = Literal[Cohort, Trajectory, Mentoring]


class Remark(NamedTuple):
    """What a reader says of one value: a stable English code, Dutch message and remedy.

    `part` is the unknown one of a cell's values, and `guess` what was probably meant by it; `proposal` is the whole
    cell that was probably meant.
    """

    severity: Severity
    code: str
    message: str
    remedy: str
    part: str = ""
    guess: str = ""
    proposal: str = ""


class Reading(NamedTuple):
    """A cell's value; not to be used where a remark is an error."""

    value: object
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its Dutch header, the field it fills, how a cell is read, what it means.

    `read` takes the trimmed text of a cell (never empty) and the policy. `field` is an attribute of
    School or Mentor, or else a key of its `extra`. An empty cell leaves the field's default; with
    `required` it is an error, and with `instead` where that other field is empty too. `meaning` is a
    short Dutch sentence for the template, which also offers `choices`, holds numbers within `low` and
    `high`, and keeps cells `as_text` from becoming numbers.
    """

    sheet: Sheet
    name: str
    field: str
    read: Callable[[str, Policy], Reading]
    meaning: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    instead: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    as_text: bool = False

    @property
    def must(self) -> bool:
        """Whether a table must have this column, or the one that may stand instead."""
        return self.required or bool(self.instead)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Fold case, accents, spaces, hyphens, underscores and dots away, to compare headers and names."""
    if text.isascii():
        return _FOLDED.sub("", text.lower())
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(one for one in decomposed if not unicodedata.combining(one))
    return _FOLDED.sub("", letters)


def split_values(text: str) -> list[str]:
    """Split one cell into its values at `,` `;` `/` `|` or a new line; empty ones are dropped."""
    return [part.strip() for part in re.split(r"[,;/|\n\r]+", text) if part.strip()]


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Give the known value that looks most like `text`, None where nothing does; one number is never another."""
    number = digits_of(plain(text))
    by_plain = {plain(one): one for one in known if digits_of(plain(one)) == number}
    close = difflib.get_close_matches(plain(text), by_plain, n=1, cutoff=0.6)
    return by_plain[close[0]] if close else None


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Give the Dutch remedy for an unknown value: the nearest known one, else all of them."""
    known = list(known)
    guess = nearest(text, known)
    return meant(guess) if guess else f"Kies uit: {', '.join(known)}."


def likely(text: str, known: Iterable[str], otherwise: str) -> str:
    """Give the Dutch remedy for an unknown value: the nearest known one, else another remedy."""
    guess = nearest(text, known)
    return meant(guess) if guess else otherwise


def meant(guess: str) -> str:
    """Give the Dutch remedy for a value of which one other is probably meant."""
    return f"Bedoelde u «{guess}»?"


def unknown_part(code: str, what: str, part: str, names: Mapping[str, object], known: Sequence[str]) -> Remark:
    """Refuse one of a cell's values, with what was meant where that is sure, else with all `known` values.

    `names` maps every spelling to what it means.
    """
    guess = meant_part(part, names)
    remedy = meant(guess) if guess else f"Kies uit: {', '.join(known)}."
    return Remark("error", code, f"«{part}» is geen gekende {what}.", remedy, part, guess, guess)


def meant_part(part: str, names: Mapping[str, object]) -> str:
    """Give what was probably meant by an unknown value; every piece of it that is understood stays. Empty for none."""
    meanings = {plain(name): told for name, told in names.items()}
    spelt = {plain(name): name for name in reversed(list(names))}
    pieces = known_pieces(part, meanings)
    understood = frozenset[object]().union(*(_values(meanings[plain(one)]) for one, is_known in pieces if is_known))
    near = only_near(plain(part), meanings)
    if near and understood <= _values(meanings[near]):
        return spelt[near]
    if not understood:
        return ""
    mended = [one if is_known else spelt.get(only_near(plain(one), meanings), "") for one, is_known in pieces]
    return ", ".join(mended) if all(mended) else ""


def known_pieces(part: str, known: Collection[str]) -> list[tuple[str, bool]]:
    """Split a value at its spaces into the longest known pieces, and single words between them that nobody knows.

    `known` holds spellings as `plain` folds them; with each piece comes whether it is known.
    """
    words = part.split()
    pieces: list[tuple[str, bool]] = []
    start = 0
    while start < len(words):
        runs = ((end, " ".join(words[start:end])) for end in range(len(words), start, -1))
        end, piece = next(((end, one) for end, one in runs if plain(one) in known), (start + 1, words[start]))
        pieces.append((piece, plain(piece) in known))
        start = end
    return pieces


def _values(meaning: object) -> frozenset[object]:
    """Give what a spelling stands for, one value or several."""
    return frozenset(meaning) if isinstance(meaning, tuple) else frozenset((meaning,))


def of_whole_cells(text: str, remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Let remedies propose the whole cell, with each unknown part replaced, so that no other value is lost."""
    guesses = {one.part: one.guess for one in remarks if one.guess and one.part != text}
    if not guesses:
        return tuple(remarks)
    whole = _replaced(text, guesses)

    def proposing(one: Remark) -> Remark:
        if len(whole) <= _LONGEST and _replaced(text, {one.part: one.guess}) != text:
            return one._replace(remedy=meant(whole), proposal=whole)
        return one._replace(remedy=f"{meant(one.guess)[:-1]} voor «{one.part}»?", proposal="")

    return tuple(proposing(one) if one.part in guesses else one for one in remarks)


def _replaced(text: str, guesses: Mapping[str, str]) -> str:
    """Replace parts of a cell: those between separators, then those between `+`, `&` and `en`, then between `of`."""

    def pieces(separator: str, whole: str, inner: Callable[[str], str]) -> str:
        found = re.split(rf"(\s*(?:{separator})\s*)", whole)
        return "".join(one if place % 2 else guesses.get(one) or inner(one) for place, one in enumerate(found))

    return pieces(r"[,;/|\n\r]+", text, lambda part: pieces(r"[+&]+|\ben\b", part, lambda one: pieces(_OR, one, str)))


def read_text(text: str, _policy: Policy) -> Reading:
    """Take the text as it stands."""
    return Reading(text)


_NUMBER_WORDS = {"nul": 0, "geen": 0, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6}
_AT_MOST = re.compile(r"^(?:max(?:imaal|imum)?|hoogstens|tot|ten hoogste)\.?\s*(?=\S)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,9})\s*(?:[-\u2013/]|\u00e0|a|of|tot|tot en met|t/m)\s*(\d{1,9})", re.IGNORECASE)


def whole_reader(low: int, high: int, unit: str, *, is_limit: bool = False) -> Callable[[str, Policy], Reading]:
    """Make a reader of whole numbers from `low` to `high`, also in words up to six.

    Where the number `is_limit`, `max 2` is one, and of `1 à 2` the highest counts, with a warning; where it counts
    something else the highest is proposed.
    """

    def read(text: str, _policy: Policy) -> Reading:
        told = _AT_MOST.sub("", text.strip(), count=1) if is_limit else text.strip()
        number = str(_NUMBER_WORDS.get(plain(told), told.replace(",", ".")))
        if re.fullmatch(r"[+-]?\d{1,9}(\.0*)?", number) and low <= int(float(number)) <= high:
            return Reading(int(float(number)))
        between = _RANGE.fullmatch(told)
        most = int(between[2]) if between and int(between[1]) < int(between[2]) else None
        if most is None or not low <= most <= high:
            return Reading(None, (_not_whole(low, high, unit),))
        if not is_limit:
            proposal = str(most) if unit.startswith("aantal") else ""
            return Reading(None, (_not_whole(low, high, unit)._replace(proposal=proposal),))
        message = f"«{text}» is gelezen als hoogstens {most}."
        return Reading(
            most, (Remark("warning", "highest_of_two", message, "Vul één getal in als u iets anders bedoelt."),)
        )

    return read


def _not_whole(low: int, high: int, unit: str) -> Remark:
    message = f"Dit is geen geheel {unit} van {low} tot {high}."
    return Remark("error", "not_a_whole_number", message, f"Vul een getal van {low} tot {high} in.")


def choice_reader(names: Mapping[str, str], code: str, what: str) -> Callable[[str, Policy], Reading]:
    """Make a reader of one or more values of a closed list.

    `names` maps every accepted spelling to its value; the reading is a tuple in the order of the list
    without doubles. An unknown value is an error with the nearest spelling.
    """
    by_plain = {plain(spelling): value for spelling, value in names.items()}
    order = {value: place for place, value in enumerate(dict.fromkeys(names.values()))}

    def read(text: str, _policy: Policy) -> Reading:
        found: set[str] = set()
        remarks: list[Remark] = []
        for part in split_values(text):
            value = by_plain.get(plain(part))
            if value is None:
                remarks.append(unknown_part(code, what, part, names, list(names)))
            else:
                found.add(value)
        return Reading(tuple(sorted(found, key=order.__getitem__)), tuple(remarks))

    return read
