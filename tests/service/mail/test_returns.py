"""Does an address from which a mail came back get none, until it is changed or somebody knows that it works?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from service.mail.bounce_actions import HELD_BACK
from service.mail.outbox import Recipient
from tests.post_office import a_post_office
from tests.service.mail.returning import a_report
from tests.service.mail.sending import SMTP, mails, propose
from tests.service.mail.test_mail_pages import shown
from tests.service.mail.test_mails import listed
from tests.service_client import a_client, a_cohort, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.database.engine import Database
    from service.worker.child import Children

OLD, NEW = "oud@school.example", "nieuw@school.example"


class Mailing:
    """A cohort with a school whose mails go to an old address."""

    def __init__(self, database: Database, children: Children, url: str) -> None:
        """Fill a cohort and write the school's address."""
        self.database, self.children = database, children
        self.app = an_app(database, smtp_url=url, mail_from=SMTP["mail_from"])
        self.client = a_client(self.app, "coordinator")
        self.cohort = a_filled_cohort(self.client)
        self.home = f"/v1/cohorts/{self.cohort}/mails"
        self.school = self.client.get(f"/v1/cohorts/{self.cohort}/schools").json()["items"][0]["id"]
        self.address(OLD)

    def address(self, email: str) -> None:
        """Change the school's address."""
        path = f"/v1/cohorts/{self.cohort}/schools/{self.school}"
        tag = self.client.get(path).headers["etag"]
        assert self.client.patch(path, json={"email": email}, headers={"If-Match": tag}).status_code == 200

    def propose(self, deed: str, address: str = OLD) -> str:
        """Propose a mail to the school; give its id."""
        return propose(self.app, self.cohort, deed, to=Recipient("school", self.school, "An", address)).id

    def send(self, mail: str) -> dict[str, Any]:
        """Have a mail sent, and let the worker do so."""
        told: dict[str, Any] = self.client.post(f"{self.home}/send", json={"mails": [mail]}).json()
        work(self.app, self.children)
        return told

    def read(self, *contents: bytes) -> list[dict[str, Any]]:
        """Hand in what came back."""
        files = [("files", (f"{number}.eml", one)) for number, one in enumerate(contents)]
        answer = self.client.post(f"{self.home}/returns", files=files)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    def states(self) -> dict[str, str]:
        """Give the state of each mail."""
        return {one.id: one.state for one in mails(self.database)}


@pytest.fixture
def mailing(database: Database, children: Children) -> Iterator[Mailing]:
    """Make a cohort and a post office."""
    with a_post_office() as office:
        yield Mailing(database, children, office.url)


def test_report_marks_the_mail_and_its_address_gets_nothing_until_it_changes(mailing: Mailing) -> None:
    sent, later = mailing.propose("1"), mailing.propose("2")
    assert mailing.send(sent)["done"] == [sent]
    (told,) = mailing.read(a_report("OUD@school.example", key=sent))
    assert (told["outcome"], told["mail"], told["reason"]) == ("noted", sent, "5.1.1 550 5.1.1 User unknown")
    found = {one["id"]: one for one in listed(mailing.client, mailing.cohort)}
    assert (found[sent]["state"], found[sent]["answer"]) == ("bounced", "5.1.1 550 5.1.1 User unknown")
    assert (found[later]["mailable"], found[later]["returned"]) == (False, "5.1.1 550 5.1.1 User unknown")
    assert mailing.send(later) == {"done": [], "without_address": [later]}
    assert mailing.send(sent) == {"done": [], "without_address": [sent]}
    mailing.address(NEW)
    assert {one["returned"] for one in listed(mailing.client, mailing.cohort)} == {None}
    assert mailing.send(later)["done"] == [later]
    assert mailing.states()[later] == "sent"


def test_address_that_works_again_gets_mail(mailing: Mailing) -> None:
    sent = mailing.propose("1")
    mailing.send(sent)
    assert mailing.client.post(f"{mailing.home}/{sent}/bounce", json={"reason": "Volle mailbox"}).status_code == 200
    assert mailing.send(sent)["without_address"] == [sent]
    trusted = mailing.client.post(f"{mailing.home}/{sent}/trust").json()
    assert (trusted["state"], trusted["answer"], trusted["returned"]) == ("failed", "Volle mailbox", None)
    assert mailing.send(sent)["done"] == [sent]
    assert mailing.states()[sent] == "sent"


