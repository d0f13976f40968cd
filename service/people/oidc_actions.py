"""How does a person log in with the organisation's own account? By way of its OpenID provider."""

from __future__ import annotations

from http import HTTPStatus

from service.access import audit_trail, people, provider_accounts
from service.access.action import action
from service.access.people import PersonRow
from service.access.work import Work
from service.core.errors import Problem
from service.database.engine import Transaction
from service.people import oidc
from service.people.session_actions import Browser, HalfWay, LoggedIn, begin, fail

UNKNOWN = "U bent ingelogd bij uw organisatie, maar hier niet gekend. Vraag een beheerder om een uitnodiging."
UNVERIFIED = "De aanmelddienst bevestigt uw e-mailadres niet. Vraag een beheerder om een aanmeldlink."
OTHER = (
    "Uw e-mailadres hoort hier bij een ander account van uw organisatie. Kreeg u een nieuw account, vraag een "
    "beheerder dan om het oude los te maken."
)


@action("anyone")
def begin_attempt(work: Work, browser: Browser, *, anew: bool = False) -> tuple[str, str]:
    """Begin to log in; give the provider's address to go to, and what the browser must keep meanwhile.

    `anew` has the provider ask once more who it is, whoever is logged in there.
    Raises Problem 429 for too many tries, and 503 where the provider does not answer.
    """
    work.process.limits.count_login(browser.address)
    attempt = oidc.new_attempt()
    return oidc.where_to_go(work.settings, attempt, anew=anew), attempt.cookie


@action("anyone")
def finish_attempt(work: Work, browser: Browser, kept: str | None, state: str, code: str) -> LoggedIn | HalfWay:
    """Log in whom the provider names, where that is somebody here; an empty `code` tells that it names nobody.

    Somebody is known by the account with which they came first; until then by the address that the provider verified.
    `kept` is what the browser kept. Raises Problem 401, 403 and 503, and 429 for too many tries.
    """
    work.process.limits.count_login(browser.address)
    attempt = oidc.attempt_of(kept, state)
    if not code:
        raise oidc.refused("De inlogdienst heeft u niet ingelogd.")
    found, issuer = oidc.vouched(work.settings, attempt, code), work.settings.oidc_issuer
    with work.writing() as transaction:
        known = provider_accounts.person_of(transaction, issuer, found.subject)
        person = people.find(transaction, known) if known is not None else _by_address(transaction, found.email)
        other = known is None and person is not None and provider_accounts.has_account(transaction, person.id, issuer)
        if person is not None and not person.blocked and not other:
            if known is None:
                provider_accounts.bind(transaction, person.id, issuer, found.subject)
                note = ("account.bound", person.id, None, {"issuer": issuer}, work.request_id)
                audit_trail.note(transaction, person.id, *note)
            return begin(work, transaction, browser, person.id, "oidc", proof=found.proof)
        fail(work, transaction, person.id if person is not None else "unknown", way="oidc")
    if other:
        raise Problem(HTTPStatus.FORBIDDEN, "other_account", OTHER)
    if known is None and found.email is None:
        raise oidc.refused(UNVERIFIED)
    raise Problem(HTTPStatus.FORBIDDEN, "unknown_person", UNKNOWN)


def _by_address(transaction: Transaction, email: str | None) -> PersonRow | None:
    return people.by_email(transaction, email) if email is not None and people.is_email(email) else None
