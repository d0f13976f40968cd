"""How do webhooks and what is sent to them look on the wire?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from service.web.shapes import Key, Shape
from service.web.values import At, without_doubles
from service.webhooks.store import Event

Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Events = Annotated[list[Event], Field(min_length=1, max_length=10), AfterValidator(without_doubles)]


class WebhookIn(Shape):
    """A webhook to add: where to send, and what."""

    url: Url = Field(examples=["https://portaal.example/in2stem"])
    events: Events = Field(examples=[["plan.published", "mentor.withdrawn"]])
    cohort: Key | None = Field(None, description="Alleen over deze cohorte; anders over alle.")


class WebhookChange(Shape):
    """What to change about a webhook; what is left out stays."""

    url: Url = ""
    events: Events = Field(default=[])
    cohort: Key | None = None
    paused: bool = Field(default=False, description="false laat hem weer horen, ook wat intussen bleef wachten.")


class WebhookOut(Shape):
    """A webhook, without its secret. It is paused by itself where nothing arrives any more."""

    id: str
    url: str
    events: list[str]
    cohort: str | None
    paused: bool
    version: int
    created_at: At


class WebhookMade(Shape):
    """A new webhook with the secret that signs what is sent, which is shown once."""

    webhook: WebhookOut
    secret: str | None = Field(description="Bewaar dit nu; null als het al getoond is.")


class DeliveryOut(Shape):
    """A message to a webhook: `id` is its webhook-id, `answer` the last HTTP status, null where nothing answered."""

    id: str
    event: str
    payload: dict[str, Any]
    state: Literal["waiting", "delivered", "given_up"]
    attempt: int
    next_at: At | None
    answer: int | None
    reason: str = Field("", description="Waarom niets antwoordde, in een woord; leeg waar wel iets antwoordde.")
    created_at: At
