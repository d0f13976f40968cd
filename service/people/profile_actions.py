"""What can a person do about the own logins and the second factor, and an admin about another's?"""

from __future__ import annotations

from http import HTTPStatus

from service.access import factors, logins, people, provider_accounts, totp
from service.access.action import action
from service.access.passwords import is_password
from service.access.people import PersonRow
from service.access.work import Work
from service.core.errors import Problem, conflict, existing, invalid, not_found
from service.database.engine import Transaction
from service.database.ids import now
from service.people.notices import RECOVERY_RENEWED, STEP_REMOVED, STEP_SET, STEP_TAKEN, notice
from service.people.session_actions import Browser
from service.people.shapes import Checked, CodeIn, FactorBegun, FactorOut, OwnLoginOut, ProofIn, RecoveryOut


@action("viewer", before_step=True)
def list_logins(work: Work, browser: Browser) -> list[OwnLoginOut]:
    """Give where the person who asks is logged in, the last seen first."""
    with work.reading() as transaction:
        rows = logins.list_logins(transaction, _me(work, transaction).id, browser.login)
    return [OwnLoginOut.from_row(row) for row in rows]


@action("viewer", before_step=True)
def is_fresh(work: Work, browser: Browser) -> bool:
    """Tell whether who asks proved in the last quarter of an hour who they are."""
    with work.reading() as transaction:
        login = logins.login_row(transaction, browser.login or "")
    return login is not None and login.is_fresh(now())


@action("viewer", before_step=True)
def prove(work: Work, browser: Browser, body: ProofIn) -> None:
    """Prove once more who asks, by password or by a code: for a quarter of an hour the account may be changed.

    Raises Problem 403 for what proves nothing, and 429 for too many tries.
    """
    _count(work)
    with work.reading() as transaction:
        me = _me(work, transaction)
    right = body.password is not None and is_password(me.password, body.password)
    with work.writing() as transaction:
        if body.code is not None and factors.is_asked(transaction, me.id):
            right = bool(factors.use(transaction, me.id, body.code))
        if right:
            logins.proved(transaction, browser.login or "")
        work.audit(transaction, "login.proved" if right else "login.not_proved", me.id)
    if not right:
        raise Problem(HTTPStatus.FORBIDDEN, "not_proved", "Dit bewijst niet wie u bent. Probeer het opnieuw.")


@action("viewer", before_step=True)
def end_own_login(work: Work, browser: Browser, login: str) -> None:
    """Log out one of the own browsers.

    Raises Problem 403 where it was not proved lately who asks, and 404 where that is no browser of theirs.
    """
    with work.writing() as transaction:
        me = _me(work, transaction)
        _must_be_fresh(transaction, browser)
        if not logins.end_one(transaction, me.id, login):
            raise not_found("Deze browser")
        work.audit(transaction, "login.ended", me.id)


@action("viewer", before_step=True)
def end_own_logins(work: Work, browser: Browser) -> None:
    """Log out everywhere but in this browser; raises Problem 403 where it was not proved lately who asks."""
    with work.writing() as transaction:
        me = _me(work, transaction)
        _must_be_fresh(transaction, browser)
        logins.end_logins(transaction, me.id, browser.login)
        work.audit(transaction, "logins.ended", me.id)


@action("admin")
def end_logins_of(work: Work, person: str) -> None:
    """Log a person out everywhere, and end the links that were not used."""
    with work.writing() as transaction:
        logins.end_logins(transaction, _somebody(transaction, person).id)
        work.audit(transaction, "logins.ended", person)


@action("viewer", before_step=True)
def get_factor(work: Work) -> FactorOut:
    """Tell whether the person who asks gives a code to log in."""
    with work.reading() as transaction:
        me = _me(work, transaction)
        row, left = factors.find(transaction, me.id), factors.recovery_left(transaction, me.id)
    return FactorOut(asked=row is not None and row.confirmed_at is not None, begun=row is not None, recovery_left=left)


@action("viewer", before_step=True)
def begin_factor(work: Work, browser: Browser) -> FactorBegun:
    """Give what an authenticator app takes over; nothing is asked before a code confirms it.

    Raises Problem 403 where the login is older than a quarter of an hour, and 409 where a code is asked already.
    """
    with work.writing() as transaction:
        me = _me(work, transaction)
        _must_be_fresh(transaction, browser)
        if factors.is_asked(transaction, me.id):
            raise conflict("factor_there", "U geeft al een code. Zet dat eerst uit.")
        secret = factors.begin(transaction, me.id)
    return FactorBegun(secret=secret, address=totp.address_for_app(secret, me.email))


@action("viewer", before_step=True)
def begun_factor(work: Work) -> FactorBegun | None:
    """Give once more what an app takes over, as long as no code confirmed it."""
    with work.reading() as transaction:
        me = _me(work, transaction)
        row = factors.find(transaction, me.id)
    if row is None or row.confirmed_at is not None:
        return None
    return FactorBegun(secret=row.secret, address=totp.address_for_app(row.secret, me.email))


