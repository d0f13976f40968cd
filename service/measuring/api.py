"""How does a school measure itself? Sheets as drafts, submitted once, then frozen; a replacement says why."""

from __future__ import annotations

from http import HTTPStatus

from service.access.permissions import access
from service.core.addresses import path_to
from service.measuring import actions
from service.measuring.shapes import MeasurementOut, Moment, SchoolMeasurementsOut, SheetIn, SheetOut, SupersedeIn
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key
from service.web.values import MemberKey

HERE = "/v1/cohorts/{}/schools/{}/measurements/{}"

routes = router("/v1/cohorts/{cohort}/schools/{school}/measurements/{moment}", "metingen")


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
