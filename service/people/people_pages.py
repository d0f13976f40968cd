"""Who may log in, and what may they see? An admin invites, changes, logs out and erases people."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.members.left_words import left_words
from service.core.addresses import path_to
from service.core.errors import Problem, invalid
from service.people import actions, profile_actions
from service.people.shapes import Checked, Invited, PersonChange, PersonIn, PersonOut
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name, counted
from service.web.pages.forms import ChosenKey, Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/beheer/mensen")

HERE = "/beheer/mensen"
ROLES = {"viewer": "kijker", "coordinator": "coördinator", "admin": "beheerder"}
CHECKED: dict[Checked, str] = {
    "seen": "ik zag deze persoon zelf",
    "called": "ik belde op een nummer dat ik al kende",
    "video": "ik zag deze persoon in een videogesprek",
}
MOST = 100
ERASED = "De gegevens van deze persoon zijn gewist."


@dataclass(frozen=True, slots=True)
class Notice:
    """What the page says besides who there is: what was refused, or a link that is shown once."""

    problem: Problem | None = None
    invited: Invited | None = None


@routes.get("", openapi_extra=access(actions.list_people))
def show_people(call: Called, na: ChosenKey = "") -> Response:
    """Show who may log in, a page at a time."""
    return _list(call, Notice(), na)


def _list(call: Call, told: Notice, after: str = "") -> Response:
    found = actions.list_people(call.work, MOST, after or None)
    answer = page(
        call.request,
        "mensen.html",
        problem=told.problem,
        people=sorted(found.items, key=lambda one: (one.blocked, by_name(one.name), one.id)),
        following=found.next,
        roles=ROLES,
        chambers=sorted(matcher.regions()),
        told=told,
        letter=_letter(told.invited) if told.invited and told.invited.link else "",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _letter(made: Invited) -> str:
    """Give the address that opens a mail with the link in somebody's own program."""
    body = f"""Dag {made.person.name},

Met deze link logt u in. Hij werkt één keer, {counted(made.minutes, "minuut", "minuten")} lang:
{made.address}#{made.link}
"""
    asked = urlencode({"subject": "Inloggen bij in2stem", "body": body}, quote_via=quote)
    return f"mailto:{quote(made.person.email, safe='@')}?{asked}"


@routes.post("", openapi_extra=access(actions.invite))
def invite(call: Called, form: Sent) -> Response:
    """Invite somebody, and show the link once."""

    def act() -> Response:
        body = read_shape(PersonIn, _values(form) | {"email": form["email"]})
        made = actions.invite(call.sent(form["eenmaal"]), body)
        return _list(call, Notice(invited=made))

    return or_again(act, lambda problem: _list(call, Notice(problem)))


def _values(form: Form) -> dict[str, Any]:
    return {"name": form["naam"], "role": form["rol"], "regions": form.all("kamer")}


@routes.get("/{person}", openapi_extra=access(actions.change_person))
def show_person(call: Called, person: Key) -> Response:
    """Show one person, to be changed."""
    return _one(call, person, None, None)


def _one(call: Call, person: str, form: Form | None, problem: Problem | None) -> Response:
    row = actions.get_person(call.work, person)
    return page(
        call.request,
        "mens.html",
        problem=problem,
        person=row,
        asked=profile_actions.has_factor(call.work, person),
        account=profile_actions.has_account(call.work, person),
        ways=CHECKED,
        values=row.model_dump(include={"name", "role", "regions"}),
        version=version_of(actions.tag_of(row), form, problem),
        roles=ROLES,
        chambers=sorted(matcher.regions()),
        yourself=person == call.caller.id,
    )


@routes.post("/{person}", openapi_extra=access(actions.change_person))
def change_person(call: Called, person: Key, form: Sent) -> Response:
    """Change name, role and chambers."""
    return _changed(call, person, form, _values(form), "Bewaard.")


@routes.post("/{person}/blokkeer", openapi_extra=access(actions.change_person))
def block_person(call: Called, person: Key, form: Sent) -> Response:
    """Block somebody, or let them in again."""
    blocked = form["stand"] == "uit"
    words = "Geblokkeerd, en overal uitgelogd." if blocked else "Deze persoon mag weer inloggen."
    return _changed(call, person, form, {"blocked": blocked}, words)


def _changed(call: Call, person: str, form: Form, values: dict[str, Any], words: str) -> Response:

    def act() -> Response:
        actions.change_person(call.sent("", form["versie"]), person, read_shape(PersonChange, values))
        return with_message(go(path_to("/beheer/mensen/{}", person)), words)

    return or_again(act, lambda problem: _one(call, person, form if "naam" in form else None, problem))


@routes.post("/{person}/link", openapi_extra=access(actions.add_link))
def add_link(call: Called, person: Key, form: Sent) -> Response:
    """Make a new link to log in, and show it once."""

    def act() -> Response:
        made = actions.add_link(call.sent(form["eenmaal"]), person)
        return _list(call, Notice(invited=made))

    return or_again(act, lambda problem: _one(call, person, None, problem))


@routes.post("/{person}/afmelden", openapi_extra=access(profile_actions.end_logins_of))
def end_logins(call: Called, person: Key) -> Response:
    """Log somebody out everywhere."""
    profile_actions.end_logins_of(call.work, person)
    return with_message(go(path_to("/beheer/mensen/{}", person)), "Overal uitgelogd.")


@routes.post("/{person}/tweede-stap-weg", openapi_extra=access(profile_actions.take_factor_away))
def take_factor_away(call: Called, person: Key, form: Sent) -> Response:
    """Take somebody's second step away, once it is said how it is known who asked it."""

    def act() -> Response:
        checked = form["nagegaan"]
        if checked not in CHECKED:
            raise invalid("/nagegaan", "missing", "Kies hoe u naging wie dit vraagt.")
        profile_actions.take_factor_away(call.work, person, checked)
        text = "De tweede stap is weggenomen, en deze persoon is overal uitgelogd."
        return with_message(go(path_to("/beheer/mensen/{}", person)), text)

    return or_again(act, lambda problem: _one(call, person, None, problem))


@routes.post("/{person}/account-los", openapi_extra=access(profile_actions.forget_account))
def forget_account(call: Called, person: Key) -> Response:
    """Let another account of the organisation be somebody's."""

    def act() -> Response:
        profile_actions.forget_account(call.work, person)
        text = "Het account is losgemaakt, en deze persoon is overal uitgelogd. Het volgende met dit e-mailadres telt."
        return with_message(go(path_to("/beheer/mensen/{}", person)), text)

    return or_again(act, lambda problem: _one(call, person, None, problem))


@routes.post("/{person}/wissen", openapi_extra=access(actions.erase_account))
def erase(call: Called, person: Key, form: Sent) -> Response:
    """Forget who somebody was, once that is confirmed."""
    row = actions.get_person(call.work, person)

    def act() -> Response:
        _confirmed(form, row)
        left = actions.erase_account(call.work, person)
        told = " ".join([ERASED, *left_words(left.mentions, left.copies)])
        return with_message(go(HERE), told)

    return or_again(act, lambda problem: _one(call, person, None, problem))


def _confirmed(form: Form, row: PersonOut) -> None:
    if form["bevestig"].strip().lower() != row.email:
        detail = "Typ het e-mailadres van deze persoon over om te bevestigen."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not_confirmed", detail)
