"""Who hears by mail that a plan is published? At first everybody who is in it; later whose match is another one."""

from __future__ import annotations

from service.access.work import Work
from service.cohorts.members.store import Side
from service.database.engine import Transaction
from service.mail.kinds import KINDS, Kind
from service.mail.outbox import Letter, Recipient, forget_proposed, propose_mails, recipient_of, were_told
from service.publishing.shapes import PublicationOut
from service.rounds.acceptance.mails import known_of
from service.rounds.acceptance.told import TOLD, told_of
from service.rounds.run.store import RoundRow


def mail_publication(work: Work, transaction: Transaction, made: PublicationOut, row: RoundRow) -> None:
    """Propose a mail to everybody whose match the publication makes or changes."""
    known = known_of(transaction, made.cohort)
    matched: dict[tuple[Side, str], list[str]] = {}
    gone: dict[tuple[Side, str], list[str]] = {}
    for pair in row.plan["pairs"] if row.plan is not None else ():
        matched.setdefault(("school", pair["school"]), []).append(pair["mentor"])
        matched.setdefault(("mentor", pair["mentor"]), []).append(pair["school"])
    for one in made.changes:
        for mentor in one.goes:
            gone.setdefault(("school", one.school), []).append(mentor)
            gone.setdefault(("mentor", mentor), []).append(one.school)
    changed: list[tuple[Side, str]] = [("school", one.school) for one in made.changes]
    changed += [("mentor", key) for key in made.mentors]
    people = {(side, key): recipient_of(side, known[side][key]) for side, key in changed if key in known[side]}
    earlier = were_told(transaction, list(people.values()), TOLD, cohort=made.cohort)
    letters, untold = list[Letter](), list[Recipient]()
    for who, to in people.items():
        kind: Kind = "match_changed" if who in earlier else "plan_published"
        facts = {
            name: [told_of(known, "mentor" if to.side == "school" else "school", one) for one in lists.get(who, [])]
            for name, lists in (("matches", matched), ("weg", gone))
            if name in KINDS[kind].spoken
        }
        if who in earlier or facts["matches"]:
            deed = f"publication {made.number}"
            letters.append(Letter(kind=kind, to=to, facts=facts, deed=deed, instead_of=TOLD))
        else:
            untold.append(to)
    forget_proposed(work, transaction, untold, TOLD, cohort=made.cohort)
    propose_mails(work, transaction, letters, cohort=made.cohort)
