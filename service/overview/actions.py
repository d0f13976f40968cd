"""Where does a cohort stand? Worked out once, and again only after something changed."""

from __future__ import annotations

from datetime import date
from threading import Lock

from service.access.action import action
from service.access.work import Work
from service.cohorts.members.actions import count_members
from service.cohorts.members.kinds import MENTOR, SCHOOL
from service.database.ids import today
from service.network.season.actions import list_seasons, outdated_sessions
from service.overview import store
from service.overview.steps import Facts, stands_of
from service.participants import store as wishes
from service.rounds.run.actions import get_round
from service.rounds.run.published import newest_with_plan, published_round
from service.web.whereabouts import Stand, Whereabouts

MOST_KNOWN = 200
"""Of so many cohorts it is remembered how they stand."""

LOOKED_AT = 20
"""So many years back the published one is looked for; another, older, was replaced long ago."""


class KnownStands:
    """How the places of cohorts stand, each with what it was worked out from."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[str, tuple[tuple[date, store.Print], dict[str, Stand]]] = {}
        self._lock = Lock()

    def find(self, cohort: str, made_of: tuple[date, store.Print]) -> dict[str, Stand] | None:
        """Give how a cohort stands, None where something changed since."""
        with self._lock:
            known = self._known.get(cohort)
        return known[1] if known is not None and known[0] == made_of else None

    def keep(self, cohort: str, made_of: tuple[date, store.Print], stands: dict[str, Stand]) -> None:
        """Remember how a cohort stands."""
        with self._lock:
            self._known.pop(cohort, None)
            self._known[cohort] = (made_of, stands)
            while len(self._known) > MOST_KNOWN:
                del self._known[next(iter(self._known))]


KNOWN = KnownStands()
"""Those of this process."""


@action("viewer")
def facts_of(work: Work, cohort: str) -> Facts:
    """Read on which facts the steps of a cohort depend."""
    with work.together() as one:
        newest, years = newest_with_plan(one, cohort), list_seasons(one, cohort, LOOKED_AT).items
        return Facts(
            schools=count_members(one, cohort, SCHOOL),
            mentors=count_members(one, cohort, MENTOR),
            newest=newest,
            public=published_round(one, cohort),
            stale=bool(newest is not None and get_round(one, cohort, newest.id).stale),
            year=bool(years),
            public_year=any(year.state == "published" for year in years),
            outdated=outdated_sessions(one, cohort),
        )


@action("viewer")
def find_whereabouts(work: Work, cohort: str) -> Whereabouts:
    """Give the name of a cohort and how its places stand, for the navigation of each of its pages."""
    with work.together() as one, one.reading() as transaction:
        name = one.cohort(transaction, cohort).name
        to_look_at, print_ = store.print_of(transaction, cohort)
        made_of = (today(), print_)
        stands = KNOWN.find(cohort, made_of)
        if stands is None:
            stands = stands_of(facts_of(one, cohort))
            KNOWN.keep(cohort, made_of, stands)
        if to_look_at:
            stands = {**stands, "berichten": "nu"}
        if wishes.any_open(transaction, cohort):
            stands = {**stands, "deelnemers": "nu"}
    return Whereabouts(cohort, name, stands)


@action("coordinator")
def count_applications(work: Work, cohort: str) -> dict[str, int]:
    """Count the applications of a cohort by how far they are; nobody's is read."""
    with work.reading(cohort) as transaction:
        return store.applications_of(transaction, cohort)
