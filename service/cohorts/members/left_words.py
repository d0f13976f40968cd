"""How is told where somebody may still be named? Places by what they are called on screen, without the text itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from service.web.pages.dutch_format import counted, listed

MOST_TOLD = 8
WHAT = {
    "school": "school",
    "mentor": "mentor",
    "consent": "toestemming",
    "lock": "afspraak",
    "paper": "papieren van het traject",
    "application": "aanmelding",
    "import": "import",
    "upload": "ingelezen bestand",
    "round": "ronde",
    "suggestion": "suggestie op het portaal",
    "publication": "publicatie",
    "season": "lerend netwerk",
    "withdrawal": "uitval",
    "mail": "mail",
    "proposal": "voorstel",
    "pair_note": "nota bij koppel",
    "saved_view": "bewaarde weergave",
    "participant": "eigen bladzijde",
    "wish": "vraag van een deelnemer",
    "attendance": "aanwezigheid",
    "rules": "regels",
    "person": "collega",
    "provider_account": "account van een collega bij de organisatie",
    "cohort": "cohorte",
    "audit": "logboek",
    "answered": "bewaard antwoord",
    "api_key": "sleutel",
    "webhook": "webhook",
    "delivery": "bericht aan een webhook",
    "job": "taak",
    "event": "melding van een taak",
}
"""What the places are called in which somebody may still be named."""


class Mention(NamedTuple):
    """A place that names somebody: of what, which one, and in which part of it. The text itself is not repeated."""

    what: str
    id: str
    part: str


def left_words(left: Mapping[str, Sequence[Mention]], copies: Sequence[str]) -> list[str]:
    """Say which places and copies to look at; places are given by cohort, under "" where that goes without saying."""
    places = [place for key, mentions in left.items() for place in _places(key, mentions)]
    told = []
    if places:
        more = f" en nog {counted(len(places) - MOST_TOLD, 'plaats', 'plaatsen')}" if len(places) > MOST_TOLD else ""
        told.append(f"Kijk deze plaatsen na, daar kan de naam nog in staan: {', '.join(places[:MOST_TOLD])}{more}.")
    if copies:
        told.append(f"Hij staat ook nog in {listed(copies)} op de machine; de beheerder kan dat wissen.")
    return told


def _places(cohort: str, mentions: Sequence[Mention]) -> list[str]:
    where = f" (cohorte {cohort})" if cohort else ""
    named = (f"{WHAT[one.what]} {one.id}{'' if one.what == 'cohort' else where}" for one in mentions)
    return list(dict.fromkeys(named))
