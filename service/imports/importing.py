"""When may an import become the cohort, and how does mending add up?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import matcher
from service.access import scope
from service.access.work import Work
from service.cohorts.policy import store as rules
from service.core.errors import conflict
from service.database.engine import CollisionError, Transaction
from service.database.ids import now
from service.imports import store as imports
from service.imports.losses import losses_of, unasked
from service.imports.merging import merged
from service.imports.shapes import FixIn
from service.imports.store import ImportRow
from service.rounds.given.round_of_rows import save_people
from service.rounds.run.year_beside import look_at_year
from service.web.uploads import OF_A_FILE, refused

SHOWN = 100


def mended(row: ImportRow, fixes: Iterable[FixIn]) -> list[dict[str, Any]]:
    """Add what is mended to what was mended before: the last word on a cell counts."""
    cells = {_cell(one): dict(one) for one in row.fixes}
    for fix in fixes:
        one = fix.model_dump()
        cells.pop(_cell(one), None)
        if fix.value is not None:
            cells[_cell(one)] = one
    return list(cells.values())


def _cell(fix: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a fix as JSON
    return fix["file"], fix["sheet"], fix["row"], fix["column"]


def become(work: Work, transaction: Transaction, row: ImportRow, *, replace: bool) -> None:
    """Make an import the cohort; raises Problem 409 with what stands in the way, or CollisionError: nothing changes.

    Where most schools or mentors would go, only with `replace`.
    """
    given = _given(row)
    scope.touch(transaction, row.cohort)
    found = merged(transaction, row.cohort, row.preview or {})
    seen = (row.preview or {}).get("touched", {})
    apart = sorted(key for key in {*found.touched, *seen} if found.touched.get(key) != seen.get(key))
    if apart:
        detail = "Intussen is met de hand gewijzigd wat deze import ook wijzigt. Lees ze opnieuw en kijk het na."
        raise conflict("edited_meanwhile", detail, changed=apart[:SHOWN])
    losses = losses_of(found)
    if losses.most and not replace:
        raise unasked(losses)
    save_people(transaction, row.cohort, found.given, work.caller.by)
    policy = _policy(transaction, row, given)
    if not imports.change(transaction, row, state="committed", committed_at=now()):
        raise CollisionError
    look_at_year(transaction, row.cohort)
    work.people_left(transaction, row.cohort)
    counts = {"schools": len(given.schools), "mentors": len(given.mentors), "touched": len(found.touched)}
    work.audit(transaction, "import.committed", row.id, row.cohort, **counts, rules=policy)


def _given(row: ImportRow) -> matcher.Round:
    """Give what was read; raises Problem where that is not done, or there are errors."""
    if row.state == "reading" or row.preview is None:
        raise conflict("still_reading", "De bestanden worden nog gelezen. Probeer het zo opnieuw.")
    if row.preview["given"] is not None:
        return matcher.round_from_document(row.preview["given"])
    errors = [one for one in row.preview["findings"] if one["severity"] == "error"]
    files = [one for one in errors if one["code"] in OF_A_FILE]
    if files:
        raise refused([(0, one["code"], f"{one['message']} {one['remedy']}") for one in files])
    detail = f"Er zijn nog fouten ({row.preview['counts']['errors']}). Verbeter ze en lees de bestanden opnieuw."
    raise conflict("findings", detail, findings=errors[:SHOWN], total=row.preview["counts"]["errors"])


def _policy(transaction: Transaction, row: ImportRow, given: matcher.Round) -> bool:
    """Add the policy that came along as a new version, where it differs; tell whether."""
    has_policy = any(matcher.is_policy(name) for name in imports.names(transaction, row.id))
    newest = rules.newest(transaction, row.cohort)
    if not has_policy or newest.policy == given.policy:
        return False
    rules.add(transaction, row.cohort, given.policy, newest.version + 1, row.created_by)
    return True
