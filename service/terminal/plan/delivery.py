"""How does a plan reach the coordinator? Checked, printed, and its files written together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.terminal.exit_codes import EXIT_CONFLICT, EXIT_NO_PLAN
from service.terminal.files import BOOK_FILE, PLAN_FILE, ROUND_FILE, VERDICTS_FILE, holds_plan, write_text
from service.terminal.plan.words import print_conflict, print_plan
from service.terminal.printing import say, say_error, say_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from matcher import Plan, Round


def deliver(  # noqa: PLR0913 - a plan with all that it is of, and how it is told
    given: Round,
    verdicts: matcher.Verdicts,
    plan: Plan,
    out: Path | None,
    *,
    as_json: bool,
    quiet: bool = False,
    weights: bool = False,
) -> int:
    """Check a plan, write its files together, print it unless `quiet`; give the exit code.

    Without `out` nothing is written. `weights` has the workbook tell how firm the plan stands.
    """
    document = matcher.plan_to_document(plan)
    if plan.status in ("conflict", "unfinished"):
        stays = out is not None and holds_plan(out / PLAN_FILE)
        if out is not None and not stays:
            matcher.write_together(out, {PLAN_FILE: lambda path: write_text(path, matcher.dumps(document))})
        code = _say_no_plan(plan, document, as_json=as_json)
        if stays:
            say_error(f"Het plan in {out} blijft staan zoals het was.")
        return code
    faults = matcher.check_plan(given, verdicts, plan)
    if faults:
        raise AssertionError(f"het plan kwam niet door de controle: {faults[0]}")
    is_told = out is not None or not (as_json or quiet)
    firm = matcher.firmness_of_plan(given, verdicts, plan, weights=weights) if is_told else {}
    written = _write(given, verdicts, plan, out, firm) if out is not None else ()
    if quiet:
        return 0
    if as_json:
        say_json(document)
    else:
        print_plan(given, plan, firm.get("free", ()), f"in {out / BOOK_FILE}" if out is not None else "met --json")
        say(*([f"Geschreven in {out}: {', '.join(path.name for path in written)}."] if written else []))
    return 0


def _say_no_plan(plan: Plan, document: Mapping[str, object], *, as_json: bool) -> int:
    if as_json:
        say_json(document)
    elif plan.conflict is not None:
        print_conflict(plan.conflict)
    else:
        say("Gestopt voor er een plan was.")
    return EXIT_CONFLICT if plan.conflict is not None else EXIT_NO_PLAN


def _write(
    given: Round, verdicts: matcher.Verdicts, plan: Plan, out: Path, firm: Mapping[str, Any]
) -> tuple[Path, ...]:
    plan_text = matcher.dumps(matcher.plan_to_document(plan))
    round_text = matcher.dumps(matcher.round_to_document(given))
    short = matcher.shortages_of_plan(given, verdicts, plan)
    writers: dict[str, Callable[[Path], object]] = {
        PLAN_FILE: lambda path: write_text(path, plan_text),
        VERDICTS_FILE: lambda path: matcher.write_verdicts(path, given, verdicts),
        BOOK_FILE: lambda path: matcher.write_plan_workbook(
            path, given, verdicts, plan, shortages=short, firmness=firm, whole=VERDICTS_FILE
        ),
        ROUND_FILE: lambda path: write_text(path, round_text),
    }
    return matcher.write_together(out, writers)
