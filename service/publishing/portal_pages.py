"""What does the portal show of schools and mentors? Chosen here, seen beforehand, with who agreed to it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import Names, names_of
from service.cohorts.portal import actions
from service.cohorts.portal.allowed import LABELS, SHOWABLE, Side
from service.cohorts.portal.shapes import ConsentsIn, ConsentsOut, PortalIn
from service.core.addresses import path_to
from service.core.errors import Problem, if_there
from service.publishing.actions import get_audience
from service.publishing.shapes import PublicPairingOut
from service.rounds.run.published import newest_with_plan
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import counted
from service.web.pages.forms import Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key, Shape

routes = pages("/cohorten/{cohort}/portaal")

NOT_YET = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
"""What answers say of what is not worked out."""

EXAMPLES = 3
"""So many pairs are shown beforehand, as the portal gets them."""

SIDES: tuple[Side, ...] = ("school", "mentor")


@routes.get("", openapi_extra=access(actions.get_portal))
def show_portal(call: Called, cohort: Key) -> Response:
    """Show what the portal is told, what that looks like, and who agreed."""
    return _portal(call, cohort, None)


def _portal(call: Call, cohort: str, refused: tuple[Form, Problem] | None) -> Response:
    form, problem = refused or (None, None)
    with call.work.together() as work:
        row, names = get_cohort(work, cohort), names_of(work, cohort)
        chosen, agreed = actions.get_portal(work, cohort), actions.list_consents(work, cohort)
        found = newest_with_plan(work, cohort)
        seen = if_there(lambda: get_audience(work, cohort, found.id), *NOT_YET) if found else None
    return page(
        call.request,
        "portaal.html",
        problem=problem,
        cohort=row,
        version=version_of(actions.tag_of(cohort, chosen), form, problem),
        chosen={"school": chosen.school, "mentor": chosen.mentor},
        showable=SHOWABLE,
        labels=LABELS,
        sides=[(side, _members(names, side, agreed)) for side in SIDES],
        round=found,
        examples=[_as_told(one) for one in _told_most(seen.pairings)] if seen else [],
    )


def _told_most(pairings: list[PublicPairingOut]) -> list[PublicPairingOut]:
    """Give the pairs of which most is told, as an example."""
    return sorted(pairings, key=lambda one: (one.about_school is None) + (one.about_mentor is None))[:EXAMPLES]


def _as_told(one: PublicPairingOut) -> dict[str, Any]:
    """Give what the portal gets of a pair, in words; the sentences with it stand elsewhere too."""
    return {
        "school": one.school,
        "about_school": _named(one.about_school, LABELS["school"]),
        "about_mentor": _named(one.about_mentor, LABELS["mentor"]),
        "points": one.points,
        "minutes": one.travel_minutes,
    }


def _named(about: Shape | None, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give what is told of one side with its labels, in the order of the form; nothing where nobody agreed."""
    told = about.model_dump(exclude_none=True) if about else {}
    return [
        (label, ", ".join(told[name]) if isinstance(told[name], list) else str(told[name]))
        for name, label in labels.items()
        if told.get(name)
    ]


def _members(names: Names, side: Side, agreed: ConsentsOut) -> list[dict[str, Any]]:
    listed = [(key, one.name) for key, one in names.listed_schools()] if side == "school" else names.listed_mentors()
    known: Mapping[str, Any] = {one.id: one for one in agreed.items if one.side == side}
    return [{"id": key, "name": name, "consent": known.get(key)} for key, name in listed]


@routes.post("", openapi_extra=access(actions.change_portal))
def choose(call: Called, cohort: Key, form: Sent) -> Response:
    """Choose what the portal is told."""

    def act() -> Response:
        body = read_shape(PortalIn, {side: form.all(side) for side in SIDES})
        made = actions.change_portal(call.sent("", form["versie"]), cohort, body)
        shown = "Bewaard. Het portaal toont deze gegevens van wie ermee instemde."
        nothing = "Bewaard. Het portaal toont geen namen, bedrijven of gemeenten."
        return with_message(
            go(path_to("/cohorten/{}/portaal", cohort)), shown if made.school or made.mentor else nothing
        )

    return or_again(act, lambda problem: _portal(call, cohort, (form, problem)))


@routes.post("/toestemming", openapi_extra=access(actions.add_consents))
def agree(call: Called, cohort: Key, form: Sent) -> Response:
    """Note that some agree to be shown."""

    def act() -> Response:
        side, ids = form.key("soort"), form.all("wie")
        body = read_shape(ConsentsIn, {"side": side, "ids": ids, "wording": form["waarmee"]})
        actions.add_consents(call.sent(form["eenmaal"]), cohort, body)
        one, more = ("school", "scholen") if side == "school" else ("mentor", "mentoren")
        whose = "haar" if side == "school" else "hun"
        told = f"Genoteerd: {counted(len(set(ids)), one, more)} op het portaal, met {whose} toestemming."
        return with_message(go(path_to("/cohorten/{}/portaal", cohort)), told)

    return or_again(act, lambda problem: _portal(call, cohort, (form, problem)))


@routes.post("/toestemming/intrekken", openapi_extra=access(actions.remove_consent))
def take_back(call: Called, cohort: Key, form: Sent) -> Response:
    """Note that somebody agrees no longer."""
    actions.remove_consent(call.work, cohort, cast("Side", form.key("soort")), form.key("wie"))
    text = "Genoteerd. Het portaal toont deze gegevens niet meer."
    return with_message(go(path_to("/cohorten/{}/portaal", cohort)), text)
