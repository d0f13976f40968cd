"""How does a school or a mentor apply, and confirm it? What anyone may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.access import audit_trail, scope
from service.access.action import action
from service.access.people import is_email
from service.cohorts.members.actions import document_of
from service.core.errors import Problem, conflict, existing, invalid, not_found
from service.database.ids import now
from service.trajectory.applications import store as applications
from service.trajectory.applications.mails import mail_confirmation
from service.trajectory.applications.shapes import ReceivedOut, SchoolForm
from service.webhooks import store as webhooks

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.trajectory.applications.shapes import ConfirmIn, FormIn, MentorForm

RECEIVED = ReceivedOut(
    state="received", detail="Bedankt. U krijgt een link om uw aanmelding te bevestigen; pas dan bekijken we ze."
)
CONFIRMED = ReceivedOut(state="confirmed", detail="Bedankt, uw aanmelding is bevestigd. U hoort van ons.")
OF_THE_FORM = frozenset({"motivation", "consent", "website", "network"})


@action("anyone")
def apply(work: Work, cohort: str, address: str, body: SchoolForm | MentorForm) -> ReceivedOut:
    """Take in an application from an address; the outcome says nothing about who applied.

    Raises Problem 404 for no cohort, 422 for a value that can't be, 429 from an address that asks too much, 503 where
    too many applications wait for their confirmation.
    """
    work.process.limits.count_login(f"apply {address}")
    if body.website:  # filled in by a robot: it hears what people hear
        return RECEIVED
    if not is_email(body.email):
        raise invalid("/email", "email", "Dit is geen e-mailadres.")

    def effect(transaction: Transaction) -> ReceivedOut:
        if scope.find(transaction, cohort) is None:
            raise not_found("Deze cohorte")
        if applications.unconfirmed(transaction, cohort) >= applications.MOST_UNCONFIRMED:
            raise Problem(503, "too_many_applications", "Er kwamen te veel aanmeldingen binnen. Bel de coördinator.")
        row = applications.add(transaction, cohort, _application(transaction, cohort, body))
        audit_trail.note(transaction, "public", "application.received", row.id, cohort, {}, work.request_id)
        webhooks.announce(transaction, "application.received", cohort, {"application": row.id})
        mail_confirmation(work, transaction, row)
        return RECEIVED

    return work.once(body, ReceivedOut, effect)


@action("anyone")
def confirm(work: Work, address: str, body: ConfirmIn) -> ReceivedOut:
    """Confirm an application with the secret of its link, once; raises Problem 404 or 409 for a link that is over."""
    work.process.limits.count_login(f"confirm {address}")
    with work.writing() as transaction:
        row = existing(applications.by_secret(transaction, body.secret), "Deze link", "unknown_link")
        if row.state != "received":
            raise conflict("already_used", "Deze link is al gebruikt. U hoeft niets meer te doen.")
        if row.created_at + applications.LINK_HOLDS < now():
            raise conflict("link_expired", "Deze link geldt niet meer. Vraag de coördinator een nieuwe aanmelding.")
        made = matcher.move_application(row.value, "confirmed", now(), "public")
        if not applications.change(transaction, row, made, "public"):
            raise conflict("already_used", "Deze link is al gebruikt. U hoeft niets meer te doen.")
        audit_trail.note(transaction, "public", "application.confirmed", row.id, row.cohort, {}, work.request_id)
        webhooks.announce(transaction, "application.confirmed", row.cohort, {"application": row.id})
    return CONFIRMED


def _application(transaction: Transaction, cohort: str, body: SchoolForm | MentorForm) -> matcher.Application:
    values = {name: value for name, value in body.model_dump().items() if name not in OF_THE_FORM}
    made: dict[str, Any] = {"received_at": now(), "consent": _consent(body), "motivation": body.motivation}
    if isinstance(body, SchoolForm):
        document = document_of(transaction, "school", cohort, values)
        made |= {"school": matcher.school_from_document(document), "network": body.network}
    else:
        values["id"] = applications.number_of(transaction, cohort, body.email)
        document = document_of(transaction, "mentor", cohort, values)
        made["mentor"] = matcher.mentor_from_document(document)
    return matcher.Application(id=applications.new_number(), **made)


def _consent(body: FormIn) -> matcher.Consent:
    return matcher.Consent(wording=body.consent.wording, given_at=now(), portal=body.consent.portal)
