"""Where am I logged in, and with a second step? A person's own profile, over the API."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.people import profile_actions as actions
from service.people.login_cookie import browser_of
from service.people.shapes import CodeIn, FactorBegun, FactorOut, OwnLoginOut, ProofIn, RecoveryOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/profile", "aanmelden")


@routes.get("/logins", openapi_extra=access(actions.list_logins))
def list_own_logins(call: Called) -> Page[OwnLoginOut]:
    """Geef waar u aangemeld bent, het laatst gebruikt eerst."""
    return Page(items=actions.list_logins(call.work, browser_of(call)), next=None)


@routes.delete("/logins", status_code=204, response_class=Response, openapi_extra=access(actions.end_own_logins))
def end_own_logins(call: Called) -> None:
    """Meld u overal af, behalve hier."""
    actions.end_own_logins(call.work, browser_of(call))


@routes.post("/proof", status_code=204, response_class=Response, openapi_extra=access(actions.prove))
def prove(call: Called, body: ProofIn) -> None:
    """Bewijs opnieuw wie u bent: een kwartier lang kunt u dan uw andere logins en uw tweede stap wijzigen."""
    actions.prove(call.work, browser_of(call), body)


@routes.delete("/logins/{login}", status_code=204, response_class=Response, openapi_extra=access(actions.end_own_login))
def end_own_login(call: Called, login: Key) -> None:
    """Meld een van uw browsers af."""
    actions.end_own_login(call.work, browser_of(call), login)


@routes.get("/factor", openapi_extra=access(actions.get_factor))
def get_factor(call: Called) -> FactorOut:
    """Zeg of u bij het aanmelden een code geeft."""
    return actions.get_factor(call.work)


@routes.post("/factor", status_code=201, openapi_extra=access(actions.begin_factor))
def begin_factor(call: Called) -> FactorBegun:
    """Geef wat uw app overneemt. Pas na een bevestiging wordt een code gevraagd."""
    return actions.begin_factor(call.work, browser_of(call))


@routes.post("/factor/confirmation", openapi_extra=access(actions.confirm_factor))
def confirm_factor(call: Called, body: CodeIn) -> RecoveryOut:
    """Vraag vanaf nu een code. De herstelcodes staan alleen in dit antwoord."""
    return actions.confirm_factor(call.work, browser_of(call), body)


@routes.post("/factor/recovery-codes", openapi_extra=access(actions.renew_recovery))
def renew_recovery(call: Called, body: CodeIn) -> RecoveryOut:
    """Geef nieuwe herstelcodes; de vorige werken niet meer."""
    return actions.renew_recovery(call.work, body)


@routes.post("/factor/removal", status_code=204, response_class=Response, openapi_extra=access(actions.drop_factor))
def drop_factor(call: Called, body: CodeIn) -> None:
    """Vraag geen code meer."""
    actions.drop_factor(call.work, body)
