"""Which level of the label does a school hold, what is missing for the next, and what goes into its dossier?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import path_to
from service.trajectory.label import actions, application_actions, dossier_actions, practice_actions
from service.trajectory.label.shapes import (
    DossierOut,
    LabelApplicationIn,
    LabelApplicationOut,
    LevelIn,
    LevelOut,
    PracticesIn,
    PracticesOut,
    ReadinessOut,
    ReadinessRulesIn,
    ReadinessRulesOut,
)
from service.web.answers import BOOK, file_answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/label", "label")


@routes.get("/levels", openapi_extra=access(actions.list_levels))
def list_levels(call: Called, cohort: Key) -> Page[LevelOut]:
    """Geef de niveaus die scholen kregen, met datum en bewijsstuk, zoals ze ingevoerd zijn."""
    return actions.list_levels(call.work, cohort)


@routes.post("/levels", status_code=201, openapi_extra=access(actions.add_level))
def add_level(call: Called, cohort: Key, body: LevelIn) -> LevelOut:
    """Voer een niveau in dat European Schoolnet toekende, met datum en bewijsstuk. Dit programma kent niets toe."""
    call.tell(location=path_to("/v1/cohorts/{}/label/levels", cohort))
    return actions.add_level(call.work, cohort, body)


@routes.delete("/levels/{level}", status_code=204, openapi_extra=access(actions.remove_level))
def remove_level(call: Called, cohort: Key, level: Key) -> None:
    """Verwijder een niveau dat verkeerd ingevoerd is."""
    actions.remove_level(call.work, cohort, level)


@routes.get("/rules", openapi_extra=access(actions.get_readiness_rules))
def get_readiness_rules(call: Called, cohort: Key) -> ReadinessRulesOut:
    """Geef de regels waarmee gereedheid ingeschat wordt. Ze zijn van ons of van u, niet van het label."""
    return call.tagged(actions.get_readiness_rules(call.work, cohort), actions.tag_of_rules, cohort)


@routes.put("/rules", openapi_extra=access(actions.replace_readiness_rules))
def replace_readiness_rules(call: Called, cohort: Key, body: ReadinessRulesIn) -> ReadinessRulesOut:
    """Gebruik een eigen tabel met regels, of met een lege tabel weer die van in2stem."""
    return call.tagged(actions.replace_readiness_rules(call.work, cohort, body), actions.tag_of_rules, cohort)


@routes.get("/readiness", openapi_extra=access(actions.list_readiness))
def list_readiness(call: Called, cohort: Key) -> Page[ReadinessOut]:
    """Zeg voor elke school of ze klaar is om het volgende niveau aan te vragen, en wat er ontbreekt."""
    return actions.list_readiness(call.work, cohort)


@routes.get("/readiness/{school}", openapi_extra=access(actions.get_readiness))
def get_readiness(call: Called, cohort: Key, school: MemberKey) -> ReadinessOut:
    """Zeg of een school klaar is om het volgende niveau aan te vragen, volgens deze regels, en wat er ontbreekt."""
    return actions.get_readiness(call.work, cohort, school)


@routes.get("/dossier/{school}", responses=BOOK, openapi_extra=access(dossier_actions.write_dossier))
def get_dossier(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Geef het dossier van een school als werkboek, om over te nemen in de officiële aanvraag."""
    return file_answer(dossier_actions.write_dossier(call.work, cohort, school), "dossier.xlsx")


@routes.get("/dossier/{school}/tables", openapi_extra=access(dossier_actions.get_dossier_tables))
def get_dossier_tables(call: Called, cohort: Key, school: MemberKey) -> DossierOut:
    """Geef hetzelfde dossier als tabellen, om op een bladzijde te tonen."""
    return dossier_actions.get_dossier_tables(call.work, cohort, school)


@routes.get("/practices/{school}", openapi_extra=access(practice_actions.get_practices))
def get_practices(call: Called, cohort: Key, school: MemberKey) -> PracticesOut:
    """Geef wat een school per kernelement van het label toont: wat ze doet, bewijs en links."""
    return call.tagged(practice_actions.get_practices(call.work, cohort, school), practice_actions.tag_of, cohort)


@routes.put("/practices/{school}", openapi_extra=access(practice_actions.replace_practices))
def replace_practices(call: Called, cohort: Key, school: MemberKey, body: PracticesIn) -> PracticesOut:
    """Schrijf wat een school per kernelement toont. Een kernelement zonder inhoud valt weg."""
    found = practice_actions.replace_practices(call.work, cohort, school, body)
    return call.tagged(found, practice_actions.tag_of, cohort)


@routes.get("/applications", openapi_extra=access(application_actions.list_label_applications))
def list_label_applications(call: Called, cohort: Key) -> Page[LabelApplicationOut]:
    """Geef hoever de aanvragen van het label staan waarover iets genoteerd is."""
    return application_actions.list_label_applications(call.work, cohort)


@routes.get("/applications/{school}", openapi_extra=access(application_actions.get_label_application))
def get_label_application(call: Called, cohort: Key, school: MemberKey) -> LabelApplicationOut:
    """Geef hoever de aanvraag van een school staat: verstuurd, beantwoord, met welk niveau en welk actieplan."""
    found = application_actions.get_label_application(call.work, cohort, school)
    return call.tagged(found, application_actions.tag_of, cohort)


@routes.put("/applications/{school}", openapi_extra=access(application_actions.replace_label_application))
def replace_label_application(
    call: Called, cohort: Key, school: MemberKey, body: LabelApplicationIn
) -> LabelApplicationOut:
    """Noteer hoever de aanvraag van een school staat."""
    found = application_actions.replace_label_application(call.work, cohort, school, body)
    return call.tagged(found, application_actions.tag_of, cohort)
