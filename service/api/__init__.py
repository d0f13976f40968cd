"""What can programs ask of the service? One router per resource, all under /v1."""

from service.api import cohorts, health, jobs, rounds

ROUTERS = (health.routes, cohorts.routes, rounds.routes, jobs.routes)
"""All routers; the application takes in every one."""
