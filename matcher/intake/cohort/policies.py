"""What does a policy file (`beleid.toml`) ask for?

Where the defaults come from is told in docs/decisions/0014-intake-policy.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from matcher.criteria import criteria
from matcher.domain.column import did_you_mean, plain
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.domain.policy import GOALS, LATER_GOALS, MAX_MINUTES, MAX_WEIGHT, Policy, Sector, with_later_goals
from matcher.domain.reference import default_sectors, read_sectors
from matcher.domain.vocabulary import FINALITIES, SCHOOL_TYPES
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.policy_section import Opener, Section
from matcher.intake.reading.source_position import Place
from matcher.intake.reading.toml_file import read_toml

GOAL_NAMES: Final = {
    "plaatsen": "places_filled",
    "reserves": "reserves_used",
    "mentor_kwijt": "stranded",
    "wijzigingen": "changes",
    "slechtste_koppel": "worst_pair",
    "punten": "points",
    "spreiding": "spread",
    "reistijd": "travel_minutes",
}
"""Dutch names of the goals, in their default order."""

_TOP: Final = ("gewichten", "doelen", "grenzen", "reistijd", "regels", "finaliteiten", "sectortabel", "zaad")
OLDER_TRAVEL: Final = ("omwegfactor", "snelheid_km_u")
"""What only the older estimate of travel asks for: its plans are verified with it, and made again."""

_HIGHEST_SEED: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy, the routing server that it names (empty for none), and what was odd about the file."""

    policy: Policy
    server: str = ""
    findings: tuple[Finding, ...] = ()


def read_policy(content: bytes, name: str, opener: Opener) -> PolicyFile:
    """Read a policy file; `opener` gives the bytes of a file that it names, None where there is none."""
    place = Place(name)
    raw, fault = read_toml(content, place, "damaged_policy")
    if fault is not None:
        return PolicyFile(Policy(), "", (fault,))
    findings: list[Finding] = []
    return _read(Section(raw, place, findings), opener, findings)


def _read(top: Section, opener: Opener, findings: list[Finding]) -> PolicyFile:
    top.only(_TOP)
    limits, travel, rules = top.section("grenzen"), top.section("reistijd"), top.section("regels")
    limits.only(("max_reistijd", "min_halve_dagen"))
    travel.only((*OLDER_TRAVEL, "server"))
    rules.only(("gedeelde_halve_dag", "verplichte_sectoren"))
    sectors = _sector_table(top, opener)
    told: dict[str, object] = {
        "weights": _weights(top.section("gewichten")),
        "goals": _goals(top),
        "max_minutes": limits.whole("max_reistijd", 1, MAX_MINUTES),
        "min_half_days": limits.whole("min_halve_dagen", 0, 10),
        "detour_factor": travel.number("omwegfactor", 1, 3),
        "speed_kmh": travel.number("snelheid_km_u", 5, 130),
        "sectors": sectors,
        "share_half_day": rules.flag("gedeelde_halve_dag"),
        "required_sectors": _required_sectors(rules, sectors or default_sectors()),
        "finality_types": _finality_types(top.section("finaliteiten")),
        "seed": top.whole("zaad", 0, _HIGHEST_SEED),
    }
    _say_older_travel(travel)
    policy = Policy(**{field: value for field, value in told.items() if value is not None})  # type: ignore[arg-type]
    return PolicyFile(policy, _server(travel), tuple(findings))


def _say_older_travel(travel: Section) -> None:
    """Say that a file asks for the older estimate of travel, and how to have the present one."""
    asked = [name for name in OLDER_TRAVEL if name in travel.raw]
    if asked:
        message = f"Met {' en '.join(asked)} rekent dit beleid nog met de oudere schatting van de reistijd."
        travel.note("older_travel", asked[0], message, "Laat beide weg voor de schatting over de echte wegen.")


