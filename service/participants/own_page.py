"""How does somebody's own page come about, also where a form was refused?"""

from __future__ import annotations

from typing import Any

from fastapi import Response

from service.core.addresses import path_to
from service.core.errors import Problem
from service.database.ids import today
from service.measuring.words import MOMENTS
from service.participants import own_actions
from service.participants.own_identity import STOPPED
from service.participants.wish_words import HALF_DAYS, state_words, wish_words
from service.trajectory.outcomes.words import KINDS
from service.web.call import Call
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go


def own_page(call: Call, secret: str, problem: Problem | None = None) -> Response:
    """Show all that is somebody's own, and what is wrong with a form that was refused."""
    found = own_actions.own_page(call.work)
    here, me = path_to("/mijn/{}", secret), found.me
    words: dict[str, Any] = {"wish_words": wish_words, "state_words": state_words}
    words |= {"stopped": STOPPED, "half_days": HALF_DAYS, "moments": MOMENTS}
    words |= {"contact_kinds": KINDS, "today": today().isoformat()}
    return page(call.request, "mijn.html", here=here, own=found, me=me, problem=problem, **words)


def back(secret: str, part: str, told: str = "") -> Response:
    """Go back to a part of the page, with a message of what was done."""
    answer = go(f"{path_to('/mijn/{}', secret)}#{part}")
    return with_message(answer, told) if told else answer
