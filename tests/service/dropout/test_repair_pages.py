"""Can a coordinator choose more changes after a drop-out, and take that back?"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from service.cohorts.members.names import Names
from service.cohorts.members.shapes import MentorOut
from service.dropout.repair_choices import shift_words, shifts
from tests.service.planned import Pages
from tests.service_client import worker_beside
from tests.the_sample import the_sample

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

LEAVER = "M030"
"""Somebody whose leaving one more change makes up for better: the weakest pair of the sample then gains."""


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Publish the sample's plan, and have it repaired after somebody left."""
    made = Pages(database, children, the_sample())
    made.solved()
    newest = f"/v1/cohorts/{made.cohort}/rounds/laatste"
    place = f"/v1/cohorts/{made.cohort}/rounds/{made.client.get(newest).json()['id']}"
    for step in ("approve", "publish"):
        assert made.client.post(f"{place}/{step}").status_code == 200
    left = {"mentor": LEAVER, "reden": "illness", "nota": "", "eenmaal": ""}
    assert made.client.post(f"{made.here}/uitval", data=left).status_code == 303
    made.work()
    with worker_beside(made.app, children):
        made.text("/uitval")  # asks for the ladder
    return made


def pairs(pages: Pages) -> set[tuple[object, object]]:
    """Give who helps whom in the newest round."""
    return {(one["school"], one["mentor"]) for one in pages.pairs()}


def choice(pages: Pages) -> dict[str, str]:
    """Give what the first button that chooses a rung sends."""
    form = pages.text("/uitval").split(f'action="{pages.here}/herstel">', 1)[1].split("</form>", 1)[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def locks(pages: Pages) -> list[dict[str, str]]:
    """Give the agreements."""
    return list(pages.client.get(f"/v1/cohorts/{pages.cohort}/locks").json()["items"])


def test_after_two_drop_outs_neither_mentor_is_in_the_plan(pages: Pages) -> None:
    newest = pages.client.get(f"/v1/cohorts/{pages.cohort}/rounds/laatste").json()["id"]
    for step in ("approve", "publish"):
        assert pages.client.post(f"/v1/cohorts/{pages.cohort}/rounds/{newest}/{step}").status_code == 200
    other = next(mentor for _, mentor in sorted(pairs(pages)) if mentor != LEAVER)
    left = {"mentor": other, "reden": "no_time", "nota": "", "eenmaal": ""}
    assert pages.client.post(f"{pages.here}/uitval", data=left).status_code == 303
    pages.work()
    assert pairs(pages)
    assert not {LEAVER, other} & {mentor for _, mentor in pairs(pages)}


def test_reserve_is_put_in_service_and_back_on_the_page(pages: Pages, children: Children) -> None:
    with worker_beside(pages.app, children):  # the page waits for what it asks
        _put_in_service_and_back(pages)


def _put_in_service_and_back(pages: Pages) -> None:
    text = pages.text("/uitval")
    assert "Achter de hand" in text
    path = re.search(rf'action="({pages.here}/uitval/M\d+/inzetten)"', text)
    assert path is not None
    reserve = path[1].split("/")[-2]
    assert pages.client.post(path[1], data={"eenmaal": ""}).status_code == 303
    told = pages.text("/uitval")
    assert "wordt ingezet. Er wordt een ronde uitgerekend" in told
    assert path[1] not in told
    place = f"/v1/cohorts/{pages.cohort}/rounds/laatste"
    deadline = time.monotonic() + 300
    while pages.client.get(place).json()["job_state"] != "done" and time.monotonic() < deadline:
        time.sleep(0.1)
    newest = pages.client.get(f"/v1/cohorts/{pages.cohort}/rounds/laatste").json()
    assert newest["repairs"] is not None
    kept = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors/{reserve}").json()
    assert kept["status"] == "active"
    assert pages.client.post(f"{pages.here}/uitval/{reserve}/reserve").status_code == 303
    assert "staat weer achter de hand" in pages.text("/uitval")
    assert path[1] in pages.text("/uitval")
    assert "zette een mentor in die achter de hand stond" in pages.text("/dossier")


def test_rung_that_is_chosen_becomes_the_repair_and_can_be_taken_back(pages: Pages) -> None:
    fewest, before = pairs(pages), len(locks(pages))
    text = pages.text("/uitval")
    assert "Kies het plan met 1 verschuiving erbij" in text
    assert " in plaats van " in text
    sent = choice(pages)
    ladder = pages.client.get(f"/v1/cohorts/{pages.cohort}/rounds/{sent['ronde']}/ladder?most=5").json()["rungs"]
    assert pages.client.post(f"{pages.here}/herstel", data=sent).status_code == 303
    told = pages.text("/uitval")
    assert "hersteld met 1 verschuiving erbij" in told
    pages.work()
    assert pairs(pages) == {tuple(one) for one in ladder[1]["pairs"]} != fewest
    new = locks(pages)[before:]
    assert {one["reason"] for one in new} == {"gekozen bij uitval, met 1 verschuiving erbij"}
    back = {"afspraken": " ".join(one["id"] for one in new)}
    assert pages.client.post(f"{pages.here}/herstel/terug", data=back).status_code == 303
    pages.work()
    assert (pairs(pages), len(locks(pages))) == (fewest, before)


def test_choice_while_a_round_is_solved_leaves_no_agreement_behind(pages: Pages) -> None:
    before, sent = len(locks(pages)), choice(pages)
    assert pages.client.post(f"{pages.here}/ronde", data={"eenmaal": ""}).status_code == 303
    assert pages.client.post(f"{pages.here}/herstel", data=sent).status_code == 303
    assert "Er wordt al een ronde" in pages.text("/uitval")
    assert len(locks(pages)) == before
    assert pages.client.post(f"{pages.here}/herstel", data=sent | {"trede": "9"}).status_code == 303
    assert "Deze keuze is er niet meer" in pages.text("/uitval")


def test_rung_tells_which_school_loses_its_only_mentor() -> None:
    told = {"last_name": "Peeters", "company": "x"}
    names = Names({}, {key: MentorOut.model_construct(first_name=key, **told) for key in ("An", "Bart")})
    first, then = [["S1", "An"], ["S2", "Bart"], ["S2", "Cas"]], [["S1", "Bart"], ["S2", "Cas"], ["S3", "An"]]
    said = [f"{one['school']} {shift_words(one, names)}" for one in shifts(first, then)]
    assert said == [
        "S1 krijgt Bart Peeters in plaats van An Peeters",
        "S3 krijgt An Peeters",
        "S2 verliest Bart Peeters",
    ]
    (alone,) = shifts([["S1", "An"]], [])
    assert shift_words(alone, names) == "verliest An Peeters en blijft zonder mentor"
