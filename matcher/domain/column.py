"""What is a column of a cohort's spreadsheet, and how is one cell of it read?"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from matcher.domain.finding import Severity
    from matcher.domain.policy import Policy

Cohort = Literal["Scholen", "Mentoren", "Afspraken", "Locaties", "Blokkeringen"]
Trajectory = Literal["Metingen", "Inspanningen", "Actieplannen", "Beloften", "Niveaus", "Juryleden", "Scores"]
Mentoring = Literal["Koppels", "Contacten", "Voorrang"]
Sheet = Literal[Cohort, Trajectory, Mentoring]


class Remark(NamedTuple):
    """What a reader says of one value: a stable English code, Dutch message and remedy."""

    severity: Severity
    code: str
    message: str
    remedy: str


class Reading(NamedTuple):
    """A cell's value; not to be used where a remark is an error."""

    value: object
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its Dutch header, the field it fills, how a cell is read, what it means.

    `read` takes the trimmed text of a cell (never empty) and the policy. `field` is an attribute of
    School or Mentor, or else a key of its `extra`. An empty cell leaves the field's default; with
    `required` it is an error. `meaning` is a short Dutch sentence for the template.
    """

    sheet: Sheet
    name: str
    field: str
    read: Callable[[str, Policy], Reading]
    meaning: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str = ""


def plain(text: str) -> str:
    """Fold case, accents, spaces, hyphens, underscores and dots away, to compare headers and names."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(one for one in decomposed if not unicodedata.combining(one))
    return re.sub(r"[\s\-_.'\u2019\u2010-\u2015]+", "", letters)


def split_values(text: str) -> list[str]:
    """Split one cell into its values at `,` `;` `/` `|` or a new line; empty ones are dropped."""
    return [part.strip() for part in re.split(r"[,;/|\n\r]+", text) if part.strip()]


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Give the known value that looks most like `text`, None where nothing does."""
    by_plain = {plain(one): one for one in known}
    close = difflib.get_close_matches(plain(text), by_plain, n=1, cutoff=0.6)
    return by_plain[close[0]] if close else None


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Give the Dutch remedy for an unknown value: the nearest known one, else all of them."""
    known = list(known)
    guess = nearest(text, known)
    return f"Bedoelde u «{guess}»?" if guess else f"Kies uit: {', '.join(known)}."


def read_text(text: str, _policy: Policy) -> Reading:
    """Take the text as it stands."""
    return Reading(text)


def whole_reader(low: int, high: int, unit: str) -> Callable[[str, Policy], Reading]:
    """Make a reader of whole numbers from `low` to `high`."""

    def read(text: str, _policy: Policy) -> Reading:
        number = text.replace(",", ".")
        if re.fullmatch(r"[+-]?\d{1,9}(\.0*)?", number) and low <= int(float(number)) <= high:
            return Reading(int(float(number)))
        remark = Remark(
            "error",
            "not_a_whole_number",
            f"Dit is geen geheel {unit} van {low} tot {high}.",
            f"Vul een getal van {low} tot {high} in.",
        )
        return Reading(None, (remark,))

    return read


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
                message = f"«{part}» is geen gekende {what}."
                remarks.append(Remark("error", code, message, did_you_mean(part, names)))
            else:
                found.add(value)
        return Reading(tuple(sorted(found, key=order.__getitem__)), tuple(remarks))

    return read
