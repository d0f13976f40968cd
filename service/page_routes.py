"""Which pages does the console have?"""

from service.cohorts.cohort import pages as settings
from service.cohorts.members import pages as people
from service.cohorts.policy import pages as rules
from service.dropout import comparison_pages, repair_pages
from service.dropout import pages as withdrawals
from service.imports import pages as imports
from service.mail import pages as mails
from service.mail import text_pages as mail_texts
from service.measuring import pages as measuring
from service.network.calendars import pages as calendars
from service.network.questions import move_pages as session_moves
from service.network.questions import pages as session_questions
from service.network.season import pages as sessions
from service.overview import pages as cohorts
from service.participants import own_dossier_pages, own_measuring_pages, own_pages
from service.participants import pages as participants
from service.people import keys_pages, people_pages, profile_pages
from service.people import pages as login
from service.publishing import pages as publishing
from service.publishing import portal_pages, proposal_pages
from service.records.privacy import pages as privacy
from service.records.trail import pages as record
from service.rounds.plan import beside_pages, bulk_pages, move_pages, pair_pages
from service.rounds.plan import pages as plan
from service.rounds.preflight import pages as check
from service.rounds.run import pages as rounds
from service.trajectory.action_plan import pages as action_plan
from service.trajectory.applications import confirm_pages
from service.trajectory.applications import pages as applications
from service.trajectory.award import pages as award
from service.trajectory.award import score_pages
from service.trajectory.label import pages as label_application
from service.trajectory.outcomes import pages as outcomes
from service.trajectory.progress import pages as trajectory
from service.trajectory.progress import school_pages
from service.trajectory.report import pages as report
from service.trajectory.selection import pages as selecting
from service.web.pages import help_pages, reference_pages, static_pages
from service.webhooks import pages as webhooks

ROUTERS = (
    login.routes,
    profile_pages.routes,
    people_pages.routes,
    keys_pages.routes,
    webhooks.routes,
    confirm_pages.routes,
    static_pages.routes,
    help_pages.routes,
    reference_pages.routes,
    cohorts.routes,
    settings.routes,
    imports.routes,
    people.routes,
    privacy.routes,
    check.routes,
    rules.routes,
    rounds.routes,
    plan.routes,
    bulk_pages.routes,
    pair_pages.routes,
    beside_pages.routes,
    plan.map_routes,
    move_pages.routes,
    plan.views,
    plan.firmness,
    publishing.routes,
    portal_pages.routes,
    proposal_pages.routes,
    withdrawals.routes,
    repair_pages.routes,
    comparison_pages.routes,
    calendars.routes,
    sessions.routes,
    session_questions.routes,
    sessions.year,
    session_moves.routes,
    applications.routes,
    selecting.routes,
    trajectory.routes,
    school_pages.routes,
    action_plan.routes,
    label_application.routes,
    label_application.practice_routes,
    outcomes.routes,
    report.routes,
    award.routes,
    score_pages.routes,
    measuring.routes,
    mail_texts.routes,
    mails.routes,
    record.routes,
    participants.routes,
    own_pages.routes,
    own_measuring_pages.routes,
    own_dossier_pages.routes,
)
"""Every router of the console; the application takes in each one."""
