"""How does each step of a cohort stand, and what is next? Worked out from facts alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.rounds.run.shapes import RoundOut
from service.web.pages.dutch_format import counted
from service.web.whereabouts import Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a cohort has: people, its newest round with a plan, what is public, and sessions that invite wrong people.

    `stale` says that the people or rules changed since the newest plan; `year` whether a year of sessions is there.
    """

    schools: int
    mentors: int
    newest: RoundOut | None
    public: RoundOut | None
    stale: bool
    year: bool
    public_year: bool
    outdated: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way to a public plan: page, name, what to do there, and how it stands."""

    to: str
    name: str
    hint: str
    stand: Stand | None
    next: bool = False


def steps_of(facts: Facts) -> list[Step]:
    """Say of each step on the way to a public plan whether it is done, and which one is next."""
    newest, public = facts.newest, facts.public
    solved, repaired = newest is not None, _repaired(facts)
    search = "Laat het beste plan zoeken en bewijzen."
    if solved and facts.stale:
        search = f"De gegevens of regels wijzigden na ronde {newest.number if newest else ''}: zoek opnieuw."
    look = "Kijk de koppels na, zet vast of verbied."
    tell = "Toon de koppels op het portaal."
    if repaired and newest is not None:
        look = f"Ronde {newest.number} herstelt het gepubliceerde plan: kijk het na."
        tell = "Toon het herstelde plan op het portaal."
    finished = public is not None and not repaired
    ways: tuple[tuple[str, str, str, bool], ...] = (
        ("gegevens", "Gegevens", "Lees uw Excel-bestanden in.", facts.schools > 0 and facts.mentors > 0),
        ("controle", "Controle", "Zie vooraf waar plaatsen tekortkomen.", solved),
        ("ronde", "Ronde", search, solved and not facts.stale),
        ("plan", "Plan", look, finished),
        ("publiceren", "Publiceren", tell, finished),
    )
    upcoming = next((to for to, _, _, done in ways if not done), None)
    return [Step(to, name, hint, _stand(facts, to, done, upcoming), to == upcoming) for to, name, hint, done in ways]


def _stand(facts: Facts, to: str, done: bool, upcoming: str | None) -> Stand | None:  # noqa: FBT001 - a fact
    if to == "ronde" and facts.newest is not None and facts.stale:
        return "oud"
    return "klaar" if done else "nu" if to == upcoming else None


def _repaired(facts: Facts) -> bool:
    """Tell whether a draft waits that repairs the public plan."""
    newest, public = facts.newest, facts.public
    if newest is None or public is None:
        return False
    return newest.repairs == public.id and newest.state == "draft"


def stands_of(facts: Facts) -> dict[str, Stand]:
    """Say how each place of the navigation stands, where a fact tells."""
    found: dict[str, Stand] = {one.to: one.stand for one in steps_of(facts) if one.stand is not None}
    if facts.outdated:
        found["sessies"] = "oud"
    elif facts.public_year:
        found["sessies"] = "klaar"
    elif facts.public is not None:
        found["sessies"] = "nu"
    return found


LATER = (
    ("voorstellen", "Voorstellen", "Vraag mentor en school of het koppel goed is, liefst voor u publiceert."),
    ("uitval", "Uitval", "Een mentor haakt af: het plan herstelt zich met zo weinig mogelijk wijzigingen."),
    ("sessies", "Lerend netwerk", "Plan de sessies van het jaar, en geef ieder een kalender om te volgen."),
    ("traject", "Traject", "Volg van elke school de nulmeting, het actieplan, de eindmeting en het label."),
    ("contacten", "Contacten", "Lees hoe vaak scholen en mentoren elkaar zagen, en hoe tevreden ze zijn."),
    ("award", "Award", "Leg criteria en jury vast, geef scores en onderteken de beslissing."),
)
"""What a coordinator does once there is a plan: page, name and hint."""

DESK = (
    ("deelnemers", "Deelnemers", "Geef elke school en mentor een eigen bladzijde, en lees wat ze vragen."),
    ("berichten", "Berichten", "Kijk mails na voor ze vertrekken, en zie wat terugkwam."),
    ("dossier", "Archief", "Haal bestanden op, en lees wie wat deed."),
    ("instellingen", "Instellingen", "Wijzig hoe de cohorte heet, en hoelang namen en adressen bewaard blijven."),
)
"""What a coordinator comes back to at any time: page, name and hint."""


def later_of(facts: Facts) -> list[tuple[str, str, str, Stand | None]]:
    """Give what comes after the first plan; sessions that invite the wrong people are told."""
    stands: Mapping[str, Any] = stands_of(facts)
    told = {to: hint for to, _, hint in LATER}
    if facts.outdated:
        count = counted(facts.outdated, "komende sessie nodigt", "komende sessies nodigen")
        told["sessies"] = f"{count} niet meer de juiste mensen uit. Bekijk en herstel het jaar."
    elif facts.year and not facts.public_year:
        told["sessies"] = "Er staat een jaar klaar dat nog niet gepubliceerd is."
    return [(to, name, told[to], stands.get(to)) for to, name, _ in LATER]


def desk_of(facts: Facts) -> list[tuple[str, str, str, Stand | None]]:
    """Give what is there at any time: who takes part, what is mailed, what is kept."""
    stands: Mapping[str, Any] = stands_of(facts)
    return [(to, name, hint, stands.get(to)) for to, name, hint in DESK]
