"""Does a link to log in arrive by mail, and open the door once?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
