"""MAY this mentor help this school, and how well? One file a criterion, found by its `CRITERION`."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from matcher.criteria.base import Criterion


@cache
def criteria() -> tuple[Criterion, ...]:
    """Give all criteria in the order of their keys: every module of this folder that has a `CRITERION`."""
    modules = (import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
    found = [module.CRITERION for module in modules if hasattr(module, "CRITERION")]
    return tuple(sorted(found, key=lambda criterion: criterion.key))


all_criteria = criteria
"""The name at the one door, where `criteria` is this folder."""
