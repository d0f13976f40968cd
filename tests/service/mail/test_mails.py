"""Does a coordinator see each mail first, and does what they decide happen to those mails alone?"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from service.mail.outbox import Recipient
from tests.post_office import a_post_office
from tests.service.mail.sending import AN, SMTP, mails, propose
from tests.service_client import a_client, a_cohort, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

NOWHERE = Recipient("mentor", "M99", "Bo", "")


def listed(client: TestClient, cohort: str, **query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/v1/cohorts/{cohort}/mails", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_mails_are_seen_sent_and_followed(database: Database, children: Children) -> None:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from=SMTP["mail_from"])
        client = a_client(app, "coordinator")
        cohort = a_cohort(client)
        first, second, lost = (propose(app, cohort, deed, to=to) for deed, to in (("1", AN), ("2", AN), ("3", NOWHERE)))
        assert [one["state"] for one in listed(client, cohort)] == ["proposed"] * 3
        sent = client.post(f"/v1/cohorts/{cohort}/mails/send", json={"mails": [first.id]})
        assert sent.json() == {"done": [first.id], "without_address": []}
        work(app, children)
        assert [str(one["Message-ID"])[1:-1].split("@")[0] for one in office.got] == [first.id]
        everything = client.post(f"/v1/cohorts/{cohort}/mails/send", json={"mails": [second.id, lost.id]})
        assert everything.json() == {"done": [second.id], "without_address": [lost.id]}
        work(app, children)
        assert len(office.got) == 2
        counts = client.get(f"/v1/cohorts/{cohort}/mails/counts").json()
        told = {"can_send": True, "sender": SMTP["mail_from"], "texts_version": 0}
        assert counts == told | {"counts": {"proposed": 1, "sent": 2}}
        again = client.post(f"/v1/cohorts/{cohort}/mails/send", json={"mails": [first.id]})
        assert (again.status_code, again.json()["code"]) == (409, "other_state")
        trail = [one["action"] for one in client.get(f"/v1/audit?cohort={cohort}").json()["items"]]
        assert trail.count("mails.sent") == 2


def test_refused_mail_is_sent_again_to_the_address_that_was_mended(database: Database, children: Children) -> None:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from=SMTP["mail_from"])
        client = a_client(app, "coordinator")
        cohort = a_filled_cohort(client)
        school = client.get(f"/v1/cohorts/{cohort}/schools").json()["items"][0]
        office.rcpt["fout@school.example"] = "550 Onbekend"
        propose(app, cohort, to=Recipient("school", school["id"], "An", "fout@school.example"))
        path = f"/v1/cohorts/{cohort}/schools/{school['id']}"

        def address(email: str) -> None:
            tag = client.get(path).headers["etag"]
            assert client.patch(path, json={"email": email}, headers={"If-Match": tag}).status_code == 200

        address("fout@school.example")
        client.post(f"/v1/cohorts/{cohort}/mails/send", json={"mails": [listed(client, cohort)[0]["id"]]})
        work(app, children)
        (found,) = listed(client, cohort)
        assert (found["state"], found["answer"]) == ("refused", "550 Onbekend")
        address("goed@school.example")
        assert listed(client, cohort)[0]["address"] == "goed@school.example"
        assert client.post(f"/v1/cohorts/{cohort}/mails/send", json={"mails": [found["id"]]}).status_code == 200
        work(app, children)
        assert office.addressed[-1][1] == ("goed@school.example",)
        (found,) = listed(client, cohort)
        assert (found["state"], found["attempt"]) == ("sent", 1)


def test_what_is_dropped_stays_and_what_came_back_is_noted(database: Database, children: Children) -> None:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from=SMTP["mail_from"])
        client = a_client(app, "coordinator")
        cohort = a_cohort(client)
        dropped, sent = propose(app, cohort, "1"), propose(app, cohort, "2")
        home = f"/v1/cohorts/{cohort}/mails"
        assert client.post(f"{home}/drop", json={"mails": [dropped.id]}).json()["done"] == [dropped.id]
        assert client.post(f"{home}/{sent.id}/bounce", json={"reason": "x"}).json()["code"] == "not_sent"
        client.post(f"{home}/send", json={"mails": [sent.id]})
        work(app, children)
        back = client.post(f"{home}/{sent.id}/bounce", json={"reason": "Onbekend adres"}).json()
        assert (back["state"], back["answer"]) == ("bounced", "Onbekend adres")
        assert [one["state"] for one in listed(client, cohort)] == ["bounced", "dropped"]
        assert len(office.got) == 1


def test_without_a_server_there_is_a_sheet_and_what_one_sends_oneself_is_noted(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    row = propose(app, cohort, facts={"matches": [{"naam": "=1+1", "organisatie": "", "gemeente": ""}]})
    home = f"/v1/cohorts/{cohort}/mails"
    refused = client.post(f"{home}/send", json={"mails": [row.id]})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_mail_server")
    (told,) = csv.DictReader(io.StringIO(client.get(f"{home}/mails.csv").content.decode("utf-8-sig")), delimiter=";")
    assert (told["E-mail"], told["Onderwerp"]) == (AN.address, row.subject)
    assert told["Tekst"].replace("\r\n", "\n").strip() == row.body.strip()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{home}/mails.xlsx").content))
    header, line = list(book.worksheets[0].iter_rows(values_only=True))
    assert dict(zip(header, line, strict=True))["Naam"] == AN.name
    assert client.post(f"{home}/by-hand", json={"mails": [row.id]}).json()["done"] == [row.id]
    (found,) = listed(client, cohort)
    assert (found["state"], found["answer"]) == ("sent", "Met de hand verstuurd.")
    assert client.get(f"{home}/mails.csv").content.count(b"\r\n") == 1


def test_mail_of_another_cohort_is_not_there(database: Database) -> None:
    app = an_app(database, **SMTP)
    client, other = a_client(app, "coordinator"), a_client(app, "coordinator", regions=("Antwerpen-Waasland",))
    row = propose(app, a_cohort(client))
    elsewhere = a_cohort(other, region="Antwerpen-Waasland")
    for asked in (
        other.get(f"/v1/cohorts/{elsewhere}/mails/{row.id}"),
        other.post(f"/v1/cohorts/{elsewhere}/mails/send", json={"mails": [row.id]}),
        other.post(f"/v1/cohorts/{elsewhere}/mails/drop", json={"mails": [row.id]}),
    ):
        assert asked.status_code == 404, asked.text
    assert mails(database) == [row]


def test_text_is_written_anew_with_what_is_proposed_and_taken_back(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    propose(app, cohort)
    home = f"/v1/cohorts/{cohort}/mail-texts"
    first = client.get(home)
    assert first.json()["version"] == 0
    assert {one["kind"] for one in first.json()["texts"]} >= {"plan_published", "session_invited"}
    assert "login_link" not in first.text
    text = {
        "subject": "Dag {{ naam }}",
        "body": "{% for een in matches %}{{ een.naam }}{% endfor %}\n{{ ondertekening }}",
    }
    looked = client.post(f"{home}/plan_published/preview", json=text).json()
    assert looked["about"] == AN.name
    assert looked["body"] == "Jan Maes\nVriendelijke groeten\nhet team van IN2STEM\n"
    tag = {"If-Match": first.headers["etag"]}
    kept = client.put(f"{home}/plan_published", json=text, headers=tag)
    assert kept.status_code == 200, kept.text
    assert (mails(database)[0].subject, mails(database)[0].body) == ("Dag An Peeters", looked["body"])
    assert client.put(f"{home}/plan_published", json=text, headers=tag).status_code == 412
    signed = client.put(home, json={"signature": "Els", "reply_to": ""}, headers={"If-Match": kept.headers["etag"]})
    assert signed.status_code == 200, signed.text
    assert mails(database)[0].body == "Jan Maes\nEls\n"
    back = client.delete(f"{home}/plan_published")
    assert not any(one["own"] for one in back.json()["texts"])
    assert mails(database)[0].subject == "Uw koppel in IN2STEM is bekend"
    assert mails(database)[0].body.endswith("\n\nEls\n")


def test_bad_text_is_refused_with_its_line_and_changes_nothing(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    home = f"/v1/cohorts/{cohort}/mail-texts"
    tag = {"If-Match": client.get(home).headers["etag"]}
    bad = {"subject": "Dag", "body": "Beste\n{{ telefoon }}"}
    refused = client.put(f"{home}/plan_published", json=bad, headers=tag)
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert fault["pointer"] == "/body"
    assert fault["detail"].startswith("Tekst, regel 2: «telefoon» is hier niet bekend")
    looked = client.post(f"{home}/plan_published/preview", json=bad).json()
    assert [(one["part"], one["line"]) for one in looked["findings"]] == [("body", 2)]
    assert client.get(home).json()["version"] == 0
    assert client.post(f"{home}/login_link/preview", json=bad).status_code == 404
    wrong = client.put(home, json={"signature": "x", "reply_to": "geen adres"}, headers=tag)
    assert wrong.json()["errors"][0]["pointer"] == "/reply_to"


@pytest.mark.parametrize("role", ["viewer", "portal", "nobody"])
def test_others_see_no_mail(database: Database, role: str) -> None:
    app = an_app(database)
    cohort = a_cohort(a_client(app, "coordinator"))
    assert a_client(app, role).get(f"/v1/cohorts/{cohort}/mails").status_code in (401, 403)
