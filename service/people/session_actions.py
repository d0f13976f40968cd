"""How does a person log in and out? By a link that works once, or by address and password; what a browser keeps."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from service.access import audit_trail, factors, logins, people
from service.access.action import action
from service.access.passwords import check_strength, encode, is_dated, is_password
from service.access.people import PersonRow
from service.access.work import Work
from service.core.errors import Problem, conflict, invalid
from service.database.engine import Transaction
from service.database.ids import now
from service.people.login_mails import mail_link
from service.people.notices import PASSWORD_CHOSEN, notice, notice_login, notice_recovery
from service.people.shapes import LinkAsked, PasswordIn, SessionOut


@dataclass(frozen=True, slots=True)
class Browser:
    """Whence somebody asks: the network address, the login that the browser has already, and what it calls itself."""

    address: str
    login: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A login: the secret that the browser keeps, and who that is."""

    secret: str
    session: SessionOut


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Who proved the first factor and must give a code: the secret that the browser keeps meanwhile."""

    secret: str


@action("anyone")
def log_in_by_link(work: Work, browser: Browser, link: str, code: str | None = None) -> LoggedIn | HalfWay:
    """Log in the person whose link this is. Raises Problem 401, and 429 for too many tries."""
    work.process.limits.count_login(browser.address)
    with work.writing() as transaction:
        who = logins.use_link(transaction, link)
        if who is not None:
            return begin(work, transaction, browser, who, "link", code)
        fail(work, transaction, "link")
    raise _refused("link_ended", "Deze link is al gebruikt of te oud. Vraag een beheerder om een nieuwe.")


@action("anyone")
def ask_link(work: Work, browser: Browser, email: str) -> LinkAsked:
    """Mail a link to log in to whoever has this address here; the answer says nothing about who has.

    Raises Problem 409 where this service sends no mail, and 429 for too many tries from one place or for one address.
    """
    if not work.settings.can_mail:
        raise conflict("no_mail_server", "Hier kan geen mail vertrekken. Vraag een beheerder om een link.")
    work.process.limits.count_login(browser.address)
    work.process.limits.count_login(f"link {email.strip().lower()}")
    with work.writing() as transaction:
        person = people.by_email(transaction, email) if people.is_email(email) else None
        target = person.id if person is not None and not person.blocked else "unknown"
        audit_trail.note(transaction, "nobody", "login.link_asked", target, None, {}, work.request_id)
        if person is not None and not person.blocked:
            mail_link(work, transaction, person, logins.make_link(transaction, person.id))
    return LinkAsked(detail="Kent in2stem dit adres, dan is er een link onderweg. Hij blijft een kwartier geldig.")


@action("anyone")
def log_in_by_password(
    work: Work, browser: Browser, email: str, password: str, code: str | None = None
) -> LoggedIn | HalfWay:
    """Log in by address and password.

    Whoever is unknown, is blocked or has no password gets the answer of a wrong password, after as long.
    Raises Problem 401, and 429 for too many tries from one place or for one address.
    """
    work.process.limits.count_login(browser.address)
    work.process.limits.count_login(f"{email.strip().lower()} from {browser.address}")  # a stranger locks nobody out
    with work.reading() as transaction:
        person = people.by_email(transaction, email) if people.is_email(email) else None
    right = is_password(person.password if person is not None else "", password)
    with work.writing() as transaction:
        if person is not None and right and not person.blocked:
            if is_dated(person.password):
                people.set_password(transaction, person.id, encode(password))
            return begin(work, transaction, browser, person.id, "password", code)
        fail(work, transaction, person.id if person is not None else "unknown")
    raise _refused("login_failed", "Dit e-mailadres en wachtwoord horen niet bij elkaar.")


@action("portal", before_step=True)
def who_am_i(work: Work, browser: Browser) -> SessionOut:
    """Say who calls: a person with a login, or a key."""
    caller = work.caller
    if not caller.is_key and browser.login is not None:
        with work.reading() as transaction:
            login = logins.login_row(transaction, browser.login)
        if login is not None:
            return _shape_of(login)
    return SessionOut(
        id=caller.id,
        name=caller.name,
        role=caller.role,  # type: ignore[arg-type]
        regions=list(caller.regions),
        cohort=caller.cohort,
        is_key=caller.is_key,
    )


@action("anyone")
def log_out(work: Work, browser: Browser) -> None:
    """End the login that came along, if any."""
    if browser.login is not None:
        with work.writing() as transaction:
            logins.end_login(transaction, browser.login)
            if work.caller.id:  # a cookie of nobody's ends nothing
                work.audit(transaction, "login.ended", work.caller.id)


@action("viewer", before_step=True)
def choose_password(work: Work, browser: Browser, body: PasswordIn) -> LoggedIn:
    """Keep a person's new password, log them out everywhere else and in anew here.

    Raises Problem 422 for a bad password, and 403 where the old one is needed (not just logged in) and is not right.
    """
    with work.reading() as transaction:
        person = people.find(transaction, work.caller.id)
        login = logins.login_row(transaction, browser.login or "")
    if person is None or login is None:
        raise Problem(HTTPStatus.FORBIDDEN, "forbidden", "Een sleutel heeft geen wachtwoord.")
    check_strength(body.password, person.email, person.name)
    if not login.is_fresh(now()):
        _check_old(work, person, body.old)
    encoded = encode(body.password)
    with work.writing() as transaction:
        people.set_password(transaction, person.id, encoded)
        logins.end_logins(transaction, person.id)
        work.audit(transaction, "password.chosen", person.id)
        notice(work, transaction, person, PASSWORD_CHOSEN)
        return _logged_in(transaction, logins.begin_login(transaction, person.id, browser=browser.name))


def begin(  # noqa: PLR0913, PLR0917 - who, whence, how
    work: Work,
    transaction: Transaction,
    browser: Browser,
    who: str,
    way: str,
    code: str | None = None,
    proof: logins.Proof | None = None,
) -> LoggedIn | HalfWay:
    """Log a person in, instead of whoever was logged in with this browser; half-way where a code is asked too.

    `proof` says how a provider vouches for them; without it they proved now who they are.
    """
    used = ""
    if factors.is_asked(transaction, who):
        used = factors.use(transaction, who, code) if code is not None else ""
        if not used:
            if code is not None:
                fail(work, transaction, who, way="code")
            return HalfWay(factors.begin_half(transaction, who, way))
        way, proof = f"{way} and code", None
    return _begun(work, transaction, browser, who, way, used, proof)


def _begun(  # noqa: PLR0913, PLR0917 - who, whence, how
    work: Work,
    transaction: Transaction,
    browser: Browser,
    who: str,
    way: str,
    used: str,
    proof: logins.Proof | None = None,
) -> LoggedIn:
    secret = logins.begin_login(transaction, who, old=browser.login, browser=browser.name, proof=proof)
    person = people.find(transaction, who)
    if person is not None:
        notice_login(work, transaction, person, browser.name)
        if used == "recovery":
            notice_recovery(work, transaction, person)
    detail = {"way": way, "browser": browser.name}
    audit_trail.note(transaction, who, "login.begun", who, None, detail, work.request_id)
    return _logged_in(transaction, secret)


@action("anyone")
def log_in_by_code(work: Work, browser: Browser, half: str, code: str) -> LoggedIn:
    """Log in who proved the first factor, with a code of the app or one to recover.

    Raises Problem 401 for a wrong code, and 429 for too many tries.
    """
    work.process.limits.count_login(browser.address)
    with work.writing() as transaction:
        known = factors.try_half(transaction, half)
        if known is not None:
            person, way = people.find(transaction, known[0]), known[1]
            used = factors.use(transaction, known[0], code) if person is not None and not person.blocked else ""
            if used:
                factors.end_half(transaction, half)
                return _begun(work, transaction, browser, known[0], f"{way} and {used}", used)
            fail(work, transaction, known[0], way="code")
    if known is None:
        raise _refused("code_ended", "Dit duurde te lang of ging te vaak mis. Log opnieuw in.")
    raise _refused("wrong_code", "Deze code klopt niet, of werd al gebruikt. Neem de code die de app nu toont.")


def fail(work: Work, transaction: Transaction, target: str, **detail: str) -> None:
    """Note that somebody, who is nobody to us, could not log in."""
    audit_trail.note(transaction, "nobody", "login.failed", target, None, detail, work.request_id)


def _logged_in(transaction: Transaction, secret: str) -> LoggedIn:
    login = logins.login_row(transaction, secret)
    assert login is not None  # noqa: S101 - begun a moment ago
    return LoggedIn(secret, _shape_of(login))


def _shape_of(login: logins.LoginRow) -> SessionOut:
    return SessionOut.from_row(login, regions=list(login.regions), cohort=None, is_key=False)


def _check_old(work: Work, person: PersonRow, old: str | None) -> None:
    work.process.limits.count_login(person.email)
    if old is None:
        raise invalid("/old", "missing", "Geef ook uw huidige wachtwoord, of meld u opnieuw aan met een link.")
    if not is_password(person.password, old):
        raise Problem(HTTPStatus.FORBIDDEN, "wrong_password", "Uw huidige wachtwoord klopt niet.")


def _refused(code: str, detail: str) -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, code, detail, headers={"WWW-Authenticate": "Bearer"})
