"""Who hears by mail that a plan is published? At first everybody who is in it; later whose match is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.cohorts.members import store as members
from service.mail.outbox import forget_proposed, person_name, propose_mail, recipient_of, was_told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.access.work import Work
    from service.cohorts.members.store import Side
    from service.database.engine import Transaction
    from service.mail.kinds import Kind
    from service.publishing.shapes import PublicationOut
    from service.rounds.run.store import RoundRow

    Known = Mapping[Side, Mapping[str, Mapping[str, Any]]]

TOLD: tuple[Kind, ...] = ("plan_published", "match_changed")


def mail_publication(work: Work, transaction: Transaction, made: PublicationOut, row: RoundRow) -> None:
    """Propose a mail to everybody whose match the publication makes or changes."""
    known: Known = {
        side: {one.id: one.document for one in members.listed(transaction, side, made.cohort)}
        for side in members.TABLES
    }
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
    for side, key in [*changed, *(("mentor", key) for key in made.mentors)]:
        if key in known[side]:
            lists = (matched.get((side, key), []), gone.get((side, key), []))
            _tell(work, transaction, made, known, (side, key), lists)


def _tell(  # noqa: PLR0913, PLR0917 - who is told of whom
    work: Work,
    transaction: Transaction,
    made: PublicationOut,
    known: Known,
    who: tuple[Side, str],
    lists: tuple[list[str], list[str]],
) -> None:
    """Tell one of them: what changes where an earlier match was told, else what the match is."""
    side, key = who
    other: Side = "mentor" if side == "school" else "school"
    to = recipient_of(side, known[side][key])
    matches, weg = ([_told(other, known, one) for one in keys] for keys in lists)
    deed, cohort = f"publication {made.number}", made.cohort
    if was_told(transaction, to, TOLD, cohort=cohort):
        facts = {"matches": matches, "weg": weg}
        propose_mail(work, transaction, "match_changed", to, facts, cohort=cohort, deed=deed, instead_of=TOLD)
    elif matches:
        facts = {"matches": matches}
        propose_mail(work, transaction, "plan_published", to, facts, cohort=cohort, deed=deed, instead_of=TOLD)
    else:
        forget_proposed(work, transaction, to, TOLD, cohort=cohort)


def _told(side: Side, known: Known, key: str) -> dict[str, str]:
    """Say who somebody is; who is not in the cohort any more, by number."""
    document = known[side].get(key)
    if document is None:
        return {"naam": key, "organisatie": "", "gemeente": ""}
    if side == "school":
        return {"naam": document["name"], "organisatie": "", "gemeente": document["municipality"]}
    name = person_name(document)
    return {
        "naam": name or document["company"],
        "organisatie": document["company"] if name else "",
        "gemeente": "",
    }
