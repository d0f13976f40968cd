"""How is one value of a season file (`seizoen.toml`) read: a day, a round, a school, a place, a choice?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from matcher.domain.column import did_you_mean, nearest, plain
from matcher.domain.finding import Finding
from matcher.domain.policy import Policy
from matcher.domain.season import Season
from matcher.intake.columns.day_reader import read_day
from matcher.intake.reading.policy_section import Section
from matcher.intake.reading.source_position import Place


def read_tables(top: Section, name: str, keys: Sequence[str], place: Place, findings: list[Finding]) -> list[Section]:
    """Give the tables that the file calls `[[name]]`, numbered from 1; keys that nobody reads are errors."""
    raw = top.raw.get(name, [])
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        top.error("wrong_type", name, f"«{name}» is een lijst.", f"Schrijf [[{name}]] op een eigen regel.")
        return []
    found = [Section(one, place, findings, f"{name} {number}") for number, one in enumerate(raw, 1)]
    for one in found:
        one.only(keys)
    return found


def missing(section: Section, *keys: str) -> bool:
    """Tell whether a key is not there; each that is missing is an error."""
    lost = [key for key in keys if key not in section.raw]
    for key in lost:
        section.error(
            "missing_key", key, f"«{key}» ontbreekt.", f"Schrijf {key} = ... onder [[{section.name.split()[0]}]]."
        )
    return bool(lost)


def day_of(section: Section, key: str) -> date | None:
    """Give a day, as TOML writes it or as Belgians do in quotes; None where there is none."""
    value = section.raw.get(key)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    reading = read_day(value, Policy()) if isinstance(value, str) else None
    if reading is not None and isinstance(reading.value, date):
        return reading.value
    remedy = reading.remarks[0].remedy if reading and reading.remarks else 'Schrijf 2027-01-13 of "13/01/2027".'
    section.error("not_a_date", key, "Dit is geen datum.", remedy, value)
    return None


def round_of(section: Section, key: str, season: Season) -> int | None:
    """Give the number of a round of the season, None with an error where it has none such."""
    numbers = [one.number for one in season.rounds]
    value = section.raw.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and value in numbers:
        return value
    if key in section.raw:
        message = (
            f"Ronde {value} is er niet: dit seizoen heeft {len(numbers)} {'ronde' if len(numbers) == 1 else 'rondes'}."
        )
        remedy = f"Kies uit {', '.join(map(str, numbers))}, of plan meer rondes met --rounds."
        section.error("unknown_round", key, message, remedy, value)
    return None


def named(
    section: Section, key: str, texts: Sequence[str], names: Mapping[str, str], what: str
) -> tuple[str, ...] | None:
    """Give the ids of what is called by number or name; None with an error where nobody is called so."""
    found = []
    for text in texts:
        same = [one for one, name in names.items() if plain(text) in (plain(one), plain(name))]
        key_of = text if text in names else same[0] if len(same) == 1 else None
        if key_of is None:
            section.error(f"unknown_{what}", key, _unknown(text, same, what), _guess(text, same, names), text)
            return None
        found.append(key_of)
    return tuple(dict.fromkeys(found))


def _unknown(text: str, same: Sequence[str], what: str) -> str:
    return f"De naam «{text}» komt meer dan eens voor." if same else f"Geen {what} met nummer of naam «{text}»."


def _guess(text: str, same: Sequence[str], names: Mapping[str, str]) -> str:
    if same:
        return f"Gebruik een van {', '.join(same)}."
    bare = {one.lstrip("0"): one for one in names}
    guess = bare.get(text.lstrip("0")) or nearest(text, [*names, *names.values()])
    return f"Bedoelde u «{guess}»?" if guess else "Neem de naam of het nummer over uit de lijst."


def choice(section: Section, key: str, known: Mapping[str, str], what: str) -> str | None:
    """Give the value behind a spelling of a closed list; None where there is none or an error."""
    text = section.text(key)
    return choose(section, key, text, known, what) if text else None


def choose(section: Section, key: str, text: str, known: Mapping[str, str], what: str) -> str | None:
    """Give the value behind one spelling; None with an error where it is not of the list."""
    value = {plain(spelling): value for spelling, value in known.items()}.get(plain(text))
    if value is None:
        section.error(f"unknown_{key}", key, f"«{text}» is geen {what}.", did_you_mean(text, known), text)
    return value
