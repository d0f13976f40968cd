"""Who may log in, and with which keys do programs come? Admins invite people and make keys, and take both back."""

from __future__ import annotations

from service.access.permissions import access
from service.core.addresses import path_to, saved_as
from service.people import actions, keys_actions
from service.people.shapes import AccountOut, Invited, KeyIn, KeyMade, KeyOut, PersonChange, PersonIn, PersonOut
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/people", "mensen")
keys = router("/v1/keys", "sleutels")


@routes.get("", openapi_extra=access(actions.list_people))
def list_people(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Page[PersonOut]:
    """Geef iedereen die zich kan aanmelden, en wie geblokkeerd is; de oudste eerst."""
    return actions.list_people(call.work, limit, cursor)


@routes.post("", status_code=201, openapi_extra=access(actions.invite))
def invite(call: Called, body: PersonIn) -> Invited:
    """Nodig iemand uit. Het antwoord toont één keer de link waarmee die zich aanmeldt."""
    made = actions.invite(call.work, body)
    call.tell(location=path_to("/v1/people/{}", made.person.id))
    return made


@routes.get("/{person}", openapi_extra=access(actions.get_person))
def get_person(call: Called, person: Key) -> PersonOut:
    """Geef één persoon."""
    return call.tagged(actions.get_person(call.work, person), actions.tag_of)


@routes.get("/{person}/export", openapi_extra=access(actions.export_account))
def export_person(call: Called, person: Key) -> AccountOut:
    """Geef alles wat over een collega bewaard is, om aan die persoon te bezorgen."""
    call.tell(content_disposition=saved_as("gegevens.json"))
    return actions.export_account(call.work, person)


@routes.post("/{person}/link", status_code=201, openapi_extra=access(actions.add_link))
def add_link(call: Called, person: Key) -> Invited:
    """Maak voor iemand een nieuwe aanmeldlink, bijvoorbeeld bij een vergeten wachtwoord. Vorige links vervallen."""
    made = actions.add_link(call.work, person)
    call.tell(location=path_to("/v1/people/{}", person))
    return made


@routes.patch("/{person}", openapi_extra=access(actions.change_person))
def change_person(call: Called, person: Key, body: PersonChange) -> PersonOut:
    """Wijzig naam, rol of kamers, of blokkeer iemand: wie geblokkeerd wordt, is meteen overal uitgelogd."""
    return call.tagged(actions.change_person(call.work, person, body), actions.tag_of)


@keys.get("", openapi_extra=access(keys_actions.list_keys))
def list_keys(call: Called, limit: Limit = 50, cursor: Cursor = None) -> Page[KeyOut]:
    """Geef de sleutels, de nieuwste eerst, ook die niet meer gelden."""
    return keys_actions.list_keys(call.work, limit, cursor)


@keys.post("", status_code=201, openapi_extra=access(keys_actions.add_key))
def add_key(call: Called, body: KeyIn) -> KeyMade:
    """Maak een sleutel. Het antwoord toont één keer haar geheim; daarna kent niemand het nog."""
    made = keys_actions.add_key(call.work, body)
    call.tell(location=path_to("/v1/keys/{}", made.key.id))
    return made


@keys.get("/{key}", openapi_extra=access(keys_actions.get_key))
def get_key(call: Called, key: Key) -> KeyOut:
    """Geef één sleutel, zonder haar geheim."""
    return keys_actions.get_key(call.work, key)


@keys.delete("/{key}", status_code=204, openapi_extra=access(keys_actions.revoke_key))
def revoke_key(call: Called, key: Key) -> None:
    """Trek een sleutel in. Ze opent meteen niets meer; bij andere processen binnen de vijf seconden."""
    keys_actions.revoke_key(call.work, key)
