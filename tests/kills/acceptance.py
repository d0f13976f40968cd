"""Is an acceptance lost or kept twice when the service dies in it? A pair proposed, answered by both, taken back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from service.database.tables import audit, lock, mail, participant, proposal

if TYPE_CHECKING:
    from service.database.engine import Database, Transaction
    from tests.kills.service import Service

LAST_DAY = "2099-12-31"
DYING = {"propose.inside": "propose"}
"""Which step dies at a point; at the others it is the mentor's yes, or the school's no."""


class Wanted(NamedTuple):
    """A pair of an approved round (its address), and whether the school says no."""

    home: str
    round: str
    school: str
    mentor: str
    declines: bool

    def step_of(self, point: str) -> str:
        """Name the step that is to die."""
        return DYING.get(point, "school" if self.declines else "mentor")


class Acceptance:
    """One pair's way through proposal and answers, each step sent again after a death."""

    def __init__(self, service: Service, database: Database, wanted: Wanted) -> None:
        """Take note of how many mails wait before."""
        self.service, self.database, self.wanted = service, database, wanted
        self.mails = self._mails()

    def steps(self) -> list[str]:
        """Give the steps in their order."""
        return ["propose", "mentor", "school"]

    def request(self, step: str) -> tuple[str, dict[str, object]]:
        """Give the address and body of a step."""
        one = self.wanted
        if step == "propose":
            pairs = [{"school": one.school, "mentor": one.mentor}]
            return f"{one.round}/proposals", {"pairs": pairs, "answer_by": LAST_DAY}
        no = step == "school" and one.declines
        said = {"side": step, "answer": "declined" if no else "accepted", "reason": "te ver" if no else ""}
        return f"{one.home}/proposals/{self._found()['id']}/answers", said

    def done(self, step: str, key: str) -> None:
        """Send a step (again): it is answered, and with the same key it counts once."""
        path, body = self.request(step)
        told = self.service.ask("POST", path, body, key=key)
        assert told.status == 200, told.body

    def count(self) -> None:
        """See that all of it is kept, and once."""
        found, declines = self._found(), self.wanted.declines
        answers = [found["mentor_answer"], found["school_answer"]]
        assert answers == ["accepted", "declined" if declines else "accepted"], answers
        with self.database.read() as transaction:
            bans = self._bans(transaction)
            said = [
                _lines(transaction, "proposal.answered", found["id"]),
                _lines(transaction, "proposals.made", found["round"]),
            ]
            query = sa.select(sa.func.count()).select_from(participant)
            sides = [("school", self.wanted.school), ("mentor", self.wanted.mentor)]
            pages = [
                transaction.execute(query.where(participant.c.side == side, participant.c.subject == who)).scalar_one()
                for side, who in sides
            ]
        assert (said, pages, len(bans)) == ([2, 1], [1, 1], int(declines)), (said, pages, bans)
        assert self._mails() == self.mails + 2, (self._mails(), self.mails)

    def take_back(self) -> None:
        """Leave the cohort as it was: no proposal that stands, and the pair allowed."""
        with self.database.read() as transaction:
            places = [f"locks/{one}" for one in self._bans(transaction)]
        for place in (*places, f"proposals/{self._found()['id']}"):
            assert self.service.ask("DELETE", f"{self.wanted.home}/{place}", key=secrets.token_hex(8)).status == 204

    def _bans(self, transaction: Transaction) -> list[str]:
        one = self.wanted
        here = (lock.c.school == one.school, lock.c.mentor == one.mentor, lock.c.kind == "forbidden")
        return list(transaction.execute(sa.select(lock.c.id).where(*here)).scalars())

    def _found(self) -> dict[str, str]:
        one = self.wanted
        query = sa.select(proposal).where(proposal.c.school == one.school, proposal.c.mentor == one.mentor)
        with self.database.read() as transaction:
            return dict(transaction.execute(query).mappings().one())

    def _mails(self) -> int:
        query = sa.select(sa.func.count()).select_from(mail).where(mail.c.kind == "match_proposed")
        with self.database.read() as transaction:
            return int(transaction.execute(query).scalar_one())


def _lines(transaction: Transaction, action: str, target: str) -> int:
    query = sa.select(sa.func.count()).select_from(audit).where(audit.c.action == action, audit.c.target == target)
    return int(transaction.execute(query).scalar_one())
