"""Does a colleague get all that is kept about them: the account, what they did, and every place that erasing knows?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from service.access.callers import Caller
from service.access.work import Work
from service.people.actions import erase_account
from tests.service.records.staff_places import EMAIL, LISTED, MAIL, NAME, come_to_work, planted
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

SECRET = ("link_", "login_", "half_")


def test_export_holds_the_account_what_they_did_and_every_place_that_erasing_tells(
    database: Database, children: Children
) -> None:
    app, admin, who, cohort, _ = planted(database, children)
    answer = admin.get(f"/v1/people/{who}/export")
    assert (answer.status_code, answer.headers["content-disposition"]) == (200, 'attachment; filename="gegevens.json"')
    told = answer.json()
    assert (told["account"]["email"], told["account"]["name"], told["account"]["has_password"]) == (EMAIL, NAME, True)
    assert told["second_step_since"]
    assert len(told["logins"]) == 1
    assert {one["kind"] for one in told["mails"]} >= {"account_notice"}
    assert [one["cohort"] for one in told["views"]] == [cohort]
    assert {"person.invited", "login.begun", "password.chosen", "factor.set"} <= {
        one["action"] for one in told["trail"]
    }
    named = {(one["cohort"] or "", one["what"], one["id"], one["part"]) for one in told["named"]}
    left = erase_account(Work(Caller(role="admin", id="per_other"), app.state.process), who)
    listed = {(key, *one) for key, places in left.mentions.items() for one in places}
    assert {one[1] for one in listed} == LISTED
    assert listed <= named
    assert "mail" in {one[1] for one in named - listed}  # what erasing cleans itself is told too


def test_export_holds_nothing_that_opens_something_and_is_noted(database: Database) -> None:
    app = an_app(database, **MAIL)
    admin = a_client(app, "admin")
    who = come_to_work(app, admin)
    text = json.dumps(admin.get(f"/v1/people/{who}/export").json())
    assert "/aanmelden#link_" + "0" * 43 in text  # the mail with the link to log in, without it
    assert not any(one in text.replace("link_" + "0" * 43, "") for one in ("argon2", *SECRET))
    line = admin.get("/v1/audit").json()["items"][0]
    assert (line["action"], line["target"]) == ("person.exported", who)


def test_who_was_erased_is_named_nowhere_and_others_may_not_ask(database: Database) -> None:
    app = an_app(database)
    admin = a_client(app, "admin")
    who = come_to_work(app, admin)
    erase_account(Work(Caller(role="admin", id="per_other"), app.state.process), who)
    told = admin.get(f"/v1/people/{who}/export").json()
    assert (told["named"], told["logins"], told["account"]["name"]) == ([], [], "")
    assert a_client(app, "coordinator").get(f"/v1/people/{who}/export").status_code == 403
    assert admin.get("/v1/people/onbekend/export").status_code == 404
