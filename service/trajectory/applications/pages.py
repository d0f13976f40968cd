"""Who applied, and what becomes of each? The queue of schools and mentors, with a step and a reason for each."""

from __future__ import annotations

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.form import MENTOR, SCHOOL
from service.core.addresses import path_to
from service.core.errors import Problem, invalid
from service.trajectory.applications import actions, rules_actions
from service.trajectory.applications import bulk_actions as bulk
from service.trajectory.applications import listing_actions as listing
from service.trajectory.applications.rules_form import read_rules, rules_of_page
from service.trajectory.applications.shapes import ApplicationOut, BulkIn, MoveIn, PointsIn
from service.trajectory.applications.words import KINDS, STATES, STEPS
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import counted
from service.web.pages.forms import UNREADABLE, Form, Sent, or_again, version_of
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/aanmeldingen")


@routes.get("", openapi_extra=access(actions.list_applications))
def show_applications(call: Called, cohort: Key, soort: str = "", stand: str = "") -> Response:
    """Show the queue, the oldest first."""
    return _queue(call, cohort, soort, stand)


def _queue(  # noqa: PLR0913, PLR0917 - what to show, and what was refused
    call: Call,
    cohort: str,
    soort: str = "",
    stand: str = "",
    problem: Problem | None = None,
    form: Form | None = None,
) -> Response:
    with call.work.together() as work:
        row, found = get_cohort(work, cohort), actions.list_applications(work, cohort).items
        rules = rules_of_page(work, cohort, form, problem)
    of_kind = [one for one in found if soort not in KINDS or one.kind == soort]
    counts = {state: sum(one.state == state for one in of_kind) for state in STATES}
    return page(
        call.request,
        "aanmeldingen.html",
        status=problem.status if problem else 200,
        problem=problem,
        cohort=row,
        rows=[one for one in of_kind if stand not in STATES or one.state == stand],
        total=len(found),
        counts={state: count for state, count in counts.items() if count},
        networks=matcher.NETWORKS,
        kinds=KINDS,
        kind=soort if soort in KINDS else "",
        state=stand if stand in STATES else "",
        states=STATES,
        steps=STEPS,
        rules=rules,
        unconfirmed=sum(one.state == "received" for one in found),
    )


@routes.post("/samen", openapi_extra=access(bulk.move_applications))
def move_together(call: Called, cohort: Key, form: Sent) -> Response:
    """Take the same step with all that were chosen."""

    def act() -> Response:
        told = {"applications": form.all("wie"), "state": form["stand"], "reason": form["reden"]}
        if not told["applications"]:
            raise invalid("/applications", "nobody", "Kies eerst een of meer aanmeldingen.")
        made = bulk.move_applications(call.sent(form["eenmaal"]), cohort, read_shape(BulkIn, told))
        words = f"{counted(len(made.moved), 'aanmelding is', 'aanmeldingen zijn')} nu {STATES[form['stand']]}."
        by_reason: dict[str, list[str]] = {}
        for one in made.not_moved:
            by_reason.setdefault(one.detail, []).append(one.who)
        words += "".join(f" Niet voor {', '.join(who)}: {detail}" for detail, who in by_reason.items())
        return with_message(go(path_to("/cohorten/{}/aanmeldingen", cohort)), words, bad=bool(made.not_moved))

    return or_again(act, lambda problem: _queue(call, cohort, problem=problem, form=form))


@routes.post("/onbevestigd", openapi_extra=access(bulk.remove_unconfirmed))
def remove_unconfirmed(call: Called, cohort: Key, form: Sent) -> Response:
    """Remove what nobody confirmed."""
    made = bulk.remove_unconfirmed(call.sent(form["eenmaal"]), cohort)
    told = f"{counted(made.removed, 'aanmelding', 'aanmeldingen')} die niemand bevestigde, verwijderd."
    return with_message(go(path_to("/cohorten/{}/aanmeldingen", cohort)), told)


