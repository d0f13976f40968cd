"""What can programs ask of the service? One router per resource, all under /v1."""

from service.api import cohorts, health, jobs, locks, mentors, preflight, rounds, rules, schools

ROUTERS = (
    health.routes,
    cohorts.routes,
    schools.routes,
    mentors.routes,
    locks.routes,
    rules.routes,
    preflight.routes,
    rounds.routes,
    jobs.routes,
)
"""All routers; the application takes in every one."""
