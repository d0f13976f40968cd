"""Which programs hear what happens, and did it arrive? An admin adds, tries, pauses and removes webhooks."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import list_cohorts
from service.core.addresses import path_to
from service.core.errors import Problem
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import ChosenKey, Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.webhooks import actions
from service.webhooks.shapes import WebhookChange, WebhookIn, WebhookMade
from service.webhooks.words import EVENTS, STATES, reason_words

routes = pages("/beheer/webhooks")

HOME, ONE = "/beheer/webhooks", "/beheer/webhooks/{}"
MOST, MOST_SENT = 100, 50


@routes.get("", openapi_extra=access(actions.list_webhooks))
def show_webhooks(call: Called, voor: ChosenKey = "") -> Response:
    """Show the webhooks, the newest first."""
    return _list(call, before=voor)


def _list(call: Call, problem: Problem | None = None, made: WebhookMade | None = None, before: str = "") -> Response:
    found = actions.list_webhooks(call.work, MOST, before or None)
    answer = page(
        call.request,
        "webhooks.html",
        problem=problem,
        hooks=found.items,
        following=found.next,
        made=made,
        events={name: words for name, words in EVENTS.items() if name != "webhook.test"},
        names=_cohorts(call),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _cohorts(call: Call) -> dict[str, str]:
    return {one.id: one.name for one in list_cohorts(call.work, MOST).items}


@routes.post("", openapi_extra=access(actions.add_webhook))
def add_webhook(call: Called, form: Sent) -> Response:
    """Add a webhook, and show its secret once."""

    def act() -> Response:
        body = read_shape(WebhookIn, _values(form) | {"cohort": form["cohorte"] or None})
        made = actions.add_webhook(call.sent(form["eenmaal"]), body)
        return _list(call, made=made)

    return or_again(act, lambda problem: _list(call, problem))


def _values(form: Form) -> dict[str, Any]:
    return {"url": form["adres"], "events": form.all("wat")}


@routes.get("/{webhook}", openapi_extra=access(actions.change_webhook))
def show_webhook(call: Called, webhook: Key, voor: ChosenKey = "") -> Response:
    """Show one webhook with what was sent to it."""
    return _one(call, webhook, before=voor)


def _one(
    call: Call, webhook: str, form: Form | None = None, problem: Problem | None = None, before: str = ""
) -> Response:
    row = actions.get_webhook(call.work, webhook)
    sent = actions.list_deliveries(call.work, webhook, MOST_SENT, before or None)
    return page(
        call.request,
        "webhook.html",
        problem=problem,
        hook=row,
        version=version_of(actions.tag_of(row), form, problem),
        values={"url": row.url, "events": row.events},
        sent=[(one, reason_words(one.reason, one.answer)) for one in sent.items],
        following=sent.next,
        events={name: words for name, words in EVENTS.items() if name != "webhook.test"},
        all_events=EVENTS,
        states=STATES,
        names=_cohorts(call),
    )


@routes.post("/{webhook}", openapi_extra=access(actions.change_webhook))
def change_webhook(call: Called, webhook: Key, form: Sent) -> Response:
    """Change where to, and what."""
    return _changed(call, webhook, form, _values(form), "Bewaard.")


@routes.post("/{webhook}/pauze", openapi_extra=access(actions.change_webhook))
def pause_webhook(call: Called, webhook: Key, form: Sent) -> Response:
    """Pause a webhook, or let it hear again."""
    paused = form["stand"] == "uit"
    words = "Deze webhook pauzeert: wat gebeurt, krijgt hij niet te horen." if paused else "Deze webhook hoort weer."
    return _changed(call, webhook, form, {"paused": paused}, words)


def _changed(call: Call, webhook: str, form: Form, values: dict[str, Any], words: str) -> Response:

    def act() -> Response:
        actions.change_webhook(call.sent("", form["versie"]), webhook, read_shape(WebhookChange, values))
        return with_message(go(path_to(ONE, webhook)), words)

    return or_again(act, lambda problem: _one(call, webhook, form if "adres" in form else None, problem))


@routes.post("/{webhook}/probeer", openapi_extra=access(actions.try_webhook))
def try_webhook(call: Called, webhook: Key, form: Sent) -> Response:
    """Send one message to try."""
    actions.try_webhook(call.sent(form["eenmaal"]), webhook)
    text = "Een proefbericht vertrekt. Laad deze bladzijde zo opnieuw om het antwoord te zien."
    return with_message(go(path_to(ONE, webhook)), text)


@routes.post("/{webhook}/opnieuw", openapi_extra=access(actions.send_again))
def send_again(call: Called, webhook: Key, form: Sent) -> Response:
    """Send a message once more."""

    def act() -> Response:
        actions.send_again(call.work, webhook, form.key("bericht"))
        return with_message(go(path_to(ONE, webhook)), "Het bericht vertrekt opnieuw.")

    return or_again(act, lambda problem: _one(call, webhook, None, problem))


@routes.post("/{webhook}/weg", openapi_extra=access(actions.remove_webhook))
def remove_webhook(call: Called, webhook: Key) -> Response:
    """Remove a webhook, with what was sent to it."""
    actions.remove_webhook(call.work, webhook)
    return with_message(go(HOME), "De webhook is verwijderd.")
