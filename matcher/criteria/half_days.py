"""Which half-days does a cell name, as people write them: `ma-vm`, `wo/vr namiddag`, `Mon AM`, `ma, wo en vr vm`?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from matcher.criteria.lists import NO_PREFERENCE
from matcher.domain.column import Reading, Remark, meant, plain
from matcher.domain.policy import Policy
from matcher.domain.spelling import only_near
from matcher.domain.vocabulary import DAYS, HALF_DAYS

LONG_DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
_ENGLISH: Final = {"monday": "ma", "tuesday": "di", "wednesday": "wo", "thursday": "do", "friday": "vr"} | {
    "mon": "ma", "tue": "di", "tues": "di", "wed": "wo", "thu": "do", "thur": "do", "thurs": "do", "fri": "vr"
}  # fmt: skip
_DAY_OF: Final = (
    dict(zip(LONG_DAYS, DAYS, strict=True)) | {"maa": "ma", "vrij": "vr", "din": "di", "don": "do"} | _ENGLISH
    | {"woe": "wo", "woens": "wo"} | {day: day for day in DAYS}
)  # fmt: skip
PARTS: Final = {
    "vm": "vm", "voormiddag": "vm", "voormiddagen": "vm", "ochtend": "vm", "morgen": "vm", "am": "vm",
    "voordemiddag": "vm", "morning": "vm", "mornings": "vm",
    "nm": "nm", "namiddag": "nm", "namiddagen": "nm", "middag": "nm", "pm": "nm",
    "nademiddag": "nm", "afternoon": "nm", "afternoons": "nm",
}  # fmt: skip
ALWAYS: Final = (
    "altijd", "alle", "alles", "flexibel", "heleweek", "deheleweek", "alledagen", "elkedag", "iederedag",
    "werkdagen", "weekdagen", "alleweekdagen", "allewerkdagen", "elkeweekdag", "elkewerkdag",
    *map(plain, NO_PREFERENCE),
)  # fmt: skip
_WHOLE_DAY: Final = re.compile(r"\(?(?:de)?(?:hele|ganse|volledige)dag(?:en)?\)?")
_ONE_HALF: Final = tuple(name for name in PARTS if not name.endswith(("en", "s")))


def _any_of(names: Sequence[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_DAY: Final = _any_of(tuple(_DAY_OF))
_PART: Final = rf"(?:inde|de|s|in)?({_any_of(tuple(PARTS))})s?"
_DAYS: Final = re.compile(
    rf"(?:enkel|alleen)?(?:elke|iedere|alle|van|op)?({_DAY})e?n?s?(?:(?:tot|tem|tm|totenmet)?({_DAY})e?n?s?)?(?:{_PART})?"
)
_EVERY: Final = re.compile(rf"(?:elke|iedere|alle)?{_PART}")
_WEEKEND: Final = re.compile(r"(?:elke|iedere|op)?(?:za|zo|zaterdag|zondag|weekend)(?:en|s)?")
_EXCEPT: Final = re.compile(r"\b(niet|geen|behalve|zonder|uitgezonderd|not|except)\b", re.IGNORECASE)
_BUT: Final = re.compile(r"[,;(]?\s*\b(?:behalve|uitgezonderd|maar niet|niet|except)\b(?:\s+op)?\s*", re.IGNORECASE)
_JOINTS: Final = re.compile(r"(\s*[,;/|\n\r]+\s*|\s*[+&]+\s*|\s*\b(?:en(?!\s+met\b)|and|of|or)\b\s*)", re.IGNORECASE)
_LIST_END: Final = ("en", "and", "of", "or", "+", "&")
_CODE: Final = re.compile(r"-(?:vm|nm|am|pm)$", re.IGNORECASE)
_HELP: Final = "Schrijf bijvoorbeeld ma-vm (maandagvoormiddag), wo-nm, of ma-wo vm."
_KNOWN_WORDS: Final = {**{name: (day, "") for name, day in _DAY_OF.items()}, **{one: ("", PARTS[one]) for one in PARTS}}
_COMPOUNDS: Final = {
    f"{long}{name}": (short, PARTS[name])
    for long, short in zip(LONG_DAYS, DAYS, strict=True)
    for name in ("voormiddag", "namiddag")
}
_LONG_WORDS: Final = {
    **{name: told for name, told in _KNOWN_WORDS.items() if len(name) > (4 if told[0] else 6)},
    **_COMPOUNDS,
    "altijd": ("always", ""),
}
_FEWEST_LETTERS: Final = 5
"""In a shorter word one other letter is another day."""


@dataclass(slots=True)
class _Piece:
    """One value of a cell: its text, the joint before it, the days it names and the halves (none: not said).

    `days` is None for what is no value; `lone` is a half without a day, `whole` what names its half-days itself;
    `said` is the value that says the half, and `listed` whether `en` stands between the two.
    """

    text: str
    joint: str
    days: tuple[str, ...] | None = None
    halves: set[str] = field(default_factory=set)
    lone: bool = False
    whole: frozenset[str] = frozenset()
    said: str = ""
    listed: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows what it says."""
        return self.days is None and not self.whole and not self.lone

    @property
    def is_bare(self) -> bool:
        """Whether it names days alone."""
        return bool(self.days) and not self.halves


