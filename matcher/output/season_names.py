"""Which names stand behind the ids of a season, fit for one line of text?"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain.season import Guide, Host, Participant, Season

_BLANK, _NO_XML = ("Cc", "Cs", "Zl", "Zp"), "\ufffe\uffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The names of a season, looked up once; an id that is not known stands for itself."""

    schools: Mapping[str, Participant]
    hosts: Mapping[str, Host]
    guides: Mapping[str, Guide]

    @classmethod
    def of(cls, season: Season) -> Directory:
        """Look the names of a season up."""
        return cls(
            schools={one.id: one for one in season.participants},
            hosts={one.id: one for one in season.hosts},
            guides={one.id: one for one in season.guides},
        )

    def school(self, key: str) -> str:
        """Give a school's name with its municipality."""
        one = self.schools.get(key)
        return clean(f"{one.name} ({one.municipality})" if one and one.municipality else one.name if one else key)

    def guide(self, key: str) -> str:
        """Give a mentor's name with the company."""
        one = self.guides.get(key)
        return clean(f"{one.name} ({one.company})" if one and one.company else one.name if one else key)

    def host(self, key: str) -> str:
        """Give a host's name."""
        one = self.hosts.get(key)
        return clean(one.name if one else key)

    def place(self, key: str) -> str:
        """Give a host's name and address."""
        one = self.hosts.get(key)
        town = f"{one.postcode} {one.municipality}" if one else ""
        parts = (one.name, one.street, town) if one else (key,)
        return ", ".join(clean(part) for part in parts if clean(part))


def clean(text: str) -> str:
    """Put a text on one line without control or invisible direction characters."""
    if text.isprintable():
        return " ".join(text.split())
    spaced = "".join(" " if unicodedata.category(one) in _BLANK or one in _NO_XML else one for one in text)
    return " ".join("".join(one for one in spaced if unicodedata.category(one) != "Cf").split())
