"""Does each see and do on their own page what is theirs, and nobody else at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from fastapi.routing import iter_route_contexts

from service.core.settings import Settings
from service.database.tables import mail, participant, proposal
from service.web.route import Route
from tests.page_text import as_read
from tests.service.participants.own import Own
from tests.service_client import a_client, a_filled_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def member(own: Own, side: str, pair: int = 0) -> dict[str, Any]:
    found = own.client.get(f"{own.place}/{side}s/{own.pairs[pair][side]}").json()
    assert isinstance(found, dict)
    return found


def give_addresses(own: Own) -> None:
    """Give the first pair addresses that can be looked for."""
    for side, values in (
        ("mentor", {"email": "mentor@polyflonk.example", "first_name": "Zoë", "last_name": "Wimpelaar"}),
        ("school", {"email": "school@polyflonk.example", "contact": "Leen Korenmaat", "street": "Stationsstraat 1"}),
    ):
        place = f"{own.place}/{side}s/{own.pairs[0][side]}"
        etag = own.client.get(place).headers["etag"]
        answer = own.client.patch(place, json=values, headers={"If-Match": etag})
        assert answer.status_code == 200, answer.text


REACH = {"mentor": ("school@polyflonk.example", "Leen Korenmaat", "Stationsstraat 1"), "school": ("mentor@polyflonk",)}


def test_contact_is_shown_once_both_said_yes_and_never_before(database: Database, children: Children) -> None:
    own = Own(database, children)
    give_addresses(own)

    def shown() -> set[str]:
        return {one for side, words in REACH.items() for one in words if one in own.page(side)}

    assert "Zoë Wimpelaar" in own.page("school")
    assert shown() == set()
    assert own.say("mentor", "accepted").status_code == 303
    assert "U zei ja. We wachten nog op de school." in own.page("mentor")
    assert shown() == set()
    assert own.say("school", "accepted").status_code == 303
    assert shown() == {one for words in REACH.values() for one in words}
    found = own.client.get(f"{own.round}/proposals").json()["pairs"][0]["proposal"]
    assert (found["state"], found["mentor_answer"]["noted"], found["school_answer"]["noted"]) == (
        "accepted",
        "self",
        "self",
    )


def test_match_is_not_shown_before_it_is_proposed_nor_after_it_is_withdrawn(
    database: Database, children: Children
) -> None:
    own = Own(database, children)
    name = member(own, "school")["name"]
    assert name in own.page("mentor")
    own.client.delete(f"{own.place}/proposals/{own.pairs[0]['proposal']['id']}")
    assert name not in own.page("mentor")
    with database.write() as transaction:
        transaction.execute(sa.delete(proposal))
    assert "Er is u nog geen koppel voorgesteld." in own.page("mentor")


def test_no_needs_a_reason_which_stays_with_what_was_typed_and_forbids_the_pair(
    database: Database, children: Children
) -> None:
    own = Own(database, children)
    refused = own.say("mentor", "declined")
    assert (refused.status_code, "Geef een reden" in refused.text) == (422, True)
    assert 'value="declined" checked' in " ".join(refused.text.split())
    assert own.say("mentor", "declined", "te ver").status_code == 303
    (lock,) = own.client.get(f"{own.place}/locks").json()["items"]
    assert lock["reason"] == "Afgewezen door de mentor: te ver"
    assert "te ver" not in own.page("school")
    assert "Dit gaat niet door" in own.page("school")
    lines = own.client.get(f"/v1/audit?cohort={own.cohort}").json()["items"]
    assert {one["action"]: one["actor"] for one in lines}["proposal.answered"] == f"mentor:{own.pairs[0]['mentor']}"


@pytest.mark.parametrize("answer", ["", "misschien"])
def test_answer_that_is_none_is_asked_in_dutch(database: Database, children: Children, answer: str) -> None:
    own = Own(database, children)
    said = own.say("mentor", answer)
    assert (said.status_code, "Kies ja of nee." in as_read(said.text)) == (422, True)
    form = {"voorstel": own.pairs[0]["proposal"]["id"], "kant": "mentor", "antwoord": answer, "ronde": ""}
    noted = own.client.post(f"/cohorten/{own.cohort}/voorstellen/antwoord", data=form)
    assert "Kies ja of nee." in as_read(noted.text)


def test_page_says_that_the_last_day_is_past(database: Database, children: Children) -> None:
    own = Own(database, children)
    with database.write() as transaction:
        transaction.execute(sa.update(proposal).values(answer_by="2026-11-02"))
    assert "De laatste dag om te antwoorden was ma 2 november 2026; het kan nog." in own.page("mentor")
    assert own.client.post(f"{own.round}/publish").status_code == 200
    assert "Het plan met dit koppel is intussen gepubliceerd." in own.page("school")
    assert own.say("school", "accepted").status_code == 303  # after the day and the publication an answer still counts


def test_match_of_an_older_plan_that_is_not_in_the_public_one_is_gone(database: Database, children: Children) -> None:
    own = Own(database, children)
    for side in ("mentor", "school"):
        own.say(side, "accepted")
    ban = {"school": own.pairs[0]["school"], "mentor": own.pairs[0]["mentor"], "kind": "forbidden", "reason": "ruzie"}
    assert own.client.post(f"{own.place}/locks", json=ban).status_code == 201
    name = member(own, "school")["name"]
    assert name in own.page("mentor")
    own.published()
    assert name not in own.page("mentor")


def ways(own: Own) -> list[tuple[str, str]]:
    """Give the method and the pattern of every route behind a secret."""
    return [
        (method, context.path or context.original_route.path)
        for context in iter_route_contexts(own.app.routes)
        if isinstance(context.original_route, Route) and context.original_route.rule == "participant"
        for method in sorted(context.original_route.methods or ())
    ]


@pytest.mark.parametrize("who", ["nobody", "coordinator", "admin", "viewer", "portal"])
def test_address_that_was_closed_or_renewed_or_never_was_gives_one_and_the_same(
    database: Database, children: Children, who: str
) -> None:
    own = Own(database, children)
    side, key = "mentor", own.pairs[0]["mentor"]
    closed, renewed = own.secret("mentor"), own.secret("school")
    assert own.client.delete(f"{own.place}/participants/{side}/{key}").status_code == 204
    assert own.client.post(f"{own.place}/participants/school/{own.pairs[0]['school']}/renew").status_code == 204
    caller = a_client(own.app, who)
    found = ways(own)
    assert ("GET", "/mijn/{secret}") in found
    for method, pattern in found:
        texts = set()
        for secret in (closed, renewed, "mijn_onbekend", "x" * 64):
            path = pattern.replace("{secret}", secret)
            for name in ("moment", "school", "mentor"):
                path = path.replace(f"{{{name}}}", "baseline")
            answer = caller.request(method, path, data={} if method == "POST" else None)
            assert answer.status_code == 404, (method, pattern)
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"
            assert "noindex" in answer.headers["x-robots-tag"]
            texts.add(answer.text)
        assert len(texts) == 1, pattern


def test_proposal_of_others_can_not_be_answered(database: Database, children: Children) -> None:
    own = Own(database, children)
    others = next(place for place, one in enumerate(own.pairs) if one["mentor"] != own.pairs[0]["mentor"])
    form = {"voorstel": own.pairs[others]["proposal"]["id"], "antwoord": "accepted", "reden": ""}
    assert own.nobody.post(f"/mijn/{own.secret('mentor')}/antwoord", data=form).status_code == 404
    assert own.state(others) == "proposed"


def test_secret_opens_nothing_but_its_own_page(database: Database, children: Children) -> None:
    own = Own(database, children)
    for headers in ({"Authorization": f"Bearer {own.secret('mentor')}"}, {"Cookie": f"in2stem={own.secret('mentor')}"}):
        assert own.nobody.get(own.place, headers=headers).status_code in (303, 401)


def test_page_of_who_was_removed_or_erased_is_gone(database: Database, children: Children) -> None:
    own = Own(database, children)
    assert own.client.post(f"{own.place}/mentors/{own.pairs[0]['mentor']}/erase").status_code == 200
    assert own.nobody.get(f"/mijn/{own.secret('mentor')}").status_code == 404
    place = f"{own.place}/schools/{own.pairs[0]['school']}"
    etag = own.client.get(place).headers["etag"]
    assert own.client.delete(place, headers={"If-Match": etag}).status_code == 204
    assert own.nobody.get(f"/mijn/{own.secret('school')}").status_code == 404


def test_page_asks_no_script_and_is_not_indexed(database: Database, children: Children) -> None:
    own = Own(database, children)
    answer = own.nobody.get(f"/mijn/{own.secret('mentor')}")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "<script" not in answer.text
    assert 'content="noindex, nofollow"' in answer.text


def test_page_of_another_site_can_not_answer(database: Database, children: Children) -> None:
    own = Own(database, children)
    form = {"voorstel": own.pairs[0]["proposal"]["id"], "antwoord": "accepted", "reden": ""}
    place = f"/mijn/{own.secret('mentor')}/antwoord"
    answer = own.nobody.post(place, data=form, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert own.state(0) == "proposed"


def test_requests_on_own_pages_are_limited(database: Database) -> None:
    app = an_app(database, requests_a_minute=5)
    client = a_client(app)
    assert isinstance(app.state.settings, Settings)
    answers = [client.get("/mijn/mijn_onbekend").status_code for _ in range(7)]
    assert answers == [404] * 5 + [429] * 2


def test_list_tells_when_a_page_was_used_and_keeps_the_address(database: Database, children: Children) -> None:
    own = Own(database, children)

    def row() -> dict[str, Any]:
        items = own.client.get(f"{own.place}/participants").json()["items"]
        found = next(one for one in items if one["subject"] == own.pairs[0]["mentor"])
        assert isinstance(found, dict)
        return found

    before = row()
    assert before["used_at"] is None
    own.page("mentor")
    after = row()
    assert after["used_at"] is not None
    assert after["url"] == before["url"]
    with database.read() as transaction:  # nothing that is kept opens a page
        kept = transaction.execute(sa.select(participant)).all()
    assert own.secret("mentor") not in repr(kept)


def test_proposal_is_told_by_mail_once_to_each_with_the_address(database: Database, children: Children) -> None:
    own = Own(database, children)
    people = {one for pair in own.pairs for one in (("school", pair["school"]), ("mentor", pair["mentor"]))}
    with database.read() as transaction:
        rows = transaction.execute(sa.select(mail.c.side, mail.c.who, mail.c.kind, mail.c.body, mail.c.state)).all()
    assert {(row.side, row.who) for row in rows} == people
    assert len(rows) == len(people)
    assert {(row.kind, row.state) for row in rows} == {("match_proposed", "proposed")}
    assert all(own.urls[row.side, row.who] in row.body for row in rows)
    own.say("mentor", "accepted")
    told = own.client.post(f"{own.round}/proposals/reminders").json()["people"]
    still = {
        (side, one["school" if side == "school" else "mentor"])
        for one in own.client.get(f"{own.round}/proposals").json()["pairs"]
        for side in one["proposal"]["waiting_for"]
    }
    assert told == len(still)


def test_pages_of_two_cohorts_differ(database: Database, children: Children) -> None:
    own = Own(database, children)
    other = a_filled_cohort(own.client)
    items = own.client.post(f"/v1/cohorts/{other}/participants", json={}).json()["items"]
    assert {one["url"].partition("/mijn/")[2] for one in items}.isdisjoint(own.urls.values())


def test_no_asks_a_reason_that_shows_and_a_later_yes_is_refused_in_words_for_who_reads_them(
    database: Database, children: Children
) -> None:
    own = Own(database, children)
    assert own.say("mentor", "declined", "\u200b\u3164").status_code == 422
    assert own.state(0) == "proposed"
    assert own.say("mentor", "declined", "te ver").status_code == 303
    assert "Dit gaat niet door. Uw coördinator ziet dit." in own.page("school")
    late = own.say("school", "accepted")
    assert late.status_code == 409
    assert "Dit voorstel is al afgewezen." in as_read(late.text)
    assert "Stel het koppel opnieuw voor" not in late.text
    assert "Stel het koppel opnieuw voor" in own.answer(0, "school", "accepted").json()["detail"]