def read_half_days(text: str, _policy: Policy) -> Reading:
    """Read half-days such as `ma-vm`, `ma-wo vm`, `dinsdagnamiddag`, `vr` (both halves) or `altijd`.

    A half that follows days joined by `/`, `+` or `en`, or a list that ends so, is meant for each of them (of
    `di / vr-vm` it is not: `vr-vm` is one word); behind a comma alone it is that day's, which is told. A lonely half
    beside other values (`ma vm, nm`) could be of that day or of every day, and is refused. `ma-vr behalve wo nm`
    is read where both sides are known, which is told.
    """
    return _all_but(text) or _listed(text)


def _all_but(text: str) -> Reading | None:
    """Read half-days with an exception, and say what is left; None for what is no such text, or not sure."""
    sides = [one.strip(" .)") for one in _BUT.split(text)]
    if len(sides) != 2 or not all(sides):  # noqa: PLR2004 - what can, and what can't
        return None
    can, cant = (_listed(one) for one in sides)
    named, gone = (one.value if isinstance(one.value, tuple) else () for one in (can, cant))
    left = tuple(one for one in named if one not in gone)
    if can.remarks or cant.remarks or not left or not {*gone} <= {*named}:
        return None
    message = f"«{text}» is gelezen als {', '.join(left)}."
    return Reading(left, (Remark("note", "all_but", message, "Niets te doen."),))


def _listed(text: str) -> Reading:
    """Read half-days that are named one by one."""
    pieces = _pieces(re.sub(r"\bt\s*/\s*m\b", "tm", text, flags=re.IGNORECASE))
    if len(pieces) == 1 and pieces[0].lone:
        return Reading(tuple(one for one in HALF_DAYS if one[3:] in pieces[0].halves))
    remarks = [_remark(one.text) for one in pieces if one.lone or one.is_unknown]
    unsure = _share_halves(pieces)
    found: set[str] = set().union(*(one.whole for one in pieces))
    for one in pieces:
        if not one.lone:
            found |= {f"{day}-{half}" for day in one.days or () for half in one.halves or ("vm", "nm")}
    if unsure and not remarks:
        remarks.append(_whole_day(*unsure))
    return Reading(tuple(one for one in HALF_DAYS if one in found), tuple(remarks))


def _pieces(text: str) -> list[_Piece]:
    """Split a cell into its values; a half behind `/` or `of` belongs to the days before it."""
    split = _JOINTS.split(text)
    pieces: list[_Piece] = []
    joint = ""
    for place, part in enumerate(split):
        if place % 2:
            joint = part
            continue
        if not part.strip():
            continue
        found = _by_words(part, joint.strip().casefold()) or [_piece(part.strip(), joint.strip().casefold())]
        first = found[0]
        if first.lone and first.joint in ("/", "of", "or") and pieces and pieces[-1].days and pieces[-1].halves:
            pieces[-1].halves |= first.halves
        else:
            pieces += found
        joint = ""
    return pieces


class _Said(NamedTuple):
    """What a value says by itself, as in `_Piece`."""

    days: tuple[str, ...] | None = None
    halves: tuple[str, ...] = ()
    lone: bool = False
    whole: frozenset[str] = frozenset()


def _piece(text: str, joint: str) -> _Piece:
    """Read one value."""
    said = _said(text)
    return _Piece(text, joint, said.days, set(said.halves), said.lone, said.whole)


@lru_cache(maxsize=1 << 12)  # many cells, few values
def _said(text: str) -> _Said:
    folded = plain(text)
    if folded in ALWAYS:
        return _Said(whole=frozenset(HALF_DAYS))
    if folded in _ONE_HALF:
        return _Said(halves=(PARTS[folded],), lone=True)
    if every := _EVERY.fullmatch(folded):
        return _Said(whole=frozenset(one for one in HALF_DAYS if one.endswith(PARTS[every[1]])))
    whole = _WHOLE_DAY.search(folded)
    if match := _DAYS.fullmatch(folded[: whole.start()] if whole and whole.end() == len(folded) else folded):
        first, last, part = match.groups()
        start = DAYS.index(_DAY_OF[first])
        end = DAYS.index(_DAY_OF[last]) if last else start
        if end >= start and not (whole and part):
            return _Said(DAYS[start : end + 1], (PARTS[part],) if part else ("vm", "nm") if whole else ())
    return _Said()


