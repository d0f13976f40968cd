"""Who wins the Award, how surely, and how is that kept? Criteria, scores, the decision, the signed record."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import MOST_BODY, access
from service.core.addresses import path_to
from service.rounds.record.shapes import MOST_RECORD, RecordIn
from service.trajectory.award import actions
from service.trajectory.award.shapes import AwardIn, AwardOut, CheckedOut, DecisionOut, ScoresIn, ScoresOut, SignedOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/award", "award")


@routes.get("", openapi_extra=access(actions.get_award))
def get_award(call: Called, cohort: Key) -> AwardOut:
    """Geef waarover de jury beslist: criteria met gewichten, scholen, juryleden met hun banden."""
    return call.tagged(actions.get_award(call.work, cohort), actions.tag_of, cohort)


@routes.put(
    "",
    responses={201: {"model": AwardOut, "description": "Begonnen."}},
    openapi_extra=access(actions.replace_award),
)
def replace_award(call: Called, answer: Response, cohort: Key, body: AwardIn) -> AwardOut:
    """Begin de Award of wijzig criteria, scholen en juryleden; scores blijven. Daarna is If-Match nodig."""
    made = actions.replace_award(call.work, cohort, body)
    call.tell(etag=actions.tag_of(cohort, made))
    answer.status_code = 201 if made.version == 1 else 200
    return made


@routes.get("/scores/{juror}/{school}", openapi_extra=access(actions.get_scores))
def get_scores(call: Called, cohort: Key, juror: Key, school: MemberKey) -> ScoresOut:
    """Geef wat een jurylid aan een school gaf."""
    return call.tagged(actions.get_scores(call.work, cohort, juror, school), actions.tag_of_scores)


@routes.put("/scores/{juror}/{school}", openapi_extra=access(actions.save_scores))
def save_scores(call: Called, cohort: Key, juror: Key, school: MemberKey, body: ScoresIn) -> ScoresOut:
    """Noteer wat een jurylid aan een school geeft, op elk criterium; wie een band heeft, scoort niet."""
    return call.tagged(actions.save_scores(call.work, cohort, juror, school, body), actions.tag_of_scores)


@routes.get("/decision", openapi_extra=access(actions.get_decision))
def get_decision(call: Called, cohort: Key) -> DecisionOut:
    """Geef de rangschikking, en tussen welke gewichten de winnaar de winnaar blijft."""
    return actions.get_decision(call.work, cohort)


@routes.post("/sign", status_code=201, openapi_extra=access(actions.sign_award))
def sign_award(call: Called, cohort: Key) -> SignedOut:
    """Onderteken de beslissing van de jury. Daarna ligt de Award vast; juryleden staan er met hun nummer in."""
    call.tell(location=path_to("/v1/cohorts/{}/award/record", cohort))
    return actions.sign_award(call.work, cohort)


@routes.get("/record", openapi_extra=access(actions.get_award_record))
def get_award_record(call: Called, cohort: Key) -> SignedOut:
    """Geef het ondertekende dossier van de Award."""
    return actions.get_award_record(call.work, cohort)


@routes.delete("/record", status_code=204, openapi_extra=access(actions.withdraw_award_record))
def withdraw_award_record(call: Called, cohort: Key) -> None:
    """Trek het ondertekende dossier in, zodat de jury nog kan wijzigen. Dat staat in het logboek."""
    actions.withdraw_award_record(call.work, cohort)


@routes.post("/record/check", openapi_extra=access(actions.check_award_record, **{MOST_BODY: MOST_RECORD}))
def check_award_record(call: Called, cohort: Key, body: RecordIn) -> CheckedOut:
    """Kijk een ondertekend dossier na: klopt de handtekening van deze dienst, en komt alles bij herrekenen uit?"""
    return actions.check_award_record(call.work, cohort, body)
