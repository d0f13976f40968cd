"""Is somebody who is erased nowhere any more, or told where: in forty places, all spellings, down to the raw bytes?"""

from __future__ import annotations

import os
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from service.cohorts.members.redaction import Redaction
from service.cohorts.members.spellings import folded
from service.database import tables
from service.database.backup import backup
from service.database.ids import now
from service.database.scrub import COPIES_HOLD, copies, forget_copies
from service.worker.sweeping import sweep
from tests.service.records.forty_places import FIRST, LAST, MENTOR, SPELLINGS, plant
from tests.service_client import a_client, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.database.engine import Database
    from service.worker.child import Children

NEEDLE = folded(LAST).encode()


def raw_bytes(database: Database) -> Iterator[bytes]:
    """Give the files in which a database stands; PostgreSQL's own log of changes is not one of them."""
    if database.is_sqlite:
        yield Path(str(database.engine.url.database)).read_bytes()
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("CHECKPOINT"))
        place = connection.execute(sa.text("SHOW data_directory")).scalar_one()
        number = connection.execute(sa.text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar()
    for one in (Path(place) / "base" / str(number)).iterdir():
        yield one.read_bytes()


def named_in(content: bytes) -> bool:
    """Tell whether bytes name the person, in any case."""
    return NEEDLE in content.lower()


def cleared(database: Database, mentions: list[dict[str, str]], cohort: str) -> None:
    """Clear the listed places, as a coordinator does."""
    with database.write() as transaction:
        for table in {one["what"] for one in mentions}:
            assert table in {"mentor", "cohort", "audit", "paper", "round", "lock", "job"}, table
        transaction.execute(sa.update(tables.cohort).where(tables.cohort.c.id == cohort).values(name="Groep"))
        transaction.execute(sa.delete(tables.audit).where(tables.audit.c.action == "x"))
        here = tables.mentor.c.id == "M002"
        row = transaction.execute(sa.select(tables.mentor.c.document).where(here)).scalar_one()
        transaction.execute(sa.update(tables.mentor).where(here).values(document=row | {"company": "", "extra": {}}))


def test_who_is_erased_is_nowhere_that_was_not_listed_down_to_the_raw_bytes(
    database: Database, children: Children, tmp_path: Path
) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_filled_cohort(client)
    asked = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).json()["id"]
    work(app, children)
    assert plant(database, cohort, asked) >= 40
    sweep(database)
    assert any(map(named_in, raw_bytes(database)))
    with capture_logs() as lines:
        answer = client.post(f"/v1/cohorts/{cohort}/mentors/{MENTOR}/erase")
        assert answer.status_code == 200, answer.text
        sweep(database)
    told = answer.json()["mentions"]
    parts = {(one["what"], one["part"]) for one in told}
    assert {("cohort", "name"), ("mentor", "document.company"), ("audit", "detail.words")} <= parts
    assert LAST not in answer.text
    assert LAST not in str(lines)
    for table in tables.METADATA.sorted_tables:  # what still names them was listed, row by row
        with database.read() as transaction:
            for row in transaction.execute(sa.select(table)).mappings():
                left = [name for name, value in row.items() if NEEDLE.decode() in folded(str(value))]
                listed = {one["part"].partition(".")[0] for one in told if one["what"] == table.name}
                assert set(left) <= listed, (table.name, left)
    cleared(database, told, cohort)
    again = client.post(f"/v1/cohorts/{cohort}/mentors/{MENTOR}/erase").json()
    assert (again["members"], again["mentions"]) == (0, [])
    with database.write() as transaction:
        transaction.execute(sa.insert(tables.fact).values(name="scrub_due", value="1"))
    sweep(database)
    assert [len(one) for one in raw_bytes(database) if named_in(one)] == []
    backup(database, tmp_path / "kopie.zip")
    with zipfile.ZipFile(tmp_path / "kopie.zip") as held:
        assert not any(named_in(held.read(name)) for name in held.namelist())


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_name_is_found_in_every_spelling(text: str) -> None:
    redaction = Redaction((("mentor", "M1"),))
    redaction.learn([{"id": "M1", "first_name": FIRST, "last_name": LAST, "email": SPELLINGS[-1].lower()}])
    cleaned = redaction.clean({"note": f"Gehoord van {text}, vorige week."})
    assert folded(LAST) not in folded(str(cleaned))
    assert redaction.mentions(f"Gehoord van {text}.")


