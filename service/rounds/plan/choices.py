"""What does somebody want to see of a plan? All of it stands in the address: it can be kept, sent and gone back to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any
from urllib.parse import parse_qs, urlencode

from fastapi import Depends, Query

from service.web.pages.forms import ChosenKey

MOST_POINTS = 1000
SHOWN = {
    "open": "open plaats",
    "kwetsbaar": "kwetsbaar bij uitval",
    "vast": "vastgezet",
    "los": "niet vastgezet",
    "onbevestigd": "niet bevestigd",
    "notitie": "met een notitie",
}
"""What a list of pairs can be narrowed to, by its word in the address."""

BY_MENTOR = "mentoren"
Chosen = Annotated[str, Query(max_length=200)]
"""A choice in a page's address that is text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What was chosen, as the address has it: empty for what was not.

    `toon` names what a pair must be (of SHOWN, all of them), `onder` has points below which a pair must stay,
    `weergave` is BY_MENTOR for the plan from the mentors' side, and `blad` counts from 1.
    """

    ronde: str = ""
    weergave: str = ""
    zoek: str = ""
    toon: tuple[str, ...] = ()
    onder: str = ""
    provincie: str = ""
    soort: str = ""
    volgorde: str = ""
    blad: str = ""

    @property
    def under(self) -> int | None:
        """The points below which a pair must stay; None where none were told, or no number."""
        return int(self.onder) if self.onder.isascii() and self.onder.isdecimal() else None

    @property
    def misread(self) -> str:
        """Say which choice could not be read; empty where all could."""
        if self.onder and (self.under is None or self.under > MOST_POINTS):
            return f"«{self.onder}» is geen aantal punten. Vul een geheel getal van 0 tot 1.000 in."
        return ""

    @property
    def narrows(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.zoek or self.toon or self.onder or self.provincie or self.soort)

    @property
    def number(self) -> int:
        """The number of the sheet."""
        return max(1, int(self.blad)) if self.blad.isascii() and self.blad.isdecimal() else 1

    def items(self, *without: str) -> list[tuple[str, str]]:
        """Give names and values for an address or for hidden fields; what is chosen twice comes twice."""
        found: list[tuple[str, str]] = []
        for one in fields(self):
            value = getattr(self, one.name)
            told: Sequence[str] = value if isinstance(value, tuple) else (value,)
            found += [(one.name, text) for text in told if text and one.name not in without]
        return found

    def tail(self, **more: str) -> str:
        """Write the tail of an address: these choices, with others in the place of those of the same name."""
        kept = self.items(*more) + [(name, value) for name, value in more.items() if value]
        return f"?{urlencode(kept, errors='replace')}" if kept else ""

    def changed(self, **values: Any) -> Choices:  # noqa: ANN401 - fields
        """Give the same with other values."""
        return replace(self, **values)

    def whole(self) -> Choices:
        """Give the same plan with nothing left out."""
        return Choices(ronde=self.ronde, weergave=self.weergave, volgorde=self.volgorde)


def choices_of(query: str) -> Choices:
    """Read choices of the tail of an address that we wrote; what is none of ours is left out."""
    told: Mapping[str, list[str]] = parse_qs(query.removeprefix("?"))
    single = {name: values[-1] for name, values in told.items() if name in Choices.__slots__ and name != "toon"}
    return Choices(**single, toon=_shown(told.get("toon", ())))


def _shown(told: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in SHOWN if one in told)


async def _choices(  # noqa: PLR0913, PLR0917 - what an address can tell
    ronde: ChosenKey = "",
    weergave: Chosen = "",
    zoek: Chosen = "",
    toon: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006 - FastAPI copies it
    onder: Chosen = "",
    provincie: Chosen = "",
    soort: Chosen = "",
    volgorde: Chosen = "",
    blad: Chosen = "",
) -> Choices:
    return Choices(
        ronde=ronde,
        weergave=BY_MENTOR if weergave == BY_MENTOR else "",
        zoek=zoek.strip(),
        toon=_shown(toon),
        onder=onder.strip(),
        provincie=provincie,
        soort=soort,
        volgorde=volgorde,
        blad=blad,
    )


Asked = Annotated[Choices, Depends(_choices)]
"""What a page takes to know what is to be seen of a plan."""
