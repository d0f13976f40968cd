"""Does what somebody asks on their own page wait, and is it done once a coordinator accepts; by the same actions?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.page_text import as_read
from tests.service.mail.sending import mails
from tests.service.participants.own import Own
from tests.service.records.test_privacy import everything

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

HALF_DAYS = ["ma-vm", "di-nm"]


class Asking(Own):
    """A stage on which somebody asks."""

    def ask(self, path: str, side: str = "mentor", **form: Any) -> Any:  # noqa: ANN401 - a response
        """Send a form of somebody's own page."""
        return self.nobody.post(f"/mijn/{self.secret(side)}/{path}", data=form)

    def wishes(self) -> list[dict[str, Any]]:
        """Give what was asked."""
        return list(self.client.get(f"{self.place}/wishes").json()["items"])

    def member(self, side: str = "mentor") -> dict[str, Any]:
        """Read who is on a side of the first pair."""
        return dict(self.client.get(f"{self.place}/{side}s/{self.pairs[0][side]}").json())

    def decide(self, key: str, *, accept: bool, answer: str = "") -> Any:  # noqa: ANN401 - a response
        """Decide on a wish."""
        return self.client.post(f"{self.place}/wishes/{key}/decision", json={"accept": accept, "answer": answer})


def test_change_of_availability_waits_and_is_done_when_accepted(database: Database, children: Children) -> None:
    own = Asking(database, children)
    before = own.member()
    asked = own.ask("wijziging", half_days=HALF_DAYS, max_minutes="45", max_schools=str(before["max_schools"]))
    assert asked.status_code == 303, asked.text
    assert own.member() == before
    (wish,) = own.wishes()
    assert (wish["kind"], wish["document"]) == ("change", {"half_days": HALF_DAYS, "max_minutes": 45})
    assert "wacht op de coördinator" in own.page("mentor")
    shown = as_read(own.client.get(f"/cohorten/{own.cohort}/deelnemers").text)
    assert "Gevraagde wijzigingen" in shown
    assert "45" in shown
    made = own.decide(wish["id"], accept=True, answer="Prima.")
    assert (made.status_code, made.json()["state"]) == (200, "accepted")
    after = own.member()
    assert (after["half_days"], after["max_minutes"]) == (HALF_DAYS, 45)
    assert "«Prima.»" in own.page("mentor")
    again = own.decide(wish["id"], accept=False)
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")


def test_refused_change_leaves_all_as_it_was(database: Database, children: Children) -> None:
    own = Asking(database, children)
    before = own.member("school")
    own.ask("wijziging", "school", half_days=["vr-nm"], mentors_wanted="3", nota="nieuw uurrooster")
    (wish,) = own.wishes()
    assert own.decide(wish["id"], accept=False, answer="Dat lukt niet meer.").status_code == 200
    assert own.member("school") == before
    assert "«Dat lukt niet meer.»" in own.page("school")


def test_wish_is_decided_in_one_step_with_the_old_beside_the_new_and_a_no_needs_a_reason(
    database: Database, children: Children
) -> None:
    own = Asking(database, children)
    before = own.member()
    own.ask("wijziging", half_days=before["half_days"], max_minutes="45", max_schools=str(before["max_schools"]))
    (wish,) = own.wishes()
    assert wish["current"] == {"max_minutes": before["max_minutes"]}
    here = f"/cohorten/{own.cohort}/deelnemers"
    assert "Hoogstens minuten rijden: 45 (nu " in as_read(own.client.get(here).text)
    bare = own.client.post(f"{here}/vraag", data={"vraag": wish["id"], "besluit": "refused", "antwoord": " "})
    assert (bare.status_code, "Zeg waarom niet" in as_read(bare.text)) == (422, True)
    assert [one["state"] for one in own.wishes()] == ["open"]
    form = {"vraag": wish["id"], "besluit": "refused", "antwoord": "Het plan staat vast."}
    assert own.client.post(f"{here}/vraag", data=form).status_code in (200, 303)
    (after,) = own.wishes()
    assert (after["state"], after["answer"], after["current"]) == ("refused", "Het plan staat vast.", {})
    late = own.client.post(f"{here}/vraag", data=form | {"antwoord": "Toch niet."})
    assert (late.status_code, "al beslist" in as_read(late.text)) == (409, True)


def test_wish_that_was_taken_back_meanwhile_is_told_where_it_is_decided(database: Database, children: Children) -> None:
    own = Asking(database, children)
    own.ask("vraag", soort="other", nota="mag ik een andere dag?")
    (wish,) = own.wishes()
    own.ask("trek-in", vraag=wish["id"])
    form = {"vraag": wish["id"], "besluit": "refused", "antwoord": "Nee."}
    answer = own.client.post(f"/cohorten/{own.cohort}/deelnemers/vraag", data=form)
    assert (answer.status_code, "<h1>Deelnemers</h1>" in answer.text) == (404, True)
    assert "Deze vraag" in as_read(answer.text)


