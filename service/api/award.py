"""Who wins the Award, how surely, and how is that kept? Criteria, scores, the decision, the signed record."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from http import HTTPStatus
from typing import Any

from fastapi import Response

import matcher
from service.access.call import Called
from service.access.route import router
from service.access.rules import MOST_BODY, access
from service.api.papers import (
    DIGITS,
    begin,
    body_document,
    must_match,
    names_of,
    number,
    paper_of,
    tag_of_part,
    told,
    written,
)
from service.api.records import signing_key
from service.errors import conflict, invalid, not_found
from service.store import papers
from service.store.database import Transaction
from service.store.papers import ONLY, PaperRow
from service.wire.answers import Answer, etag
from service.wire.award import (
    MOST_RECORD,
    AwardIn,
    AwardOut,
    CheckedOut,
    DecisionOut,
    RecordIn,
    ScoresIn,
    ScoresOut,
    SignedOut,
)
from service.wire.members import MemberKey
from service.wire.shapes import EDITED, Key

routes = router("/v1/cohorts/{cohort}/award", "award")

FORMAT = "in2stem-award/1"
WHAT = "Een Award in deze cohorte"


def award_of(transaction: Transaction, cohort: str) -> tuple[PaperRow, matcher.Award]:
    """Give the Award of a cohort; raises Problem 404."""
    row = paper_of(transaction, cohort, "award", ONLY, WHAT)
    return row, matcher.award_from_document(row.document)


def refuse_signed(transaction: Transaction, cohort: str) -> None:
    """Refuse to change what was signed; raises Problem 409."""
    if papers.find(transaction, cohort, "award_record") is not None:
        detail = "Deze Award is ondertekend en ligt vast. Alleen een beheerder kan het dossier intrekken."
        raise conflict("signed", detail)


def _shown(transaction: Transaction, row: PaperRow, status: int = 200) -> Answer:
    value: dict[str, Any] = {name: row.document[name] for name in ("name", "criteria", "schools", "jurors")}
    value["scored"] = len({(one["school"], one["juror"]) for one in row.document["scores"]})
    value["signed"] = papers.find(transaction, row.cohort, "award_record") is not None
    return told(row, value, status)


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
        begin(call, transaction, cohort)
        refuse_signed(transaction, cohort)
        _known_schools(transaction, cohort, body)
        row = papers.find(transaction, cohort, "award")
        status = HTTPStatus.OK if row is not None else HTTPStatus.CREATED
        if row is None:
            row = PaperRow(cohort=cohort, kind="award", id=ONLY, document={"scores": []})
        else:
            must_match(call, row)
        _ties_of_readers(row, body)
        award = matcher.award_from_document(body_document(FORMAT, body, scores=row.document["scores"]))
        row = written(call, transaction, row, matcher.award_to_document(award), "award.changed")
        answer = _shown(transaction, row, status)
    return answer.response()


def _known_schools(transaction: Transaction, cohort: str, body: AwardIn) -> None:
    known = names_of(transaction, cohort)
    for place, school in enumerate(body.schools):
        if school not in known:
            guess = matcher.did_you_mean(school, known)
            detail = f"Deze school is niet van deze cohorte. {guess}".strip()
            raise invalid(f"/schools/{place}", "unknown_school", detail)


def _ties_of_readers(row: PaperRow, body: AwardIn) -> None:
    """Say what to do where a juror who scored a school has a tie with it, or is not there any more."""
    jurors = [matcher.Juror(id=one.id, name=one.name, ties=one.ties) for one in body.jurors]
    faults = matcher.jury_faults(sorted({(one["school"], one["juror"]) for one in row.document["scores"]}), jurors)
    if faults:
        raise invalid("/jurors", "scored", f"{faults[0]} Wis eerst de scores van dit jurylid voor die school.")


def _reading(award: matcher.Award, juror: str, school: str) -> dict[str, int]:
    return {one.criterion: one.value for one in award.scores if (one.juror, one.school) == (juror, school)}


def _parts(juror: str, school: str, scores: dict[str, int]) -> tuple[Any, ...]:
    return 0, juror, school, tag_of_part(sorted(scores.items()))


def _scores(juror: str, school: str, scores: dict[str, int]) -> Answer:
    value = {"juror": juror, "school": school, "scores": scores}
    return Answer(200, value, {"ETag": etag(*_parts(juror, school, scores))})


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
        begin(call, transaction, cohort)
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
        written(call, transaction, row, matcher.award_to_document(made), "award.scored")
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


def _down(border: Fraction | None) -> float | None:
    """Round a border inwards, so that what is told holds."""
    return None if border is None else number(matcher.at_most(border, DIGITS))


@routes.post("/sign", response_model=SignedOut, status_code=201, openapi_extra=access("coordinator"))
def sign_award(call: Called, cohort: Key) -> Response:
    """Onderteken de beslissing van de jury. Daarna ligt de Award vast; juryleden staan er met hun nummer in."""

    def effect(transaction: Transaction) -> Answer:
        begin(call, transaction, cohort)
        refuse_signed(transaction, cohort)
        _, award = award_of(transaction, cohort)
        if not matcher.decide_award(award).winners:
            raise conflict("no_scores", "Er zijn nog geen scores: er valt niets te ondertekenen.")
        _all_read(transaction, cohort, award)
        record = matcher.award_record(award)
        signed = matcher.sign_document(record, signing_key(transaction)).decode()
        row = PaperRow(cohort=cohort, kind="award_record", id=ONLY, document={})
        row = written(call, transaction, row, {"record": signed, "winners": record["winners"]}, "award.signed")
        return Answer(201, _signed(transaction, row), {"Location": f"/v1/cohorts/{cohort}/award/record"})

    return call.once({"sign": cohort}, effect)


def _all_read(transaction: Transaction, cohort: str, award: matcher.Award) -> None:
    """Refuse to sign while readings that were shared out have no score; raises Problem 409."""
    shared = papers.find(transaction, cohort, "jury")
    if shared is None:
        return
    done = {(one.school, one.juror) for one in award.scores}
    left = matcher.open_readings(matcher.jury_from_document(shared.document), done)
    if left:
        detail = f"Nog zonder score: {len(left)} van de verdeelde lezingen. Vul ze aan, of verdeel de jury opnieuw."
        raise conflict("open_readings", detail, readings=[list(one) for one in left])


def _signed(transaction: Transaction, row: PaperRow) -> dict[str, Any]:
    return dict(row.document) | {
        "public_key": matcher.public_hex(signing_key(transaction)),
        "signed_at": row.changed_at,
    }


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
        begin(call, transaction, cohort)
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