@action("viewer", before_step=True)
def confirm_factor(work: Work, browser: Browser, body: CodeIn) -> RecoveryOut:
    """Ask for a code from now on; the codes to recover are in this answer alone, and other browsers are logged out."""
    _count(work)
    made = factors.new_codes(work.caller.id)
    with work.writing() as transaction:
        me = _me(work, transaction)
        row = factors.find(transaction, me.id)
        if row is None or row.confirmed_at is not None:
            raise conflict("no_factor_begun", "Er is niets om te bevestigen. Begin opnieuw.")
        if factors.use(transaction, me.id, body.code) != "app":
            raise _wrong()
        factors.confirm(transaction, me.id, made)
        logins.end_logins(transaction, me.id, browser.login)
        work.audit(transaction, "factor.set", me.id)
        notice(work, transaction, me, STEP_SET)
    return RecoveryOut(codes=made.shown)


@action("viewer", before_step=True)
def renew_recovery(work: Work, body: CodeIn) -> RecoveryOut:
    """Give new codes to recover in the place of the old ones."""
    _count(work)
    made = factors.new_codes(work.caller.id)
    with work.writing() as transaction:
        me = _me(work, transaction)
        _prove(transaction, me.id, body)
        factors.confirm(transaction, me.id, made)
        work.audit(transaction, "factor.recovery_renewed", me.id)
        notice(work, transaction, me, RECOVERY_RENEWED)
    return RecoveryOut(codes=made.shown)


@action("viewer", before_step=True)
def drop_factor(work: Work, body: CodeIn) -> None:
    """Ask for no code any more, once one more code was given."""
    _count(work)
    with work.writing() as transaction:
        me = _me(work, transaction)
        _prove(transaction, me.id, body)
        factors.remove(transaction, me.id)
        work.audit(transaction, "factor.removed", me.id)
        notice(work, transaction, me, STEP_REMOVED)


@action("admin")
def has_factor(work: Work, person: str) -> bool:
    """Tell whether a person gives a code to log in."""
    with work.reading() as transaction:
        return factors.is_asked(transaction, _somebody(transaction, person).id)


@action("admin")
def take_factor_away(work: Work, person: str, checked: Checked) -> None:
    """Ask a person for no code any more, such as who lost the phone; logged out everywhere.

    How the admin made sure who asked it stands in the trail.
    """
    with work.writing() as transaction:
        row = _somebody(transaction, person)
        if not factors.remove(transaction, row.id):
            raise conflict("no_factor", "Deze persoon geeft geen code.")
        logins.end_logins(transaction, row.id)
        work.audit(transaction, "factor.taken_away", row.id, checked=checked)
        notice(work, transaction, row, STEP_TAKEN)


@action("admin")
def has_account(work: Work, person: str) -> bool:
    """Tell whether a person is known by an account with the organisation's provider."""
    with work.reading() as transaction:
        return provider_accounts.has_account(transaction, _somebody(transaction, person).id)


@action("admin")
def forget_account(work: Work, person: str) -> None:
    """Forget a person's account with the provider, such as of who got another: the next with the address is theirs."""
    with work.writing() as transaction:
        row = _somebody(transaction, person)
        if not provider_accounts.forget(transaction, row.id):
            raise conflict("no_account", "Deze persoon heeft hier geen account van de organisatie.")
        logins.end_logins(transaction, row.id)
        work.audit(transaction, "account.forgotten", row.id)


def _me(work: Work, transaction: Transaction) -> PersonRow:
    """Give who asks; raises Problem 409 for a key, which is no person."""
    found = None if work.caller.is_key else people.find(transaction, work.caller.id)
    if found is None:
        raise conflict("no_person", "Een sleutel heeft geen profiel: dat is voor mensen.")
    return found


def _somebody(transaction: Transaction, person: str) -> PersonRow:
    return existing(people.find(transaction, person), "Deze persoon")


def _must_be_fresh(transaction: Transaction, browser: Browser) -> None:
    login = logins.login_row(transaction, browser.login or "")
    if login is None or not login.is_fresh(now()):
        detail = "Bewijs eerst opnieuw dat u het bent: dit kan tot een kwartier daarna."
        raise Problem(HTTPStatus.FORBIDDEN, "not_fresh", detail)


def _count(work: Work) -> None:
    """Count a try of a code, as one to log in counts; raises Problem 429."""
    work.process.limits.count_login(f"code:{work.caller.id}")


def _prove(transaction: Transaction, who: str, body: CodeIn) -> None:
    if not factors.is_asked(transaction, who):
        raise conflict("no_factor", "U geeft nog geen code bij het inloggen.")
    if not factors.use(transaction, who, body.code):
        raise _wrong()


def _wrong() -> Problem:
    return invalid(
        "/code", "wrong_code", "Deze code klopt niet, of werd al gebruikt. Neem de code die de app nu toont."
    )
