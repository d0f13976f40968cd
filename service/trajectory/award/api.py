"""Who wins the Award, how surely, and how is that kept? Criteria, scores, the decision, the signed record."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from fastapi import Response

import matcher
from service.access.permissions import MOST_BODY, access
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import (
    DIGITS,
    begin,
    body_document,
    must_match,
    names_of,
    number,
    paper_of,
    written,
)
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import conflict, not_found
from service.database.engine import Transaction
from service.database.installation import signing_key
from service.rounds.record.shapes import MOST_RECORD, RecordIn
from service.trajectory.award.actions import (
    _all_read,
    _down,
    _known_schools,
    _parts,
    _reading,
    _scores,
    _shown,
    _signed,
    _ties_of_readers,
    award_of,
    refuse_signed,
)
from service.trajectory.award.shapes import AwardIn, AwardOut, CheckedOut, DecisionOut, ScoresIn, ScoresOut, SignedOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import EDITED, Key
from service.web.values import MemberKey

routes = router("/v1/cohorts/{cohort}/award", "award")

FORMAT = "in2stem-award/1"


@routes.get("", response_model=AwardOut, openapi_extra=access("viewer"))
def get_award(call: Called, cohort: Key) -> Response:
    """Geef waarover de jury beslist: criteria met gewichten, scholen, juryleden met hun banden."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        answer = _shown(transaction, award_of(transaction, cohort)[0])
    return answer.response()


@routes.put(
    "",
    response_model=AwardOut,
    responses=EDITED | {201: {"model": AwardOut, "description": "Begonnen."}},
    openapi_extra=access("coordinator"),
)
def replace_award(call: Called, cohort: Key, body: AwardIn) -> Response:
    """Begin de Award of wijzig criteria, scholen en juryleden; scores blijven. Daarna is If-Match nodig."""
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        refuse_signed(transaction, cohort)
        _known_schools(transaction, cohort, body)
        row = papers.find(transaction, cohort, "award")
        status = HTTPStatus.OK if row is not None else HTTPStatus.CREATED
        if row is None:
            row = PaperRow(cohort=cohort, kind="award", id=ONLY, document={"scores": []})
        else:
            must_match(call.work, row)
        _ties_of_readers(row, body)
        award = matcher.award_from_document(body_document(FORMAT, body, scores=row.document["scores"]))
        row = written(call.work, transaction, row, matcher.award_to_document(award), "award.changed")
        answer = _shown(transaction, row, status)
    return answer.response()


@routes.get("/scores/{juror}/{school}", response_model=ScoresOut, openapi_extra=access("coordinator"))
def get_scores(call: Called, cohort: Key, juror: Key, school: MemberKey) -> Response:
    """Geef wat een jurylid aan een school gaf."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        scores = _reading(award_of(transaction, cohort)[1], juror, school)
    if not scores:
        raise not_found("Deze score")
    return _scores(juror, school, scores).response()


@routes.put("/scores/{juror}/{school}", response_model=ScoresOut, responses=EDITED, openapi_extra=access("coordinator"))
def save_scores(call: Called, cohort: Key, juror: Key, school: MemberKey, body: ScoresIn) -> Response:
    """Noteer wat een jurylid aan een school geeft, op elk criterium; wie een band heeft, scoort niet."""
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        refuse_signed(transaction, cohort)
        row, award = award_of(transaction, cohort)
        if school not in award.schools or juror not in {one.id for one in award.jurors}:
            raise not_found("Dit jurylid of deze school")
        before = _reading(award, juror, school)
        if before:
            call.must_match(*_parts(juror, school, before))
        others = tuple(one for one in award.scores if (one.juror, one.school) != (juror, school))
        given = tuple(
            matcher.JuryScore(school=school, juror=juror, criterion=criterion, value=value)
            for criterion, value in body.scores.items()
        )
        made = replace(award, scores=(*others, *given))
        written(call.work, transaction, row, matcher.award_to_document(made), "award.scored")
    return _scores(juror, school, body.scores).response()


@routes.get("/decision", response_model=DecisionOut, openapi_extra=access("viewer"))
def get_decision(call: Called, cohort: Key) -> Response:
    """Geef de rangschikking, en tussen welke gewichten de winnaar de winnaar blijft."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        _, award = award_of(transaction, cohort)
        names = names_of(transaction, cohort)
    found = matcher.decide_award(award, names)
    ranking = [
        {"school": one.school, "name": names.get(one.school, ""), "rank": one.rank, "readings": one.readings}
        | {"total": number(one.total), "exact": str(one.total)}
        | {"means": {key: number(mean) for key, mean in one.means.items()}}
        for one in found.ranking
    ]
    ranges = [
        {"criterion": one.criterion, "weight": one.weight, "low": number(matcher.at_least(one.low, DIGITS))}
        | {"high": _down(one.high)}
        for one in found.ranges
    ]
    value = {"ranking": ranking, "ranges": ranges, "slack": _down(found.slack)}
    value |= {name: list(getattr(found, name)) for name in ("winners", "unscored", "sentences")}
    return Answer(200, value).response()


