"""Which level of the label does a school hold, and is it ready for the next, by our own rules?

The level is entered with its proof, never worked out. Readiness is our own check against a table that anybody may
replace: docs/decisions/0023.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.document import document_of
from matcher.domain.errors import InvalidValueError
from matcher.domain.label import LEVELS, Level, criterion_name
from matcher.domain.period import refuse_if
from matcher.domain.reference_table import reference_text
from matcher.domain.vocabulary import HIGHEST_RATING, LABEL_CRITERIA
from matcher.trajectory.baseline import Combined

OURS: Final = "eigen voorzichtige regels van in2stem"
CAVEAT: Final = (
    "Dit is een eigen inschatting, met eigen regels. De drempels van het EU STEM School Label zijn niet openbaar;"
    " alleen European Schoolnet kent het label toe."
)
COLUMNS: Final = ("niveau", "criteria", "aantal", "cijfer", "bewijs")
FORMAT: Final = "in2stem-label-level/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelHeld:
    """A level that a school holds since a day, with its proof (a certificate's number, a link) and who entered it."""

    school: str
    level: Level
    since: date
    proof: str = ""
    entered_by: str = ""

    def __post_init__(self) -> None:
        """Refuse a level without proof; raise InvalidValueError."""
        refuse_if(self.level not in LEVELS, f"«{self.level}» is geen niveau van het label.")
        refuse_if(self.level != "none" and not self.proof.strip(), "Een niveau van het label vraagt een bewijsstuk.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessRule:
    """At least `count` of these criteria at `rating` or higher, with evidence where asked, for `level` and higher."""

    level: Level
    criteria: tuple[str, ...]
    count: int
    rating: int
    evidence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessRules:
    """A table of rules; `source` says in Dutch whose they are."""

    source: str
    rules: tuple[ReadinessRule, ...]

    def of(self, level: Level) -> tuple[ReadinessRule, ...]:
        """Give the rules that a level asks: its own and those of the levels below."""
        return tuple(one for one in self.rules if LEVELS.index(one.level) <= LEVELS.index(level))

    def speaks_of(self, level: Level) -> bool:
        """Whether the table has a rule for this very level."""
        return any(one.level == level for one in self.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether a school is ready by our rules. `short` counts criteria still to be won, added up over the rules.

    `missing` says in Dutch what is missing, a sentence a rule; `caveat` goes wherever this is shown.
    """

    level: Level
    ready: bool
    short: int
    missing: tuple[str, ...]
    source: str
    caveat: str = CAVEAT


def level_held(entries: Iterable[LevelHeld], school: str, today: date) -> Level:
    """Give the level that a school holds today, as entered; `none` where nothing was."""
    mine = [one for one in entries if one.school == school and one.since <= today]
    return max(mine, key=lambda one: (one.since, LEVELS.index(one.level))).level if mine else "none"


def next_level(level: Level) -> Level | None:
    """Give the level after this one, None after the highest."""
    place = LEVELS.index(level) + 1
    return LEVELS[place] if place < len(LEVELS) else None


@cache
def default_rules() -> ReadinessRules:
    """Give the product's own rules, cautious on purpose."""
    return read_rules(reference_text("label-readiness.csv"), OURS)


def read_rules(text: str, source: str) -> ReadinessRules:
    """Read rules from CSV with `;`: niveau, criteria (`alle`, an element `6`, or codes), aantal, cijfer, bewijs.

    Raises InvalidValueError with the row and what it should be.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", restval="")
    try:
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        refuse_if(bool(missing), f"De tabel mist de kolom {missing[0]}." if missing else "")
        filled = ((rows.line_num, row) for row in rows if any(str(cell or "").strip() for cell in row.values()))
        rules = tuple(_rule(line, row) for line, row in filled)
    except csv.Error as error:
        raise InvalidValueError("Dit is geen tabel met puntkomma's.") from error
    refuse_if(not rules, "De tabel heeft geen regels.")
    return ReadinessRules(source=source, rules=rules)


def _rule(line: int, row: Mapping[str, str]) -> ReadinessRule:
    cell = {name: (row[name] or "").strip() for name in COLUMNS}
    criteria = _criteria(cell["criteria"])
    count = len(criteria) if cell["aantal"] == "alle" else _number(cell["aantal"])
    level = next((one for one in LEVELS[1:] if one == cell["niveau"]), None)
    rating = _number(cell["cijfer"])
    if level is None:
        raise InvalidValueError(f"Rij {line}: het niveau moet {', '.join(LEVELS[1:])} zijn.")
    refuse_if(not criteria, f"Rij {line}: de criteria zijn «alle», een kernelement (6) of codes (1.1 1.2).")
    refuse_if(not 1 <= count <= len(criteria), f"Rij {line}: het aantal gaat van 1 tot {len(criteria)}, of is «alle».")
    refuse_if(not 1 <= rating <= HIGHEST_RATING, f"Rij {line}: het cijfer gaat van 1 tot {HIGHEST_RATING}.")
    refuse_if(cell["bewijs"] not in ("ja", "nee"), f"Rij {line}: bewijs is ja of nee.")
    return ReadinessRule(level=level, criteria=criteria, count=count, rating=rating, evidence=cell["bewijs"] == "ja")


def _number(text: str) -> int:
    """Read a number of one or two digits; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) <= 2 else 0  # noqa: PLR2004 - there are 21 criteria


def _criteria(text: str) -> tuple[str, ...]:
    """Give the criteria that a cell names, in the label's order; nothing where one is unknown."""
    if text == "alle":
        return LABEL_CRITERIA
    parts = text.replace(",", " ").split()
    known = {*LABEL_CRITERIA, *(code.partition(".")[0] for code in LABEL_CRITERIA)}
    if not set(parts) <= known:
        return ()
    return tuple(code for code in LABEL_CRITERIA if code in parts or code.partition(".")[0] in parts)


def readiness(measured: Mapping[str, Combined], level: Level, rules: ReadinessRules | None = None) -> Readiness:
    """Hold a measurement against the rules of a level and of those below it.

    A rule's shortage is its count less the criteria that reach it; a criterion that was not rated reaches nothing.
    By a table without a rule of its own for the level nobody is ready.
    """
    table = rules or default_rules()
    told = [(_shortage(measured, one), one) for one in table.of(level)]
    missing = tuple(_sentence(measured, rule, short) for short, rule in told if short)
    short = sum(one for one, _ in told)
    silent = () if table.speaks_of(level) else (f"{silence(level)} Gereedheid valt er niet mee in te schatten.",)
    missing = (*silent, *missing)
    return Readiness(level=level, ready=not missing, short=short, missing=missing, source=table.source)


def silence(level: Level) -> str:
    """Say in Dutch that a table has no rule for a level."""
    return f"Deze regels zeggen niets over {level}."


def reaches(one: Combined | None, rule: ReadinessRule) -> bool:
    """Tell whether a criterion counts for a rule."""
    return one is not None and one.rating >= rule.rating and (one.proven or not rule.evidence)


def _shortage(measured: Mapping[str, Combined], rule: ReadinessRule) -> int:
    return max(0, rule.count - sum(reaches(measured.get(code), rule) for code in rule.criteria))


def _sentence(measured: Mapping[str, Combined], rule: ReadinessRule, short: int) -> str:
    """Say what one rule still misses: what lacks only evidence first, as that is the least work."""
    lacking = [code for code in rule.criteria if not reaches(measured.get(code), rule)]
    bare = [code for code in lacking if code in measured and measured[code].rating >= rule.rating]
    low = [code for code in lacking if code not in bare]
    with_proof = " met bewijs" if rule.evidence else ""
    every = rule.count == len(rule.criteria)
    there = counted(len(rule.criteria), "criterium", "criteria")
    asked = f"elk van de {there}" if every else f"ten minste {rule.count} van {there}"
    told = [f"{rule.level} vraagt {asked} op {rule.rating} of hoger{with_proof}"]
    told.append(f"nog {counted(short, 'criterium', 'criteria')} te winnen")
    if bare:
        told.append(f"bewijs ontbreekt bij {', '.join(bare)}")
    if low:
        told.append(f"nog te laag of niet beoordeeld: {', '.join(map(criterion_name, low[:3]))}{_more(len(low) - 3)}")
    return "; ".join(told) + "."


def _more(number: int) -> str:
    return f" en nog {number}" if number > 0 else ""


level_to_document, level_from_document = document_of(FORMAT, LevelHeld)
