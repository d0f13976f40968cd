"""Are keys that were looked up remembered for a few seconds, and no longer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from service.access.keys import KeyRow, make_key, revoke_key
from service.access.known_keys import FRESH, HOLDS, MOST, KnownKeys
from service.database.ids import now
from service.database.tables import api_key
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.database.engine import Database

ROW = KeyRow(id="key_1", name="a", scopes=("portal",), cohort=None, created_at=now(), expires_at=None, revoked_at=None)


def test_key_is_remembered_for_a_few_seconds() -> None:
    moment = [100.0]
    known = KnownKeys(lambda: moment[0])
    assert known.find("geheim") is None
    known.keep("geheim", ROW)
    assert known.find("geheim") == ROW
    assert known.find("ander") is None
    moment[0] += HOLDS
    assert known.find("geheim") is None


def test_one_request_looks_a_key_up_again_while_the_others_go_on() -> None:
    moment = [100.0]
    known = KnownKeys(lambda: moment[0])
    known.keep("geheim", ROW)
    moment[0] += FRESH
    assert [known.find("geheim") for _ in range(3)] == [None, ROW, ROW]
    known.keep("geheim", ROW)
    assert known.find("geheim") == ROW


def test_known_keys_are_forgotten_when_one_ends_and_never_grow_without_end() -> None:
    known = KnownKeys(lambda: 0.0)
    for number in range(MOST + 1):
        known.keep(str(number), ROW)
    assert (known.find("0"), known.find(str(MOST))) == (None, ROW)
    known.forget()
    assert known.find(str(MOST)) is None


def test_key_revoked_by_another_process_ends_within_five_seconds(database: Database) -> None:
    moment = [0.0]
    app = an_app(database)
    app.state.keys = KnownKeys(lambda: moment[0])
    with database.write() as transaction:
        key, secret = make_key(transaction, name="portaal", scopes=("portal",))
    client = a_client(app)
    client.headers["Authorization"] = f"Bearer {secret}"
    assert client.get("/v1/session").status_code == 200
    with database.write() as transaction:
        assert revoke_key(transaction, key)
        assert not revoke_key(transaction, "key_onbekend")
    moment[0] = 5.0
    assert client.get("/v1/session").status_code == 401


def test_key_that_does_not_hold_is_not_remembered(database: Database) -> None:
    app = an_app(database)
    with database.write() as transaction:
        key, secret = make_key(transaction, name="portaal", scopes=("portal",))
        revoke_key(transaction, key)
    client = a_client(app)
    client.headers["Authorization"] = f"Bearer {secret}"
    assert client.get("/v1/session").status_code == 401
    with database.write() as transaction:
        transaction.execute(sa.update(api_key).values(revoked_at=None))
    assert client.get("/v1/session").status_code == 200