def _by_words(text: str, joint: str) -> list[_Piece]:
    """Read values that stand apart by spaces alone: all days bare, or each with its half; else nothing."""
    words = text.split()
    if len(words) < 2 or _said(text.strip()).days is not None:  # noqa: PLR2004 - nothing to split
        return []
    apart: list[str] = []
    for word in words:
        if plain(word) in _ONE_HALF and apart and _piece(apart[-1], "").is_bare:
            apart[-1] = f"{apart[-1]} {word}"
        else:
            apart.append(word)
    pieces = [_piece(one, joint if place == 0 else " ") for place, one in enumerate(apart)]
    good = all(one.days for one in pieces) and len({bool(one.halves) for one in pieces}) == 1
    return pieces if good and len(pieces) > 1 else []


def _share_halves(pieces: Sequence[_Piece]) -> tuple[str, str] | None:
    """Give bare days the half that follows, where it is meant for them; tell one that may be meant so and is not."""
    unsure = None
    for one, after in reversed(tuple(pairwise(pieces))):
        if not one.is_bare or after.is_bare or after.whole or after.lone:
            continue
        said = after.said or after.text
        slashed = after.joint == "/" and not _CODE.search(said)
        if slashed or after.joint in _LIST_END or (after.joint == "," and after.listed):
            one.halves, one.said = set(after.halves), said
            one.listed = after.joint in _LIST_END or after.listed
            one.days = one.days if after.days else None  # what nobody knows may say a half of this day
        elif after.days and after.joint == "," and " " in said:
            unsure = one.text, said
    return unsure


def _whole_day(day: str, after: str) -> Remark:
    """Tell that a day before a comma counts whole, which may not be meant."""
    message = f"«{day}» telt als hele dag; alleen «{after}» is een halve."
    remedy = "Is de helft voor elke dag bedoeld, schrijf die dan bij elke dag, zoals ma-vm, di-vm."
    return Remark("warning", "whole_day", message, remedy)


def _remark(part: str) -> Remark:
    """Say why a text is no half-day, with what was meant where only one thing can be."""
    message, remedy, guess = f"«{part}» is geen gekende halve dag.", _HELP, ""
    if plain(part) in _ONE_HALF:
        message, remedy = f"«{part}» van welke dag?", "Schrijf er de dag bij, zoals ma-vm, ma-nm."
    elif _WEEKEND.fullmatch(plain(part)):
        message = f"«{part}»: in het weekend ontvangt een school niemand."
    elif _EXCEPT.search(part):
        remedy = "Noem de halve dagen die wel kunnen, zoals ma-wo vm."
    elif _DAYS.fullmatch(plain(part)):
        message = f"«{part}» loopt terug in de week."
        remedy = "Schrijf de eerste dag eerst, zoals ma-wo vm, of de dagen apart."
    elif between := _between(part):
        message = f"«{part}» kan twee dingen betekenen."
        remedy = (
            f"Schrijf {between[0]}, {between[1]} voor die twee, of {between[0][:2]}-{between[1][:2]} voor alle dagen."
        )
    elif guess := _corrected(part):
        remedy = meant(guess)
    return Remark("error", "unknown_half_day", message, remedy, part, guess, guess)


def _between(part: str) -> tuple[str, str] | None:
    """Give the two half-days between which a dash stands, such as `ma vm - di nm`."""
    ends = [_piece(one.strip(), "") for one in re.split(r"\s-\s", part)]
    if len(ends) != 2 or any(not one.days or len(one.days) > 1 or not one.halves for one in ends):  # noqa: PLR2004
        return None
    first, last = (f"{(one.days or ('',))[0]}-{min(one.halves)}" for one in ends)
    return first, last


def _corrected(part: str) -> str:
    """Correct the misspelt words of a value; the days and halves that it names stay. Empty where that is not sure."""
    words = re.split(r"([\s\-]+)", part)
    corrected = [one if place % 2 else _word(one) for place, one in enumerate(words)]
    text = "".join(corrected)
    return text if all(corrected) and (_piece(text, "").days or _piece(text, "").whole) else ""


def _word(word: str) -> str:
    """Give a word that is known, or the only one that it is near to; a day or half that it names stays."""
    folded = plain(word)
    if folded in _KNOWN_WORDS or _piece(word, "").days:
        return word
    if len(folded) < _FEWEST_LETTERS:
        return ""
    day = next((long for long in LONG_DAYS if folded.startswith(long)), "")
    half = next((one for one in ("voormiddag", "namiddag") if folded.endswith(one)), "")
    near = only_near(folded, _LONG_WORDS, clearly=True)
    return near if near.startswith(day) and near.endswith(half) else ""
