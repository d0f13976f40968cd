"""Is what programs were promised still promised: is the OpenAPI document the one of before, but for what is named?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service_client import a_client, an_app
from tests.stored.acceptance_changes import ACCEPTANCE_CHANGES, ROUND_PATH
from tests.stored.erasure_changes import ERASURE_CHANGES
from tests.stored.label_changes import LABEL_CHANGES
from tests.stored.mail_changes import MAIL_CHANGES
from tests.stored.participant_changes import PARTICIPANT_CHANGES
from tests.stored.portal_changes import PORTAL_CHANGES, without_told_headers
from tests.stored.stored import differences, document, without_later_goals
from tests.stored.year_changes import YEAR_CHANGES

if TYPE_CHECKING:
    from service.database.engine import Database

HINTS = {
    "Mentor": ("extra", "max_minutes", "max_schools_company", "offer", "sectors"),
    "School": ("baseline", "extra", "not_with"),
}

SOMEBODY_FIRST = (
    "cohorts~1{cohort}~1action-plans~1{school}/put",
    "cohorts~1{cohort}~1applications~1{application}~1points/put",
    "cohorts~1{cohort}~1award/put",
    "cohorts~1{cohort}~1award~1scores~1{juror}~1{school}/put",
    "cohorts~1{cohort}~1imports~1{import_id}/delete",
    "cohorts~1{cohort}~1imports~1{import_id}/patch",
    "cohorts~1{cohort}~1imports~1{import_id}~1commit/post",
    "cohorts~1{cohort}~1label~1rules/put",
    "cohorts~1{cohort}~1measurements~1days/put",
    "cohorts~1{cohort}~1mentors~1{mentor}/delete",
    "cohorts~1{cohort}~1mentors~1{mentor}/patch",
    "cohorts~1{cohort}~1mentors~1{mentor}/put",
    "cohorts~1{cohort}~1outcomes~1{school}~1{mentor}/put",
    "cohorts~1{cohort}~1rounds~1{round_id}~1approve/post",
    "cohorts~1{cohort}~1rounds~1{round_id}~1publish/post",
    "cohorts~1{cohort}~1rules/put",
    "cohorts~1{cohort}~1schools~1{school}/delete",
    "cohorts~1{cohort}~1schools~1{school}/patch",
    "cohorts~1{cohort}~1schools~1{school}/put",
    "cohorts~1{cohort}~1schools~1{school}~1measurements~1{moment}~1sheets~1{rater}/put",
    "cohorts~1{cohort}~1seasons~1{season}~1publish/post",
    "cohorts~1{cohort}~1selection~1policy/put",
    "people~1{person}/patch",
)
"""What may be refused as changed meanwhile, and said so in other words than elsewhere."""
CHANGED: dict[str, str] = (
    {f"/paths/~1v1~1{way}/responses/412/description": "one sentence for one problem" for way in SOMEBODY_FIRST}
    | {
        f"/components/schemas/{side}{shape}/properties/{name}/description": "the field says it, as in the form"
        for side, names in HINTS.items()
        for name in names
        for shape in ("Change", "In", "Whole")
    }
    | {"/components/schemas/AboutOut/properties/pair_notes": "notes about pairs belong to what is kept about somebody"}
    | dict.fromkeys(
        (
            "/components/schemas/ActivationIn",
            "/components/schemas/ActivationOut",
            "/paths/~1v1~1cohorts~1{cohort}~1activations",
            "/paths/~1v1~1cohorts~1{cohort}~1activations~1{mentor}",
        ),
        "a mentor in reserve is put in service",
    )
    | {
        f"/components/schemas/FindingOut/properties/{name}": "a finding tells in members what its sentence told"
        for name in ("proposal", "other_row", "table", "header")
    }
    | {
        f"/components/schemas/{shape}/properties/claims": "what sentences are made of goes along as claims"
        for shape in ("OpenPlaceOut", "PairOut", "PriceOut", "ReasonedMoveOut", "WayOut")
    }
    | {
        f"/components/schemas/{shape}Out/{member}": "what is said of a shortage goes along as claims"
        for shape in ("Remedy", "Shortage")
        for member in ("properties/claims", "required")
    }
    | {
        f"/components/schemas/Rules{side}/properties/{name}/{part}": "only the older estimate of travel asks for these"
        for side in ("In", "Out")
        for name in ("detour_factor", "speed_kmh")
        for part in ("anyOf", "default", "description", "maximum", "minimum", "type")
    }
    | {
        f"/paths/~1v1~1cohorts~1{{cohort}}~1{path}/responses/200/content/application~1json/example/{name}": "another "
        "estimate of travel"
        for path, name in (
            ("rounds~1{round_id}/get", "plan/travel_source"),
            ("rounds~1{round_id}~1approve/post", "plan/travel_source"),
            ("rules/put", "detour_factor"),
            ("rules/put", "speed_kmh"),
        )
    }
    | {"/components/schemas/SeasonIn/properties/longest_trip": "a year has a longest journey"}
    | {"/components/schemas/SeasonIn/properties/travel_margin/default": "a year asked over HTTP is like every other"}
    | {
        f"/components/schemas/{name}": "a school can miss a round"
        for name in ("AbsenceIn", "SeasonIn/properties/absences")
    }
    | {"/components/schemas/MeetingOut/properties/beyond_hours": "a mentor outside usual hours is told so"}
    | {
        f"/{place}": "a place that receives has a calendar of its own"
        for place in (
            "components/schemas/CalendarOf/description",
            "components/schemas/CalendarOf/properties/side/enum",
            "components/schemas/CalendarOf/properties/subject/description",
            "components/schemas/CalendarOut/properties/side/enum",
            "paths/~1v1~1cohorts~1{cohort}~1calendars~1{side}~1{subject}/delete/description",
            "paths/~1v1~1cohorts~1{cohort}~1calendars~1{side}~1{subject}/delete/summary",
        )
    }
    | {
        f"/components/schemas/{name}": "a year tells what its repair changes and whom it invites wrongly"
        for name in (
            "OutdatedOut",
            "PlaceOut",
            "SeasonOut/properties/changes",
            "SeasonOut/properties/newcomers",
            "SeasonOut/properties/outdated",
            "SessionChangeOut",
            "WebhookChange/properties/events/items/enum",
            "WebhookIn/properties/events/items/enum",
        )
    }
    | {
        f"/components/schemas/{name}": "a year holds agreements about two schools"
        for name in ("AgreementIn", "SeasonIn/properties/agreements")
    }
    | {
        f"/components/schemas/{name}": "a group without a date gets moments to choose from"
        for name in ("ProposalOut", "NoDateOut/properties/proposals")
    }
    | {
        f"/components/schemas/{name}": "a school goes to another group, its price first"
        for name in ("GroupMoveIn", "GroupMovePriceIn", "SeasonIn/properties/moves")
    }
    | {
        f"/components/schemas/{name}": "a round or a school can be online"
        for name in (
            "HostOut/properties/kind",
            "MeetingOut/properties/link",
            "MeetingOut/properties/online",
            "RemoteIn",
            "SeasonIn/properties/remote",
        )
    }
    | {
        f"/components/schemas/{name}": "a session goes to another day or host, its price first"
        for name in ("KeptAwayOut", "SeasonIn/properties/shifts", "ShiftIn", "ShiftPriceIn")
    }
    | {f"/components/schemas/PinPriceOut/properties/{name}": "what a move changes" for name in ("changes", "kept_away")}
    | {"/paths/~1v1~1cohorts~1{cohort}~1seasons~1{season}~1shift-price": "what another day or host costs"}
    | {"/paths/~1v1~1cohorts~1{cohort}~1seasons~1{season}~1move-price": "what it costs to go to another group"}
    | {
        f"/components/schemas/WindowIn/{name}": "a round may have its own hours and group size, and no days of its own"
        for name in (
            "description",
            "properties/first/anyOf",
            "properties/first/description",
            "properties/first/examples",
            "properties/first/format",
            "properties/first/type",
            "properties/group_size",
            "properties/hours",
            "properties/link",
            "properties/online",
            "properties/last/anyOf",
            "properties/last/examples",
            "properties/last/format",
            "properties/last/type",
            "required",
        )
    }
    | {
        f"/components/schemas/{name}": "the check tells which pairs hang on an estimate of travel"
        for name in (
            "CloseCallOut",
            "PreflightOut/properties/close_call_count",
            "PreflightOut/properties/close_calls",
            "PreflightOut/required",
        )
    }
    | {
        f"/{name}": "an import by which most would go asks first, and names what falls"
        for name in (
            *(f"components/schemas/{one}" for one in ("FallenOut", "LossOut")),
            *(f"components/schemas/ImportOut/properties/{one}" for one in ("fallen", "losses")),
            "paths/~1v1~1cohorts~1{cohort}~1imports~1{import_id}~1commit/post/parameters",
        )
    }
    | {f"{ROUND_PATH}~1pairs.csv": "all possible pairs can be taken along"}
    | {f"{ROUND_PATH}~1robustness": "how firm a plan stands can be asked"}
    | {
        f"/components/schemas/{name}Out": "how firm a plan stands can be asked"
        for name in ("Edge", "Robustness", "SingleChoice", "SpreadRung", "Weight", "Wider")
    }
    | {
        f"{ROUND_PATH}~1{path}/responses/200/content/application~1json/example/{name}": why
        for path, name, why in (
            ("pairings~1{school}~1{mentor}/get", "claims", "what sentences are made of goes along as claims"),
            ("what-if/post", "claims", "what sentences are made of goes along as claims"),
            ("what-if/post", "words", "a cost is told without a minus"),
            ("comparison/get", "moves/0/claims", "what sentences are made of goes along as claims"),
            ("comparison/get", "moves/0/reason", "why a school changes is a sentence of its own"),
            ("comparison/get", "moves/0/words", "why a school changes is a sentence of its own"),
        )
    }
    | {
        f"/components/schemas/{name}": "a text is answered once, and a column tells its first cells"
        for name in (
            "AnswerIn",
            "FindingOut/properties/who",
            "ImportChange/description",
            "ImportChange/properties/answers",
            "ReadColumn",
            *(f"ReadTable/properties/columns/items/{one}" for one in ("$ref", "additionalProperties", "type")),
        )
    }
    | {
        f"/components/schemas/{shape}/properties/table/enum": "a baseline may be a sheet of its own"
        for shape in ("MappingIn", "ReadTable")
    }
    | {
        f"/components/schemas/{name}": "finalities may stand in the place of onderwijsvormen"
        for name in (
            *(f"Rules{side}/properties/finality_types" for side in ("In", "Out")),
            "SchoolChange/properties/school_types/description",
            "SchoolForm/properties/finalities/description",
            *(f"SchoolForm/properties/school_types/{part}" for part in ("default", "description", "minItems")),
            *(f"School{shape}/required" for shape in ("Form", "In", "Whole")),
            *(
                f"School{shape}/properties/school_types/{part}"
                for shape in ("In", "Whole")
                for part in ("default", "description", "examples")
            ),
        )
    }
    | {
        "/paths/~1v1~1cohorts~1{cohort}~1rules/put/responses/200/content/application~1json/example/finality_types": (
            "finalities may stand in the place of onderwijsvormen"
        )
    }
    | ACCEPTANCE_CHANGES
    | LABEL_CHANGES
    | PARTICIPANT_CHANGES
    | {"/paths/~1v1~1cohorts~1{cohort}~1reading": "what was said of a cohort's files can be taken along"}
    | PORTAL_CHANGES
    | MAIL_CHANGES
    | YEAR_CHANGES
    | ERASURE_CHANGES
)
"""Each deliberate difference from the document of before: its JSON pointer, and why."""


def without_order(part: object) -> object:
    """Give a document with `required` sorted: JSON Schema gives the order of those names no meaning."""
    if isinstance(part, list):
        return [without_order(one) for one in part]
    if not isinstance(part, dict):
        return part
    told = {name: without_order(one) for name, one in part.items()}
    required = told.get("required")
    return told | ({"required": sorted(required)} if isinstance(required, list) else {})


def surprises(before: object, now: object, changed: dict[str, str]) -> tuple[list[str], list[str]]:
    """Give the pointers that differ and are not named, and those that are named and do not differ."""
    found = {pointer for pointer, _, _ in differences(without_order(before), without_order(without_later_goals(now)))}
    return sorted(found - changed.keys()), sorted(changed.keys() - found)


def test_openapi_document_is_the_one_of_before(database: Database) -> None:
    served = a_client(an_app(database)).get("/v1/openapi.json")
    assert served.status_code == 200
    now = without_told_headers(served.json())
    assert surprises(document("openapi.json.gz"), now, CHANGED) == ([], [])


@pytest.mark.parametrize(
    ("now", "changed", "told"),
    [
        ({"a": {"b/c": 1}, "d": [1, 2]}, {}, ([], [])),
        ({"a": {"b/c": 2}, "d": [1, 2]}, {}, (["/a/b~1c"], [])),
        ({"a": {"b/c": 2}, "d": [1, 2]}, {"/a/b~1c": "counted anew"}, ([], [])),
        ({"a": {"b/c": 1}, "d": [1, 2]}, {"/a/b~1c": "counted anew"}, ([], ["/a/b~1c"])),
        ({"a": {}, "d": [1, 2], "e": None}, {}, (["/a/b~1c", "/e"], [])),
        ({"a": {"b/c": True}, "d": [1]}, {}, (["/a/b~1c", "/d"], [])),
        ({"a": {"b/c": 1}, "d": [2, 1]}, {}, (["/d/0", "/d/1"], [])),
    ],
)
def test_difference_is_told_unless_named(
    now: object, changed: dict[str, str], told: tuple[list[str], list[str]]
) -> None:
    assert surprises({"a": {"b/c": 1}, "d": [1, 2]}, now, changed) == told
