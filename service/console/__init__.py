"""Which pages does the console have?"""

from service.console import cohorts, files, help, imports, login  # noqa: A004 - the page, not the built-in

ROUTERS = (
    login.routes,
    files.routes,
    help.routes,
    cohorts.routes,
    imports.routes,
)