@routes.post("/wanneer", openapi_extra=access(rules_actions.change_application_rules))
def choose_when(call: Called, cohort: Key, form: Sent) -> Response:
    """Choose when and how applications are taken."""

    def act() -> Response:
        body = read_rules(form)
        rules_actions.change_application_rules(call.sent("", form["versie"]), cohort, body)
        told = "Bewaard: wanneer en hoe men zich kan aanmelden."
        return with_message(go(path_to("/cohorten/{}/aanmeldingen", cohort)), told)

    return or_again(act, lambda problem: _queue(call, cohort, problem=problem, form=form))


@routes.post("", openapi_extra=access(listing.add_listed))
def take_in(call: Called, cohort: Key, form: Sent) -> Response:
    """Take in a list of schools that applied elsewhere."""
    files = [(name, content) for _, name, content in form.files]

    def act() -> Response:
        found = listing.add_listed(call.work, cohort, files)
        told = f"{counted(found.added, 'aanmelding', 'aanmeldingen')} ingelezen"
        told += f"; {found.known} {'stond' if found.known == 1 else 'stonden'} er al." if found.known else "."
        return with_message(go(path_to("/cohorten/{}/aanmeldingen", cohort)), told)

    return or_again(act, lambda problem: _queue(call, cohort, problem=problem), *UNREADABLE)


@routes.get("/{application}", openapi_extra=access(actions.get_application))
def show_application(call: Called, cohort: Key, application: Key) -> Response:
    """Show what somebody sent, and what can be done with it."""
    return _one(call, cohort, application, None)


def _one(call: Call, cohort: str, key: str, refused: tuple[Form, Problem] | None) -> Response:
    form, problem = refused or (None, None)
    with call.work.together() as work:
        row, found = get_cohort(work, cohort), actions.get_application(work, cohort, key)
    return page(
        call.request,
        "aanmelding.html",
        cohort=row,
        one=found,
        version=version_of(actions.tag_of(found), form, problem),
        sent=_sent(found),
        states=STATES,
        steps=STEPS,
        kinds=KINDS,
        problem=problem,
    )


def _sent(one: ApplicationOut) -> list[tuple[str, str]]:
    """Give the fields that were filled in, with their labels."""
    fields, values = (SCHOOL, one.school) if one.school else (MENTOR, one.mentor or {})
    told = [(field.label, field.said(values.get(field.name))) for field in fields]
    return [
        (label, text)
        for label, text in (*told, ("Net", matcher.NETWORKS.get(one.network, one.network)), ("Waarom", one.motivation))
        if text
    ]


@routes.post("/{application}", openapi_extra=access(actions.move_application))
def move(call: Called, cohort: Key, application: Key, form: Sent) -> Response:
    """Take a step with an application."""
    here = path_to("/cohorten/{}/aanmeldingen/{}", cohort, application)

    def act() -> Response:
        body = read_shape(MoveIn, {"state": form["stand"], "reason": form["reden"]})
        made = actions.move_application(call.sent(form["eenmaal"]), cohort, application, body)
        words = f"{made.who} is nu {STATES[made.state]}."
        if made.state == "accepted":
            words = f"{made.who} is aanvaard en staat in de cohorte."
        undo = (
            Undo(here, {"stand": "waiting"}, "Toch op de wachtlijst") if made.state in ("accepted", "refused") else None
        )
        return with_message(go(path_to("/cohorten/{}/aanmeldingen", cohort)), words, undo)

    return or_again(act, lambda problem: _one(call, cohort, application, (form, problem)))


@routes.post("/{application}/voorrang", openapi_extra=access(actions.give_points))
def give_points(call: Called, cohort: Key, application: Key, form: Sent) -> Response:
    """Give a school priority in the selection, with the reason."""

    def act() -> Response:
        body = read_shape(PointsIn, {"points": form.whole("punten") or 0, "reason": form["waarom"]})
        actions.give_points(call.sent("", form["versie"]), cohort, application, body)
        return with_message(go(path_to("/cohorten/{}/aanmeldingen/{}", cohort, application)), "De voorrang is bewaard.")

    return or_again(act, lambda problem: _one(call, cohort, application, (form, problem)))
