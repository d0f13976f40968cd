"""Is the signed record of a plan given out, found sound, and refused once a byte of it changed?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import matcher
from tests.service.planned import Pages
from tests.service.publish_steps import Stage
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_record_is_signed_sound_and_refused_once_changed(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    answer = stage.client.get(f"{place}/record")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/vnd.in2stem.record+json")
    record = answer.content.decode()
    signer = json.loads(record)["public_key"]
    assert matcher.verify_record(answer.content, signer).sound
    sound = stage.asked("POST", f"{place}/record/check", json={"record": record})
    assert sound == {
        "sound": True,
        "sentence": "Het dossier is ongeschonden en geeft bij herrekenen hetzelfde plan.",
    }
    changed = record.replace("School 1", "School 7", 1)
    assert changed != record
    assert stage.asked("POST", f"{place}/record/check", json={"record": changed})["sound"] is False
    assert stage.client.get(f"{place}/record").content == answer.content
    assert a_client(stage.app, "viewer").get(f"{place}/record").status_code == 403


def test_erased_round_gives_no_record_but_the_kept_one_stays_sound(database: Database, children: Children) -> None:
    pages = Pages(database, children)
    pages.solved()
    base = f"/v1/cohorts/{pages.cohort}"
    place = f"{base}/rounds/laatste/record"
    record = pages.client.get(place, headers={"Accept": "*/*"})
    assert pages.client.post(f"{base}/mentors/M001/erase").status_code == 200
    refused = pages.client.get(place)
    assert (refused.status_code, refused.json()["code"]) == (409, "erased")
    body = {"record": record.text}
    assert pages.client.post(f"{place}/check", json=body, headers={"Prefer": "wait=0"}).status_code == 202
    pages.work()
    assert pages.client.post(f"{place}/check", json=body).json()["sound"] is True


def test_dossier_page_gives_the_record_and_checks_one(database: Database, children: Children) -> None:
    pages = Pages(database, children)
    pages.solved()
    key = pages.client.get(f"/v1/cohorts/{pages.cohort}/rounds/laatste").json()["id"]
    assert f"/dossier/{key}.json" in pages.text("/dossier")
    answer = pages.client.get(f"{pages.here}/dossier/{key}.json")
    assert matcher.verify_record(answer.content).sound
    files = {"bestand": ("dossier.json", answer.content, "application/json")}
    with_job = {"Prefer": "wait=0"}
    pages.client.post(
        f"/v1/cohorts/{pages.cohort}/rounds/{key}/record/check", json={"record": answer.text}, headers=with_job
    )
    pages.work()
    told = pages.client.post(f"{pages.here}/dossier/nakijken", data={"ronde": key}, files=files)
    assert (told.status_code, "Het dossier is ongeschonden" in told.text) == (200, True)
    empty = pages.client.post(f"{pages.here}/dossier/nakijken", data={"ronde": key})
    assert (empty.status_code, "Kies eerst een bestand met een verslag." in empty.text) == (422, True)
