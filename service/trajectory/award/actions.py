"""How are criteria, jurors and scores of the Award kept, and the decision made and signed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.cohorts.documents import store as papers
from service.cohorts.documents.actions import DIGITS, names_of, number, paper_of, tag_of_part, told
from service.cohorts.documents.store import ONLY, PaperRow
from service.core.errors import conflict, invalid
from service.core.etag import etag
from service.database.installation import signing_key
from service.web.answers import Answer

if TYPE_CHECKING:
    from fractions import Fraction

    from service.database.engine import Transaction
    from service.trajectory.award.shapes import AwardIn

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


def _signed(transaction: Transaction, row: PaperRow) -> dict[str, Any]:
    return dict(row.document) | {
        "public_key": matcher.public_hex(signing_key(transaction)),
        "signed_at": row.changed_at,
    }
