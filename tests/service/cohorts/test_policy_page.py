"""Can a coordinator read, change and take back the rules of a cohort, and is a slip told where it stands?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def filled_in(text: str) -> dict[str, str]:
    """Read the form as it stands on the page."""
    form = text[text.index('<form method="post"', text.index("<h1>")) : text.index("</form>", text.index("<h1>"))]
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    if "checked" not in form:
        fields.pop("delen")
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = re.findall(r'value="([^"]+)" selected', options)[0]
    return {name: value.replace("&#34;", '"') for name, value in fields.items()}


def keep(pages: Pages, **changed: str) -> Any:  # noqa: ANN401 - an answer
    """Send the form back with something else in it."""
    return pages.client.post(f"{pages.here}/regels", data=filled_in(pages.text("/regels")) | changed)


def rules(pages: Pages) -> dict[str, Any]:
    return dict(pages.client.get(f"/v1/cohorts/{pages.cohort}/rules").json())


def test_form_that_is_sent_back_unchanged_changes_nothing(pages: Pages) -> None:
    assert "Dit zijn de regels van in2stem zelf" in pages.text("/regels")
    assert keep(pages).status_code == 303
    assert rules(pages)["version"] == 0
    assert "Er was niets gewijzigd." in pages.text("/regels")


def test_rules_are_kept_as_a_version_and_taken_back(pages: Pages) -> None:
    sent = {"gewicht-sector": "50", "minuten": "90", "omweg": "1,4", "delen": "1", "doel-5": "points"}
    sent |= {"doel-6": "worst_pair", "sectoren": "technologie", "finaliteit-dubbel": "tso, BSO"}
    assert keep(pages, **sent).status_code == 303
    now = rules(pages)
    assert (now["version"], now["weights"], now["max_minutes"]) == (1, {"sector": 50}, 90)
    assert (now["detour_factor"], now["share_half_day"], now["required_sectors"]) == (1.4, True, ["technologie"])
    assert now["finality_types"] == {"dubbel": ["TSO", "BSO"]}
    middle = ["reserves_used", "stranded", "changes", "points", "worst_pair"]
    assert now["goals"] == ["places_filled", *middle, "spread", "travel_minutes"]
    text = pages.text("/regels")
    assert "Bewaard als versie 1." in text
    assert "Ongedaan maken" in text
    assert filled_in(text)["gewicht-sector"] == "50"
    assert 'value="1,4"' in text
    assert pages.client.post(f"{pages.here}/regels/terug", data={"versie": "0"}).status_code == 303
    assert (rules(pages)["version"], rules(pages)["weights"], rules(pages)["max_minutes"]) == (2, {}, 60)
    assert pages.client.post(f"{pages.here}/regels/terug", data={"versie": "1"}).status_code == 303
    assert (rules(pages)["version"], rules(pages)["max_minutes"]) == (3, 90)
    assert pages.client.post(f"{pages.here}/regels/terug", data={"versie": "9"}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"minuten": "lang"}, "«lang» is geen geheel getal."),
        ({"minuten": "900"}, "240"),
        ({"omweg": "veel"}, "«veel» is geen getal."),
        ({"gewicht-sector": "-1"}, "0"),
        ({"doel-2": "points", "doel-3": "points"}, "Een doel staat twee keer in de volgorde."),
        ({"sectoren": "tecnologie"}, "Bedoelde u"),
        ({"finaliteit-dubbel": "TSO, XSO"}, "XSO"),
    ],
)
def test_slip_is_told_and_what_was_typed_stays(pages: Pages, changed: dict[str, str], words: str) -> None:
    answer = keep(pages, **changed)
    assert answer.status_code == 422
    assert words in answer.text
    assert rules(pages)["version"] == 0
    name, typed = next(iter(changed.items()))
    assert filled_in(answer.text)[name] == typed


def test_who_comes_second_is_told(pages: Pages) -> None:
    old = filled_in(pages.text("/regels"))
    assert keep(pages, minuten="45").status_code == 303
    answer = pages.client.post(f"{pages.here}/regels", data=old | {"minuten": "50"})
    assert answer.status_code == 412
    assert "Iemand bewaarde intussen versie 1." in answer.text
    again = pages.client.post(f"{pages.here}/regels", data=filled_in(answer.text))
    assert (again.status_code, rules(pages)["max_minutes"]) == (303, 50)


def test_viewer_reads_and_changes_nothing(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    text = viewer.get(f"{pages.here}/regels").text
    assert "readonly" in text
    assert "<button>Bewaren" not in text
    assert viewer.post(f"{pages.here}/regels", data={}).status_code == 403
