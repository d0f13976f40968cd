"""What does a fork never have to load? All that `serve`, `work`, the commands and the children of the worker use."""

from __future__ import annotations

import gc
import pkgutil
from importlib import import_module
from multiprocessing import resource_tracker

import matcher
import service
from tests.kept_templates import load_all

ASIDE = (".migrations.", "__main__")
LAZY = (
    *("alembic.command", "alembic.config", "alembic.runtime.environment", "anyio._backends._asyncio", "psycopg"),
    *("procrastinate.builtin_tasks", "procrastinate.worker", "uvicorn.lifespan.on", "uvicorn.loops.asyncio"),
    *("uvicorn.loops.auto", "xlsxwriter"),
)

for module in pkgutil.walk_packages(service.__path__, "service."):
    if not any(one in module.name for one in ASIDE):
        import_module(module.name)
for name in matcher.__all__:
    getattr(matcher, name)
for name in LAZY:
    import_module(name)
load_all()
resource_tracker.ensure_running()  # else each fork that has a child starts one
gc.collect()
gc.freeze()  # nothing of it is looked at again, and so its pages stay shared
