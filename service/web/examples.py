"""What does each request look like, and what comes back? Examples for the OpenAPI document; the tests send them."""

from __future__ import annotations

from typing import Any, NamedTuple

import matcher


class Example(NamedTuple):
    """A request's body (None where it has none), the status that it gets, and the answer."""

    request: dict[str, Any] | None
    status: int
    response: dict[str, Any]


AT = "2026-11-23T09:00:00.000Z"
COHORT, ROUND, REPAIR = "coh_01k00000000000000000001", "rnd_01k00000000000000000002", "rnd_01k00000000000000000003"
SOLVING, REPAIRING = "job_01k00000000000000000004", "job_01k00000000000000000005"
STUDYING = "job_01k00000000000000000009"
PSEUDONYM = "mtr_01k00000000000000000006"
PLACE = {"postcode": "3500", "municipality": "Hasselt", "province": "Limburg", "latitude": 50.930358}
PLACE |= {"longitude": 5.3368384}
EDITED = {"version": 1, "changed_at": AT, "remarks": []}

COHORT_OUT = {
    "id": COHORT,
    "name": "Limburg 2026-2027",
    "region": "Limburg",
    "school_year": 2026,
    "keep_until": "2028-07-01T00:00:00Z",
    "version": 1,
    "created_at": AT,
    "archived_at": None,
}
SCHOOL_IN = {
    "id": "034561",
    "name": "Technisch Atheneum De Voorbeeldstad",
    "postcode": "3500",
    "school_types": ["TSO", "BSO"],
    "fields": ["EM", "ME"],
}
SCHOOL_MORE = {"half_days": list(matcher.DEFAULT_SCHOOL_HALF_DAYS), "chamber": "Limburg"}
SCHOOL_OUT = matcher.untold_values(matcher.School) | SCHOOL_IN | PLACE | SCHOOL_MORE | EDITED
MENTOR_IN = {
    "id": "M001",
    "company": "Voorbeeld NV",
    "sectors": ["technologie"],
    "postcode": "3500",
    "half_days": ["ma-vm", "di-vm", "do-vm"],
}
MENTOR_MORE = {"company_key": "voorbeeld", "pseudonym": PSEUDONYM}
MENTOR_OUT = matcher.untold_values(matcher.Mentor) | MENTOR_IN | PLACE | MENTOR_MORE | EDITED
LOCK_IN = {"school": "034561", "mentor": "M003", "kind": "forbidden", "reason": "werkten vorig jaar al samen"}
RULES_IN = {"weights": {"sector": 35, "travel": 30}, "max_minutes": 60}
RULES_MORE = {
    "goals": [
        "places_filled",
        "reserves_used",
        "stranded",
        "changes",
        "worst_pair",
        "points",
        "spread",
        "travel_minutes",
    ],
    "min_half_days": 1,
    "detour_factor": None,
    "speed_kmh": None,
    "sectors": [],
    "share_half_day": False,
    "required_sectors": [],
    "finality_types": {},
    "seed": 0,
    "version": 1,
    "created_at": AT,
}
PLAN = {
    "status": "proven",
    "goals": [
        {"name": "places_filled", "value": [1], "bound": [1], "proven": True},
        {"name": "reserves_used", "value": 0, "bound": 0, "proven": True},
        {"name": "stranded", "value": 0, "bound": 0, "proven": True},
        {"name": "changes", "value": 0, "bound": 0, "proven": True},
        {"name": "worst_pair", "value": 1000, "bound": 1000, "proven": True},
        {"name": "points", "value": 1000, "bound": 1000, "proven": True},
        {"name": "spread", "value": 0, "bound": 0, "proven": True},
        {"name": "travel_minutes", "value": 0, "bound": 0, "proven": True},
    ],
    "pairs": 1,
    "open_places": [],
    "conflict": None,
    "travel_source": "schatting: wegmodel 1, autosnelwegen en gewone wegen (4,1 x km^0,635), buiten de spits",
    "notes": [],
}
ASKED = {
    "id": ROUND,
    "cohort": COHORT,
    "number": 1,
    "state": "draft",
    "job": SOLVING,
    "job_state": "queued",
    "studied": False,
    "study_job": None,
    "stale": None,
    "repairs": None,
    "inputs_hash": "5f" * 32,
    "version": 1,
    "created_at": AT,
    "plan_status": None,
    "plan": None,
}
SOLVED = ASKED | {"job_state": "done", "studied": True, "study_job": STUDYING, "plan_status": "proven", "plan": PLAN}
REASONED = {
    "points": 1000,
    "travel_minutes": 0,
    "reasons": [
        "Technologie en maakindustrie past uitstekend bij elektromechanica en installatie.",
        "0 minuten rijden (schatting).",
        "Wil werken met TSO en BSO.",
        "Samen vrij op maandagvoormiddag, dinsdagvoormiddag en donderdagvoormiddag.",
    ],
}
PAIR = {"school": "034561", "mentor": "M001"} | REASONED
FREE = {
    "places_filled": [0],
    "reserves_used": 0,
    "stranded": 0,
    "changes": 0,
    "worst_pair": 0,
    "points": 0,
    "spread": 0,
    "travel_minutes": 0,
}
SUGGESTION = PAIR | {"in_plan": True, "price": FREE, "moves": 0}
DEARER = FREE | {"worst_pair": 74, "points": 74}
MOVE = {"school": "034561", "goes": ["M001"], "comes": ["M002"]}
MOVE_WORDS = "Technisch Atheneum De Voorbeeldstad: M001 wordt M002"
COSTS = [
    {"kind": "costs", "school": "034561", "mentor": "M002", "losses": {"worst_pair": 74, "points": 74}}
    | {"sentence": "Dat kost 74 punten op het zwakste koppel en 74 punten."},
    {"kind": "moves"} | MOVE | {"sentence": f"{MOVE_WORDS}."},
]
LEFT = {
    "kind": "withdrawn",
    "mentors": ["M001"],
    "reason": "ander werk",
    "sentence": "M001 is uitgevallen (ander werk).",
}
PUBLICATION = {
    "cohort": COHORT,
    "number": 1,
    "round": ROUND,
    "at": AT,
    "pairs": 1,
    "before": None,
    "changes": [{"school": "034561", "goes": [], "comes": ["M001"]}],
    "mentors": ["M001"],
}
KEY_IN = {"name": "het portaal", "scopes": ["portal"]}
KEY_OUT: dict[str, Any] = KEY_IN | {"id": "key_01k00000000000000000007", "cohort": None}
KEY_OUT |= {"trusted": False, "created_at": AT, "used_at": None, "expires_at": None, "revoked_at": None}
LEAVES = {"mentor": "M001", "reason": "job_change", "note": "tot eind november nog bereikbaar"}
REPAIR_OUT = ASKED | {"id": REPAIR, "number": 2, "job": REPAIRING, "repairs": ROUND}
NEXT = "Er wordt een ronde uitgerekend die het gepubliceerde plan herstelt met zo weinig mogelijk wijzigingen."
JOB = {
    "id": REPAIRING,
    "kind": "solve_round",
    "state": "done",
    "attempt": 1,
    "cohort": COHORT,
    "target": REPAIR,
    "failure": "",
    "result": None,
    "created_at": AT,
    "started_at": AT,
    "finished_at": AT,
}

