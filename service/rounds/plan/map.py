"""How does the map of a plan look? Provinces and towns, a mark for each school and mentor, and a line a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from service.rounds.plan.map_ground import FILE, HIGH, TOWNS, WIDE, at
from service.web.pages.static_addresses import address_of

Degrees = tuple[float, float]
Spot = tuple[int, int]

Kind = Literal["school", "kwetsbaar", "open", "mentor", "vrij"]
"""What a mark stands for: a school, one that leans on one mentor, an open place; a mentor, one without a school."""

LAYERS: Mapping[Kind, tuple[str, ...]] = {
    "vrij": ("vrij", "vrij-binnen"),
    "mentor": ("mentor",),
    "school": ("school",),
    "kwetsbaar": ("school", "kwetsbaar"),
    "open": ("open", "open-binnen", "open-kern"),
}
"""What a mark is drawn of, on top of each other: the style sheet says how thick each is."""

APART = 55
"""Who shares a place stands so many units beside it, a kilometre and a half, so that each can be seen and pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLine:
    """A pair on the map: the places in degrees (latitude, longitude), what it says, where it leads.

    `names` are of the school and of the mentor; `fragile` says that nobody can take over from this mentor without loss;
    `ids` are the numbers of both, where the mentor may be dragged to another school.
    """

    key: str
    school: Degrees
    mentor: Degrees
    words: str
    href: str
    locked: bool = False
    names: tuple[str, str] = ("", "")
    fragile: bool = False
    ids: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapMark:
    """A school with an open place, or a mentor without a school: its place, what it says, where it leads.

    `id` is its number, where a mentor may be dragged.
    """

    place: Degrees
    words: str
    href: str
    id: str = ""


def draw_map(
    lines: Sequence[MapLine], *, title: str, open_schools: Sequence[MapMark] = (), spare: Sequence[MapMark] = ()
) -> str:
    """Draw an inline SVG; the table beside it is its equal for who does not see it."""
    schools: dict[tuple[Degrees, str], tuple[Kind, str, str, str]] = {}
    for line in lines:
        key = (line.school, line.names[0])
        fragile = line.fragile or (key in schools and schools[key][0] == "kwetsbaar")
        schools[key] = ("kwetsbaar" if fragile else "school", line.names[0], line.href, line.ids[0])
    for one in open_schools:
        schools[one.place, one.words] = ("open", one.words, one.href, one.id)
    mentors: dict[tuple[Degrees, str], tuple[Kind, str, str, str]] = {
        (line.mentor, line.names[1]): ("mentor", line.names[1], line.href, line.ids[1]) for line in lines
    }
    mentors |= {(one.place, one.words): ("vrij", one.words, one.href, one.id) for one in spare}
    spots = _spots(
        [*((place, f"s{name}") for place, name in schools), *((place, f"m{name}") for place, name in mentors)]
    )
    drawn = "".join(_line(one, spots) for one in lines)
    marks = [(spots[place, f"m{name}"], *told) for (place, name), told in mentors.items()]
    marks += [(spots[place, f"s{name}"], *told) for (place, name), told in schools.items()]
    return (
        f'<svg class="kaartje" viewBox="0 0 {WIDE} {HIGH}" role="group" aria-label={quoteattr(title)}>'
        f"<title>{escape(title)}</title>{_ground()}{drawn}{_names()}{''.join(_mark(*one) for one in marks)}</svg>"
    )


def _ground() -> str:
    """Use the parts of the ground, a file that browsers keep."""
    return "".join(f'<use class="{part}" href="{address_of(FILE)}#{part}"/>' for part in GROUND_PARTS)


GROUND_PARTS = ("land", "brussel", "kantons", "provincies")


def _names() -> str:
    groups = range(len(TOWNS) + 1)
    return "".join(f'<use class="namen namen-{one}" href="{address_of(FILE)}#namen-{one}"/>' for one in groups)


def _spots(who: Iterable[tuple[Degrees, str]]) -> dict[tuple[Degrees, str], Spot]:
    """Give everybody a spot of their own: who shares a place stands around it."""
    together: dict[Spot, list[tuple[Degrees, str]]] = defaultdict(list)
    for one in dict.fromkeys(who):
        together[at(*one[0])].append(one)
    found: dict[tuple[Degrees, str], Spot] = {}
    for (x, y), some in together.items():
        wide = APART * max(1.0, len(some) / 6) if len(some) > 1 else 0
        for number, one in enumerate(sorted(some, key=lambda one: one[1])):
            turn = 2 * pi * number / len(some)
            found[one] = (round(x + wide * cos(turn)), round(y + wide * sin(turn)))
    return found


def _line(one: MapLine, spots: Mapping[tuple[Degrees, str], Spot]) -> str:
    (x, y), (to_x, to_y) = spots[one.mentor, f"m{one.names[1]}"], spots[one.school, f"s{one.names[0]}"]
    kind = "lijn vast" if one.locked else "lijn"
    return (
        f'<a id={quoteattr("lijn-" + one.key)} href={quoteattr(one.href)} tabindex="-1"><path class="{kind}" '
        f'd="M{x} {y}L{to_x} {to_y}"><title>{escape(one.words)}</title></path></a>'
    )


def _mark(spot: Spot, kind: Kind, words: str, href: str, number: str) -> str:
    """Draw a mark as lines without length: round or square by their ends, and as large whatever the map's size is."""
    x, y = spot
    side = "mentor" if kind in ("mentor", "vrij") else "school"
    told = f" data-{side}={quoteattr(number)}" if number else ""
    drawn = "".join(f'<path class="{layer}" d="M{x} {y}h0"/>' for layer in LAYERS[kind])
    return (
        f'<a href={quoteattr(href)}{told} tabindex="-1"><path class="raak" d="M{x} {y}h0"/>{drawn}'
        f"<title>{escape(words)}</title></a>"
    )
