"""What can programs ask of the service? One router per resource, all under /v1."""

from service.api import (
    audit,
    cohorts,
    health,
    imports,
    jobs,
    keys,
    locks,
    mentors,
    people,
    portal,
    preflight,
    publishing,
    questions,
    rounds,
    rules,
    schools,
    session,
    withdrawals,
)

ROUTERS = (
    health.routes,
    cohorts.routes,
    schools.routes,
    mentors.routes,
    locks.routes,
    rules.routes,
    preflight.routes,
    imports.routes,
    rounds.routes,
    questions.routes,
    publishing.routes,
    portal.routes,
    withdrawals.routes,
    jobs.routes,
    session.routes,
    people.routes,
    keys.routes,
    audit.routes,
)
"""All routers; the application takes in every one."""
