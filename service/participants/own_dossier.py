"""What does a school read and write of its own dossier for the label? By the actions of a coordinator, of itself."""

from __future__ import annotations

from service.access.action import action
from service.access.work import Work
from service.participants.own_identity import Me, school_of
from service.trajectory.label import dossier_actions, practice_actions
from service.trajectory.label.application_actions import get_label_application
from service.trajectory.label.shapes import DossierOut, LabelApplicationOut, PracticesIn


@action("participant")
def own_application(work: Work) -> tuple[Me, LabelApplicationOut]:
    """Give the school and how far its application for the label is; raises Problem 404 for a mentor."""
    me = _me(work)
    return me, get_label_application(work, me.cohort.id, me.row.id)


@action("participant")
def keep_own_practices(work: Work, body: PracticesIn) -> None:
    """Write what one's own school shows, in the place of the version that was read."""
    me = _me(work)
    practice_actions.replace_practices(work, me.cohort.id, me.row.id, body)


@action("participant")
def own_dossier(work: Work) -> tuple[Me, DossierOut]:
    """Give one's own school's dossier as tables; raises Problem 409 where nothing was measured."""
    me = _me(work)
    return me, dossier_actions.get_dossier_tables(work, me.cohort.id, me.row.id)


@action("participant")
def write_own_dossier(work: Work) -> bytes:
    """Give one's own school's dossier as a workbook; raises Problem 409 where nothing was measured."""
    me = _me(work)
    return dossier_actions.write_dossier(work, me.cohort.id, me.row.id)


def _me(work: Work) -> Me:
    with work.reading() as transaction:
        return school_of(work, transaction)