def test_a_last_name_that_others_have_too_is_listed_and_not_taken_from_them() -> None:
    redaction = Redaction((("mentor", "M1"),))
    redaction.learn(
        [
            {"id": "M1", "first_name": "An", "last_name": "Peeters", "email": "an@x.example"},
            {"id": "S1", "contact": "Jan Peeters", "email": "jan@x.example"},
        ]
    )
    assert redaction.clean({"id": "S1", "contact": "Jan Peeters", "email": "jan@x.example"})["contact"] == "Jan Peeters"
    assert redaction.clean({"note": "Peeters belde, en peeters an ook"}) == {"note": "Peeters belde, en M1 ook"}
    assert redaction.mentions("Peeters belde")
    assert redaction.clean({"company": "Peeters NV"}) == {"company": "Peeters NV"}


def test_the_contact_of_a_school_is_found_by_name_too() -> None:
    redaction = Redaction((("school", "S1"),))
    redaction.learn([{"id": "S1", "contact": "Mevr. Wendeline van den Kwik", "email": "w@linde.example"}])
    note = "wendeline VAN DEN KWIK en Van den Kwik (W@LINDE.example) in linde"
    assert redaction.clean({"note": note}) == {"note": "contactpersoon en contactpersoon () in linde"}
    other = {"id": "S2", "contact": "Wendeline", "email": "W@Linde.example"}
    assert redaction.clean(other) == {"id": "S2", "contact": "", "email": ""}


def test_copies_of_before_an_update_are_listed_and_deleted_in_time(database: Database) -> None:
    if not database.is_sqlite:
        assert copies(database) == []
        return
    folder = Path(str(database.engine.url.database)).parent
    old, new = folder / "voor-0001.zip", folder / "voor-0002.zip"
    for one in (old, new):
        one.write_bytes(b"")
    age = time.time() - (COPIES_HOLD + timedelta(days=1)).total_seconds()
    os.utime(old, (age, age))
    client = a_client(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    erased = client.post(f"/v1/cohorts/{cohort}/mentors/M001/erase").json()
    assert erased["copies"] == ["voor-0001.zip", "voor-0002.zip"]
    assert forget_copies(database, now()) == ["voor-0001.zip"]
    assert copies(database) == ["voor-0002.zip"]


def test_the_page_says_where_somebody_may_still_be_named(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_filled_cohort(client, name="Groep Wimpelaar")
    client.headers["Accept"] = "text/html"
    page = client.post(f"/cohorten/{cohort}/mentoren/M001/wissen").text
    assert f"Kijk deze plaatsen na, daar kan de naam nog in staan: cohorte {cohort}" in page


def test_a_day_that_is_past_asks_first(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    place, past = f"/v1/cohorts/{cohort}", {"keep_until": "2026-01-01T00:00:00Z"}
    version = {"If-Match": client.get(place).headers["etag"]}
    refused = client.patch(place, json=past, headers=version)
    assert (refused.status_code, refused.json()["code"]) == (409, "erases_now")
    client.headers["Accept"] = "text/html"
    form = {"bewaren_tot": "2026-01-01", "versie": version["If-Match"]}
    asked = client.post(f"/cohorten/{cohort}/dossier", data=form)
    assert "binnen het uur gewist, voorgoed" in asked.text
    assert 'name="wissen" value="ja"' in asked.text
    sweep(database)
    assert client.get(f"{place}/mentors/M001").json()["email"] != ""
    assert "Bewaard." in client.post(f"/cohorten/{cohort}/dossier", data=form | {"wissen": "ja"}).text
    sweep(database)
    assert client.get(f"{place}/mentors/M001").json()["email"] == ""


@pytest.mark.parametrize(("day", "ends"), [("2028-07-01", "2028-07-01T22:00"), ("2028-12-31", "2028-12-31T23:00")])
def test_last_day_is_whole_and_the_same_on_both_pages(database: Database, day: str, ends: str) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_filled_cohort(client)
    place, page = f"/v1/cohorts/{cohort}", {"Accept": "text/html"}
    for name, form in (("dossier", {"bewaren_tot": day}), ("instellingen", {"tot": day, "naam": "Cohorte"})):
        sent = form | {"versie": client.get(place).headers["etag"]}
        assert "Bewaard." in client.post(f"/cohorten/{cohort}/{name}", data=sent, headers=page).text
        assert client.get(place).json()["keep_until"] == f"{ends}:00.000Z"
        shown = {one: client.get(f"/cohorten/{cohort}/{one}", headers=page).text for one in ("dossier", "instellingen")}
        assert {one: f'value="{day}"' in text for one, text in shown.items()} == dict.fromkeys(shown, True)


def test_last_day_that_nobody_chose_is_whole_too(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_filled_cohort(client, school_year=2026)
    assert client.get(f"/v1/cohorts/{cohort}").json()["keep_until"] == "2028-06-30T22:00:00.000Z"
    for page in ("dossier", "instellingen"):
        shown = client.get(f"/cohorten/{cohort}/{page}", headers={"Accept": "text/html"}).text
        assert 'value="2028-06-30"' in shown
