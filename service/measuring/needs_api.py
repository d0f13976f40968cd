"""What do schools lack, alone and together, who has not measured yet, and what do we ask?"""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from service.access.permissions import access
from service.measuring import needs_actions as actions
from service.measuring.reminder_actions import remind_schools
from service.measuring.shapes import (
    CohortNeedsOut,
    DaysOut,
    DaysShape,
    FormOut,
    MeasurementLine,
    Moment,
    NeedsOut,
    SchoolsRemindedOut,
)
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key, Page
from service.web.values import MemberKey, RemarkOut

routes = router("/v1", "noden")

Asked = Annotated[Moment, Query(description="Nulmeting of eindmeting.")]


@routes.get("/label/criteria", openapi_extra=access(actions.get_form))
def get_form(call: Called) -> FormOut:
    """Geef de vragen van een meting, met de officiële Engelse naam erbij, en onze schaal."""
    return actions.get_form(call.work)


@routes.get("/cohorts/{cohort}/measurements", openapi_extra=access(actions.list_measurements))
def list_measurements(call: Called, cohort: Key, moment: Moment | None = None) -> Page[MeasurementLine]:
    """Geef alle metingen van een cohorte in het kort."""
    return actions.list_measurements(call.work, cohort, moment)


@routes.get("/cohorts/{cohort}/measurements/days", openapi_extra=access(actions.get_days))
def get_days(call: Called, cohort: Key) -> DaysOut:
    """Geef tegen wanneer de metingen er moeten zijn."""
    return call.tagged(actions.get_days(call.work, cohort), actions.tag_of_days, cohort)


@routes.put("/cohorts/{cohort}/measurements/days", openapi_extra=access(actions.replace_days))
def replace_days(call: Called, cohort: Key, body: DaysShape) -> DaysOut:
    """Zeg tegen wanneer de metingen er moeten zijn; geldt voor metingen die daarna begonnen worden."""
    return call.tagged(actions.replace_days(call.work, cohort, body), actions.tag_of_days, cohort)


@routes.get("/cohorts/{cohort}/measurements/missing", openapi_extra=access(actions.list_missing))
def list_missing(call: Called, cohort: Key, moment: Asked = "baseline") -> Page[RemarkOut]:
    """Zeg welke scholen nog niets indienden; een fout zodra de dag voorbij is."""
    return actions.list_missing(call.work, cohort, moment)


@routes.post("/cohorts/{cohort}/measurements/reminders", openapi_extra=access(remind_schools))
def remind_schools_to_measure(call: Called, cohort: Key, moment: Asked = "baseline") -> SchoolsRemindedOut:
    """Zet een herinnering klaar voor elke school die deze meting nog niet indiende; een coördinator verstuurt ze."""
    return remind_schools(call.work, cohort, moment)


@routes.get("/cohorts/{cohort}/measurements/needs", openapi_extra=access(actions.get_cohort_needs))
def get_cohort_needs(call: Called, cohort: Key, moment: Asked = "baseline") -> CohortNeedsOut:
    """Zeg waarin de scholen samen en elk apart tekortschieten, en welke thema's daarbij passen."""
    return actions.get_cohort_needs(call.work, cohort, moment)


@routes.get("/cohorts/{cohort}/schools/{school}/needs", openapi_extra=access(actions.get_needs))
def get_needs(call: Called, cohort: Key, school: MemberKey, moment: Asked = "baseline") -> NeedsOut:
    """Zeg waarin een school tekortschiet, het grootste eerst, en welke thema's haar helpen."""
    return actions.get_needs(call.work, cohort, school, moment)