def test_what_was_typed_stays_where_a_question_is_refused(database: Database, children: Children) -> None:
    own = Asking(database, children)
    long = "stilstaande trein " * 120
    answer = own.ask("vraag", soort="withdraw", nota=long)
    assert answer.status_code == 422
    assert long.strip() in answer.text
    empty = own.ask("wijziging", half_days=[], nota="liever niets")
    assert (empty.status_code, "liever niets" in empty.text) == (422, True)
    assert 'name="half_days" value="ma-vm" checked' not in " ".join(empty.text.split())


@pytest.mark.parametrize(
    "form",
    [
        {"half_days": ["ma-avond"], "max_minutes": "45"},
        {"half_days": HALF_DAYS, "max_minutes": "veel"},
        {"half_days": HALF_DAYS, "max_schools": "77"},
        {"half_days": []},
    ],
)
def test_change_that_can_not_be_meant_is_refused_on_the_page(
    database: Database, children: Children, form: dict[str, Any]
) -> None:
    own = Asking(database, children)
    answer = own.ask("wijziging", **form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert own.wishes() == []


def test_same_as_now_is_no_change_and_a_new_wish_takes_the_place_of_the_open_one(
    database: Database, children: Children
) -> None:
    own = Asking(database, children)
    same = own.ask("wijziging", half_days=own.member()["half_days"])
    assert (same.status_code, "wat er al staat" in same.text) == (409, True)
    for minutes in ("30", "40"):
        assert own.ask("wijziging", half_days=own.member()["half_days"], max_minutes=minutes).status_code == 303
    (wish,) = own.wishes()
    assert wish["document"] == {"max_minutes": 40}
    own.ask("trek-in", vraag=wish["id"])
    assert own.wishes() == []


def test_contact_changes_at_once_and_nothing_else_can_come_along(database: Database, children: Children) -> None:
    own = Asking(database, children)
    before = own.member()
    answer = own.ask("contact", first_name="Zoë", last_name="Wimpelaar", email="zoe@polyflonk.example", max_schools="5")
    assert answer.status_code == 303, answer.text
    after = own.member()
    assert (after["first_name"], after["email"]) == ("Zoë", "zoe@polyflonk.example")
    assert after["max_schools"] == before["max_schools"]
    lines = own.client.get(f"/v1/audit?cohort={own.cohort}").json()["items"]
    assert {one["action"]: one["actor"] for one in lines}["mentor.changed"] == f"mentor:{own.pairs[0]['mentor']}"
    shown = as_read(own.client.get(f"/cohorten/{own.cohort}/dossier").text)
    assert "Zoë Wimpelaar (eigen bladzijde)" in shown


@pytest.mark.parametrize(
    "typed", ["geen", "a@b", "x\r\nBcc: y@z.example", "jan@müller.example", "a@b.example, c@d.example"]
)
def test_address_to_which_no_mail_can_go_is_refused(database: Database, children: Children, typed: str) -> None:
    own = Asking(database, children)
    before = own.member()
    answer = own.ask("contact", email=typed)
    assert (answer.status_code, "Schrijf één e-mailadres" in as_read(answer.text)) == (422, True)
    assert own.member() == before


def test_half_days_are_asked_and_told_in_whole_words(database: Database, children: Children) -> None:
    own = Asking(database, children)
    own.ask("wijziging", half_days=["ma-vm", "ma-nm", "di-nm"])
    assert "Vrije halve dagen: maandag, dinsdagnamiddag" in own.page("mentor")
    assert "maandag, dinsdagnamiddag (nu " in as_read(own.client.get(f"/cohorten/{own.cohort}/deelnemers").text)


def test_mentor_who_stops_drops_out_once_that_is_accepted(database: Database, children: Children) -> None:
    own = Asking(database, children)
    empty = own.ask("vraag", soort="withdraw", nota=" ")
    assert (empty.status_code, own.wishes()) == (422, [])
    assert own.ask("vraag", soort="withdraw", nota="andere job").status_code == 303
    assert own.client.get(f"{own.place}/withdrawals").json()["items"] == []
    (wish,) = own.wishes()
    form = {"vraag": wish["id"], "besluit": "accepted", "antwoord": ""}
    done = own.client.post(f"/cohorten/{own.cohort}/deelnemers/vraag", data=form)
    assert "De mentor is uitgevallen." in as_read(done.text)
    (gone,) = own.client.get(f"{own.place}/withdrawals").json()["items"]
    assert (gone["mentor"], gone["note"]) == (own.pairs[0]["mentor"], "andere job")


def test_wish_of_others_can_not_be_taken_back(database: Database, children: Children) -> None:
    own = Asking(database, children)
    own.ask("vraag", "school", soort="other", nota="mag ik een andere dag?")
    (wish,) = own.wishes()
    assert own.ask("trek-in", "mentor", vraag=wish["id"]).status_code == 303
    assert own.wishes() == [wish]


def test_what_was_asked_is_told_to_that_person_and_erased(database: Database, children: Children) -> None:
    own = Asking(database, children)
    own.ask("vraag", soort="other", nota="bel me op 0470 00 00 00")
    about = own.client.get(f"{own.place}/mentors/{own.pairs[0]['mentor']}/export").json()
    assert [one["note"] for one in about["wishes"]] == ["bel me op 0470 00 00 00"]
    assert own.client.post(f"{own.place}/mentors/{own.pairs[0]['mentor']}/erase").status_code == 200
    assert "0470 00 00 00" not in everything(database)


def test_coordinator_hears_of_a_wish_where_it_matters_until_it_is_decided(
    database: Database, children: Children
) -> None:
    own = Asking(database, children)
    own.hears("wish.made")
    where = [f"/cohorten/{own.cohort}/{one}" for one in ("plan", "controle")]
    told = "waarover nog niet beslist is"
    assert not any(told in own.client.get(one).text for one in where)
    texts = f"{own.place}/mail-texts"
    tag = {"If-Match": own.client.get(texts).headers["etag"]}
    words = {"signature": "Het team", "reply_to": "team@voka.example"}
    assert own.client.put(texts, json=words, headers=tag).status_code == 200
    assert own.ask("vraag", soort="withdraw", nota="geen tijd").status_code == 303
    (wish,) = own.wishes()
    pseudonym = own.member()["pseudonym"]
    about = {"wish": wish["id"], "kind": "withdraw", "side": "mentor", "subject": pseudonym}
    assert own.told() == [{"event": "wish.made", "cohort": own.cohort, **about}]
    (mail,) = [one for one in mails(database) if one.kind == "wish_made"]
    assert (mail.address, mail.state) == ("team@voka.example", "proposed")
    assert "meldt een mentor te stoppen" in mail.body
    assert f"/cohorten/{own.cohort}/deelnemers#gevraagd" in mail.body
    member = own.member()
    for private in (member["first_name"], member["last_name"], member["email"], "geen tijd"):
        assert not private or private not in mail.body
    for one in where:
        page = own.client.get(one).text
        assert told in page
        assert f"/cohorten/{own.cohort}/deelnemers#gevraagd" in page
    assert own.decide(wish["id"], accept=False, answer="Nu niet.").status_code == 200
    assert not any(told in own.client.get(one).text for one in where)


def test_without_an_address_for_answers_nobody_is_mailed(database: Database, children: Children) -> None:
    own = Asking(database, children)
    assert own.ask("vraag", "school", soort="other", nota="Kan de zaal anders?").status_code == 303
    assert [one for one in mails(database) if one.kind == "wish_made"] == []


def test_what_was_accepted_is_told_as_what_was_done(database: Database, children: Children) -> None:
    own = Asking(database, children)
    for kind, words in (("withdraw", "genoteerd"), ("other", "afgehandeld")):
        own.ask("vraag", "school", soort=kind, nota="te weinig tijd")
        assert own.decide(own.wishes()[0]["id"], accept=True).status_code == 200
        told = own.page("school").partition("Wat u vroeg")[2]
        assert (words in told, "overgenomen" in told) == (True, False)
        shown = as_read(own.client.get(f"/cohorten/{own.cohort}/deelnemers").text)
        assert f"{words} op" in shown
    assert own.member("school")["id"] == own.pairs[0]["school"]  # to take a school out is for the coordinator


def test_who_stopped_is_told_so_and_is_asked_nothing_more(database: Database, children: Children) -> None:
    own = Asking(database, children)
    own.ask("vraag", soort="withdraw", nota="ander werk")
    (wish,) = own.wishes()
    gone = {"mentor": own.pairs[0]["mentor"], "reason": "job_change"}
    assert own.client.post(f"{own.place}/withdrawals", json=gone).status_code in (201, 202)
    assert own.decide(wish["id"], accept=True).status_code == 200  # told by telephone too: nothing is left to do
    told = "U doet niet meer mee."
    page = own.page("mentor")
    assert (told in page, "Meld dat ik stop" in page, "Vraag deze wijziging" in page) == (True, False, False)
    assert told not in own.page("school")
    again = own.ask("vraag", soort="withdraw", nota="nog eens")
    assert (again.status_code, told in as_read(again.text)) == (409, True)
    assert own.ask("vraag", soort="other", nota="mag ik terugkomen?").status_code == 303
    assert own.client.delete(f"{own.place}/withdrawals/{gone['mentor']}").status_code == 204
    assert "Meld dat ik stop" in own.page("mentor")
