"""Is a mail in the outbox when its deed is done, and only then, and once?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.mail.outbox import Recipient, propose_mail
from tests.service.mail.sending import AN, PAIR, SMTP, a_work, mails, propose
from tests.service.trajectory.applying import SCHOOL
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database


def test_mail_is_written_with_its_deed_or_not_at_all(database: Database) -> None:
    app = an_app(database, **SMTP)
    cohort, work = a_cohort(a_client(app, "coordinator")), a_work(app)

    def fail() -> None:
        with work.writing() as transaction:
            propose_mail(work, transaction, "plan_published", AN, PAIR, cohort=cohort, deed="1")
            raise RuntimeError("the deed fails")

    with pytest.raises(RuntimeError):
        fail()
    assert mails(database) == []
    propose(app, cohort)
    (found,) = mails(database)
    assert (found.state, found.subject) == ("proposed", "Uw koppel in IN2STEM is bekend")
    assert "- Jan Maes, Voorbeeld NV (Genk)\n" in found.body
    assert found.body.startswith("Beste An Peeters\n\nUw koppel voor Cohorte is bekend. U werkt samen met:\n")


def test_deed_is_told_once_and_another_deed_anew(database: Database) -> None:
    app = an_app(database)
    cohort = a_cohort(a_client(app, "coordinator"))
    first = propose(app, cohort)
    assert propose(app, cohort).id == first.id
    assert propose(app, cohort, "2").id != first.id
    assert propose(app, cohort, to=Recipient("mentor", AN.key, AN.name, AN.address)).id != first.id
    assert len(mails(database)) == 3


def test_fact_that_a_kind_does_not_know_is_refused(database: Database) -> None:
    app = an_app(database)
    with pytest.raises(ValueError, match="plan_published knows no telefoon"):
        propose(app, a_cohort(a_client(app, "coordinator")), facts={"telefoon": "1"})


@pytest.mark.parametrize(("settings", "state"), [(SMTP, "waiting"), ({}, "proposed")])
def test_applicant_is_mailed_the_link_that_confirms(database: Database, settings: dict[str, str], state: str) -> None:
    app = an_app(database, **settings)
    coordinator = a_client(app, "coordinator")
    cohort = a_cohort(coordinator)
    sent = a_client(app).post(f"/v1/public/cohorts/{cohort}/applications/schools", json=SCHOOL)
    assert sent.status_code == 202, sent.text
    (found,) = mails(database)
    assert (found.kind, found.state, found.address) == ("application_confirm", state, SCHOOL["email"])
    link = coordinator.get(f"/v1/cohorts/{cohort}/applications").json()["items"][0]["confirm_link"]
    assert f"\n{link}\n" in found.body


def test_who_has_no_address_is_not_mailed_at_once(database: Database) -> None:
    app = an_app(database, **SMTP)
    cohort = a_cohort(a_client(app, "coordinator"))
    nowhere = Recipient("school", "1", "An", "an@@school")
    assert propose(app, cohort, kind="application_confirm", to=nowhere, facts={}).state == "proposed"
