"""What is sent to a webhook, as the OpenAPI document has it?"""

from __future__ import annotations

from typing import Any, get_args

from service.webhooks.store import Event

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
TEXTS = {"type": "array", "items": TEXT}
APPLICATION, MENTOR = {"application": TEXT}, {"mentor": TEXT}
WISH = {"wish": TEXT, "kind": TEXT, "side": TEXT, "subject": TEXT}
PROPOSAL = {"proposal": TEXT, "round": TEXT, "school": TEXT, "mentor": TEXT}

WORDS: dict[str, tuple[str, dict[str, Any]]] = {
    "round.finished": ("Een ronde is uitgerekend", {"round": TEXT, "status": TEXT}),
    "plan.published": ("Een plan is gepubliceerd: het portaal toont het", {"round": TEXT, "number": NUMBER}),
    "mentor.withdrawn": ("Een mentor valt uit", MENTOR),
    "mentor.returned": ("Een mentor komt terug", MENTOR),
    "sessions.published": ("Een jaar van sessies is gepubliceerd", {"season": TEXT}),
    "sessions.outdated": ("Sessies nodigen niet meer uit wie het plan vraagt", {"season": TEXT, "sessions": TEXTS}),
    "application.received": ("Een aanmelding kwam binnen", APPLICATION),
    "application.confirmed": ("Een aanmelding is bevestigd", APPLICATION),
    "application.accepted": ("Een aanmelding is aanvaard", APPLICATION),
    "application.waiting": ("Een aanmelding staat op de wachtlijst", APPLICATION),
    "application.refused": ("Een aanmelding is geweigerd", APPLICATION),
    "application.expired": ("Een aanmelding verviel: niemand bevestigde ze", APPLICATION),
    "selection.accepted": ("Een selectie van scholen is overgenomen", {"selection": TEXT}),
    "measurement.submitted": ("Een school diende een meting in", {"school": TEXT, "moment": TEXT}),
    "proposal.accepted": ("School en mentor aanvaardden allebei een voorstel", PROPOSAL),
    "wish.made": ("Een school of mentor vraagt iets op de eigen bladzijde", WISH),
    "proposal.declined": ("Een school of mentor wijst een voorstel af", PROPOSAL | {"by": TEXT}),
}
"""What happened, and the members that tell about what; a mentor by pseudonym."""

HEADERS = {
    "webhook-id": "Het nummer van dit bericht: wat twee keer komt, heeft hetzelfde.",
    "webhook-timestamp": "Wanneer het verstuurd werd, in seconden sinds 1970.",
    "webhook-signature": "De handtekening volgens Standard Webhooks: v1, en HMAC-SHA256 met het geheim van de webhook.",
}


def described() -> dict[str, Any]:
    """Give the section `webhooks` of the document: every event, with what is sent and what should be answered."""
    return {event: {"post": _operation(event)} for event in get_args(Event)}


def _operation(event: str) -> dict[str, Any]:
    summary, members = WORDS[event]
    return {
        "operationId": event.replace(".", "_"),
        "tags": ["webhooks"],
        "summary": summary,
        "description": f"{summary}. Antwoord binnen 10 seconden met 2xx; anders sturen we het bericht opnieuw.",
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": words, "schema": TEXT}
            for name, words in HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _payload(event, members)}}},
        "responses": {"2XX": {"description": "Aangekomen."}},
    }


def _payload(event: str, members: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": event},
            "timestamp": TEXT | {"format": "date-time"},
            "data": {
                "type": "object",
                "required": ["cohort", *members],
                "properties": {"cohort": TEXT, **members},
            },
        },
    }
