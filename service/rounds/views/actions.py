"""How is a view of a plan kept under a name, found and removed?"""

from __future__ import annotations

from service.access.action import action
from service.access.work import Work
from service.core.errors import conflict, not_found
from service.rounds.views import store as views
from service.rounds.views.shapes import ViewIn, ViewOut

MOST = 30
"""So many views somebody can keep of a cohort, and so many are everybody's."""


@action("viewer")
def list_views(work: Work, cohort: str) -> list[ViewOut]:
    """Give the views that the caller kept of a cohort, and those of everybody."""
    with work.reading(cohort) as transaction:
        rows = views.listed(transaction, cohort, work.caller.by)
    return [_shape_of(work, row) for row in rows]


@action("coordinator")
def keep_view(work: Work, cohort: str, body: ViewIn) -> ViewOut:
    """Keep a view, in the place of the one of this name; raises Problem 409 where there are too many."""
    owner = views.EVERYBODY if body.shared else work.caller.by
    with work.changing(cohort) as transaction:
        same = [one for one in views.listed(transaction, cohort, work.caller.by) if one.owner == owner]
        if len(same) >= MOST and body.name not in [one.name for one in same]:
            raise conflict("too_many_views", f"Er zijn al {MOST} bewaarde weergaven. Verwijder er eerst één.")
        key = views.keep(transaction, cohort, owner, body.name, body.query, work.caller.by)
        work.audit(transaction, "view.kept", key, cohort, shared=body.shared)
    return ViewOut(id=key, name=body.name, query=body.query, shared=body.shared, mine=True)


@action("coordinator")
def remove_view(work: Work, cohort: str, view: str) -> ViewOut:
    """Remove a view of the caller's, or of everybody's, and give what it was; raises Problem 404."""
    with work.writing(cohort) as transaction:
        found = [one for one in views.listed(transaction, cohort, work.caller.by) if one.id == view]
        if not found:
            raise not_found("Deze weergave")
        views.remove(transaction, cohort, view)
        work.audit(transaction, "view.removed", view, cohort)
    return _shape_of(work, found[0])


def _shape_of(work: Work, row: views.ViewRow) -> ViewOut:
    shared = row.owner == views.EVERYBODY
    mine = work.caller.role != "viewer"
    return ViewOut(id=row.id, name=row.name, query=row.query, shared=shared, mine=mine)
