"""How is everything that opens something made anew? At once, in one transaction: what leaked opens nothing any more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.access import factors, logins, participants, people
from service.database import installation
from service.database.backup_secrets import TOKEN, is_nothing
from service.database.engine import Transaction
from service.mail import store as mails
from service.mail.store import MailRow
from service.network.calendars import store as calendars
from service.trajectory.applications import store as applications
from service.webhooks import store as webhooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """How many of each were made anew; of webhooks each address with its new secret."""

    pages: int
    calendars: int
    applications: int
    mails: int
    logins: int
    webhooks: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Secrets:
    """Every secret that is derived from the installation's own, as it is now."""

    pages: list[tuple[participants.ParticipantRow, str]]
    calendars: list[tuple[calendars.CalendarRow, str]]
    applications: list[tuple[str, str]]

    def in_order(self) -> list[str]:
        """Give the secrets alone."""
        return [secret for _, secret in (*self.pages, *self.calendars, *self.applications)]


def renew(transaction: Transaction) -> Renewed:
    """Make the installation's secret anew with all that is derived from it, end all logins, renew webhooks' secrets."""
    before = _derived(transaction)
    installation.renew_secret(transaction)
    after = _derived(transaction)
    new = dict(zip(before.in_order(), after.in_order(), strict=True))
    _follow(transaction, after)
    changed = mails.rewrite(transaction, lambda _row, text: TOKEN.sub(lambda one: new.get(one[0], one[0]), text))
    ended = logins.end_all(transaction)
    return _told(after, changed, ended, webhooks.renew_secrets(transaction))


def make_after_restore(transaction: Transaction) -> Renewed:
    """Make secrets for a database that came from a copy without any; raises nothing for one that has no rows."""
    after = _derived(transaction)
    _follow(transaction, after)
    pages = {(row.cohort, row.side, row.subject): secret for row, secret in after.pages}
    confirming = dict(after.applications)

    def filled(mail: MailRow, found: re.Match[str]) -> str:
        if not is_nothing(found[0]):
            return found[0]
        if found["key"]:
            return confirming.get(found["key"], found[0])
        page = pages.get((mail.cohort, mail.side, mail.who)) if found["kind"] == participants.PREFIX else None  # type: ignore[arg-type]
        return page or found[0]

    changed = mails.rewrite(transaction, lambda row, text: TOKEN.sub(lambda one: filled(row, one), text))
    return _told(after, changed, 0, webhooks.renew_secrets(transaction))


def forget_people(transaction: Transaction) -> tuple[int, int]:
    """Forget passwords, second steps and codes to recover: give how many people had a password, and a second step."""
    return people.forget_passwords(transaction), factors.remove_all(transaction)


def _derived(transaction: Transaction) -> _Secrets:
    return _Secrets(
        participants.each_with_secret(transaction),
        calendars.each_with_secret(transaction),
        applications.each_with_secret(transaction),
    )


def _follow(transaction: Transaction, secrets: _Secrets) -> None:
    for page, secret in secrets.pages:
        participants.follow_secret(transaction, page, secret)
    for calendar, secret in secrets.calendars:
        calendars.follow_secret(transaction, calendar, secret)
    for key, secret in secrets.applications:
        applications.follow_secret(transaction, key, secret)


def _told(after: _Secrets, changed: int, ended: int, renewed: list[tuple[str, str]]) -> Renewed:
    counts = {"pages": len(after.pages), "calendars": len(after.calendars), "applications": len(after.applications)}
    return Renewed(**counts, mails=changed, logins=ended, webhooks=renewed)
