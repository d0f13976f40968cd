"""Which pages of a cohort can one go to from anywhere, in which order, and how does each stand?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from service.web.whereabouts import Stand

STANDS: Mapping[Stand, tuple[str, str]] = {"klaar": ("✓", "klaar"), "nu": ("●", "te doen"), "oud": ("!", "verouderd")}
"""A mark and a word for each, so that it is told without colour too."""


class Place(NamedTuple):
    """A page of a cohort: the last part of its address, its name, and whether somebody who only looks may open it."""

    to: str
    name: str
    for_viewers: bool = False


class Group(NamedTuple):
    """Places that belong together."""

    name: str
    places: tuple[Place, ...]


GROUPS = (
    Group("Voorbereiden", (Place("gegevens", "Gegevens", for_viewers=True), Place("controle", "Controle"))),
    Group(
        "Koppelen",
        (
            Place("ronde", "Ronde", for_viewers=True),
            Place("plan", "Plan", for_viewers=True),
            Place("voorstellen", "Voorstellen"),
            Place("vergelijken", "Vergelijken"),
            Place("publiceren", "Publiceren"),
        ),
    ),
    Group(
        "Het jaar",
        (
            Place("uitval", "Uitval"),
            Place("sessies", "Lerend netwerk"),
            Place("traject", "Traject", for_viewers=True),
            Place("award", "Award"),
        ),
    ),
    Group(
        "Beheer",
        (
            Place("deelnemers", "Deelnemers"),
            Place("berichten", "Berichten"),
            Place("dossier", "Archief"),
            Place("instellingen", "Instellingen"),
        ),
    ),
)
"""Every page that the navigation of a cohort offers. A new one is a line here."""

FOR_VIEWERS = tuple(place.to for group in GROUPS for place in group.places if place.for_viewers)
"""The parts of a cohort that somebody who only looks may open; the others are not offered to them."""

PARTS = {
    **dict.fromkeys(("scholen", "mentoren", "aanmeldingen", "selectie", "toevoegen"), "gegevens"),
    "regels": "controle",
    **dict.fromkeys(("kaart", "verzet", "naast", "bedrijf", "recent", "stevigheid"), "plan"),
    "portaal": "publiceren",
    **dict.fromkeys(("contacten", "rapport"), "traject"),
}
"""Pages that stand under another place, by the part of their address."""


class Link(NamedTuple):
    """A place as the navigation shows it: `current` is what aria-current says, `stand` how it stands, or nothing."""

    to: str
    name: str
    current: str
    mark: str
    stand: str
    words: str


class Tabs(NamedTuple):
    """A group as the navigation shows it, and whether the page that is open is one of it."""

    name: str
    here: bool
    links: tuple[Link, ...]


def tabs(path: str, stands: Mapping[str, Stand], *, viewer: bool) -> list[Tabs]:
    """Give the navigation of the page at this path, for somebody who only looks or for all others."""
    parts = path.split("/")
    part = parts[3] if len(parts) > 3 else ""  # noqa: PLR2004 - "", cohorten, the cohort, its part
    here = PARTS.get(part, part)
    groups = []
    for group in GROUPS:
        places = [one for one in group.places if one.for_viewers or not viewer]
        links = tuple(_link(one, here, part, stands) for one in places)
        if links:
            groups.append(Tabs(group.name, any(one.current for one in links), links))
    return groups


def _link(place: Place, here: str, part: str, stands: Mapping[str, Stand]) -> Link:
    current = "" if place.to != here else "page" if part == here else "true"
    stand = stands.get(place.to)
    mark, words = STANDS[stand] if stand else ("", "")
    return Link(place.to, place.name, current, mark, stand or "", words)
