"""Which figures tell how a cohort stands? Each from the plan, the year and the answers that are there now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from service.access.work import Work
from service.cohorts.members.actions import find_member
from service.cohorts.members.kinds import SCHOOL
from service.core.errors import if_there
from service.database.ids import today
from service.measuring.needs_actions import list_measurements
from service.network.season.actions import get_season
from service.overview.actions import count_applications
from service.overview.steps import Facts
from service.rounds.run.actions import get_plan
from service.web.pages.dutch_format import counted, day, number
from service.web.whereabouts import Stand

MOST_POINTS = 1000


class Figure(NamedTuple):
    """A figure on the front page: its heading, what it says, what it is about, where more of it stands, how it is."""

    name: str
    value: str
    words: str
    to: str = ""
    stand: Stand | None = None


def figures_of(work: Work, cohort: str, facts: Facts) -> list[Figure]:
    """Give the figures that are known; none where nothing was read in yet."""
    if not facts.schools:
        return []
    shown = facts.public or facts.newest
    plan = get_plan(work, cohort, shown.id) if shown is not None else None
    found = _of_plan(work, cohort, facts, plan) if plan is not None else []
    return [*found, *_answers(work, cohort, facts), *_next_session(work, cohort, facts)]


def _of_plan(work: Work, cohort: str, facts: Facts, plan: Mapping[str, Any]) -> list[Figure]:
    served, asked = {one["school"] for one in plan["pairs"]}, {one["school"] for one in plan["open_places"]}
    every, missing = len(served | asked), sum(one["count"] for one in plan["open_places"])
    shown = facts.public or facts.newest
    place = f"plan?ronde={shown.id}" if shown is not None else "plan"
    which = "in het gepubliceerde plan" if facts.public else "in het nieuwste plan"
    found = [
        Figure(
            "Scholen met een mentor",
            f"{number(len(served))} van {number(every)}",
            which,
            place,
            "klaar" if len(served) == every else "oud",
        ),
        Figure(
            "Open plaatsen",
            number(missing),
            f"bij {counted(len(asked), 'school', 'scholen')}" if missing else "elke plaats is gevuld",
            "controle" if missing and work.is_trusted else place,
            "oud" if missing else "klaar",
        ),
    ]
    if plan["pairs"]:
        weakest = min(plan["pairs"], key=lambda one: (one["points"], one["school"], one["mentor"]))
        school = find_member(work, cohort, SCHOOL, weakest["school"])
        name = school.name if school is not None else weakest["school"]
        found.append(
            Figure("Zwakste koppel", f"{number(weakest['points'])} op {number(MOST_POINTS)}", f"bij {name}", place)
        )
    return found


def _answers(work: Work, cohort: str, facts: Facts) -> list[Figure]:
    """Say from whom an answer is awaited: applicants, and schools that were not measured yet."""
    found = []
    waiting = count_applications(work, cohort) if work.is_trusted else {}
    silent, unseen = waiting.get("received", 0), waiting.get("confirmed", 0)
    if silent or unseen:
        told = [f"{counted(silent, 'bevestigde', 'bevestigden')} nog niet"] if silent else []
        told += [f"{counted(unseen, 'wacht', 'wachten')} op u"] if unseen else []
        found.append(Figure("Open aanmeldingen", number(silent + unseen), ", ".join(told), "aanmeldingen", "nu"))
    measured = {one.school for one in list_measurements(work, cohort, "baseline").items if one.counts}
    left = facts.schools - len(measured)
    words = "moeten hun nulmeting nog indienen" if left > 1 else "moet haar nulmeting nog indienen"
    stand: Stand = "nu" if left else "klaar"
    if left:
        found.append(Figure("Wie nog moet antwoorden", counted(left, "school", "scholen"), words, "traject", stand))
    else:
        found.append(Figure("Nulmetingen", "alle binnen", "elke school diende in", "traject", stand))
    return found


def _next_session(work: Work, cohort: str, facts: Facts) -> list[Figure]:
    if not facts.public_year:
        return []
    season = if_there(lambda: get_season(work, cohort, "gepubliceerd"), 404)  # type: ignore[arg-type]
    sessions = season.year.sessions if season is not None and season.year is not None else []
    coming = sorted((one for one in sessions if str(one.day) >= today().isoformat()), key=lambda one: str(one.day))
    if not coming or season is None:
        return [Figure("Volgende sessie", "geen meer", "het jaar van het lerend netwerk is voorbij", "sessies")]
    hosts = {one.id: one.name for one in season.hosts}
    first = coming[0]
    where = f"bij {hosts.get(first.host, first.host)}" if first.host else "online"
    return [Figure("Volgende sessie", day(str(first.day)), where, "sessies", "oud" if facts.outdated else None)]
