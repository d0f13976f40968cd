"""Does a link to log in arrive by mail, and open the door once?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.mail.store import forget_person
from tests.post_office import a_post_office
from tests.service.mail.sending import mails
from tests.service_client import a_client, an_app, work

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

ELS = {"email": "els@voka.example", "name": "Els Claes", "role": "coordinator", "regions": ["Limburg"]}


def test_colleague_is_invited_by_mail_and_comes_in_with_its_link(database: Database, children: Children) -> None:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from="IN2STEM <in2stem@voorbeeld.be>")
        admin = a_client(app, "admin")
        made = admin.post("/v1/people", json=ELS).json()
        assert made["mailed"] is True
        assert admin.post(f"/v1/people/{made['person']['id']}/link").json()["mailed"] is True
        work(app, children)
        invited, _again = office.got
        assert "An Peeters geeft u toegang tot in2stem." in invited.get_content()
        assert [str(one["To"]) for one in office.got] == ["Els Claes <els@voka.example>"] * 2
        first, second = (re.search(r"/aanmelden#(\S+)", one.get_content()) for one in office.got)
        assert first is not None
        assert second is not None
        anybody = a_client(app)
        assert anybody.post("/v1/session", json={"link": first.group(1)}).status_code == 401
        assert anybody.post("/v1/session", json={"link": second.group(1)}).status_code in (200, 201)
        assert all(second.group(1) not in one.body + repr(one.facts) for one in mails(database))


def test_without_a_server_the_link_is_handed_over_and_nothing_is_kept(database: Database) -> None:
    admin = a_client(an_app(database), "admin")
    made = admin.post("/v1/people", json=ELS).json()
    assert made["mailed"] is False
    assert made["link"]
    assert mails(database) == []


def test_link_is_asked_on_the_page_and_nobody_learns_who_is_known(database: Database, children: Children) -> None:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from="in2stem@voorbeeld.be")
        admin, anybody = a_client(app, "admin"), a_client(app)
        made = admin.post("/v1/people", json=ELS).json()
        blocked = admin.post("/v1/people", json=ELS | {"email": "bo@voka.example"}).json()
        tag = {"If-Match": admin.get(f"/v1/people/{blocked['person']['id']}").headers["etag"]}
        assert admin.patch(f"/v1/people/{blocked['person']['id']}", json={"blocked": True}, headers=tag).is_success
        work(app, children)
        office.got.clear()
        asked = [
            anybody.post("/v1/session/link", json={"email": email})
            for email in ("els@voka.example", "niemand@voka.example", "bo@voka.example", "geen adres")
        ]
        assert {one.text for one in asked} == {asked[0].text}
        assert {one.status_code for one in asked} == {202}
        work(app, children)
        (mail,) = office.got
        assert mail["To"].addresses[0].addr_spec == made["person"]["email"]
        html = {"Accept": "text/html"}
        assert "Mail mij een link" in anybody.get("/aanmelden", headers=html).text
        shown = anybody.post("/aanmelden/link", data={"email": "els@voka.example"}, headers=html)
        assert "dan is er een link onderweg" in shown.text
        work(app, children)
        link = re.search(r"/aanmelden#(\S+)", office.got[-1].get_content())
        assert link is not None
        assert anybody.post(
            "/aanmelden", data={"link": link.group(1)}, headers=html, follow_redirects=False
        ).is_redirect


def test_without_a_server_no_link_can_be_asked(database: Database) -> None:
    anybody = a_client(an_app(database))
    asked = anybody.post("/v1/session/link", json={"email": "els@voka.example"})
    assert (asked.status_code, asked.json()["code"]) == (409, "no_mail_server")
    assert "Mail mij een link" not in anybody.get("/aanmelden", headers={"Accept": "text/html"}).text


def test_mails_to_a_person_can_be_forgotten(database: Database) -> None:
    app = an_app(database, smtp_url="smtp://localhost:1?starttls=nee", mail_from="in2stem@voorbeeld.be")
    made = a_client(app, "admin").post("/v1/people", json=ELS).json()
    assert len(mails(database)) == 1
    with database.write() as transaction:
        forget_person(transaction, made["person"]["id"])
    assert mails(database) == []
