"""Where do all parts meet? The one place that makes the application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, FastAPI

import matcher
from service.access.known_keys import KnownKeys
from service.access.limits import Limits
from service.access.work import Process
from service.api_routes import ROUTERS
from service.core.settings import Settings
from service.database.engine import Database
from service.jobs.queue import queue_for
from service.jobs.shared_poll import FollowedJobs
from service.overview.actions import find_whereabouts
from service.page_routes import ROUTERS as PAGES
from service.publishing.portal_cache import Shown
from service.rounds.acceptance.mending import mend_leaving
from service.web.concurrency_limit import Room
from service.web.finder import Finder
from service.web.middleware import Shell
from service.web.openapi_api import Described
from service.web.pages.error_pages import answer_in_pages, shown
from service.web.problem_answers import add_handlers, unexpected
from service.webhooks.webhooks_openapi import described
from service.worker.worker import Worker

DESCRIPTION = "Koppelt mentoren uit bedrijven aan scholen en plant het lerend netwerk. Zie README.md voor voorbeelden."

THREADS = 4
"""So many requests are worked on at a time, the others as they came: were there more, each would wait for all."""


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = app.state.settings
    worker = Worker(settings, app.state.database) if settings.embedded_worker else None
    app.state.worker = worker
    working = asyncio.create_task(worker.run()) if worker is not None else None
    current_default_thread_limiter().total_tokens = THREADS
    try:
        yield
        if worker is not None and working is not None:
            worker.stop()
            await working
    finally:
        app.state.database.close()


def create_app(settings: Settings, *, database: Database | None = None) -> FastAPI:
    """Make the application; its database is opened when the application starts."""
    app = Described(
        title="in2stem",
        version="1",
        description=DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    database = database or Database(settings.address)
    database.queue = database.queue or queue_for(settings)
    app.state.settings, app.state.database, app.state.worker = settings, database, None
    app.state.limits = Limits(
        settings.requests_a_minute,
        settings.logins_a_minute,
        (settings.applications_a_minute, settings.applications_an_hour),
    )
    app.state.keys, app.state.shown = KnownKeys(), Shown()
    app.state.whereabouts = find_whereabouts
    app.state.room, app.state.followed = Room(), FollowedJobs(database)
    app.state.told_to_webhooks = described()
    shared = (app.state.limits, app.state.keys, app.state.shown)
    app.state.process = Process(settings, database, *shared, on_leaving=mend_leaving)
    # include_router makes every route anew, on the first request: 0.3 s, and a slower search in each one after it.
    for routes in (*ROUTERS, *_optional(settings), *PAGES):
        app.router.routes.extend(routes.routes)
    app.router.middleware_stack = Finder(app.router)
    add_handlers(app)
    answer_in_pages(app)
    secure = settings.url.startswith("https:")
    app.add_middleware(Shell, most_body=settings.most_body, unexpected=shown(unexpected), secure=secure)
    return app


def _optional(settings: Settings) -> tuple[APIRouter, ...]:
    """Give the routes that need an optional extra, where they are asked for."""
    if not settings.oidc_issuer:
        return ()
    try:
        from service.people import oidc_api  # noqa: PLC0415 - an extra that most do without
    except ModuleNotFoundError as error:
        hint = "IN2STEM_OIDC_ISSUER is gezet, maar authlib ontbreekt. Installeer in2stem met de extra «oidc»."
        raise matcher.InvalidValueError(hint) from error
    return (oidc_api.routes,)
