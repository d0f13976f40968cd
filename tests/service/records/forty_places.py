"""Where may a person be named? Forty places and more, planted in all spellings, in a cohort that was worked on."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from service.database import tables
from service.database.ids import new_id, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.database.engine import Database, Transaction

MENTOR, FIRST, LAST = "M001", "Aurèle", "Zonderland"
EMAIL = "aurele.zonderland@polyflonk.example"
SPELLINGS = (
    f"{FIRST} {LAST}",
    f"{LAST}, {FIRST}",
    f"{FIRST} {LAST}".upper(),
    "aurele zonderland",
    unicodedata.normalize("NFD", f"{FIRST} {LAST}"),
    f"mevrouw {LAST}",
    f"A. {LAST.lower()}",
    EMAIL.upper(),
)
"""As people write a name: turned round, in capitals, without accents, with loose accents, shortened, the address."""

Row = dict[str, Any]


def plant(database: Database, cohort: str, round_id: str) -> int:
    """Name the person in all places; give in how many."""
    with database.write() as transaction:
        return sum(1 for _ in _planted(transaction, cohort, round_id))


def _planted(transaction: Transaction, cohort: str, round_id: str) -> Iterator[str]:
    moment, said = now(), [f"Gehoord van {one}, vorige week." for one in SPELLINGS]

    def add(table: sa.Table, **values: Any) -> str:  # noqa: ANN401 - columns
        transaction.execute(sa.insert(table).values(**values))
        return table.name

    def paper(kind: str, key: str, document: Row) -> str:
        return add(tables.paper, cohort=cohort, kind=kind, id=key, document=document, changed_at=moment)

    for number, text in enumerate(said):  # eight: agreements
        where = {"school": "000101", "mentor": f"M00{number + 2}", "kind": "forbidden"}
        yield add(tables.lock, id=new_id("lck"), cohort=cohort, reason=text, created_at=moment, **where)
    outcome = {"school": "000101", "mentor": "M002", "contacts": [], "stop_note": said[0], "note": said[5]}
    yield paper("outcome", "000101/M002", outcome)
    step = {"text": said[1], "owner": SPELLINGS[0], "due": None, "done": False}
    goal = {"criterion": "1.1", "aim": 3, "owner": SPELLINGS[3], "due": None, "steps": [step], "support": []}
    plan = {"school": "000103", "goals": [goal], "commitments": {}, "talk": {"present": SPELLINGS[2]}}
    yield from (paper("action_plan", "000103", plan), "its owner", "its step", "who was present")
    job = add(tables.job, **_job(cohort, round_id, said, moment))
    yield from (job, "its payload", "its result")
    of_job = transaction.execute(sa.select(tables.job.c.id).where(tables.job.c.failure != "")).scalars().first()
    yield add(tables.event, job=of_job, number=90, kind="x", document={"words": said[2]}, at=moment)
    yield add(tables.withdrawal, cohort=cohort, mentor=MENTOR, reason="illness", note=said[0], at=moment)
    yield from _mails(add, cohort, said, moment)
    yield from _applications(add, cohort, moment)
    yield from _imported(add, cohort, said, moment)
    yield add(tables.answered, digest="d1", status=201, headers={}, body=json.dumps({"x": said[0]}).encode(), at=moment)
    body = json.dumps({"items": [{"words": [said[1]]}]}, ensure_ascii=False).encode()
    yield add(tables.suggestion, round=round_id, side="school", subject="planted", body=body)
    yield from _changed(transaction, cohort, round_id, said)
    yield add(tables.audit, id=new_id("aud"), at=moment, action="x", cohort=cohort, detail={"words": f"van {LAST}"})


def _job(cohort: str, round_id: str, said: list[str], moment: object) -> Row:
    about = {"payload": {"words": said[0]}, "result": {"answer": {"sentence": said[1]}}, "failure": said[3]}
    return {
        "id": new_id("job"),
        "kind": "x",
        "cohort": cohort,
        "target": round_id,
        "state": "done",
        "created_at": moment,
    } | about


def _mails(add: Any, cohort: str, said: list[str], moment: object) -> Iterator[str]:  # noqa: ANN401 - a function
    letter = {"cohort": cohort, "kind": "x", "created_at": moment, "changed_at": moment, "state": "sent", "facts": {}}
    mine = {
        "name": SPELLINGS[0],
        "address": EMAIL,
        "subject": said[0],
        "body": said[1],
        "calendar": f"X:{SPELLINGS[0]}",
    }
    yield from (
        add(tables.mail, id="mai_1", deed="1", side="mentor", who=MENTOR, **letter | mine),
        "its words",
        "its file",
    )
    other = {
        "name": "An Claes",
        "address": "an@x.example",
        "subject": "",
        "body": said[2],
        "answer": f"<{EMAIL.upper()}>",
    }
    yield from (add(tables.mail, id="mai_2", deed="2", side="school", who="000101", **letter | other), "its answer")


def _applications(add: Any, cohort: str, moment: object) -> Iterator[str]:  # noqa: ANN401 - a function
    """Name the person in an application of their own, one under another number, and one that was refused."""
    for number, (key, state, email) in enumerate(
        ((MENTOR, "accepted", EMAIL), ("M900", "rejected", EMAIL.title()), ("M901", "received", EMAIL))
    ):
        person = {"id": key, "first_name": FIRST, "last_name": LAST, "email": email, "company": "Polyflonk"}
        document = {"mentor": person, "state": state, "history": [{"state": state, "reason": f"door {LAST}"}]}
        row = {"id": f"app_{number}", "cohort": cohort, "kind": "mentor", "state": state, "document": document}
        yield add(tables.application, digest=f"dig{number}", created_at=moment, changed_at=moment, **row)


def _imported(add: Any, cohort: str, said: list[str], moment: object) -> Iterator[str]:  # noqa: ANN401 - a function
    row = {"id": "imp_1", "cohort": cohort, "state": "committed", "mapping": {}, "created_at": moment}
    add(tables.import_, **row, fixes={"cell": said[0]}, preview={"rows": [said[1]]})
    add(tables.upload, **{"import": "imp_1"}, place=0, name="mentoren.csv", content=f"{FIRST};{LAST};{EMAIL}".encode())
    yield from ("fixes", "preview", "file")


def _changed(transaction: Transaction, cohort: str, round_id: str, said: list[str]) -> Iterator[str]:
    """Name the person in rows that are there: the member itself, others, rounds, the cohort, a colleague."""
    here = sa.and_(tables.mentor.c.cohort == cohort, tables.mentor.c.id == MENTOR)
    row = transaction.execute(sa.select(tables.mentor.c.document).where(here)).scalar_one()
    named = {"first_name": FIRST, "last_name": LAST, "email": EMAIL}
    transaction.execute(sa.update(tables.mentor).where(here).values(document=row | named))
    yield "mentor"
    other = sa.and_(tables.mentor.c.cohort == cohort, tables.mentor.c.id == "M002")
    row = transaction.execute(sa.select(tables.mentor.c.document).where(other)).scalar_one()
    told = {"company": f"{LAST} NV", "extra": {"opmerking": said[5], "via": SPELLINGS[4]}}
    transaction.execute(sa.update(tables.mentor).where(other).values(document=row | told))
    yield from ("a company", "a column of their own", "another column")
    found = transaction.execute(sa.select(tables.round_).where(tables.round_.c.id == round_id)).mappings().one()
    given = json.loads(json.dumps(found["given"]))
    next(one for one in given["mentors"] if one["id"] == MENTOR).update(named)
    plan, findings = (
        dict(found["plan"]) | {"planted": said[0]},
        {"words": said[1], "planted": [said[2], {"reason": said[6]}]},
    )
    values = {"given": given, "plan": plan, "findings": findings}
    transaction.execute(sa.update(tables.round_).where(tables.round_.c.id == round_id).values(**values))
    yield from ("round", "plan", "findings", "a reason in them")
    transaction.execute(sa.update(tables.cohort).where(tables.cohort.c.id == cohort).values(name=f"Groep {LAST}"))
    yield "the cohort's name"