EXAMPLES: dict[str, Example] = {
    "add_cohort": Example({key: COHORT_OUT[key] for key in ("name", "region", "school_year")}, 201, COHORT_OUT),
    "get_cohort": Example(None, 200, COHORT_OUT),
    "change_cohort": Example(
        {"name": "Limburg, lichting 2026"}, 200, COHORT_OUT | {"name": "Limburg, lichting 2026", "version": 2}
    ),
    "add_school": Example(SCHOOL_IN, 201, SCHOOL_OUT),
    "add_mentor": Example(MENTOR_IN, 201, MENTOR_OUT),
    "change_mentor": Example({"max_minutes": 45}, 200, MENTOR_OUT | {"max_minutes": 45, "version": 2}),
    "add_lock": Example(
        LOCK_IN, 201, LOCK_IN | {"id": "lck_01k00000000000000000008", "override": False, "created_at": AT}
    ),
    "replace_rules": Example(RULES_IN, 200, RULES_IN | RULES_MORE),
    "add_round": Example({"repair": False}, 202, ASKED),
    "get_round": Example(None, 200, SOLVED | {"stale": False}),
    "list_pairings": Example(None, 200, {"items": [PAIR | {"locked": False}], "next": None}),
    "get_alternatives": Example(None, 200, {"pairings": [SUGGESTION], "standby": []}),
    "get_pairing": Example(
        None,
        200,
        PAIR
        | {"in_plan": True, "rank": 1, "possible_mentors": 2, "objections": []}
        | {"price": None, "remedy": None, "claims": []},
    ),
    "ask_what_if": Example(
        {"locks": [{"school": "034561", "mentor": "M002", "kind": "required"}]},
        200,
        {
            "possible": True,
            "words": "dat kost 74 punten op het zwakste koppel en 74 punten; 1 school verandert",
            "losses": DEARER,
            "moves": [MOVE | {"words": f"{MOVE_WORDS}."}],
            "conflict": None,
            "claims": COSTS,
        },
    ),
    "approve": Example(None, 200, SOLVED | {"state": "approved", "version": 2}),
    "publish": Example(None, 200, PUBLICATION),
    "get_publication": Example(None, 200, PUBLICATION),
    "add_key": Example(KEY_IN, 201, {"key": KEY_OUT, "secret": "in2stem_GEHEIM"}),
    "get_school_suggestions": Example(None, 200, {"pairings": [SUGGESTION | {"mentor": PSEUDONYM}], "standby": []}),
    "get_pairings": Example(None, 200, {"pairings": [PAIR | {"mentor": PSEUDONYM}]}),
    "add_withdrawal": Example(LEAVES, 202, LEAVES | {"at": AT, "round": REPAIR_OUT, "next_step": NEXT}),
    "get_comparison": Example(
        None,
        200,
        {
            "round": REPAIR,
            "before": ROUND,
            "moves": [
                MOVE | {"reason": LEFT["sentence"], "words": f"{MOVE_WORDS}. {LEFT['sentence']}", "claims": [LEFT]}
            ],
            "losses": DEARER,
            "words": "−74 punten op het zwakste koppel, −74 punten",
        },
    ),
    "get_job": Example(None, 200, JOB),
}
