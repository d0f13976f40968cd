"""How does a cohort go from application to Award? Values and pure functions for every step of the year.

Here stand the names that other programs may use: the trajectory's part of the one door, `matcher/__init__.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matcher.domain.comparison import ComparedValue as ComparedValue
    from matcher.domain.comparison import Comparison as Comparison
    from matcher.domain.dossier import Dossier as Dossier
    from matcher.domain.dossier import DossierTable as DossierTable
    from matcher.domain.label import LEVELS as LEVELS
    from matcher.domain.label import SCALE as SCALE
    from matcher.domain.label import LabelCriterion as LabelCriterion
    from matcher.domain.label import Level as Level
    from matcher.domain.label import criterion_name as criterion_name
    from matcher.domain.label import label_criteria as label_criteria
    from matcher.trajectory.action_plan import ActionPlan as ActionPlan
    from matcher.trajectory.action_plan import Deed as Deed
    from matcher.trajectory.action_plan import PlanGoal as PlanGoal
    from matcher.trajectory.action_plan import SupportAsked as SupportAsked
    from matcher.trajectory.action_plan import action_plan_from_document as action_plan_from_document
    from matcher.trajectory.action_plan import action_plan_to_document as action_plan_to_document
    from matcher.trajectory.action_plan import plan_findings as plan_findings
    from matcher.trajectory.action_plan import plan_reminders as plan_reminders
    from matcher.trajectory.action_plan import plan_support as plan_support
    from matcher.trajectory.applications import APPLICATION_STATES as APPLICATION_STATES
    from matcher.trajectory.applications import NETWORKS as NETWORKS
    from matcher.trajectory.applications import Application as Application
    from matcher.trajectory.applications import ApplicationStep as ApplicationStep
    from matcher.trajectory.applications import Consent as Consent
    from matcher.trajectory.applications import application_from_document as application_from_document
    from matcher.trajectory.applications import application_to_document as application_to_document
    from matcher.trajectory.applications import double_applications as double_applications
    from matcher.trajectory.applications import move_application as move_application
    from matcher.trajectory.applications import round_of_applications as round_of_applications
    from matcher.trajectory.award import Award as Award
    from matcher.trajectory.award import AwardCriterion as AwardCriterion
    from matcher.trajectory.award import AwardOutcome as AwardOutcome
    from matcher.trajectory.award import JuryScore as JuryScore
    from matcher.trajectory.award import at_least as at_least
    from matcher.trajectory.award import at_most as at_most
    from matcher.trajectory.award import award_from_document as award_from_document
    from matcher.trajectory.award import award_to_document as award_to_document
    from matcher.trajectory.award import decide_award as decide_award
    from matcher.trajectory.award_record import award_record as award_record
    from matcher.trajectory.award_record import check_award_record as check_award_record
    from matcher.trajectory.baseline import MOMENT_NAMES as MOMENT_NAMES
    from matcher.trajectory.baseline import Combined as Combined
    from matcher.trajectory.baseline import Measurement as Measurement
    from matcher.trajectory.baseline import Moment as Moment
    from matcher.trajectory.baseline import Rating as Rating
    from matcher.trajectory.baseline import RatingSheet as RatingSheet
    from matcher.trajectory.baseline import combined_ratings as combined_ratings
    from matcher.trajectory.baseline import current_measurement as current_measurement
    from matcher.trajectory.baseline import measurement_from_document as measurement_from_document
    from matcher.trajectory.baseline import measurement_to_document as measurement_to_document
    from matcher.trajectory.baseline import replace_measurement as replace_measurement
    from matcher.trajectory.baseline import save_sheet as save_sheet
    from matcher.trajectory.baseline import without_raters as without_raters
    from matcher.trajectory.candidates import SELECTION_DIMENSIONS as SELECTION_DIMENSIONS
    from matcher.trajectory.candidates import SELECTION_GOAL_NAMES as SELECTION_GOAL_NAMES
    from matcher.trajectory.candidates import Candidate as Candidate
    from matcher.trajectory.candidates import SelectionLimit as SelectionLimit
    from matcher.trajectory.candidates import SelectionPolicy as SelectionPolicy
    from matcher.trajectory.candidates import SelectionPool as SelectionPool
    from matcher.trajectory.candidates import pool_of as pool_of
    from matcher.trajectory.candidates import selection_policy_from_document as selection_policy_from_document
    from matcher.trajectory.candidates import selection_policy_to_document as selection_policy_to_document
    from matcher.trajectory.dossier import school_dossier as school_dossier
    from matcher.trajectory.jury import Juror as Juror
    from matcher.trajectory.jury import JuryPlan as JuryPlan
    from matcher.trajectory.jury import assign_jury as assign_jury
    from matcher.trajectory.jury import jury_faults as jury_faults
    from matcher.trajectory.jury import jury_from_document as jury_from_document
    from matcher.trajectory.jury import jury_to_document as jury_to_document
    from matcher.trajectory.jury import open_readings as open_readings
    from matcher.trajectory.label import LevelHeld as LevelHeld
    from matcher.trajectory.label import Readiness as Readiness
    from matcher.trajectory.label import ReadinessRules as ReadinessRules
    from matcher.trajectory.label import default_rules as default_rules
    from matcher.trajectory.label import level_from_document as level_from_document
    from matcher.trajectory.label import level_held as level_held
    from matcher.trajectory.label import level_to_document as level_to_document
    from matcher.trajectory.label import next_level as next_level
    from matcher.trajectory.label import read_rules as read_rules
    from matcher.trajectory.label import readiness as readiness
    from matcher.trajectory.measurement_check import measurement_findings as measurement_findings
    from matcher.trajectory.measurement_check import schools_not_measured as schools_not_measured
    from matcher.trajectory.measurement_check import submit_measurement as submit_measurement
    from matcher.trajectory.needs import Needs as Needs
    from matcher.trajectory.needs import cohort_sentence as cohort_sentence
    from matcher.trajectory.needs import cohort_shortfalls as cohort_shortfalls
    from matcher.trajectory.needs import ratings_of as ratings_of
    from matcher.trajectory.needs import school_needs as school_needs
    from matcher.trajectory.needs import with_baseline as with_baseline
    from matcher.trajectory.needs import with_baselines as with_baselines
    from matcher.trajectory.outcomes import CONTACT_KINDS as CONTACT_KINDS
    from matcher.trajectory.outcomes import STOP_REASONS as STOP_REASONS
    from matcher.trajectory.outcomes import LedgerEntry as LedgerEntry
    from matcher.trajectory.outcomes import MentorContact as MentorContact
    from matcher.trajectory.outcomes import MentoringOutcome as MentoringOutcome
    from matcher.trajectory.outcomes import OutcomeSummary as OutcomeSummary
    from matcher.trajectory.outcomes import fairness_ledger as fairness_ledger
    from matcher.trajectory.outcomes import outcome_from_document as outcome_from_document
    from matcher.trajectory.outcomes import outcome_summary as outcome_summary
    from matcher.trajectory.outcomes import outcome_to_document as outcome_to_document
    from matcher.trajectory.outcomes import start_outcomes as start_outcomes
    from matcher.trajectory.progress import CohortProgress as CohortProgress
    from matcher.trajectory.progress import SchoolProgress as SchoolProgress
    from matcher.trajectory.progress import cohort_progress as cohort_progress
    from matcher.trajectory.progress import progress_comparison as progress_comparison
    from matcher.trajectory.progress import school_progress as school_progress
    from matcher.trajectory.selection import Choice as Choice
    from matcher.trajectory.selection import Selection as Selection
    from matcher.trajectory.selection import replace_school as replace_school
    from matcher.trajectory.selection import select_schools as select_schools
    from matcher.trajectory.selection import selection_from_document as selection_from_document
    from matcher.trajectory.selection import selection_to_document as selection_to_document
    from matcher.trajectory.suggestions import Advice as Advice
    from matcher.trajectory.suggestions import FirstStep as FirstStep
    from matcher.trajectory.suggestions import advise_first as advise_first
    from matcher.trajectory.suggestions import plan_goals as plan_goals
TRAJECTORY: Final = {
    "domain.comparison": ("ComparedValue", "Comparison"),
    "domain.dossier": ("Dossier", "DossierTable"),
    "domain.label": ("Level", "LEVELS", "SCALE", "LabelCriterion", "criterion_name", "label_criteria"),
    "trajectory.action_plan": (
        "ActionPlan",
        "Deed",
        "PlanGoal",
        "SupportAsked",
        "action_plan_from_document",
        "action_plan_to_document",
        "plan_findings",
        "plan_reminders",
        "plan_support",
    ),
    "trajectory.applications": (
        "APPLICATION_STATES",
        "NETWORKS",
        "Application",
        "ApplicationStep",
        "Consent",
        "application_from_document",
        "application_to_document",
        "double_applications",
        "move_application",
        "round_of_applications",
    ),
    "trajectory.award": (
        "Award",
        "AwardCriterion",
        "AwardOutcome",
        "JuryScore",
        "award_from_document",
        "award_to_document",
        "at_least",
        "at_most",
        "decide_award",
    ),
    "trajectory.award_record": ("award_record", "check_award_record"),
    "trajectory.baseline": (
        "Moment",
        "without_raters",
        "MOMENT_NAMES",
        "Combined",
        "Measurement",
        "Rating",
        "RatingSheet",
        "combined_ratings",
        "current_measurement",
        "measurement_from_document",
        "measurement_to_document",
        "replace_measurement",
        "save_sheet",
    ),
    "trajectory.candidates": (
        "SELECTION_DIMENSIONS",
        "SELECTION_GOAL_NAMES",
        "Candidate",
        "SelectionLimit",
        "SelectionPolicy",
        "SelectionPool",
        "pool_of",
        "selection_policy_from_document",
        "selection_policy_to_document",
    ),
    "trajectory.dossier": ("school_dossier",),
    "trajectory.jury": (
        "open_readings",
        "Juror",
        "JuryPlan",
        "assign_jury",
        "jury_faults",
        "jury_from_document",
        "jury_to_document",
    ),
    "trajectory.label": (
        "LevelHeld",
        "Readiness",
        "ReadinessRules",
        "default_rules",
        "level_from_document",
        "level_held",
        "level_to_document",
        "next_level",
        "read_rules",
        "readiness",
    ),
    "trajectory.measurement_check": ("measurement_findings", "schools_not_measured", "submit_measurement"),
    "trajectory.needs": (
        "cohort_sentence",
        "Needs",
        "cohort_shortfalls",
        "ratings_of",
        "school_needs",
        "with_baseline",
        "with_baselines",
    ),
    "trajectory.outcomes": (
        "OutcomeSummary",
        "outcome_summary",
        "CONTACT_KINDS",
        "STOP_REASONS",
        "LedgerEntry",
        "MentorContact",
        "MentoringOutcome",
        "fairness_ledger",
        "outcome_from_document",
        "outcome_to_document",
        "start_outcomes",
    ),
    "trajectory.progress": (
        "CohortProgress",
        "SchoolProgress",
        "cohort_progress",
        "progress_comparison",
        "school_progress",
    ),
    "trajectory.selection": (
        "Choice",
        "Selection",
        "replace_school",
        "select_schools",
        "selection_from_document",
        "selection_to_document",
    ),
    "trajectory.suggestions": ("Advice", "FirstStep", "advise_first", "plan_goals"),
}
"""Module under `matcher` to its public names; `matcher/__init__.py` loads them on first use."""
