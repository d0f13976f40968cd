"""Is a colleague who is erased nowhere any more, or told where: in forty places, down to the raw bytes?"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import sqlalchemy as sa
from structlog.testing import capture_logs

from service.access.callers import Caller
from service.access.work import Work
from service.cohorts.members.left_words import WHAT, Mention, left_words
from service.cohorts.members.mentions_store import NOT_READ
from service.cohorts.members.redaction import Redaction
from service.cohorts.members.spellings import folded
from service.database import tables
from service.database.backup import backup
from service.people.actions import Left, erase_account
from service.worker.sweeping import sweep
from tests.service.records.staff_places import EMAIL, LAST, LISTED, MAIL, NAME, come_to_work, planted
from tests.service.records.test_erasure_everywhere import raw_bytes
from tests.service_client import a_client, a_filled_cohort, an_app

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from service.database.engine import Database
    from service.worker.child import Children

NEEDLE = folded(LAST)


def erased(app: FastAPI, who: str) -> Left:
    """Erase a colleague as another admin does."""
    return erase_account(Work(Caller(role="admin", id="per_other"), app.state.process), who)


def named_in(content: bytes) -> bool:
    """Tell whether bytes name the person, in any case."""
    return NEEDLE.encode() in content.lower()


def left_by_table(database: Database) -> dict[str, set[tuple[str, str]]]:
    """Give what still names the person: by table, the row's key and the column."""
    found: dict[str, set[tuple[str, str]]] = {}
    for table in tables.METADATA.sorted_tables:
        keys = [column.name for column in table.primary_key.columns if column.name != "cohort"]
        with database.read() as transaction:
            for row in transaction.execute(sa.select(table)).mappings():
                texts = {name: str(bytes(one).decode() if isinstance(one, bytes) else one) for name, one in row.items()}
                naming = {name for name, text in texts.items() if NEEDLE in folded(text)}
                found.setdefault(table.name, set()).update(
                    ("/".join(str(row[key]) for key in keys), one) for one in naming
                )
    return {name: places for name, places in found.items() if places}


def cleared(database: Database, left: Left) -> None:
    """Clear the listed places, as colleagues do; what a machine keeps goes with its row."""
    with database.write() as transaction:
        for table in reversed(tables.METADATA.sorted_tables):
            keys = {one.id for places in left.mentions.values() for one in places if one.what == table.name}
            if table.name == "cohort":
                transaction.execute(sa.update(table).values(name="Groep"))
                continue
            names = [column for column in table.primary_key.columns if column.name != "cohort"]
            for key in keys:
                parts = key.split("/")
                assert len(parts) == len(names), key
                here = (sa.cast(column, sa.String) == part for column, part in zip(names, parts, strict=True))
                transaction.execute(sa.delete(table).where(*here))


def test_colleague_who_is_erased_is_nowhere_that_was_not_listed_down_to_the_raw_bytes(
    database: Database, children: Children, tmp_path: Path
) -> None:
    app, _, who, _, named = planted(database, children)
    assert len(named) == 67
    sweep(database)
    assert any(map(named_in, raw_bytes(database)))
    with capture_logs() as lines:
        left = erased(app, who)
        sweep(database)
    assert NEEDLE not in folded(str(lines))
    assert NEEDLE not in folded(str(left))
    listed = {(one.what, one.id, one.part.partition(".")[0]) for places in left.mentions.values() for one in places}
    assert {one[0] for one in listed} == LISTED
    for name, found in left_by_table(database).items():
        assert {(name, *place) for place in found} <= listed, name
    for table in ("person", "login", "link", "half_login", "second_factor", "recovery_code", "answered"):
        assert table not in left_by_table(database)
    with database.read() as transaction:
        query = sa.select(tables.mail.c.body).where(tables.mail.c.kind == "colleague_invited")
        assert "een collega" in transaction.execute(query).scalar_one()
    cleared(database, left)
    with database.write() as transaction:
        transaction.execute(sa.insert(tables.fact).values(name="scrub_due", value="1"))
    sweep(database)
    assert [len(one) for one in raw_bytes(database) if named_in(one)] == []
    backup(database, tmp_path / "kopie.zip")
    with zipfile.ZipFile(tmp_path / "kopie.zip") as held:
        assert not any(named_in(held.read(name)) for name in held.namelist())


def test_the_page_says_where_a_colleague_may_still_be_named(database: Database) -> None:
    app = an_app(database)
    admin = a_client(app, "admin")
    who = come_to_work(app, admin)
    cohort = a_filled_cohort(admin, name=f"Groep {LAST}")
    admin.headers["Accept"] = "text/html"
    page = admin.post(f"/beheer/mensen/{who}/wissen", data={"bevestig": EMAIL}).text
    told = "De gegevens van deze persoon zijn gewist. Kijk deze plaatsen na, daar kan de naam nog in staan:"
    assert f"{told} cohorte {cohort}.<" in page
    assert LAST not in admin.get("/beheer/mensen").text


def test_nothing_is_told_where_nothing_names_them(database: Database) -> None:
    app = an_app(database, **MAIL)
    admin = a_client(app, "admin")
    a_filled_cohort(admin)
    left = erased(app, come_to_work(app, admin))
    assert left.mentions == {}
    assert left_words(left.mentions, []) == []


def test_a_name_of_one_word_is_listed_and_not_replaced() -> None:
    redaction = Redaction.of_colleague("Kwik", "k@voka.example")
    assert redaction.mentions("Kwik belde")
    assert redaction.clean({"note": "Kwik belde"}) == {"note": "Kwik belde"}
    assert redaction.clean({"note": "K@VOKA.example belde"}) == {"note": " belde"}
    assert Redaction.of_colleague(NAME, EMAIL).clean({"x": f"door {NAME}"}) == {"x": "door een collega"}


def test_every_place_has_a_name_on_screen() -> None:
    assert set(WHAT) | NOT_READ == {table.name for table in tables.METADATA.sorted_tables}


def test_places_are_told_with_their_cohort_and_many_are_counted() -> None:
    places = [Mention("lock", f"lck_{one}", "reason") for one in range(10)]
    told = left_words({"coh_1": places, "": [Mention("api_key", "key_1", "name")]}, ["voor-0001.zip"])
    assert told[0].startswith("Kijk deze plaatsen na, daar kan de naam nog in staan: afspraak lck_0 (cohorte coh_1), ")
    assert told[0].endswith(" en nog 3 plaatsen.")
    assert "voor-0001.zip" in told[1]