def test_what_waits_for_that_address_is_held_back(mailing: Mailing) -> None:
    sent, waits = mailing.propose("1"), mailing.propose("2")
    mailing.send(sent)
    assert mailing.client.post(f"{mailing.home}/send", json={"mails": [waits]}).json()["done"] == [waits]
    mailing.read(a_report(OLD, key=sent))
    work(mailing.app, mailing.children)
    row = next(one for one in mails(mailing.database) if one.id == waits)
    assert (row.state, row.answer, row.attempt) == ("proposed", HELD_BACK, 0)


def test_report_is_matched_by_mail_else_by_address_and_read_twice_is_once(mailing: Mailing) -> None:
    sent = mailing.propose("1")
    mailing.send(sent)
    (told,) = mailing.read(a_report(OLD, key="vreemd"))
    assert (told["outcome"], told["mail"]) == ("noted", sent)
    assert [one["outcome"] for one in mailing.read(a_report(OLD, key=sent))] == ["noted"]
    trail = [one["action"] for one in mailing.client.get(f"/v1/audit?cohort={mailing.cohort}").json()["items"]]
    assert trail.count("mail.bounced") == 1


def test_what_is_no_failure_not_ours_or_no_report_changes_nothing(mailing: Mailing) -> None:
    sent = mailing.propose("1")
    mailing.send(sent)
    told = mailing.read(
        a_report(OLD, key=sent, action="delayed"), a_report("wie@elders.example"), b"Subject: hallo\n\n"
    )
    assert [one["outcome"] for one in told] == ["no_failure", "not_ours", "no_report"]
    assert mailing.states()[sent] == "sent"
    for files in ([], [("files", ("a.eml", b"x"))] * 51):
        assert mailing.client.post(f"{mailing.home}/returns", files=files).status_code == 422


def test_report_about_another_cohorts_mail_is_not_ours(mailing: Mailing) -> None:
    sent = mailing.propose("1")
    mailing.send(sent)
    other = a_cohort(mailing.client, name="Andere")
    files = [("files", ("a.eml", a_report(OLD, key=sent)))]
    told = mailing.client.post(f"/v1/cohorts/{other}/mails/returns", files=files).json()["items"]
    assert [(one["outcome"], one["mail"]) for one in told] == [("not_ours", None)]
    assert mailing.states()[sent] == "sent"


def test_page_reads_what_came_back_and_says_why_an_address_gets_nothing(mailing: Mailing) -> None:
    sent, later = mailing.propose("1"), mailing.propose("2")
    mailing.send(sent)
    home = f"/cohorten/{mailing.cohort}/berichten"
    files = [("files", ("melding.eml", a_report(OLD, key=sent))), ("files", ("brief.eml", b"Subject: hallo\n\n"))]
    text = mailing.client.post(f"{home}/terug", files=files, headers={"Accept": "text/html"}).text
    assert "brief.eml" in text
    assert "is geen melding van een mailserver" in text
    assert "een mail aan dit adres kwam terug" in text
    assert "Reden: «5.1.1 550 5.1.1 User unknown»." in text
    told = shown(mailing.client, home, actie="stuur", mail=[later])
    assert "0 mails vertrekken. 1 mail blijft liggen: er is geen adres dat mails ontvangt." in told
    assert "Dit adres werkt weer" in shown(mailing.client, f"{home}/mail/{sent}")
    assert "kunnen weer mails vertrekken" in shown(mailing.client, f"{home}/mail/{sent}/werkt", eenmaal="k1")
    assert "1 mail vertrekt." in shown(mailing.client, home, actie="stuur", mail=[later])


def test_mails_whose_words_changed_meanwhile_are_seen_again_first(mailing: Mailing) -> None:
    mail = mailing.propose("1")
    version = mailing.client.get(f"{mailing.home}/counts").json()["texts_version"]
    home = f"/cohorten/{mailing.cohort}/berichten"
    assert f'name="teksten" value="{version}"' in shown(mailing.client, home)
    texts = f"/v1/cohorts/{mailing.cohort}/mail-texts"
    tag = {"If-Match": mailing.client.get(texts).headers["etag"]}
    words = {"subject": "Anders", "body": "Anders {{ naam }}"}
    assert mailing.client.put(f"{texts}/plan_published", json=words, headers=tag).status_code == 200
    body = {"mails": [mail], "texts_version": version}
    refused = mailing.client.post(f"{mailing.home}/send", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "texts_changed")
    page = shown(mailing.client, home, actie="stuur", mail=[mail], teksten=str(version))
    assert "gewijzigd sinds u deze bladzijde opende. Er is niets verstuurd." in page
    assert f'name="teksten" value="{version + 1}"' in page
    assert mailing.states() == {mail: "proposed"}
    assert "1 mail vertrekt." in shown(mailing.client, home, actie="stuur", mail=[mail], teksten=str(version + 1))
