"""What can programs ask of the service? One router per resource, all under /v1."""

from service.api import cohorts, health

ROUTERS = (health.routes, cohorts.routes)
"""All routers; the application takes in every one."""
