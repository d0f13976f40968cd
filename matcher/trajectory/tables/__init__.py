"""Which of the trajectory's names read people's tables, and write what they read in Excel? A part of the one door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matcher.trajectory.tables.read_applications import Received as Received
    from matcher.trajectory.tables.read_applications import read_applications as read_applications
    from matcher.trajectory.tables.read_applications import read_ledger as read_ledger
    from matcher.trajectory.tables.read_applications import read_selection_policy as read_selection_policy
    from matcher.trajectory.tables.read_award import AwardRules as AwardRules
    from matcher.trajectory.tables.read_award import read_award as read_award
    from matcher.trajectory.tables.read_award import read_award_rules as read_award_rules
    from matcher.trajectory.tables.read_award import read_jurors as read_jurors
    from matcher.trajectory.tables.read_measurements import HandedIn as HandedIn
    from matcher.trajectory.tables.read_measurements import MeasurementBook as MeasurementBook
    from matcher.trajectory.tables.read_measurements import RatedTable as RatedTable
    from matcher.trajectory.tables.read_measurements import Taken as Taken
    from matcher.trajectory.tables.read_measurements import measurements_from_document as measurements_from_document
    from matcher.trajectory.tables.read_measurements import measurements_to_document as measurements_to_document
    from matcher.trajectory.tables.read_measurements import read_ratings as read_ratings
    from matcher.trajectory.tables.read_measurements import take_measurements as take_measurements
    from matcher.trajectory.tables.read_outcomes import read_outcomes as read_outcomes
    from matcher.trajectory.tables.read_plans import ActionPlanBook as ActionPlanBook
    from matcher.trajectory.tables.read_plans import action_plans_from_document as action_plans_from_document
    from matcher.trajectory.tables.read_plans import action_plans_to_document as action_plans_to_document
    from matcher.trajectory.tables.read_plans import read_efforts as read_efforts
    from matcher.trajectory.tables.read_plans import read_levels as read_levels
    from matcher.trajectory.tables.read_plans import read_plans as read_plans
    from matcher.trajectory.tables.selection_sheets import selection_dossier as selection_dossier
    from matcher.trajectory.tables.selection_sheets import selection_groups as selection_groups
    from matcher.trajectory.tables.year_sheets import award_dossier as award_dossier
    from matcher.trajectory.tables.year_sheets import jury_dossier as jury_dossier
    from matcher.trajectory.tables.year_sheets import needs_dossier as needs_dossier
    from matcher.trajectory.tables.year_sheets import outcomes_dossier as outcomes_dossier
    from matcher.trajectory.tables.year_sheets import plans_dossier as plans_dossier
    from matcher.trajectory.tables.year_sheets import progress_dossier as progress_dossier
TABLES: Final = {
    "trajectory.tables.read_applications": ("Received", "read_applications", "read_ledger", "read_selection_policy"),
    "trajectory.tables.read_award": ("AwardRules", "read_award", "read_award_rules", "read_jurors"),
    "trajectory.tables.read_measurements": (
        "HandedIn",
        "MeasurementBook",
        "RatedTable",
        "Taken",
        "measurements_from_document",
        "measurements_to_document",
        "read_ratings",
        "take_measurements",
    ),
    "trajectory.tables.read_outcomes": ("read_outcomes",),
    "trajectory.tables.read_plans": (
        "ActionPlanBook",
        "action_plans_from_document",
        "action_plans_to_document",
        "read_efforts",
        "read_levels",
        "read_plans",
    ),
    "trajectory.tables.selection_sheets": ("selection_dossier", "selection_groups"),
    "trajectory.tables.year_sheets": (
        "award_dossier",
        "jury_dossier",
        "needs_dossier",
        "outcomes_dossier",
        "plans_dossier",
        "progress_dossier",
    ),
}
"""Module under `matcher` to its public names, as TRAJECTORY is."""
