"""How does a school measure itself, who has not yet, and what do schools lack? Drafts, submitted once, then frozen."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import Query

from service.access.permissions import access
from service.core.addresses import path_to
from service.measuring import actions, needs_actions
from service.measuring.reminder_actions import remind_schools
from service.measuring.shapes import (
    CohortNeedsOut,
    DaysOut,
    DaysShape,
    FormOut,
    MeasurementLine,
    MeasurementOut,
    Moment,
    NeedsOut,
    SchoolMeasurementsOut,
    SchoolsRemindedOut,
    SheetIn,
    SheetOut,
    SupersedeIn,
)
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey, RemarkOut

Asked = Annotated[Moment, Query(description="Nulmeting of eindmeting.")]
HERE = "/v1/cohorts/{}/schools/{}/measurements/{}"

routes = router("/v1/cohorts/{cohort}/schools/{school}/measurements/{moment}", "metingen")
needs = router("/v1", "noden")


@routes.get("", openapi_extra=access(actions.get_measurements))
def get_measurements(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> SchoolMeasurementsOut:
    """Geef de metingen van een school: het ontwerp als er een is, en wat ingediend werd, met mediaan en spreiding."""
    return actions.get_measurements(call.work, cohort, school, moment)


@routes.get("/sheets/{rater}", openapi_extra=access(actions.get_sheet))
def get_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment, rater: MemberKey) -> SheetOut:
    """Geef wat één persoon invulde in het ontwerp."""
    return call.tagged(
        actions.get_sheet(call.work, cohort, school, moment, rater), actions.tag_of_sheet, school, moment
    )


@routes.put("/sheets/{rater}", openapi_extra=access(actions.save_sheet))
def save_sheet(  # noqa: PLR0913, PLR0917 - a path of four
    call: Called, cohort: Key, school: MemberKey, moment: Moment, rater: MemberKey, body: SheetIn
) -> SheetOut:
    """Bewaar wat één persoon invulde, als ontwerp. If-Match is nodig zodra er van die persoon al iets bewaard is."""
    return call.tagged(
        actions.save_sheet(call.work, cohort, school, moment, rater, body), actions.tag_of_sheet, school, moment
    )


@routes.post("/submit", openapi_extra=access(actions.submit_measurement))
def submit_measurement(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> MeasurementOut:
    """Dien het ontwerp in. Vanaf dan ligt het vast; de nulmeting telt meteen mee voor de koppels."""
    return call.tagged(actions.submit_measurement(call.work, cohort, school, moment), actions.tag_of, cohort)


@routes.post("/supersede", status_code=HTTPStatus.CREATED, openapi_extra=access(actions.supersede_measurement))
def supersede_measurement(
    call: Called, cohort: Key, school: MemberKey, moment: Moment, body: SupersedeIn
) -> MeasurementOut:
    """Begin een nieuwe meting in de plaats van de ingediende, met de reden. De oude blijft bewaard en telt tot dan."""
    begun = actions.supersede_measurement(call.work, cohort, school, moment, body)
    call.tell(etag=actions.tag_of(cohort, begun), location=path_to(HERE, cohort, school, moment))
    return begun


@needs.get("/label/criteria", openapi_extra=access(needs_actions.get_form))
def get_form(call: Called) -> FormOut:
    """Geef de vragen van een meting, met de officiële Engelse naam erbij, en onze schaal."""
    return needs_actions.get_form(call.work)


@needs.get("/cohorts/{cohort}/measurements", openapi_extra=access(needs_actions.list_measurements))
def list_measurements(call: Called, cohort: Key, moment: Moment | None = None) -> Page[MeasurementLine]:
    """Geef alle metingen van een cohorte in het kort."""
    return needs_actions.list_measurements(call.work, cohort, moment)


@needs.get("/cohorts/{cohort}/measurements/days", openapi_extra=access(needs_actions.get_days))
def get_days(call: Called, cohort: Key) -> DaysOut:
    """Geef tegen wanneer de metingen er moeten zijn."""
    return call.tagged(needs_actions.get_days(call.work, cohort), needs_actions.tag_of_days, cohort)


@needs.put("/cohorts/{cohort}/measurements/days", openapi_extra=access(needs_actions.replace_days))
def replace_days(call: Called, cohort: Key, body: DaysShape) -> DaysOut:
    """Zeg tegen wanneer de metingen er moeten zijn; geldt voor metingen die daarna begonnen worden."""
    return call.tagged(needs_actions.replace_days(call.work, cohort, body), needs_actions.tag_of_days, cohort)


@needs.get("/cohorts/{cohort}/measurements/missing", openapi_extra=access(needs_actions.list_missing))
def list_missing(call: Called, cohort: Key, moment: Asked = "baseline") -> Page[RemarkOut]:
    """Zeg welke scholen nog niets indienden; een fout zodra de dag voorbij is."""
    return needs_actions.list_missing(call.work, cohort, moment)


@needs.post("/cohorts/{cohort}/measurements/reminders", openapi_extra=access(remind_schools))
def remind_schools_to_measure(call: Called, cohort: Key, moment: Asked = "baseline") -> SchoolsRemindedOut:
    """Zet een herinnering klaar voor elke school die deze meting nog niet indiende; een coördinator verstuurt ze."""
    return remind_schools(call.work, cohort, moment)


@needs.get("/cohorts/{cohort}/measurements/needs", openapi_extra=access(needs_actions.get_cohort_needs))
def get_cohort_needs(call: Called, cohort: Key, moment: Asked = "baseline") -> CohortNeedsOut:
    """Zeg waarin de scholen samen en elk apart tekortschieten, en welke thema's daarbij passen."""
    return needs_actions.get_cohort_needs(call.work, cohort, moment)


@needs.get("/cohorts/{cohort}/schools/{school}/needs", openapi_extra=access(needs_actions.get_needs))
def get_needs(call: Called, cohort: Key, school: MemberKey, moment: Asked = "baseline") -> NeedsOut:
    """Zeg waarin een school tekortschiet, het grootste eerst, en welke thema's haar helpen."""
    return needs_actions.get_needs(call.work, cohort, school, moment)
