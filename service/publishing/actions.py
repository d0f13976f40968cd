"""How is a plan approved and published, and what changes for whom?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.access import scope
from service.core.errors import conflict
from service.jobs import store as jobs
from service.publishing import store as publishing
from service.rounds.questions.actions import not_studied
from service.rounds.run import store as rounds
from service.rounds.run.actions import is_stale, round_of

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction


def shown(transaction: Transaction, row: publishing.PublicationRow) -> dict[str, Any]:
    """Write a publication."""
    now_public = rounds.by_id(transaction, row.round)
    assert now_public is not None  # noqa: S101 - a publication goes with its round
    before = publishing.newest(transaction, row.cohort, below=row.number)
    plan = now_public.plan or {"pairs": []}
    told = {"cohort": row.cohort, "number": row.number, "round": row.round, "at": row.at, "pairs": len(plan["pairs"])}
    earlier = before.round if before is not None else None
    return told | {"before": earlier} | changes(transaction, earlier, now_public)


def changes(transaction: Transaction, before: str | None, row: rounds.RoundRow) -> dict[str, Any]:
    """Tell for whom a round's plan differs from an earlier one; from nothing it differs for everybody."""
    earlier = rounds.by_id(transaction, before) if before is not None else None
    old = _by_school(earlier.plan if earlier is not None else None)
    new = _by_school(row.plan)
    moved = [
        {
            "school": one,
            "goes": sorted(old.get(one, set()) - new.get(one, set())),
            "comes": sorted(new.get(one, set()) - old.get(one, set())),
        }
        for one in sorted(old.keys() | new.keys())
        if old.get(one) != new.get(one)
    ]
    return {"changes": moved, "mentors": sorted({who for one in moved for who in (*one["goes"], *one["comes"])})}


def _by_school(plan: Any) -> dict[str, set[str]]:  # noqa: ANN401 - a document, or none
    found: dict[str, set[str]] = {}
    for pair in plan["pairs"] if plan is not None else ():
        found.setdefault(pair["school"], set()).add(pair["mentor"])
    return found


_ALREADY = {
    "approved": "Dit plan is al goedgekeurd. U kunt het publiceren.",
    "published": "Dit plan is al gepubliceerd.",
    "superseded": "Dit plan is al vervangen door een nieuwer. Reken een nieuwe ronde uit.",
}


def _locked(work: Work, transaction: Transaction, cohort: str, round_id: str) -> rounds.RoundRow:
    """Give the round while nobody else publishes, or changes what is published, in this cohort."""
    work.cohort(transaction, cohort)
    scope.touch(transaction, cohort)
    row = round_of(work, transaction, cohort, round_id)
    if work.read_version is not None:
        work.must_match(row.version, row.id)
    return row


def _solved(row: rounds.RoundRow) -> None:
    if row.plan is None or row.plan["status"] not in ("proven", "feasible"):
        raise conflict("no_plan", "Deze ronde heeft (nog) geen plan.", job=f"/v1/jobs/{row.job}")


def _publishable(transaction: Transaction, row: rounds.RoundRow) -> None:
    """Refuse what is not approved, not finished, or made of data that changed; raises Problem 409."""
    if row.state in ("published", "superseded"):
        raise conflict(f"already_{row.state}", _ALREADY[row.state])
    _solved(row)
    if row.state != "approved":
        raise conflict("not_approved", "Dit plan is nog niet goedgekeurd. Keur het eerst goed.")
    if not jobs.all_done(transaction, row.id, "study_round"):
        raise not_studied(transaction, row)
    public = publishing.newest(transaction, row.cohort)
    if row.previous is not None and (public is None or public.round != row.previous):
        detail = "Dit plan herstelt een plan dat intussen vervangen is. Reken een nieuwe ronde uit."
        raise conflict("other_published", detail)
    if is_stale(transaction, row):
        detail = "De gegevens zijn gewijzigd sinds dit plan gemaakt is. Reken een nieuwe ronde uit."
        raise conflict("stale", detail)
