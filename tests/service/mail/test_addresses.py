"""Does each mail go to who it is for, at the address that holds now; and to nobody where that was taken away?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.post_office import a_post_office
from tests.service.mail.sending import SMTP
from tests.service.mail.test_deeds import OUTCOMES, proposed
from tests.service.mail.test_mails import listed
from tests.service.rounds.test_acceptance import Asked
from tests.service.trajectory.applying import SCHOOL
from tests.service_client import a_client, a_cohort, an_app, work

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_who_takes_their_address_away_gets_no_mail_there(database: Database, children: Children) -> None:
    asked = Asked(database, children)
    sending = a_client(an_app(database, **SMTP), "coordinator")
    mentor = asked.pairs[0]["mentor"]
    there = f"{asked.place}/mentors/{mentor}"

    def change(email: str) -> None:
        tag = {"If-Match": asked.client.get(there).headers["ETag"]}
        assert asked.client.patch(there, json={"email": email}, headers=tag).status_code == 200

    change("eerst@polyflonk.example")
    form = {"answer_by": "2099-12-31", "pairs": [{name: asked.pairs[0][name] for name in ("school", "mentor")}]}
    assert asked.client.delete(f"{asked.place}/proposals/{asked.pairs[0]['proposal']['id']}").status_code == 204
    # withdrawn, and asked anew at the address of now
    assert asked.client.post(f"{asked.round}/proposals", json=form).status_code == 200
    (mail,) = [one for one in proposed(database, "match_proposed") if one.who == mentor]
    change("")
    (shown,) = [one for one in listed(asked.client, asked.cohort, state="proposed") if one["id"] == mail.id]
    assert (shown["address"], shown["mailable"]) == ("", False)
    told = sending.post(f"{asked.place}/mails/send", json={"mails": [mail.id]}).json()
    assert told == {"done": [], "without_address": [mail.id]}


def test_refusal_goes_to_who_applied_and_not_to_the_school_whose_number_they_told(
    database: Database, children: Children
) -> None:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from=SMTP["mail_from"])
        client = a_client(app, "coordinator")
        cohort = a_cohort(client)
        place = f"/v1/cohorts/{cohort}"
        names = ("id", "name", "postcode", "school_types", "fields")
        member = {name: SCHOOL[name] for name in names} | {"email": "echt@school.example"}
        assert client.post(f"{place}/schools", json=member).status_code == 201
        applied = SCHOOL | {"email": "vreemd@elders.example"}
        a_client(app).post(f"/v1/public/cohorts/{cohort}/applications/schools", json=applied)
        work(app, children)
        (one,) = client.get(f"{place}/applications").json()["items"]
        for state, reason in (("confirmed", ""), ("refused", "Dit nummer is van een andere school.")):
            body = {"state": state, "reason": reason}
            assert client.post(f"{place}/applications/{one['id']}/move", json=body).status_code == 200
        (mail,) = proposed(database, "application_refused")
        assert listed(client, cohort, state="proposed")[0]["address"] == "vreemd@elders.example"
        assert client.post(f"{place}/mails/send", json={"mails": [mail.id]}).json()["done"] == [mail.id]
        work(app, children)
        assert {to for _, to in office.addressed} == {("vreemd@elders.example",)}


def test_two_applications_of_one_school_are_each_told_what_became_of_them(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_cohort(client)
    for email in ("directie@school.example", "leraar@school.example"):
        form = SCHOOL | {"email": email}
        assert a_client(client.app).post(f"/v1/public/cohorts/{cohort}/applications/schools", json=form).is_success  # type: ignore[arg-type]
    place = f"/v1/cohorts/{cohort}/applications"
    first, second = client.get(place).json()["items"]

    def move(one: str, *steps: tuple[str, str]) -> None:
        for state, reason in steps:
            told = client.post(f"{place}/{one}/move", json={"state": state, "reason": reason})
            assert told.status_code == 200, told.text

    move(first["id"], ("confirmed", ""), ("accepted", ""))
    move(second["id"], ("confirmed", ""), ("waiting", ""), ("refused", "Uw school is al aangemeld."))
    told = {one.kind: one.address for one in proposed(database, *OUTCOMES)}
    assert told.keys() == {"application_accepted", "application_refused"}
    assert len(set(told.values())) == 2
