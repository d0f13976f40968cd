"""Where may somebody who works for the organisation be named? Forty places and more, in all spellings."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from service.access import totp
from service.access.logins import make_link
from service.database import tables
from service.database.ids import new_id, now
from tests.service_client import a_client, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.database.engine import Database, Transaction
    from service.worker.child import Children

FIRST, LAST = "Wendélien", "Kwikkelberg"
NAME, EMAIL = f"{FIRST} {LAST}", "wendelien.kwikkelberg@voka.example"
MAIL = {"smtp_url": "smtp://127.0.0.1:1?starttls=nee", "mail_from": "in2stem@voorbeeld.be"}
PASSWORD = "rivier kast maandag tulp"  # noqa: S105 - a test's
OTHER = {"email": "bo@voka.example", "name": "Bo Wever", "role": "viewer", "regions": ["Limburg"]}
SPELLINGS = (
    NAME,
    f"{LAST}, {FIRST}",
    NAME.upper(),
    "wendelien kwikkelberg",
    unicodedata.normalize("NFD", NAME),
    f"mevrouw {LAST}",
    f"W. {LAST.lower()}",
    EMAIL.upper(),
)
SAID = [f"Gehoord van {one}, vorige week." for one in SPELLINGS]

LISTED = {
    *("lock", "paper", "pair_note", "saved_view", "application", "withdrawal", "wish", "proposal", "api_key"),
    *("cohort", "rules", "import", "upload", "round", "suggestion", "job", "event", "mentor", "school", "audit"),
    *("webhook", "delivery", "season", "mail", "consent"),
}
"""Of what the product is to tell that it may name them yet."""


def come_to_work(app: FastAPI, admin: TestClient) -> str:
    """Have them invited, log in, choose a password and a second step, and invite somebody; give their id."""
    database: Database = app.state.database
    words = {"email": EMAIL, "name": NAME, "role": "admin", "regions": []}
    made = admin.post("/v1/people", json=words, headers={"Idempotency-Key": "nodig-uit"})
    assert made.status_code == 201, made.text
    who = str(made.json()["person"]["id"])
    own = a_client(app)
    with database.write() as transaction:
        link = make_link(transaction, who)
    assert own.post("/v1/session", json={"link": link}).status_code == 201
    assert own.put("/v1/session/password", json={"password": PASSWORD}).status_code == 200
    begun = own.post("/v1/profile/factor")
    assert begun.status_code == 201, begun.text
    code = totp.code_at(begun.json()["secret"], totp.step_of(now()))
    assert own.post("/v1/profile/factor/confirmation", json={"code": code}).status_code == 200
    assert own.post("/v1/people", json=OTHER, headers={"Idempotency-Key": "ook-u"}).status_code == 201
    again = a_client(app).post("/v1/session", json={"email": EMAIL, "password": PASSWORD})
    assert (again.status_code, again.json()["code"]) == (401, "code_needed")
    return who


ACCOUNT = (
    *("name", "address", "password", "login", "second step", "codes to recover", "link", "half a login"),
    *("mail: invited", "mail: password", "mail: step", "mail to another", "answer kept", "another answer kept"),
)
"""What `come_to_work` leaves of them."""


def planted(database: Database, children: Children) -> tuple[FastAPI, TestClient, str, str, list[str]]:
    """Name somebody who works here everywhere in a cohort; give all of it, and the places."""
    app = an_app(database, **MAIL)
    admin = a_client(app, "admin")
    who = come_to_work(app, admin)
    cohort = a_filled_cohort(admin)
    asked = admin.post(f"/v1/cohorts/{cohort}/rounds", json={}).json()["id"]
    work(app, children)
    return app, admin, who, cohort, plant(database, cohort, asked, who)


def plant(database: Database, cohort: str, round_id: str, who: str) -> list[str]:
    """Name them wherever colleagues write; give the places, those of the account among them."""
    with database.write() as transaction:
        planted = [*_working(transaction, cohort, who), *_of_participants(transaction, cohort)]
        planted += [*_of_papers(transaction, cohort), *_of_machines(transaction, cohort, round_id)]
        return [*ACCOUNT, *planted, *_changed(transaction, cohort, round_id)]


def _add(transaction: Transaction, table: sa.Table, **values: Any) -> str:  # noqa: ANN401 - columns
    transaction.execute(sa.insert(table).values(**values))
    return table.name


def _working(transaction: Transaction, cohort: str, who: str) -> Iterator[str]:
    """Name them in what coordinators write for themselves."""
    moment = now()
    for number, text in enumerate(SAID):
        where = {"cohort": cohort, "school": "000101", "mentor": f"M00{number + 2}"}
        yield _add(
            transaction, tables.lock, id=new_id("lck"), kind="forbidden", reason=text, created_at=moment, **where
        )
        yield _add(transaction, tables.pair_note, note=text, status="discussed", changed_at=moment, **where)
    for owner, name in ((who, f"werk van {LAST}"), ("", f"lijst {LAST}")):  # one's own goes, all people's is listed
        values = {"id": new_id("vew"), "cohort": cohort, "owner": owner, "name": name, "query": ""}
        yield _add(transaction, tables.saved_view, created_at=moment, **values)
    key = {"id": new_id("key"), "digest": "d" * 64, "name": f"laptop {LAST}", "scopes": ["portal"]}
    yield _add(transaction, tables.api_key, created_at=moment, **key)
    yield _add(transaction, tables.rules, cohort=cohort, version=9, document={"name": SAID[0]}, created_at=moment)
    consent = {"side": "mentor", "id": "M003", "wording": SAID[3], "noted_by": who}
    yield _add(transaction, tables.consent, cohort=cohort, given_at=moment, **consent)


def _of_participants(transaction: Transaction, cohort: str) -> Iterator[str]:
    moment = now()
    left = {"mentor": "M004", "reason": "other", "note": SAID[1], "at": moment}
    yield _add(transaction, tables.withdrawal, cohort=cohort, **left)
    wish = {"id": new_id("wsh"), "side": "mentor", "subject": "M002", "kind": "other", "document": {}, "note": SAID[5]}
    wish |= {"state": "refused", "answer": f"Bel {NAME}.", "created_at": moment}
    yield from (_add(transaction, tables.wish, cohort=cohort, **wish), "its answer")
    asked = {"id": "app_9", "kind": "mentor", "state": "rejected", "digest": "dig9", "created_at": moment}
    asked |= {"document": {"history": [{"reason": f"door {LAST}"}]}, "changed_at": moment}
    yield _add(transaction, tables.application, cohort=cohort, **asked)
    letter = {
        "kind": "x",
        "created_at": moment,
        "changed_at": moment,
        "state": "sent",
        "side": "school",
        "who": "000101",
    }
    for number, body in enumerate((f"Vriendelijke groeten\n{NAME}", f"Vraag het aan mevrouw {LAST}")):
        words = {"subject": SAID[0] if number == 0 else "", "body": body, "facts": {"door": NAME}}
        yield _add(transaction, tables.mail, id=f"mai_{number}", deed=f"{number}", cohort=cohort, **letter | words)
    yield from ("its subject", "its facts")


def _of_papers(transaction: Transaction, cohort: str) -> Iterator[str]:
    moment = now()
    papers = {
        "outcome": {"school": "000101", "mentor": "M002", "note": SAID[5]},
        "action_plan": {"goals": [{"owner": NAME}], "talk": {"present": SAID[2]}},
        "mail_texts": {"signature": f"Groeten\n{NAME}", "reply_to": EMAIL},
    }
    for kind, document in papers.items():
        values = {"kind": kind, "id": "eigen", "document": document, "changed_at": moment}
        yield _add(transaction, tables.paper, cohort=cohort, **values)
    yield from ("who was present", "where answers go")


def _of_machines(transaction: Transaction, cohort: str, round_id: str) -> Iterator[str]:
    moment, job = now(), new_id("job")
    of_job = {"id": job, "kind": "x", "state": "done", "payload": {"words": SAID[0]}, "failure": SAID[3]}
    yield _add(transaction, tables.job, cohort=cohort, result={"x": SAID[1]}, created_at=moment, **of_job)
    yield from ("its result", "its failure")
    yield _add(transaction, tables.event, job=job, number=90, kind="x", document={"words": SAID[2]}, at=moment)
    of_none = new_id("job")
    yield _add(
        transaction, tables.job, id=of_none, kind="x", state="done", failure=SAID[4], created_at=moment, payload={}
    )
    yield _add(transaction, tables.event, job=of_none, number=1, kind="x", document={"words": SAID[6]}, at=moment)
    row = {"id": "imp_1", "state": "committed", "mapping": {}, "fixes": {"x": SAID[0]}, "preview": {"x": SAID[1]}}
    yield _add(transaction, tables.import_, cohort=cohort, created_at=moment, **row)
    content = f"{FIRST};{LAST};{EMAIL}".encode()
    yield _add(transaction, tables.upload, **{"import": "imp_1"}, place=0, name=f"van {LAST}.csv", content=content)
    body = json.dumps({"items": [SAID[1]]}, ensure_ascii=False).encode()
    yield _add(transaction, tables.suggestion, round=round_id, side="school", subject="planted", body=body)
    hook = {"id": new_id("whk"), "url": f"https://{LAST.lower()}.example/in", "secret": "x", "events": []}
    yield _add(transaction, tables.webhook, created_at=moment, **hook)
    sent = {"id": new_id("dlv"), "webhook": hook["id"], "event": "x", "payload": {"x": SAID[0]}, "state": "given_up"}
    yield _add(transaction, tables.delivery, created_at=moment, **sent)
    season = {"id": new_id("sea"), "round": round_id, "season": {"note": SAID[0]}, "year": {"note": SAID[1]}}
    yield _add(transaction, tables.season, cohort=cohort, created_at=moment, **season)
    line = {"id": new_id("aud"), "at": moment, "action": "x", "detail": {"words": f"van {LAST}"}}
    yield _add(transaction, tables.audit, **line)


def _changed(transaction: Transaction, cohort: str, round_id: str) -> Iterator[str]:
    """Name them in rows that are there."""
    for table, key, told in (
        (tables.mentor, "M005", {"company": f"{LAST} NV", "extra": {"via": SAID[4]}}),
        (tables.school, "000102", {"contact": NAME, "email": EMAIL}),
    ):
        here = sa.and_(table.c.cohort == cohort, table.c.id == key)
        row = transaction.execute(sa.select(table.c.document).where(here)).scalar_one()
        transaction.execute(sa.update(table).where(here).values(document=row | told))
        yield table.name
    mine = tables.round_.c.id == round_id
    plan = transaction.execute(sa.select(tables.round_.c.plan).where(mine)).scalar_one()
    values = {"plan": dict(plan) | {"planted": SAID[0]}, "findings": {"words": SAID[1]}}
    transaction.execute(sa.update(tables.round_).where(mine).values(**values))
    yield from ("plan", "findings")
    transaction.execute(sa.update(tables.cohort).where(tables.cohort.c.id == cohort).values(name=f"Groep {LAST}"))
    yield "the cohort's name"
    asked = sa.insert(tables.proposal).values(
        id=new_id("prp"), cohort=cohort, round=round_id, school="000101", mentor="M002", answer_by="2099-12-31",
        mentor_reason=SAID[7], created_at=now(),
    )  # fmt: skip
    transaction.execute(asked)
    yield "a reason to say no"
