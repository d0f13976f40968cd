"""How is something noted about a pair, and read?"""

from __future__ import annotations

from service.access.action import action
from service.access.work import Work
from service.cohorts.members import store as members
from service.core.errors import existing
from service.core.etag import etag
from service.rounds.notes import store as notes
from service.rounds.notes.shapes import NoteIn, NoteOut


def tag_of(cohort: str, found: NoteOut) -> str:
    """Give the ETag of what is noted about a pair."""
    return etag(found.version, cohort, "note", found.school, found.mentor)


@action("coordinator")
def list_notes(work: Work, cohort: str) -> dict[tuple[str, str], NoteOut]:
    """Give what is noted about the pairs of a cohort, by (school, mentor)."""
    with work.reading(cohort) as transaction:
        rows = notes.listed(transaction, cohort)
    return {(row.school, row.mentor): NoteOut.from_row(row) for row in rows}


@action("coordinator")
def set_note(work: Work, cohort: str, school: str, mentor: str, body: NoteIn) -> NoteOut:
    """Note something about a pair, of the version that was read; nothing told is nothing noted.

    Raises Problem 404 for who is not there, 412 where somebody noted something meanwhile.
    """
    with work.changing(cohort) as transaction:
        existing(members.find(transaction, "school", cohort, school), "Deze school")
        existing(members.find(transaction, "mentor", cohort, mentor), "Deze mentor")
        row = notes.find(transaction, cohort, school, mentor)
        work.must_match(0 if row is None else row.version, cohort, "note", school, mentor)
        if body.status or body.note:
            pair = (cohort, school, mentor)
            notes.keep(transaction, row, pair, work.caller.by, status=body.status, note=body.note)
        elif row is not None:
            notes.remove(transaction, cohort, school, mentor)
        work.audit(transaction, "pair.noted", school, cohort, mentor=mentor, status=body.status)
        kept = notes.find(transaction, cohort, school, mentor)
    return NoteOut(school=school, mentor=mentor) if kept is None else NoteOut.from_row(kept)
