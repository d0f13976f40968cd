"""Can a coordinator plan, read, repair and publish the year of the learning network, and hand out calendars?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from service.web.answers import SVG, XLSX
from tests.service.planned import Pages
from tests.service_client import worker_beside

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")

WISHES = {
    "eenmaal": "",
    "rondes": "2",
    "eerst": "mengen",
    "blokkeringen": "Atheneum 1\t13/01/2027\t\tnm\tstudiedag\n\nalle; 2027-02-01; 2027-02-05\n"
    "S002; 1/12/2026; 18/12/2026; examens",
    "locaties": "Provinciehuis; 3500; 8; 2",
    "afspraken": "samen; Atheneum 1; S003; zelfde richting",
}


class Network(Pages):
    """A cohort whose plan is published."""

    def __init__(self, database: Database, children: Children) -> None:
        """Publish the plan."""
        super().__init__(database, children)
        self.solved()
        base = f"/v1/cohorts/{self.cohort}/rounds/laatste"
        for step in ("approve", "publish"):
            assert self.client.post(f"{base}/{step}").status_code == 200

    def planned(self, **wishes: str) -> None:
        """Have a year planned as the form asks; without wishes straight through the API, in a hurry."""
        if wishes:
            answer = self.client.post(f"{self.here}/sessies", data=WISHES | wishes)
            assert answer.status_code == 303, answer.text
        else:
            quick = {"rounds": 2, "seconds": 1}
            assert self.client.post(f"/v1/cohorts/{self.cohort}/seasons", json=quick).status_code == 202
        self.work()

    def season(self) -> dict[str, Any]:
        """Give the newest season as the API tells it."""
        found: dict[str, Any] = self.client.get(f"/v1/cohorts/{self.cohort}/seasons/laatste").json()
        return found


@pytest.fixture
def pages(database: Database, children: Children) -> Network:
    """Publish a plan."""
    return Network(database, children)


def test_year_needs_a_published_plan_and_says_so(database: Database, children: Children) -> None:
    text = Pages(database, children).text("/sessies")
    assert "Publiceer eerst een plan." in text
    assert '<form method="post" action="/cohorten/' not in text


def test_wishes_are_pasted_lines_and_come_back_in_the_form(pages: Network) -> None:
    pages.planned(
        van1="2027-01-11",
        tot1="2027-01-29",
        thema1="leerplan",
        uren1="14.00-16.00",
        groep2="3",
        afwezig="Atheneum 3; 2; meerdaagse uitstap",
        online="S002; 1",
        link1="https://meet.example/stem",
    )
    asked = pages.season()["asked"]
    assert asked["blackouts"] == [
        {"school": "S001", "first": "2027-01-13", "part": "nm", "reason": "studiedag"},
        {"school": "alle", "first": "2027-02-01", "last": "2027-02-05", "part": ""},
        {"school": "S002", "first": "2026-12-01", "last": "2026-12-18", "kind": "exams"},
    ]
    assert asked["locations"] == [{"name": "Provinciehuis", "postcode": "3500", "capacity": 8, "max_times": 2}]
    first = {"round": 1, "first": "2027-01-11", "last": "2027-01-29", "theme": "leerplan", "hours": "14.00-16.00"}
    assert asked["windows"] == [first | {"link": "https://meet.example/stem"}, {"round": 2, "group_size": 3}]
    assert asked["agreements"] == [{"kind": "meet", "schools": ["S001", "S003"], "reason": "zelfde richting"}]
    assert asked["absences"] == [{"school": "S003", "round": 2, "reason": "meerdaagse uitstap"}]
    assert asked["remote"] == [{"school": "S002", "round": 1}]
    text = pages.text("/sessies")
    for lines in ("S002; 1", "S003; 2; meerdaagse uitstap"):
        assert f"{lines}</textarea>" in text
    assert '<span class="klein">online</span>' in text
    assert '<a href="https://meet.example/stem" rel="noreferrer">Online deelnemen</a>' in text
    assert "samen; S001; S003; zelfde richting</textarea>" in text
    assert "moeten elkaar ontmoeten (zelfde richting): ze zien elkaar in ronde 1." in text
    assert (
        "S001; 2027-01-13; ; nm; studiedag\nalle; 2027-02-01; 2027-02-05\nS002; 2026-12-01; 2026-12-18; examens" in text
    )
    assert 'name="van1" value="2027-01-11"' in text
    first = pages.season()["year"]["sessions"][0]
    assert "2027-01-11" <= first["day"] <= "2027-01-29"
    assert first["day"] != "2027-01-13"
    assert (first["start"], first["end"]) == ("14:00:00", "16:00:00")
    assert {one["start"] for one in pages.season()["year"]["sessions"] if one["round"] == 2} == {"13:30:00"}
    assert 'value="14.00-16.00"' in text


WRONG = (
    ({"blokkeringen": "\nAtheneum 1; 31/02/2027"}, "Regel 2: «31/02/2027» is geen dag. Schrijf bijvoorbeeld"),
    ({"blokkeringen": "Atheneum 1; 1/2/2027; ; avond"}, "Regel 1: «avond» is geen halve dag."),
    ({"blokkeringen": "Atheneum 1; 1/2/2027\n\nAtheneum 9; 2/2/2027"}, "Regel 3: "),
    ({"locaties": "Provinciehuis"}, "Regel 1: Zet eerst de naam en dan de postcode"),
    ({"locaties": "Zaal; 3500; veel"}, "Regel 1: «veel» is geen geheel getal."),
    ({"locaties": "Zaal; 0001"}, "Regel 1: "),
    ({"afspraken": "soms; S001; S002"}, "Regel 1: «soms» is geen afspraak. Schrijf samen of nooit"),
    ({"afspraken": "samen; S001"}, "Regel 1: Noem twee scholen, met een puntkomma ertussen."),
    ({"afspraken": "samen; S001; S002\nnooit; S003; Nergens"}, "Regel 2: "),
    ({"afspraken": "samen; S001; S001"}, "Regel 1: Een afspraak gaat over twee verschillende scholen."),
    ({"van2": "2027-02-01"}, "Ronde 2: geef de eerste en de laatste dag"),
    ({"van2": "2027-03-01", "tot2": "2027-02-01"}, "Ronde 2: "),
    ({"uren2": "9.00-12.00"}, "Ronde 2: Er zijn geen sessies in de voormiddag"),
    ({"thema1": "leerplan", "uren3": "straks"}, "Ronde 3: "),
    ({"link1": "meet.example"}, "Ronde 1: Dit is geen adres op het web."),
    ({"afwezig": "S001; 2"}, "Regel 1: Schrijf de school, het nummer van de ronde en de reden."),
    ({"afwezig": "S001; 1; ziek\nNergens; 2; ziek"}, "Regel 2: Geen school met nummer of naam «Nergens»."),
    ({"online": "S001; straks"}, "Regel 1: «straks» is geen nummer van een ronde."),
    ({"online": "Nergens; 1"}, "Geen school met nummer of naam «Nergens»."),
    ({"groep2": "veel"}, "«veel» is geen geheel getal."),
    ({"groep2": "99"}, "Ronde 2: "),
    ({"rondes": "drie"}, "«drie» is geen geheel getal."),
    ({"langste_rit": "999"}, "240"),
)


def test_line_that_can_not_be_read_is_named_and_what_was_typed_stays(pages: Network) -> None:
    for wish, words in WRONG:
        answer = pages.client.post(f"{pages.here}/sessies", data=WISHES | wish)
        assert answer.status_code == 422, (wish, answer.text)
        assert words in answer.text, (wish, words)
        for value in wish.values():
            assert value.strip().splitlines()[-1] in answer.text, wish
    assert pages.client.get(f"/v1/cohorts/{pages.cohort}/seasons").json()["items"] == []


def test_year_is_read_published_and_repaired_when_a_host_drops_out(pages: Network) -> None:
    pages.planned()
    text = pages.text("/sessies")
    season = pages.season()
    host = season["year"]["sessions"][0]["host"]
    name = next(one["name"] for one in season["hosts"] if one["id"] == host)
    for words in (
        "Het jaar: 2 rondes",
        "Publiceer dit jaar",
        "Herhaalde ontmoetingen",
        "✓ bewezen",
        name,
        "Atheneum 3",
    ):
        assert words in text, words
    assert pages.client.post(f"{pages.here}/sessies/{season['id']}/publiceren").status_code == 303
    assert "gepubliceerd" in pages.text("/sessies")
    again = pages.client.post(f"{pages.here}/sessies/{season['id']}/publiceren")
    assert (again.status_code, "Dit jaar is al gepubliceerd." in again.text) == (409, True)
    wrong = pages.client.post(
        f"{pages.here}/sessies", data={"herstelt": season["id"], "blokkeringen": "Atheneum 1; ooit"}
    )
    assert (wrong.status_code, "Regel 1: «ooit» is geen dag." in wrong.text) == (422, True)
    data = {"herstelt": season["id"], "gastheer_weg": host, "eenmaal": "web_1"}
    assert pages.client.post(f"{pages.here}/sessies", data=data).status_code == 303
    pages.work()
    repaired = pages.season()
    lines = {"afwezig": "Atheneum 1; 2; uitstap", "afspraken": "samen; S001; S002", "online": "Atheneum 3"}
    again = pages.client.post(f"{pages.here}/sessies", data={"herstelt": season["id"], "eenmaal": "web_2"} | lines)
    assert again.status_code == 303
    pages.work()
    asked = pages.season()["asked"]
    assert asked["absences"] == [{"school": "S001", "round": 2, "reason": "uitstap"}]
    assert asked["agreements"] == [{"kind": "meet", "schools": ["S001", "S002"]}]
    assert asked["remote"] == [{"school": "S003", "round": one} for one in (1, 2)]
    assert (repaired["repairs"], host in [one["host"] for one in repaired["year"]["sessions"]]) == (season["id"], False)
    assert "herstel</span>" in pages.text("/sessies")


def test_year_that_can_not_be_gives_its_reason_and_a_remedy(pages: Network) -> None:
    pages.planned(blokkeringen="Atheneum 1; 1/9/2026; 30/6/2027")
    text = pages.text("/sessies")
    assert "Zo kan het jaar niet" in text
    assert "Atheneum 1" in text


def test_what_a_pin_costs_and_when_a_group_can_meet_is_told(pages: Network) -> None:
    pages.planned()
    season = pages.season()
    place, first = f"{pages.here}/sessies/{season['id']}/vragen", season["year"]["sessions"][0]
    assert "Wat kost het om een sessie vast te leggen?" in pages.client.get(place).text

    def asked(**query: Any) -> str:  # noqa: ANN401 - fields
        with worker_beside(pages.app, pages.children):
            return str(pages.client.get(place, params=query).text)

    assert "Dat kost niets" in asked(vraag="prijs", ronde=1, school="S001", gastheer=first["host"], dag=first["day"])
    assert "naast de andere sessies" in asked(vraag="datum", ronde=1, school=["S001", "S002"])
    refused = pages.client.get(place, params={"vraag": "datum", "ronde": 12, "school": "S001"})
    assert refused.status_code == 422


def test_calendars_are_handed_out_and_closed(pages: Network) -> None:
    assert "Er is nog geen jaar gepubliceerd." in pages.text("/sessies/kalenders")
    pages.planned()
    pages.client.post(f"{pages.here}/sessies/{pages.season()['id']}/publiceren")
    assert "nog geen</td>" in pages.text("/sessies/kalenders")
    assert pages.client.post(f"{pages.here}/sessies/kalenders", data={"eenmaal": ""}).status_code == 303
    text = pages.text("/sessies/kalenders")
    assert (text.count("/v1/calendars/kal_"), "nog geen</td>" in text) == (9, False)
    data = {"soort": "school", "wie": "S001"}
    assert pages.client.post(f"{pages.here}/sessies/kalenders/sluit", data=data).status_code == 303
    assert pages.text("/sessies/kalenders").count("/v1/calendars/kal_") == 8


FILES = {
    "sessies.xlsx": ("sessions.xlsx", XLSX),
    "jaaroverzicht.svg": ("year.svg", SVG),
    "wie-ontmoet-wie.svg": ("meetings.svg", SVG),
}
"""What a page gives: the file at its own address to the API's name and its type."""


def test_files_of_the_year_are_given(pages: Network) -> None:
    pages.planned()
    place = f"{pages.here}/sessies/{pages.season()['id']}/bestanden"
    late = pages.client.get(f"{place}/onbekend.xlsx")
    assert late.status_code == 404
    for name, kind in FILES.items():
        path = f"/v1/cohorts/{pages.cohort}/seasons/laatste/{kind[0]}"
        pages.client.get(path, headers={"Prefer": "wait=0"})
        pages.work()
        answer = pages.client.get(f"{place}/{name}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind[1])
    assert pages.browser("viewer").get(f"{pages.here}/sessies").status_code == 403
