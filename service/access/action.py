"""What may be done, and by whom? An action carries its rule and its cohort; one without a rule can't be made."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from service.access.callers import Caller
from service.access.error_problems import as_problems
from service.access.permissions import EARLY_MARK, RULE, RULES, Rule, admit
from service.access.work import Work
from service.core.errors import not_found

Parameters = ParamSpec("Parameters")
Outcome = TypeVar("Outcome")


def action(
    rule: Rule, *, own: str = "", before_step: bool = False
) -> Callable[[Callable[Concatenate[Work, Parameters], Outcome]], Callable[Concatenate[Work, Parameters], Outcome]]:
    """Make a function an action: it lets in who its rule says, and for a cohort only who may see that cohort.

    Somebody on their own page may do what is about themselves, where `own` (school, mentor) names the parameter
    that says about whom it is; `before_step` is also for who must still set a second step. The function takes the
    work first; a parameter called `cohort` is the id of the cohort it is about.
    Raises TypeError for a rule that is none. The action raises Problem 401, 403 or 404 before it does anything,
    and turns what is expected to go wrong into a Problem too.
    """
    if rule not in RULES:
        raise TypeError(f"{rule!r} is no rule")

    def marked(
        function: Callable[Concatenate[Work, Parameters], Outcome],
    ) -> Callable[Concatenate[Work, Parameters], Outcome]:
        signature = inspect.signature(function)
        names = list(signature.parameters)
        place = names.index("cohort") - 1 if "cohort" in names and rule != "anyone" else None

        @wraps(function)
        def done(work: Work, *arguments: Parameters.args, **choices: Parameters.kwargs) -> Outcome:
            if own and work.caller.role == "participant":
                _check_own(work.caller, own, signature.bind(work, *arguments, **choices).arguments)
            else:
                admit(rule, work.caller, early=before_step)
            with as_problems(work.request_id):
                if place is not None and not work.caller.sees_all:
                    _check_cohort(work, arguments[place] if place < len(arguments) else choices.get("cohort"))
                return function(work, *arguments, **choices)

        setattr(done, RULE, rule)
        setattr(done, EARLY_MARK, before_step)
        return cast("Callable[Concatenate[Work, Parameters], Outcome]", done)  # mypy names the first argument

    return marked


def _check_own(caller: Caller, own: str, asked: Mapping[str, object]) -> None:
    """Refuse a participant what is about another, as if it were not there; raises Problem 404."""
    if (caller.side, caller.key, caller.cohort) != (own, asked.get(own), asked.get("cohort")):
        raise not_found("Dit")


def _check_cohort(work: Work, cohort: object) -> None:
    """Refuse another's cohort before anything is read or written; who sees all is not looked up."""
    if not isinstance(cohort, str) or work.caller.sees_all or cohort in (work.caller.cohort, work.checked_cohort):
        return
    with work.reading() as transaction:
        work.cohort(transaction, cohort)
