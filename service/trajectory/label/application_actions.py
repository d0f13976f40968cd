"""How far is a school's application for the label: sent, answered, with which level, and with which advice?"""

from __future__ import annotations

from typing import Final

from service.access.action import action
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import is_member, must_match, or_empty, shaped, tag_of_version, written
from service.cohorts.documents.store import PaperRow
from service.core.errors import invalid
from service.database.ids import today
from service.trajectory.label.shapes import LabelApplicationIn, LabelApplicationOut
from service.web.shapes import Page

KIND: Final = "label_application"


@action("viewer")
def list_label_applications(work: Work, cohort: str) -> Page[LabelApplicationOut]:
    """Give how far each application is that somebody noted."""
    with work.reading(cohort) as transaction:
        rows = papers.listed(transaction, cohort, KIND)
    return Page(items=[_shape_of(row) for row in rows], next=None)


@action("viewer", own="school")
def get_label_application(work: Work, cohort: str, school: str) -> LabelApplicationOut:
    """Give how far a school's application is; empty, of version 0, where nobody noted anything."""
    with work.reading() as transaction:
        is_member(work, transaction, cohort, school)
        empty = LabelApplicationIn().model_dump(mode="json")
        return _shape_of(or_empty(transaction, cohort, KIND, school, empty))


@action("coordinator")
def replace_label_application(work: Work, cohort: str, school: str, body: LabelApplicationIn) -> LabelApplicationOut:
    """Note how far a school's application is, in the place of the version that was read."""
    _check(body)
    with work.changing(cohort) as transaction:
        is_member(work, transaction, cohort, school)
        row = or_empty(transaction, cohort, KIND, school, {})
        must_match(work, row)
        return _shape_of(written(work, transaction, row, body.model_dump(mode="json"), "label_application.changed"))


def _check(body: LabelApplicationIn) -> None:
    """Refuse days that can't be: an answer before what it answers, and what is still to come."""
    for name in ("sent", "answered"):
        day = getattr(body, name)
        if day is not None and day > today():
            raise invalid(f"/{name}", "in_the_future", "Deze dag moet nog komen.")
    if body.answered is not None and (body.sent is None or body.answered < body.sent):
        raise invalid("/answered", "before_sent", "Een antwoord komt na de aanvraag: vul ook in wanneer die vertrok.")
    if body.given is not None and body.answered is None:
        raise invalid("/answered", "missing", "Vul in wanneer het antwoord kwam.")


def tag_of(cohort: str, found: LabelApplicationOut) -> str:
    """Give the ETag of a school's application."""
    return tag_of_version(found.version, cohort, KIND, found.school)


def _shape_of(row: PaperRow) -> LabelApplicationOut:
    return shaped(LabelApplicationOut, row, dict(row.document) | {"school": row.id})
