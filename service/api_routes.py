"""What can programs ask of the service? One router per resource, all under /v1."""

from service.cohorts.cohort import api as cohorts
from service.cohorts.members import api as members
from service.cohorts.options import api as options
from service.cohorts.policy import api as rules
from service.cohorts.portal import api as portal
from service.dropout import api as withdrawals
from service.imports import api as imports
from service.jobs import api as jobs
from service.mail import api as mails
from service.measuring import api as measurements
from service.network.calendars import api as calendars
from service.network.questions import api as season_questions
from service.network.season import api as seasons
from service.participants import api as participants
from service.people import api as people
from service.people import profile_api, session_api
from service.publishing import api as publishing
from service.publishing import portal_api
from service.records.privacy import api as privacy
from service.records.trail import api as audit
from service.rounds.acceptance import api as acceptance
from service.rounds.locks import api as locks
from service.rounds.preflight import api as preflight
from service.rounds.questions import api as questions
from service.rounds.record import api as records
from service.rounds.run import api as rounds
from service.trajectory.action_plan import api as action_plans
from service.trajectory.applications import api as applications
from service.trajectory.award import api as award
from service.trajectory.award import jury_api
from service.trajectory.label import api as label
from service.trajectory.outcomes import api as outcomes
from service.trajectory.progress import api as progress
from service.trajectory.selection import api as selection
from service.web import health_api, openapi_api
from service.webhooks import api as webhooks

ROUTERS = (
    health_api.routes,
    openapi_api.routes,
    cohorts.routes,
    members.schools,
    members.mentors,
    locks.routes,
    rules.routes,
    portal.routes,
    options.product,
    options.routes,
    preflight.routes,
    imports.routes,
    imports.reading,
    rounds.routes,
    questions.routes,
    records.routes,
    acceptance.routes,
    publishing.routes,
    portal_api.routes,
    withdrawals.routes,
    withdrawals.activations,
    seasons.routes,
    season_questions.routes,
    seasons.files,
    calendars.routes,
    seasons.attendance,
    calendars.followed,
    jobs.routes,
    session_api.routes,
    profile_api.routes,
    people.routes,
    people.keys,
    webhooks.routes,
    mails.routes,
    mails.texts,
    audit.routes,
    privacy.routes,
    action_plans.routes,
    applications.public,
    applications.routes,
    applications.rules,
    applications.own,
    selection.routes,
    measurements.routes,
    measurements.needs,
    label.routes,
    award.routes,
    jury_api.routes,
    outcomes.routes,
    progress.routes,
    participants.routes,
    participants.wishes,
)
"""Every router of the API; the application takes in each one."""
