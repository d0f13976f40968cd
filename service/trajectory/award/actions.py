"""How are criteria, jurors and scores of the Award kept, and the decision made and signed?"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import matcher
from service.access.action import action
from service.access.old_signatures import said_of
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import (
    DIGITS,
    body_document,
    must_match,
    names_of,
    number,
    paper_of,
    shaped,
    tag_of_part,
    tag_of_version,
    written,
)
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import conflict, invalid, not_found
from service.core.etag import etag
from service.database.engine import Transaction
from service.database.installation import former_signers, signing_key
from service.rounds.record.shapes import RecordIn
from service.trajectory.award.shapes import AwardIn, AwardOut, CheckedOut, DecisionOut, ScoresIn, ScoresOut, SignedOut

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


@action("viewer")
def get_award(work: Work, cohort: str) -> AwardOut:
    """Give what the jury decides on: criteria with weights, schools, jurors with their ties."""
    with work.reading(cohort) as transaction:
        return _shape_of(transaction, award_of(transaction, cohort)[0])


@action("coordinator")
def replace_award(work: Work, cohort: str, body: AwardIn) -> AwardOut:
    """Begin the Award, or change it in the place of the version that was read; scores stay."""
    with work.changing(cohort) as transaction:
        refuse_signed(transaction, cohort)
        _known_schools(transaction, cohort, body)
        row = papers.find(transaction, cohort, "award")
        if row is None:
            row = PaperRow(cohort=cohort, kind="award", id=ONLY, document={"scores": []})
        else:
            must_match(work, row)
        _ties_of_readers(row, body)
        award = matcher.award_from_document(body_document(FORMAT, body, scores=row.document["scores"]))
        return _shape_of(
            transaction, written(work, transaction, row, matcher.award_to_document(award), "award.changed")
        )


@action("coordinator")
def get_scores(work: Work, cohort: str, juror: str, school: str) -> ScoresOut:
    """Give what a juror gave a school; raises Problem 404 for nothing."""
    with work.reading(cohort) as transaction:
        scores = _reading(award_of(transaction, cohort)[1], juror, school)
    if not scores:
        raise not_found("Deze score")
    return ScoresOut(juror=juror, school=school, scores=scores)


@action("coordinator")
def save_scores(work: Work, cohort: str, juror: str, school: str, body: ScoresIn) -> ScoresOut:
    """Note what a juror gives a school on every criterion, in the place of what was read; who has a tie scores not."""
    with work.changing(cohort) as transaction:
        refuse_signed(transaction, cohort)
        row, award = award_of(transaction, cohort)
        if school not in award.schools or juror not in {one.id for one in award.jurors}:
            raise not_found("Dit jurylid of deze school")
        before = _reading(award, juror, school)
        if before:
            work.must_match(*_parts(juror, school, before))
        others = tuple(one for one in award.scores if (one.juror, one.school) != (juror, school))
        given = tuple(
            matcher.JuryScore(school=school, juror=juror, criterion=criterion, value=value)
            for criterion, value in body.scores.items()
        )
        made = replace(award, scores=(*others, *given))
        written(work, transaction, row, matcher.award_to_document(made), "award.scored")
    return ScoresOut(juror=juror, school=school, scores=body.scores)


@action("viewer")
def get_decision(work: Work, cohort: str) -> DecisionOut:
    """Give the ranking, and between which weights the winner stays the winner."""
    with work.reading(cohort) as transaction:
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
    return DecisionOut.model_validate(value)


@action("coordinator")
def sign_award(work: Work, cohort: str) -> SignedOut:
    """Sign what the jury decided; the Award is fixed then. Jurors stand in the record by number.

    Raises Problem 409 where nothing is scored, readings are open, or it is signed already.
    """

    def effect(transaction: Transaction) -> SignedOut:
        work.hold(transaction, cohort)
        refuse_signed(transaction, cohort)
        _, award = award_of(transaction, cohort)
        if not matcher.decide_award(award).winners:
            raise conflict("no_scores", "Er zijn nog geen scores: er valt niets te ondertekenen.")
        _all_read(transaction, cohort, award)
        record = matcher.award_record(award)
        signed = matcher.sign_document(record, signing_key(transaction)).decode()
        row = PaperRow(cohort=cohort, kind="award_record", id=ONLY, document={})
        row = written(work, transaction, row, {"record": signed, "winners": record["winners"]}, "award.signed")
        return _signed(row)

    return work.once({"sign": cohort}, SignedOut, effect)


@action("viewer")
def get_award_record(work: Work, cohort: str) -> SignedOut:
    """Give the signed record of the Award."""
    with work.reading(cohort) as transaction:
        row = paper_of(transaction, cohort, "award_record", ONLY, "Een ondertekend verslag van de Award")
        return _signed(row)


@action("admin")
def withdraw_award_record(work: Work, cohort: str) -> None:
    """Withdraw the signed record, so that the jury can change something."""
    with work.changing(cohort) as transaction:
        paper_of(transaction, cohort, "award_record", ONLY, "Een ondertekend verslag van de Award")
        papers.remove(transaction, cohort, "award_record")
        work.audit(transaction, "award.record_withdrawn", cohort, cohort)


@action("viewer")
def check_award_record(work: Work, cohort: str, body: RecordIn) -> CheckedOut:
    """Say whether a record is signed here, unchanged, and adds up anew."""
    with work.reading(cohort) as transaction:
        mine = matcher.public_hex(signing_key(transaction))
        former = former_signers(transaction)
    verdict, document = matcher.verify_document(body.record.encode(), mine)
    difference = matcher.check_award_record(document) if verdict.sound else None
    sound = verdict.sound and difference is None
    sentence = said_of(verdict.sentence, verdict.public_key, former) if difference is None else difference
    return CheckedOut(sound=sound, sentence=sentence, document=document if sound else None)


def tag_of(cohort: str, award: AwardOut) -> str:
    """Give the ETag of an Award."""
    return tag_of_version(award.version, cohort, "award")


def tag_of_scores(found: ScoresOut) -> str:
    """Give the ETag of what a juror gave a school."""
    return etag(*_parts(found.juror, found.school, found.scores))


def _shape_of(transaction: Transaction, row: PaperRow) -> AwardOut:
    value: dict[str, Any] = {name: row.document[name] for name in ("name", "criteria", "schools", "jurors")}
    value["scored"] = len({(one["school"], one["juror"]) for one in row.document["scores"]})
    value["signed"] = papers.find(transaction, row.cohort, "award_record") is not None
    return shaped(AwardOut, row, value)


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


def _reading(award: matcher.Award, juror: str, school: str) -> dict[str, float]:
    return {one.criterion: one.value for one in award.scores if (one.juror, one.school) == (juror, school)}


def _parts(juror: str, school: str, scores: dict[str, float]) -> tuple[Any, ...]:
    return 0, juror, school, tag_of_part(sorted(scores.items()))


def _down(border: Fraction | None) -> float | None:
    """Round a border inwards, so that what is told holds."""
    return None if border is None else number(matcher.at_most(border, DIGITS))


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


def _signed(row: PaperRow) -> SignedOut:
    signer = json.loads(row.document["record"])["public_key"]  # as it was then: ours may have been renewed
    return SignedOut.model_validate(dict(row.document) | {"public_key": signer, "signed_at": row.changed_at})
