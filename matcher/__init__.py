"""Which mentor helps which school, when do the schools meet, and why? The one door to the matcher.

Everything the command and the service use stands here; names load on first use, so that a small question
does not wait for a solver that it does not need.

>>> from matcher import read_cohort, assign
>>> plan = assign(read_cohort("data/voorbeeld").given)  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from matcher.trajectory import TRAJECTORY
from matcher.trajectory.tables import TABLES

if TYPE_CHECKING:
    from matcher.criteria import all_criteria as all_criteria
    from matcher.domain.absence import Absence as Absence
    from matcher.domain.column import did_you_mean as did_you_mean
    from matcher.domain.document import dumps as dumps
    from matcher.domain.document import inputs_hash as inputs_hash
    from matcher.domain.document import loads as loads
    from matcher.domain.document import plan_from_document as plan_from_document
    from matcher.domain.document import plan_to_document as plan_to_document
    from matcher.domain.document import round_from_document as round_from_document
    from matcher.domain.document import round_to_document as round_to_document
    from matcher.domain.errors import DocumentError as DocumentError
    from matcher.domain.errors import In2StemError as In2StemError
    from matcher.domain.errors import InvalidValueError as InvalidValueError
    from matcher.domain.errors import NotFiniteError as NotFiniteError
    from matcher.domain.finding import Finding as Finding
    from matcher.domain.lock import Lock as Lock
    from matcher.domain.members import Mentor as Mentor
    from matcher.domain.members import School as School
    from matcher.domain.period import Window as Window
    from matcher.domain.plan import Conflict as Conflict
    from matcher.domain.plan import Goal as Goal
    from matcher.domain.plan import GoalValue as GoalValue
    from matcher.domain.plan import Plan as Plan
    from matcher.domain.policy import Policy as Policy
    from matcher.domain.policy import Sector as Sector
    from matcher.domain.position import Position as Position
    from matcher.domain.reference import check_sectors as check_sectors
    from matcher.domain.reference import sectors_of as sectors_of
    from matcher.domain.round import Round as Round
    from matcher.domain.row_document import mentor_from_document as mentor_from_document
    from matcher.domain.row_document import mentor_to_document as mentor_to_document
    from matcher.domain.row_document import policy_from_document as policy_from_document
    from matcher.domain.row_document import policy_to_document as policy_to_document
    from matcher.domain.row_document import school_from_document as school_from_document
    from matcher.domain.row_document import school_to_document as school_to_document
    from matcher.domain.season import Host as Host
    from matcher.domain.season import Pin as Pin
    from matcher.domain.season import Season as Season
    from matcher.domain.season import SessionRound as SessionRound
    from matcher.domain.season_document import season_from_document as season_from_document
    from matcher.domain.season_document import season_to_document as season_to_document
    from matcher.domain.season_document import year_from_document as year_from_document
    from matcher.domain.season_document import year_to_document as year_to_document
    from matcher.domain.vocabulary import DEFAULT_SCHOOL_HALF_DAYS as DEFAULT_SCHOOL_HALF_DAYS
    from matcher.domain.vocabulary import ELEMENTS as ELEMENTS
    from matcher.domain.vocabulary import FIELDS as FIELDS
    from matcher.domain.vocabulary import FINALITIES as FINALITIES
    from matcher.domain.vocabulary import HALF_DAYS as HALF_DAYS
    from matcher.domain.vocabulary import LABEL_CRITERIA as LABEL_CRITERIA
    from matcher.domain.vocabulary import PROVINCES as PROVINCES
    from matcher.domain.vocabulary import SCHOOL_TYPES as SCHOOL_TYPES
    from matcher.domain.year import Session as Session
    from matcher.domain.year import Year as Year
    from matcher.intake.cohort.cohort import Cohort as Cohort
    from matcher.intake.cohort.preview import preview_of as preview_of
    from matcher.intake.cohort.rounds import read_cohort as read_cohort
    from matcher.intake.cohort.single_member import centre_of as centre_of
    from matcher.intake.cohort.single_member import company_of as company_of
    from matcher.intake.cohort.single_member import mail_findings as mail_findings
    from matcher.intake.cohort.single_member import placed as placed
    from matcher.intake.cohort.source_files import bare_name as bare_name
    from matcher.intake.cohort.source_files import free_name as free_name
    from matcher.intake.columns.catalogue import columns as columns
    from matcher.intake.mending import Fix as Fix
    from matcher.intake.places.geocode import geocoded as geocoded
    from matcher.intake.places.postcodes import regions as regions
    from matcher.intake.places.road_times import with_roads as with_roads
    from matcher.intake.reading.files import first_refusal as first_refusal
    from matcher.intake.season.hosts import Blackouts as Blackouts
    from matcher.intake.season.hosts import read_blackouts as read_blackouts
    from matcher.intake.season.hosts import read_locations as read_locations
    from matcher.intake.season.season_file import with_season_file as with_season_file
    from matcher.intake.season.seasons import make_season as make_season
    from matcher.intake.season.seasons import renew_season as renew_season
    from matcher.intake.template.template import write_templates as write_templates
    from matcher.intake.template.workbook_template import book_template as book_template
    from matcher.intake.trajectory.member_listing import Listing as Listing
    from matcher.intake.trajectory.member_listing import empty_listing as empty_listing
    from matcher.intake.trajectory.member_listing import read_listing as read_listing
    from matcher.intake.trajectory.tables import TABLE_NAMES as TABLE_NAMES
    from matcher.intake.trajectory.tables import find_table as find_table
    from matcher.intake.trajectory.tables import table_columns as table_columns
    from matcher.intake.trajectory.tables import table_template as table_template
    from matcher.matching.assign import assign as assign
    from matcher.matching.checker import check_plan as check_plan
    from matcher.matching.checker import verify_plan as verify_plan
    from matcher.matching.goals import GOAL_NAMES as GOAL_NAMES
    from matcher.matching.proof import Certificate as Certificate
    from matcher.matching.solved import Solved as Solved
    from matcher.matching.solved import find_mentor as find_mentor
    from matcher.matching.solved import find_school as find_school
    from matcher.matching.solved import solved as solved
    from matcher.matching.verdicts import Verdicts as Verdicts
    from matcher.matching.verdicts import judge as judge
    from matcher.output.certificate_workbook import write_certificate as write_certificate
    from matcher.output.dossier_workbook import write_dossier as write_dossier
    from matcher.output.files import write_together as write_together
    from matcher.output.ical import feed as feed
    from matcher.output.ical import feeds as feeds
    from matcher.output.ical import followers as followers
    from matcher.output.import_report import import_report as import_report
    from matcher.output.listing import csv_table as csv_table
    from matcher.output.meeting_matrix import meeting_matrix as meeting_matrix
    from matcher.output.progress_chart import progress_chart as progress_chart
    from matcher.output.record import load_key as load_key
    from matcher.output.record import make_record as make_record
    from matcher.output.record import public_hex as public_hex
    from matcher.output.record import verify_record as verify_record
    from matcher.output.sessions_workbook import write_sessions_workbook as write_sessions_workbook
    from matcher.output.signed import sign_document as sign_document
    from matcher.output.signed import verify_document as verify_document
    from matcher.output.verdicts import write_verdicts as write_verdicts
    from matcher.output.workbook import write_plan_workbook as write_plan_workbook
    from matcher.output.year_view import year_view as year_view
    from matcher.questions.certificate import certificate as certificate
    from matcher.questions.dropout import Rung as Rung
    from matcher.questions.dropout import changed_round as changed_round
    from matcher.questions.dropout import ladder as ladder
    from matcher.questions.dropout import let_rest as let_rest
    from matcher.questions.dropout import rerun as rerun
    from matcher.questions.lock_check import lock_conflict as lock_conflict
    from matcher.questions.plan_moves import Move as Move
    from matcher.questions.plan_moves import move_reason as move_reason
    from matcher.questions.plan_moves import move_words as move_words
    from matcher.questions.plan_moves import moves_between as moves_between
    from matcher.questions.plan_words import goal_lines as goal_lines
    from matcher.questions.plan_words import loss_words as loss_words
    from matcher.questions.plan_words import nothing_words as nothing_words
    from matcher.questions.plan_words import price_words as price_words
    from matcher.questions.plan_words import resting_words as resting_words
    from matcher.questions.plan_words import thousands as thousands
    from matcher.questions.point_shares import Share as Share
    from matcher.questions.point_shares import shares as shares
    from matcher.questions.price import LockPrice as LockPrice
    from matcher.questions.price import Price as Price
    from matcher.questions.price import losses_between as losses_between
    from matcher.questions.price import price_of_lock as price_of_lock
    from matcher.questions.price import prices as prices
    from matcher.questions.resilience import drop_out_words as drop_out_words
    from matcher.questions.resilience import resilience as resilience
    from matcher.questions.shortage import places_short as places_short
    from matcher.questions.shortage import shortages as shortages
    from matcher.questions.shortage import unmatchable as unmatchable
    from matcher.questions.suggest import Suggestion as Suggestion
    from matcher.questions.suggest import suggest as suggest
    from matcher.questions.why import why as why
    from matcher.questions.why import why_not as why_not
    from matcher.sessions.calendar import first_session_day as first_session_day
    from matcher.sessions.checker import check_year as check_year
    from matcher.sessions.find_session import find_host as find_host
    from matcher.sessions.find_session import find_participant as find_participant
    from matcher.sessions.find_session import find_session_round as find_session_round
    from matcher.sessions.find_session import sessions_at as sessions_at
    from matcher.sessions.goals import session_goal_name as session_goal_name
    from matcher.sessions.groups import group_sizes as group_sizes
    from matcher.sessions.half_days import default_rounds as default_rounds
    from matcher.sessions.ladder import sessions_ladder as sessions_ladder
    from matcher.sessions.no_date import group_dates as group_dates
    from matcher.sessions.no_date import pin_fault as pin_fault
    from matcher.sessions.schedule import plan_year as plan_year
    from matcher.sessions.verify import YearCheck as YearCheck
    from matcher.sessions.verify import same_season as same_season
    from matcher.sessions.verify import verify_year as verify_year
    from matcher.sessions.year_questions import PinPrice as PinPrice
    from matcher.sessions.year_questions import pin_move_words as pin_move_words
    from matcher.sessions.year_questions import price_of_pin as price_of_pin
    from matcher.sessions.year_questions import why_no_date as why_no_date
    from matcher.sessions.year_questions import why_session as why_session
    from matcher.trajectory import *  # noqa: F403 - its names, listed there
    from matcher.trajectory.tables import *  # noqa: F403 - its names, listed there

_HOMES = {
    "criteria": ("all_criteria",),
    "domain.column": ("did_you_mean",),
    "domain.document": (
        "dumps",
        "inputs_hash",
        "loads",
        "plan_from_document",
        "plan_to_document",
        "round_from_document",
        "round_to_document",
    ),
    "domain.errors": ("DocumentError", "In2StemError", "InvalidValueError", "NotFiniteError"),
    "domain.finding": ("Finding",),
    "domain.period": ("Window",),
    "domain.plan": ("Conflict", "Goal", "GoalValue", "Plan"),
    "domain.policy": ("Policy", "Sector"),
    "domain.reference": ("check_sectors", "sectors_of"),
    "domain.vocabulary": (
        "DEFAULT_SCHOOL_HALF_DAYS",
        "ELEMENTS",
        "FIELDS",
        "FINALITIES",
        "HALF_DAYS",
        "LABEL_CRITERIA",
        "PROVINCES",
        "SCHOOL_TYPES",
    ),
    "intake.cohort.single_member": ("centre_of", "company_of", "mail_findings", "placed"),
    "questions.lock_check": ("lock_conflict",),
    "domain.lock": ("Lock",),
    "domain.members": ("Mentor", "School"),
    "domain.position": ("Position",),
    "domain.round": ("Round",),
    "domain.row_document": (
        "mentor_from_document",
        "mentor_to_document",
        "policy_from_document",
        "policy_to_document",
        "school_from_document",
        "school_to_document",
    ),
    "intake.cohort.cohort": ("Cohort",),
    "intake.reading.files": ("first_refusal",),
    "intake.mending": ("Fix",),
    "intake.cohort.preview": ("preview_of",),
    "intake.cohort.source_files": ("bare_name", "free_name"),
    "output.import_report": ("import_report",),
    "intake.places.geocode": ("geocoded",),
    "intake.places.postcodes": ("regions",),
    "intake.places.road_times": ("with_roads",),
    "intake.cohort.rounds": ("read_cohort",),
    "intake.columns.catalogue": ("columns",),
    "intake.template.workbook_template": ("book_template",),
    "intake.template.template": ("write_templates",),
    "intake.trajectory.member_listing": ("Listing", "empty_listing", "read_listing"),
    "intake.trajectory.tables": ("TABLE_NAMES", "find_table", "table_columns", "table_template"),
    "output.listing": ("csv_table",),
    "matching.assign": ("assign",),
    "matching.checker": ("check_plan", "verify_plan"),
    "matching.goals": ("GOAL_NAMES",),
    "matching.proof": ("Certificate",),
    "matching.verdicts": ("Verdicts", "judge"),
    "output.certificate_workbook": ("write_certificate",),
    "output.files": ("write_together",),
    "output.record": ("load_key", "make_record", "public_hex", "verify_record"),
    "output.verdicts": ("write_verdicts",),
    "output.workbook": ("write_plan_workbook",),
    "questions.certificate": ("certificate",),
    "questions.dropout": ("Rung", "changed_round", "ladder", "let_rest", "rerun"),
    "questions.plan_moves": ("Move", "move_reason", "move_words", "moves_between"),
    "questions.price": ("LockPrice", "Price", "losses_between", "price_of_lock", "prices"),
    "questions.resilience": ("drop_out_words", "resilience"),
    "questions.plan_words": ("goal_lines", "loss_words", "price_words", "resting_words", "thousands", "nothing_words"),
    "questions.point_shares": ("Share", "shares"),
    "questions.shortage": ("places_short", "shortages", "unmatchable"),
    "matching.solved": ("Solved", "find_mentor", "find_school", "solved"),
    "questions.suggest": ("Suggestion", "suggest"),
    "questions.why": ("why", "why_not"),
    "domain.absence": ("Absence",),
    "domain.season": ("Host", "Pin", "Season", "SessionRound"),
    "domain.season_document": ("season_from_document", "season_to_document", "year_from_document", "year_to_document"),
    "domain.year": ("Session", "Year"),
    "intake.season.hosts": ("Blackouts", "read_blackouts", "read_locations"),
    "intake.season.season_file": ("with_season_file",),
    "intake.season.seasons": ("make_season", "renew_season"),
    "output.ical": ("feed", "feeds", "followers"),
    "output.meeting_matrix": ("meeting_matrix",),
    "output.sessions_workbook": ("write_sessions_workbook",),
    "output.year_view": ("year_view",),
    "sessions.year_questions": ("PinPrice", "pin_move_words", "price_of_pin", "why_no_date", "why_session"),
    "sessions.checker": ("check_year",),
    "sessions.calendar": ("first_session_day",),
    "sessions.find_session": ("find_host", "find_participant", "find_session_round", "sessions_at"),
    "sessions.no_date": ("group_dates", "pin_fault"),
    "sessions.verify": ("YearCheck", "same_season", "verify_year"),
    "sessions.half_days": ("default_rounds",),
    "sessions.schedule": ("plan_year",),
    "sessions.goals": ("session_goal_name",),
    "sessions.groups": ("group_sizes",),
    "sessions.ladder": ("sessions_ladder",),
    "output.dossier_workbook": ("write_dossier",),
    "output.progress_chart": ("progress_chart",),
    "output.signed": ("sign_document", "verify_document"),
    **TRAJECTORY,
    **TABLES,
}
_HOME_OF = {name: f"matcher.{home}" for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 - a list, made from the table above


def __getattr__(name: str) -> object:
    """Load a public name from its home on first use."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value