def _weights(section: Section) -> dict[str, int]:
    scoring = [one for one in criteria() if one.weight > 0]
    keys = {plain(name): one.key for one in scoring for name in (one.key, one.label)}
    weights: dict[str, int] = {}
    for name in section.raw:
        key = keys.get(plain(name))
        if key is None:
            remedy = did_you_mean(name, [one.label for one in scoring])
            section.error("unknown_key", name, f"«{name}» is geen criterium met een gewicht.", remedy, name)
        elif (weight := section.whole(name, 0, MAX_WEIGHT)) is not None:
            weights[key] = weight
    if weights and not any(weights.get(one.key, one.weight) for one in scoring):
        section.error("no_weight", "gewichten", "Alle gewichten zijn 0.", "Geef minstens één criterium een gewicht.")
    return weights


def _goals(top: Section) -> tuple[str, ...] | None:
    """Put the goals in the order that is told; those left out come last, in their usual order.

    Reserves and schools that lose their mentor, left out, come before the goal that they come before by default.
    """
    if (names := top.texts("doelen")) is None:
        return None
    known = {plain(one): goal for dutch, goal in GOAL_NAMES.items() for one in (dutch, goal)}
    for name in names:
        if plain(name) not in known:
            top.error("unknown_goal", "doelen", f"«{name}» is geen doel.", did_you_mean(name, GOAL_NAMES), name)
            return None
    goals = [known[plain(name)] for name in names]
    if len(set(goals)) < len(goals) or GOALS[0] in goals[1:]:
        message = "Elk doel staat er één keer, en plaatsen vullen komt altijd eerst."
        top.error("goal_order", "doelen", message, f"Kies een volgorde van: {', '.join([*GOAL_NAMES][1:])}.")
        return None
    order = [GOALS[0], *(goal for goal in goals if goal != GOALS[0])]
    if left := [goal for goal in GOALS if goal not in order and goal not in LATER_GOALS]:
        added = ", ".join(name for name, goal in GOAL_NAMES.items() if goal in left)
        top.note("goals_added", "doelen", f"Niet genoemde doelen komen achteraan: {added}.")
    return with_later_goals((*order, *left))


def _sector_table(top: Section, opener: Opener) -> tuple[Sector, ...]:
    name = top.text("sectortabel")
    if not name:
        return ()
    beside = "Zet de tabel naast het beleid en noem alleen haar naam."
    content = None if re.search(r"[/\\:]", name) else opener(name)
    if content is None or len(content) > MAX_BYTES:
        top.error("sector_table", "sectortabel", "Deze sectortabel is er niet.", beside, name)
        return ()
    try:
        return read_sectors(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, InvalidValueError) as error:
        reason = str(error) if isinstance(error, InvalidValueError) else "Deze tabel is geen UTF-8."
        top.error("sector_table", "sectortabel", reason, "Verbeter de tabel en probeer opnieuw.", name)
        return ()


def _required_sectors(rules: Section, sectors: Iterable[Sector]) -> tuple[str, ...] | None:
    names = rules.texts("verplichte_sectoren")
    known = {plain(spelling): one.code for one in sectors for spelling in (one.name, one.code)}
    for name in names or ():
        if plain(name) not in known:
            remedy = did_you_mean(name, [one.code for one in sectors])
            rules.error("unknown_sector", "verplichte_sectoren", f"«{name}» is geen sector.", remedy, name)
            return None
    return None if names is None else tuple(dict.fromkeys(known[plain(name)] for name in names))


def _finality_types(section: Section) -> dict[str, tuple[str, ...]]:
    """Read which onderwijsvormen a finality stands for, where a school tells none."""
    section.only(FINALITIES)
    known = {one.casefold(): one for one in SCHOOL_TYPES}
    found: dict[str, tuple[str, ...]] = {}
    for name in FINALITIES:
        types = section.texts(name)
        if types is None:
            continue
        wrong = next((one for one in types if one.casefold() not in known), "")
        if wrong or not types:
            message = f"«{wrong}» is geen onderwijsvorm." if wrong else "Hier hoort minstens één onderwijsvorm."
            section.error("unknown_school_type", name, message, did_you_mean(wrong, SCHOOL_TYPES), wrong)
            continue
        told = {known[one.casefold()] for one in types}
        found[name] = tuple(one for one in SCHOOL_TYPES if one in told)
    return found


def _server(travel: Section) -> str:
    server = travel.text("server")
    if server and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", server):
        travel.error("bad_server", "server", "Dit is geen adres.", "Schrijf het als http://localhost:5000.", server)
        return ""
    return server.rstrip("/")
