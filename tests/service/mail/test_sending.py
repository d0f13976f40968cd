"""Does the worker send what waits, once, keep what became of it, and try again what may still arrive?"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.database.ids import now
from service.database.tables import job, mail
from service.mail import sending_store, store
from service.mail.outbox import Recipient
from tests.post_office import PostOffice, a_post_office
from tests.service.mail.sending import AN, mails, propose
from tests.service_client import a_client, a_cohort, an_app, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from service.database.engine import Database
    from service.worker.child import Children

SENDER = "IN2STEM <in2stem@voorbeeld.be>"
ASKED: dict[str, Any] = {"kind": "application_confirm", "facts": {"link": "https://x.example/1", "dagen": "30"}}


@contextmanager
def sending(database: Database) -> Iterator[tuple[FastAPI, str, PostOffice]]:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from=SENDER)
        yield app, a_cohort(a_client(app, "coordinator")), office


def again(app: FastAPI, children: Children, later: timedelta = timedelta(days=2)) -> None:
    """Have tried again what is due after a while."""
    with app.state.database.write() as transaction:
        sending_store.offer_due(transaction, now() + later)
    work(app, children)


def test_what_was_asked_for_is_sent_once(database: Database, children: Children) -> None:
    with sending(database) as (app, cohort, office):
        propose(app, cohort, **ASKED)
        work(app, children)
        again(app, children)
        (found,) = mails(database)
        assert (found.state, found.answer, found.attempt, found.job) == ("sent", "250 taken", 1, None)
        assert found.sent_at is not None
        assert office.ids == [f"<{found.id}@voorbeeld.be>"]


def test_what_is_proposed_is_not_sent_before_a_coordinator_releases_it(database: Database, children: Children) -> None:
    with sending(database) as (app, cohort, office):
        row = propose(app, cohort)
        work(app, children)
        again(app, children)
        assert office.got == []
        with database.write() as transaction:
            assert store.release(transaction, [row], "per_1") == [row.id]
        work(app, children)
        assert len(office.got) == 1


def test_what_fails_for_now_is_tried_again_with_the_same_name_and_at_last_given_up(
    database: Database, children: Children
) -> None:
    with sending(database) as (app, cohort, office):
        office.rcpt[AN.address] = "451 Later"
        propose(app, cohort, **ASKED)
        work(app, children)
        (found,) = mails(database)
        assert (found.state, found.answer, found.maybe_twice) == ("waiting", "451 Later", False)
        assert found.next_at is not None
        assert now() < found.next_at <= now() + sending_store.DELAYS[0]
        again(app, children, timedelta())
        assert mails(database)[0].attempt == 1
        for _ in sending_store.DELAYS:
            again(app, children)
        (found,) = mails(database)
        assert (found.state, found.attempt) == ("failed", len(sending_store.DELAYS) + 1)
        again(app, children)
        assert mails(database) == [found]


def test_mail_that_may_have_been_taken_says_so_and_bears_its_name_again(database: Database, children: Children) -> None:
    with sending(database) as (app, cohort, office):
        office.cut = "answer"
        propose(app, cohort, **ASKED)
        work(app, children)
        office.cut = ""
        again(app, children)
        (found,) = mails(database)
        assert (found.state, found.maybe_twice) == ("sent", True)
        assert office.ids == [f"<{found.id}@voorbeeld.be>"] * 2


def test_refusal_ends_it_with_the_reason(database: Database, children: Children) -> None:
    with sending(database) as (app, cohort, office):
        office.rcpt[AN.address] = "550 5.1.1 Onbekend"
        propose(app, cohort, **ASKED)
        work(app, children)
        again(app, children)
        (found,) = mails(database)
        assert (found.state, found.answer, found.attempt) == ("refused", "550 5.1.1 Onbekend", 1)


def test_mail_of_a_job_that_ended_without_a_word_is_sent_after_all(database: Database, children: Children) -> None:
    with sending(database) as (app, cohort, office):
        row = propose(app, cohort, **ASKED)
        with database.write() as transaction:
            (key,) = transaction.execute(sa.select(job.c.id).where(job.c.kind == store.JOB)).scalars()
            sending_store.begin(transaction, row.id, key)
            transaction.execute(sa.update(job).values(state="failed"))
        again(app, children)
        (found,) = mails(database)
        assert (found.state, found.maybe_twice, len(office.got)) == ("sent", True, 1)


def test_two_jobs_never_send_one_mail_at_the_same_time(database: Database) -> None:
    with sending(database) as (app, cohort, _):
        row = propose(app, cohort, **ASKED)
        with database.write() as transaction:
            (first,) = transaction.execute(sa.select(job.c.id).where(job.c.kind == store.JOB)).scalars()
            assert sending_store.begin(transaction, row.id, first) is not None
            assert sending_store.begin(transaction, row.id, "job_2") is None
            assert sending_store.record(transaction, row.id, "job_2", "sent", "250", unsure=False) is None
            assert sending_store.begin(transaction, row.id, first) is not None
        assert mails(database)[0].maybe_twice


def test_link_that_ended_is_not_sent_and_a_sent_one_is_not_kept(database: Database, children: Children) -> None:
    secret = "https://x.example/aanmelden#link_geheim"  # noqa: S105 - of nobody
    asked: dict[str, Any] = {"kind": "login_link", "facts": {"link": secret, "minuten": "15"}}
    with sending(database) as (app, _, office):
        els = Recipient("person", "per_1", "Els", "els@voka.example")
        propose(app, None, to=els, **asked)
        late = propose(app, None, "2", to=els, **asked)
        with database.write() as transaction:
            old = now() - timedelta(minutes=16)
            transaction.execute(sa.update(mail).where(mail.c.id == late.id).values(created_at=old))
        work(app, children)
        first, second = mails(database)
        assert (first.state, second.state) == ("sent", "failed")
        assert len(office.got) == 1
        assert secret in office.got[0].get_content()
        assert "geheim" not in repr(first) + repr(second)


@pytest.mark.parametrize("state", ["sent", "waiting"])
def test_only_what_is_over_is_forgotten(database: Database, state: str) -> None:
    app = an_app(database)
    els = Recipient("person", "per_1", "Els", "els@voka.example")
    row = propose(app, None, kind="login_link", to=els, facts={})
    kept = propose(app, a_cohort(a_client(app, "coordinator")))
    with database.write() as transaction:
        old = now() - timedelta(days=31)
        transaction.execute(sa.update(mail).values(created_at=old))
        transaction.execute(sa.update(mail).where(mail.c.id == row.id).values(state=state))
        sending_store.forget(transaction, now())
    assert {one.id for one in mails(database)} == ({kept.id} if state == "sent" else {kept.id, row.id})