@routes.post("/sign", response_model=SignedOut, status_code=201, openapi_extra=access("coordinator"))
def sign_award(call: Called, cohort: Key) -> Response:
    """Onderteken de beslissing van de jury. Daarna ligt de Award vast; juryleden staan er met hun nummer in."""

    def effect(transaction: Transaction) -> Answer:
        begin(call.work, transaction, cohort)
        refuse_signed(transaction, cohort)
        _, award = award_of(transaction, cohort)
        if not matcher.decide_award(award).winners:
            raise conflict("no_scores", "Er zijn nog geen scores: er valt niets te ondertekenen.")
        _all_read(transaction, cohort, award)
        record = matcher.award_record(award)
        signed = matcher.sign_document(record, signing_key(transaction)).decode()
        row = PaperRow(cohort=cohort, kind="award_record", id=ONLY, document={})
        row = written(call.work, transaction, row, {"record": signed, "winners": record["winners"]}, "award.signed")
        return Answer(201, _signed(transaction, row), {"Location": f"/v1/cohorts/{cohort}/award/record"})

    return call.once({"sign": cohort}, effect)


@routes.get("/record", response_model=SignedOut, openapi_extra=access("viewer"))
def get_award_record(call: Called, cohort: Key) -> Response:
    """Geef het ondertekende dossier van de Award."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        row = paper_of(transaction, cohort, "award_record", ONLY, "Een ondertekend dossier van de Award")
        value = _signed(transaction, row)
    return Answer(200, value).response()


@routes.delete("/record", status_code=204, openapi_extra=access("admin"))
def withdraw_award_record(call: Called, cohort: Key) -> Response:
    """Trek het ondertekende dossier in, zodat de jury nog kan wijzigen. Dat staat in het logboek."""
    with call.database.write() as transaction:
        begin(call.work, transaction, cohort)
        paper_of(transaction, cohort, "award_record", ONLY, "Een ondertekend dossier van de Award")
        papers.remove(transaction, cohort, "award_record")
        call.audit(transaction, "award.record_withdrawn", cohort, cohort)
    return Answer(204).response()


@routes.post("/record/check", response_model=CheckedOut, openapi_extra=access("viewer", **{MOST_BODY: MOST_RECORD}))
def check_award_record(call: Called, cohort: Key, body: RecordIn) -> Response:
    """Kijk een ondertekend dossier na: klopt de handtekening van deze dienst, en komt alles bij herrekenen uit?"""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        mine = matcher.public_hex(signing_key(transaction))
    verdict, document = matcher.verify_document(body.record.encode(), mine)
    difference = matcher.check_award_record(document) if verdict.sound else None
    sentence = verdict.sentence if difference is None else difference
    sound = verdict.sound and difference is None
    return Answer(200, {"sound": sound, "sentence": sentence, "document": document if sound else None}).response()
