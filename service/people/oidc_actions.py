"""How does a person log in with the organisation's own account? By way of its OpenID provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.access import people
from service.access.action import action
from service.core.errors import Problem
from service.people import oidc
from service.people.session_actions import begin, fail

if TYPE_CHECKING:
    from service.access.work import Work
    from service.people.session_actions import Browser, HalfWay, LoggedIn


@action("anyone")
def begin_attempt(work: Work, browser: Browser) -> tuple[str, str]:
    """Begin to log in; give the provider's address to go to, and what the browser must keep meanwhile.

    Raises Problem 429 for too many tries, and 503 where the provider does not answer.
    """
    work.process.limits.count_login(browser.address)
    attempt = oidc.new_attempt()
    return oidc.where_to_go(work.settings, attempt), attempt.cookie


@action("anyone")
def finish_attempt(work: Work, browser: Browser, kept: str | None, state: str, code: str) -> LoggedIn | HalfWay:
    """Log in whom the provider names, where that is somebody here; an empty `code` tells that it names nobody.

    `kept` is what the browser kept. Raises Problem 401, 403 and 503, and 429 for too many tries.
    """
    work.process.limits.count_login(browser.address)
    attempt = oidc.attempt_of(kept, state)
    if not code:
        raise oidc.refused("De inlogdienst heeft u niet ingelogd.")
    email = oidc.verified_email(work.settings, attempt, code)
    with work.writing() as transaction:
        person = people.by_email(transaction, email) if people.is_email(email) else None
        if person is not None and not person.blocked:
            return begin(work, transaction, browser, person.id, "oidc")
        fail(work, transaction, person.id if person is not None else "unknown", way="oidc")
    detail = "U bent ingelogd bij uw organisatie, maar hier niet gekend. Vraag een beheerder om een uitnodiging."
    raise Problem(403, "unknown_person", detail)
