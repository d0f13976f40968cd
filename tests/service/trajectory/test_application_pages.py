"""Can an applicant confirm, and a coordinator take each application to its end and select the schools, on pages?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.service.planned import Pages
from tests.service.trajectory.applying import MENTOR, SCHOOL, a_form
from tests.service_client import a_client

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


@pytest.fixture
def visitor(pages: Pages) -> TestClient:
    """Somebody who is not logged in."""
    client = a_client(pages.app)
    client.headers["Accept"] = "text/html"
    return client


def apply(pages: Pages, visitor: TestClient, *forms: dict[str, Any]) -> list[dict[str, Any]]:
    """Send public forms; give the queue."""
    for form in forms:
        side = "schools" if "network" in form else "mentors"
        place = f"/v1/public/cohorts/{pages.cohort}/applications/{side}"
        assert visitor.post(place, json=form).status_code == 202
    return queue(pages)


def queue(pages: Pages) -> list[dict[str, Any]]:
    return list(pages.client.get(f"/v1/cohorts/{pages.cohort}/applications", params={"limit": 200}).json()["items"])


def step(pages: Pages, one: dict[str, Any], state: str, reason: str = "") -> int:
    """Take a step on the page of an application; give the status."""
    data = {"stand": state, "reden": reason, "eenmaal": ""}
    return int(pages.client.post(f"{pages.here}/aanmeldingen/{one['id']}", data=data).status_code)


def test_link_that_was_mailed_confirms_when_the_button_is_pressed(pages: Pages, visitor: TestClient) -> None:
    (one,) = apply(pages, visitor, SCHOOL)
    link = one["confirm_link"][one["confirm_link"].index("/aanmelden/") :]
    assert link.replace("&", "&amp;") in pages.text(f"/aanmeldingen/{one['id']}")
    opened = visitor.get(link)
    assert ("Ja, ik bevestig" in opened.text, "Link uit uw e-mail" in opened.text) == (True, False)
    assert f'name="geheim" value="{link.rpartition("/")[2]}"' in opened.text  # no script is needed, nothing to paste
    assert opened.headers["referrer-policy"] == "no-referrer"
    assert queue(pages)[0]["state"] == "received"  # opening the link is not enough
    data = {"geheim": link.rpartition("/")[2]}
    assert "uw aanmelding is bevestigd" in visitor.post("/aanmelden/bevestigen", data=data).text
    assert queue(pages)[0]["state"] == "confirmed"
    again = visitor.post("/aanmelden/bevestigen", data=data)
    assert (again.status_code, "al gebruikt" in again.text) == (409, True)
    assert "hele link" in visitor.get("/aanmelden/bevestigen").text


def test_applications_are_taken_to_their_end(pages: Pages, visitor: TestClient) -> None:
    assert "nog geen aanmeldingen" in pages.text("/aanmeldingen")
    school, mentor = apply(pages, visitor, SCHOOL, MENTOR)
    assert step(pages, school, "accepted") == 409
    assert step(pages, school, "confirmed") == 303
    assert step(pages, mentor, "refused") == 422
    assert step(pages, mentor, "refused", "geen plaats") == 303
    text = pages.text("/aanmeldingen")
    assert "Barnabas Wimpelaar is nu geweigerd." in text
    assert "Toch op de wachtlijst" in text
    assert step(pages, school, "accepted") == 303
    assert "Atheneum De Linde is aanvaard en staat in de cohorte." in pages.text("/aanmeldingen")
    assert "Atheneum De Linde" in pages.text("/scholen")
    assert "(geen plaats)" in pages.text(f"/aanmeldingen/{mentor['id']}")
    assert "Barnabas" in pages.text("/aanmeldingen?soort=mentor&stand=refused")
    assert "Geen aanmeldingen met deze keuze" in pages.text("/aanmeldingen?soort=mentor&stand=accepted")
    assert pages.browser("viewer").get(f"{pages.here}/aanmeldingen").status_code == 403
    assert pages.client.get(f"{pages.here}/aanmeldingen/onbekend").status_code == 404


def test_networks_are_told_in_words(pages: Pages, visitor: TestClient) -> None:
    (one,) = apply(pages, visitor, a_form(1) | {"network": "VRIJ"})
    for path in ("/aanmeldingen", f"/aanmeldingen/{one['id']}", "/selectie"):
        text = pages.text(path)
        assert ("vrij onderwijs" in text, "VRIJ<" in text) == (True, False), path


def test_priority_is_given_with_a_reason(pages: Pages, visitor: TestClient) -> None:
    (one,) = apply(pages, visitor, SCHOOL)
    place = f"{pages.here}/aanmeldingen/{one['id']}/voorrang"
    version = pages.client.get(f"/v1/cohorts/{pages.cohort}/applications/{one['id']}").headers["etag"]
    refused = pages.client.post(place, data={"punten": "5", "waarom": "", "versie": version})
    assert (refused.status_code, "Zeg waarom" in refused.text) == (422, True)
    sent = {"punten": "5", "waarom": "vorig jaar niets", "versie": version}
    assert pages.client.post(place, data=sent).status_code == 303
    assert queue(pages)[0]["points"] == 5
    assert pages.client.post(place, data=sent | {"punten": "6"}).status_code == 412


def selecting(pages: Pages, **changed: str) -> Any:  # noqa: ANN401 - an answer
    """Send the form about how to select."""
    place = f"/v1/cohorts/{pages.cohort}/selection/policy"
    data = {"versie": pages.client.get(place).headers["etag"], "eenmaal": "", "plaatsen": "2", "wachtlijst": ""}
    return pages.client.post(f"{pages.here}/selectie", data=data | {"eerst": "priority", "loting": "0"} | changed)


def test_schools_are_selected_accepted_and_replaced(pages: Pages, visitor: TestClient) -> None:
    assert "nog geen bevestigde aanmeldingen" in pages.text("/selectie")
    assert selecting(pages).status_code == 409
    for one in apply(pages, visitor, *(a_form(number) for number in range(11, 15))):
        assert step(pages, one, "confirmed") == 303
    refused = selecting(pages, **{"least-province-Limburg": "veel"})
    assert (refused.status_code, "«veel»" in refused.text) == (422, True)
    assert selecting(pages, **{"most-network-POV": "1"}).status_code == 303
    assert "De selectie wordt berekend" in pages.text("/selectie")
    pages.work()
    text = pages.text("/selectie")
    assert "bewezen best" in text
    assert text.count('goed">gekozen') == 2
    assert "wachtlijst, plaats 2" in text
    assert 'name="most-network-POV" class="kort" inputmode="numeric" value="1"' in text
    place = f"/v1/cohorts/{pages.cohort}/selection/laatste"
    found = pages.client.get(place).json()
    accept = f"{pages.here}/selectie/{found['id']}/aanvaard"
    assert pages.client.post(accept, data={"eenmaal": ""}).status_code == 303
    assert "2 scholen staan nu in de cohorte." in pages.text("/selectie")
    assert pages.client.post(accept, data={"eenmaal": ""}).status_code == 409
    (leaving, stays) = (one["school"] for one in found["choices"] if one["outcome"] == "chosen")
    sent = {"school": leaving, "reden": "nieuwe directie", "eenmaal": ""}
    assert pages.client.post(f"{pages.here}/selectie/vervang", data=sent).status_code == 303
    pages.work()
    chosen = [one["school"] for one in pages.client.get(place).json()["choices"] if one["outcome"] == "chosen"]
    assert len(chosen) == 2
    assert stays in chosen
    assert leaving not in chosen
    assert f"Gemaakt om de plaats van {leaving} te vullen" in pages.text("/selectie")


def test_selection_that_cannot_be_says_why(pages: Pages, visitor: TestClient) -> None:
    (one,) = apply(pages, visitor, SCHOOL)
    assert step(pages, one, "confirmed") == 303
    assert selecting(pages, **{"least-province-Limburg": "1"}).status_code == 303
    pages.work()
    text = pages.text("/selectie")
    assert "Limburg" in text[text.index("De laatste selectie") : text.index("Opnieuw selecteren")]
    assert "Aanvaard deze selectie" not in text


def test_many_are_accepted_at_once_and_refused_with_a_reason(pages: Pages, visitor: TestClient) -> None:
    apply(pages, visitor, SCHOOL, MENTOR, a_form(1))
    for one in queue(pages)[:2]:
        step(pages, one, "confirmed")
    ids = [one["id"] for one in queue(pages)]
    assert pages.client.post(f"{pages.here}/aanmeldingen/samen", data={"wie": ids, "stand": "accepted"}).is_redirect
    told = " ".join(pages.text("/aanmeldingen").split())
    assert "2 aanmeldingen zijn nu aanvaard." in told
    assert "Niet voor School 1: Een aanmelding die ontvangen is, kan niet aanvaard worden." in told
    none = pages.client.post(f"{pages.here}/aanmeldingen/samen", data={"stand": "accepted"})
    assert (none.status_code, "Kies eerst een of meer aanmeldingen." in none.text) == (422, True)
    bare = pages.client.post(f"{pages.here}/aanmeldingen/samen", data={"wie": ids[2:], "stand": "refused"})
    assert (bare.status_code, "Zeg waarom" in bare.text) == (422, True)
    assert f'value="{ids[2]}" aria-label="Kies School 1" checked' in " ".join(bare.text.split())
    assert pages.client.post(f"{pages.here}/aanmeldingen/onbevestigd", data={}).is_redirect
    assert "1 aanmelding die niemand bevestigde, verwijderd." in pages.text("/aanmeldingen")
    assert len(queue(pages)) == 2


def test_dates_are_chosen_and_told_and_come_back_when_refused(pages: Pages) -> None:
    assert "Aanmelden kan nu</summary>" in " ".join(pages.text("/aanmeldingen").split()).replace(" </", "</")

    def chosen(**changes: str) -> Any:  # noqa: ANN401 - an answer
        page = pages.text("/aanmeldingen")
        tag = page.partition('action="' + pages.here + '/aanmeldingen/wanneer"')[2].partition('name="versie" value="')[
            2
        ]
        version = tag.partition('"')[0].replace("&#34;", '"')
        data = {"versie": version, "vanaf": "", "tot": "", "dagen": "14", "per_uur": "50"} | changes
        return pages.client.post(f"{pages.here}/aanmeldingen/wanneer", data=data)

    assert chosen(tot="2026-01-10T18:00").is_redirect
    text = " ".join(pages.text("/aanmeldingen").split())
    assert "Bewaard: wanneer en hoe" in text
    assert "Aanmelden kan niet meer sinds 10 januari 2026, 18.00 uur" in text
    assert 'value="2026-01-10T18:00"' in text
    kept = pages.client.get(f"/v1/cohorts/{pages.cohort}/application-rules").json()
    assert (kept["closes_at"], kept["days_to_confirm"]) == ("2026-01-10T17:00:00.000Z", 14)
    for wrong in (
        {"tot": "morgen"},
        {"dagen": "veel"},
        {"per_uur": "0"},
        {"vanaf": "2026-02-01T00:00", "tot": "2026-01-01T00:00"},
    ):
        refused = chosen(**wrong)
        assert refused.status_code == 422, wrong
        assert all(value in refused.text for value in wrong.values())
