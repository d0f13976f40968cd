"""Does a school write, print and take along its own dossier for the label; and nobody else's?"""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

import matcher
from tests.page_text import as_read
from tests.service.participants.own import Own

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


class Showing(Own):
    """A stage on which a school writes its dossier."""

    def read(self, tail: str = "", side: str = "school") -> Any:  # noqa: ANN401 - a response
        """Ask the dossier of somebody's own page."""
        return self.nobody.get(f"/mijn/{self.secret(side)}/dossier{tail}")

    def write(self, **form: str) -> Any:  # noqa: ANN401 - a response
        """Send the form, of the version that is shown."""
        version = re.search(r'name="versie" value="([^"]*)"', self.read().text)
        assert version
        data = {"versie": unescape(version[1])} | {name.replace("_", "-"): text for name, text in form.items()}
        return self.nobody.post(f"/mijn/{self.secret('school')}/dossier", data=data)

    def measure(self) -> None:
        """Submit a baseline."""
        place = f"{self.place}/schools/{self.pairs[0]['school']}/measurements/baseline"
        sheet = {"ratings": [{"criterion": code, "value": 2} for code in matcher.LABEL_CRITERIA]}
        assert self.client.put(f"{place}/sheets/directie", json=sheet).status_code == 200
        assert self.client.post(f"{place}/submit").status_code == 200


def test_school_writes_its_dossier_and_the_coordinator_reads_it(database: Database, children: Children) -> None:
    own = Showing(database, children)
    school = own.pairs[0]["school"]
    assert "Ons dossier voor het label" in own.page("school")
    assert "Ons dossier voor het label" not in own.page("mentor")
    assert "zodra u de nulmeting indiende" in as_read(own.read().text)
    assert own.read("/bekijk").status_code == 409
    own.measure()
    assert own.write(wat_1="Wij werken in projecten.", links_1="https://school.example").status_code == 303
    shown = as_read(own.read("/bekijk").text)
    assert "Wij werken in projecten." in shown
    assert "Nog niet ingevuld." in shown
    book = load_workbook(io.BytesIO(own.read(".xlsx").content))
    assert book["Praktijkvoorbeelden"]["C2"].value == "Wij werken in projecten."
    found = own.client.get(f"{own.place}/label/practices/{school}").json()
    assert [one["what"] for one in found["practices"]] == ["Wij werken in projecten."]
    lines = own.client.get(f"/v1/audit?cohort={own.cohort}&limit=50").json()["items"]
    wrote = [one["actor"] for one in lines if one["action"] == "practices.changed"]
    assert wrote == [f"school:{school}"]


def test_school_reads_how_far_its_application_is(database: Database, children: Children) -> None:
    own = Showing(database, children)
    place = f"{own.place}/label/applications/{own.pairs[0]['school']}"
    body = {"sent": "2026-10-01", "asked": "Competent", "plan": "Nodig meer bedrijven uit."}
    tag = {"If-Match": own.client.get(place).headers["etag"]}
    assert own.client.put(place, json=body, headers=tag).status_code == 200
    text = as_read(own.read().text)
    assert "Onze aanvraag voor Competent vertrok op do 1 oktober 2026. Er is nog geen antwoord genoteerd." in text
    assert "Nodig meer bedrijven uit." in text


def test_what_is_refused_comes_back_as_typed(database: Database, children: Children) -> None:
    own = Showing(database, children)
    answer = own.write(wat_2="mijn tekst", links_2="ftp://school.example")
    assert (answer.status_code, "mijn tekst</textarea>" in answer.text) == (422, True)
    assert 'id="links-2-fout"' in answer.text
    late = own.nobody.post(f"/mijn/{own.secret('school')}/dossier", data={"versie": '"oud"', "wat-2": "te laat"})
    assert (late.status_code, "te laat</textarea>" in late.text) == (412, True)


def test_mentor_has_no_dossier(database: Database, children: Children) -> None:
    own = Showing(database, children)
    for tail in ("", "/bekijk", ".xlsx"):
        assert own.read(tail, "mentor").status_code == 404
    assert own.nobody.post(f"/mijn/{own.secret('mentor')}/dossier", data={"wat-1": "x"}).status_code == 404
