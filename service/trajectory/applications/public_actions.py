"""How does a school or a mentor apply, and confirm it? What anyone may do."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import matcher
from service.access import audit_trail, scope
from service.access.action import action
from service.access.people import is_email
from service.access.work import Work
from service.cohorts.members.actions import document_of
from service.core.errors import Fault, Problem, conflict, existing, not_found
from service.database.engine import Transaction
from service.database.ids import now
from service.trajectory.applications import store as applications
from service.trajectory.applications.mails import mail_confirmation
from service.trajectory.applications.rules import rules_of
from service.trajectory.applications.shapes import ConfirmIn, FormIn, MentorForm, ReceivedOut, SchoolForm
from service.webhooks import store as webhooks

THANKS = "Bedankt. U krijgt een link om uw aanmelding te bevestigen; pas dan bekijken we ze."
CONFIRMED = ReceivedOut(state="confirmed", detail="Bedankt, uw aanmelding is bevestigd. U hoort van ons.")
OF_THE_FORM = frozenset({"motivation", "consent", "website", "network"})


@action("anyone")
def apply(work: Work, cohort: str, address: str, body: SchoolForm | MentorForm) -> ReceivedOut:
    """Take in an application from an address; the outcome says nothing about who applied.

    Raises Problem 404 for no cohort, 409 outside its dates, 422 that tells every value that can't be, 429 from an
    address that asks too much, or where more than usual wait for their confirmation.
    """
    work.process.limits.count_application(address)
    source = work.caller.id if "applications" in work.caller.scopes and work.caller.sees_cohort(cohort) else ""

    def effect(transaction: Transaction) -> ReceivedOut:
        found = scope.find(transaction, cohort)
        if found is None:
            raise not_found("Deze cohorte")
        held, moment = rules_of(transaction, cohort).as_long_as_kept(found.keep_until), now()
        held.must_be_open(moment)
        days = matcher.counted(held.days_to_confirm, "dag", "dagen")
        received = ReceivedOut(
            state="received", detail=f"{THANKS} Bevestig binnen {days}; daarna vervalt de aanmelding."
        )
        if body.website:  # filled in by a robot: it hears what people hear
            return received
        made = _application(transaction, cohort, body)
        applications.remove_unconfirmed(transaction, cohort, moment - held.link_holds)
        if applications.unconfirmed(transaction, cohort, source, moment - applications.RECENT) >= held.most_an_hour:
            detail = "Er kwamen het laatste uur te veel aanmeldingen binnen. Probeer het over een uur opnieuw."
            raise Problem(
                HTTPStatus.TOO_MANY_REQUESTS, "too_many_applications", detail, headers={"Retry-After": "3600"}
            )
        row = applications.add(transaction, cohort, made, source or "public", source)
        audit_trail.note(transaction, source or "public", "application.received", row.id, cohort, {}, work.request_id)
        webhooks.announce(transaction, "application.received", cohort, {"application": row.id})
        mail_confirmation(work, transaction, row)
        return received.model_copy(update={"application": row.id}) if source else received

    return work.once(body, ReceivedOut, effect)


@action("anyone")
def confirm(work: Work, address: str, body: ConfirmIn) -> ReceivedOut:
    """Confirm an application with the secret of its link, once; raises Problem 404 or 409 for a link that is over."""
    work.process.limits.count_login(f"confirm {address}")
    with work.writing() as transaction:
        row = existing(applications.by_secret(transaction, body.secret), "Deze link", "unknown_link")
        if row.state != "received":
            raise conflict("already_used", "Deze link is al gebruikt. U hoeft niets meer te doen.")
        if row.created_at + rules_of(transaction, row.cohort).link_holds < now():
            raise conflict("link_expired", "Deze link geldt niet meer. Vraag de coördinator een nieuwe aanmelding.")
        made = matcher.move_application(row.value, "confirmed", now(), "public")
        if not applications.change(transaction, row, made, "public"):
            raise conflict("already_used", "Deze link is al gebruikt. U hoeft niets meer te doen.")
        audit_trail.note(transaction, "public", "application.confirmed", row.id, row.cohort, {}, work.request_id)
        webhooks.announce(transaction, "application.confirmed", row.cohort, {"application": row.id})
    return CONFIRMED


def _application(transaction: Transaction, cohort: str, body: SchoolForm | MentorForm) -> matcher.Application:
    values = {name: value for name, value in body.model_dump().items() if name not in OF_THE_FORM}
    wrong = () if is_email(body.email) else (Fault("/email", "email", "Dit is geen e-mailadres."),)
    made: dict[str, Any] = {"received_at": now(), "consent": _consent(body), "motivation": body.motivation}
    if isinstance(body, SchoolForm):
        document = document_of(transaction, "school", cohort, values, wrong)
        made |= {"school": matcher.school_from_document(document), "network": body.network}
    else:
        values["id"] = applications.number_of(transaction, cohort, body.email)
        document = document_of(transaction, "mentor", cohort, values, wrong)
        made["mentor"] = matcher.mentor_from_document(document)
    return matcher.Application(id=applications.new_number(), **made)


def _consent(body: FormIn) -> matcher.Consent:
    return matcher.Consent(wording=body.consent.wording, given_at=now(), portal=body.consent.portal)
