"""How is one value of a policy file read, and refused where it can't be meant?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from matcher.domain.column import did_you_mean
from matcher.domain.finding import Finding
from matcher.intake.reading.source_position import Place

Opener = Callable[[str], bytes | None]
"""Gives the content of a file that a policy or season names; None where there is none."""


class Section:
    """One table of a policy file, which puts what is odd about its values in `findings`."""

    def __init__(self, raw: Mapping[str, object], place: Place, findings: list[Finding], name: str = "") -> None:
        """Read from `raw`; `name` is empty for the top of the file."""
        self.raw = raw
        self.name = name
        self._place = place
        self._findings = findings

    def error(self, code: str, key: str, message: str, remedy: str, value: object = None) -> None:
        """Keep an error on a key."""
        shown = None if value is None else str(value)
        self._findings.append(self._spot(key).error(code, message, remedy, shown))

    def note(self, code: str, key: str, message: str, remedy: str = "Niets te doen.") -> None:
        """Keep a note on a key."""
        self._findings.append(self._spot(key).note(code, message, remedy))

    def section(self, name: str) -> Section:
        """Give a table of this one, empty where the file has none."""
        table = self.raw.get(name, {})
        if not isinstance(table, dict):
            self.error(
                "wrong_type", name, f"«{name}» is een onderdeel.", f"Schrijf [{name}] op een eigen regel.", table
            )
            table = {}
        return Section(table, self._place, self._findings, name)

    def only(self, known: Sequence[str]) -> None:
        """Refuse keys that nobody reads."""
        inside = f" in [{self.name}]" if self.name else ""
        for key in self.raw:
            if key not in known:
                self.error("unknown_key", key, f"«{key}» is niet gekend{inside}.", did_you_mean(key, known), key)

    def whole(self, key: str, low: int, high: int) -> int | None:
        """Give a whole number in a range, None where there is none."""
        value = self.raw.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self._refuse(key, f"{key} is een geheel getal van {low} tot {high}.")
        return None

    def number(self, key: str, low: float, high: float) -> float | None:
        """Give a number in a range, None where there is none."""
        value = self.raw.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        self._refuse(key, f"{key} is een getal van {low} tot {high}, met een punt voor de decimalen.")
        return None

    def flag(self, key: str) -> bool | None:
        """Give true or false, None where neither is told."""
        value = self.raw.get(key)
        if isinstance(value, bool):
            return value
        self._refuse(key, f"{key} is true (ja) of false (nee).")
        return None

    def text(self, key: str) -> str:
        """Give a text, empty where there is none."""
        value = self.raw.get(key)
        if isinstance(value, str):
            return value
        self._refuse(key, f"{key} is een tekst tussen aanhalingstekens.")
        return ""

    def texts(self, key: str) -> list[str] | None:
        """Give a list of texts, None where there is none."""
        value = self.raw.get(key)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return value
        self._refuse(key, f'{key} is een lijst, zoals ["een", "twee"].')
        return None

    def _refuse(self, key: str, message: str) -> None:
        if key in self.raw:
            self.error("bad_value", key, message, "Pas de waarde aan.", self.raw[key])

    def _spot(self, key: str) -> Place:
        inside = f"{self.name}.{key}" if self.name and key != self.name else key
        return self._place.at(column=inside) if key else self._place
