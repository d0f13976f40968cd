"""What stands in a table of pairs besides the plan? All second choices at once, and where points come from."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.rounds.questions import store as suggestions
from service.rounds.questions.actions import mentor_of, not_studied, school_of
from service.rounds.questions.shapes import AllBesidesOut, SharesOut
from service.rounds.run.actions import solved_round_of
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/rounds/{round_id}", "vragen")


@routes.get("/besides", response_model=AllBesidesOut, openapi_extra=access("viewer"))
def get_besides(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef van elke school de tweede keuze en wie er achter de hand is; een lijst om naast het plan te leggen."""
    with call.database.read() as transaction:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        found = suggestions.all_of_side(transaction, row.id, suggestions.BESIDES)
        if not found:
            raise not_studied(transaction, row)
        names = {pseudonym: key for key, pseudonym in suggestions.pseudonyms(transaction, cohort).items()}
    items = [_shown(school, json.loads(body), names) for school, body in sorted(found.items())]
    return Answer(200, {"items": items}).response()


def _shown(school: str, besides: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {"school": school} | {
        place: one | {"mentor": names[one["mentor"]]} if one is not None and one["mentor"] in names else None
        for place, one in besides.items()
    }


@routes.get("/pairings/{school}/{mentor}/points", response_model=SharesOut, openapi_extra=access("viewer"))
def get_shares(call: Called, cohort: Key, round_id: Key, school: Key, mentor: Key) -> Response:
    """Zeg waar de punten van een koppel vandaan komen: per criterium de score, het gewicht en het aandeel."""
    with call.database.read() as transaction:
        row = solved_round_of(call.work, transaction, cohort, round_id)
        pair = school_of(row, school), mentor_of(row, mentor)
    assert row.given is not None  # noqa: S101 - found with its documents
    found = matcher.shares(matcher.round_from_document(_only(row.given, *pair)), *pair)
    shown = [
        {
            "key": one.key,
            "label": one.label,
            "weight": one.weight,
            "score": None if one.score is None else round(float(one.score), 1),
            "points": one.points,
        }
        for one in found
    ]
    return Answer(200, {"points": sum(one.points for one in found), "shares": shown}).response()


def _only(given: Any, school: str, mentor: str) -> dict[str, Any]:  # noqa: ANN401 - a document
    """Leave out of a round's document all but one school and one mentor: reading a large one takes long."""
    sides = {
        side: [one for one in given[side] if one["id"] == key]
        for side, key in (("schools", school), ("mentors", mentor))
    }
    return {**given, **sides, "locks": [], "withdrawn": {}, "previous": None}
