"""How does a school or a mentor apply, and confirm it? The forms that anyone may send."""

from __future__ import annotations

from typing import Any

from fastapi import Response

import matcher
from service.access import audit_trail, scope
from service.access.people import is_email
from service.access.permissions import access
from service.cohorts.members.actions import document_of
from service.core.errors import Problem, conflict, invalid, not_found
from service.database.engine import Transaction
from service.database.ids import now
from service.trajectory.applications import store as applications
from service.trajectory.applications.shapes import ConfirmIn, FormIn, MentorForm, ReceivedOut, SchoolForm
from service.web.answers import Answer
from service.web.call import Call, Called
from service.web.route import router
from service.web.shapes import Key
from service.webhooks import store as webhooks

routes = router("/v1/public", "aanmelden")

RECEIVED = ReceivedOut(
    state="received", detail="Bedankt. U krijgt een link om uw aanmelding te bevestigen; pas dan bekijken we ze."
)
CONFIRMED = ReceivedOut(state="confirmed", detail="Bedankt, uw aanmelding is bevestigd. U hoort van ons.")
OF_THE_FORM = frozenset({"motivation", "consent", "website", "network"})


@routes.post(
    "/cohorts/{cohort}/applications/schools",
    response_model=ReceivedOut,
    status_code=202,
    openapi_extra=access("anyone"),
)
def apply_as_school(call: Called, cohort: Key, body: SchoolForm) -> Response:
    """Meld een school aan. Het antwoord zegt niets over wie zich aanmeldde."""
    return _apply(call, cohort, body)


@routes.post(
    "/cohorts/{cohort}/applications/mentors",
    response_model=ReceivedOut,
    status_code=202,
    openapi_extra=access("anyone"),
)
def apply_as_mentor(call: Called, cohort: Key, body: MentorForm) -> Response:
    """Meld een mentor aan. Het antwoord zegt niets over wie zich aanmeldde."""
    return _apply(call, cohort, body)


@routes.post("/applications/confirm", response_model=ReceivedOut, openapi_extra=access("anyone"))
def confirm_application(call: Called, body: ConfirmIn) -> Response:
    """Bevestig een aanmelding met het geheim uit de link; dat kan één keer, dertig dagen lang."""
    call.count_login(f"confirm {call.address}")
    with call.database.write() as transaction:
        row = applications.by_secret(transaction, body.secret)
        if row is None:
            raise not_found("Deze link", "unknown_link")
        if row.state != "received":
            raise conflict("already_used", "Deze link is al gebruikt. U hoeft niets meer te doen.")
        if row.created_at + applications.LINK_HOLDS < now():
            raise conflict("link_expired", "Deze link geldt niet meer. Vraag de coördinator een nieuwe aanmelding.")
        made = matcher.move_application(row.value, "confirmed", now(), "public")
        if not applications.change(transaction, row, made, "public"):
            raise conflict("already_used", "Deze link is al gebruikt. U hoeft niets meer te doen.")
        audit_trail.note(transaction, "public", "application.confirmed", row.id, row.cohort, {}, call.request_id)
        webhooks.announce(transaction, "application.confirmed", row.cohort, {"application": row.id})
    return Answer(200, CONFIRMED).response()


def _apply(call: Call, cohort: str, body: SchoolForm | MentorForm) -> Response:
    call.count_login(f"apply {call.address}")
    if body.website:  # filled in by a robot: it hears what people hear
        return Answer(202, RECEIVED).response()
    if not is_email(body.email):
        raise invalid("/email", "email", "Dit is geen e-mailadres.")

    def effect(transaction: Transaction) -> Answer:
        if scope.find(transaction, cohort) is None:
            raise not_found("Deze cohorte")
        if applications.unconfirmed(transaction, cohort) >= applications.MOST_UNCONFIRMED:
            raise Problem(503, "too_many_applications", "Er kwamen te veel aanmeldingen binnen. Bel de coördinator.")
        row = applications.add(transaction, cohort, _application(transaction, cohort, body))
        audit_trail.note(transaction, "public", "application.received", row.id, cohort, {}, call.request_id)
        webhooks.announce(transaction, "application.received", cohort, {"application": row.id})
        return Answer(202, RECEIVED)

    return call.once(body, effect)


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
    return matcher.Consent(wording=body.consent.wording, given_at=now())
