"""How does a plan reach the coordinator? Checked, printed, and its files written together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import matcher
from service.terminal.exit_codes import EXIT_CONFLICT, EXIT_NO_PLAN
from service.terminal.files import BOOK_FILE, PLAN_FILE, ROUND_FILE, VERDICTS_FILE, holds_plan, write_text
from service.terminal.plan.words import print_conflict, print_plan
from service.terminal.printing import Progress, progress_bar, say, say_error, say_json


def deliver(  # noqa: PLR0913 - a plan with all that it is of, and how it is told
    given: matcher.Round,
    verdicts: matcher.Verdicts,
    plan: matcher.Plan,
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
    try:
        firm, written = _work_out(given, verdicts, plan, out, weights=weights, is_told=not (as_json or quiet))
    except KeyboardInterrupt:
        if out is None:
            raise
        return _keep(given, plan, out)
    if quiet:
        return 0
    if as_json:
        say_json(document)
    else:
        print_plan(given, plan, firm.get("free", ()), f"in {out / BOOK_FILE}" if out is not None else "met --json")
        say(*([f"Geschreven in {out}: {', '.join(path.name for path in written)}."] if written else []))
    return 0


def _work_out(  # noqa: PLR0913 - as `deliver`
    given: matcher.Round,
    verdicts: matcher.Verdicts,
    plan: matcher.Plan,
    out: Path | None,
    *,
    weights: bool,
    is_told: bool,
) -> tuple[Mapping[str, Any], tuple[Path, ...]]:
    """Work out what is told beside a plan, and write all files; say meanwhile what is being done."""
    with progress_bar("Plan schrijven") as progress:
        if progress is not None:
            progress("nakijken wat even goed kan", None)
        told = is_told or out is not None
        firm = matcher.firmness_of_plan(given, verdicts, plan, weights=weights) if told else {}
        return firm, _write(given, verdicts, plan, out, firm, progress) if out is not None else ()


def _keep(given: matcher.Round, plan: matcher.Plan, out: Path) -> int:
    """Write a plan that is known and its round alone, where somebody doesn't wait for the rest; give the exit code."""
    stale = [name for name in (BOOK_FILE, VERDICTS_FILE) if (out / name).exists()]
    matcher.write_together(out, _documents(given, plan))
    say_error(f"Gestopt. Het plan zelf is bewaard in {out}: {PLAN_FILE} en {ROUND_FILE}, zonder {BOOK_FILE}.")
    if stale:
        say_error(f"Wat daar nog stond is van een eerder plan: {' en '.join(stale)}.")
    return EXIT_NO_PLAN


def _say_no_plan(plan: matcher.Plan, document: Mapping[str, object], *, as_json: bool) -> int:
    if as_json:
        say_json(document)
    elif plan.conflict is not None:
        print_conflict(plan.conflict)
    else:
        say("Gestopt voor er een plan was.")
    return EXIT_CONFLICT if plan.conflict is not None else EXIT_NO_PLAN


def _documents(given: matcher.Round, plan: matcher.Plan) -> dict[str, Callable[[Path], object]]:
    """Give the writers of a plan and of the round that it is of."""
    plan_text = matcher.dumps(matcher.plan_to_document(plan))
    round_text = matcher.dumps(matcher.round_to_document(given))
    return {
        PLAN_FILE: lambda path: write_text(path, plan_text),
        ROUND_FILE: lambda path: write_text(path, round_text),
    }


def _write(  # noqa: PLR0913, PLR0917 - as `deliver`
    given: matcher.Round,
    verdicts: matcher.Verdicts,
    plan: matcher.Plan,
    out: Path,
    firm: Mapping[str, Any],
    progress: Progress | None,
) -> tuple[Path, ...]:
    documents = _documents(given, plan)
    short = matcher.shortages_of_plan(given, verdicts, plan)
    writers: dict[str, Callable[[Path], object]] = {
        PLAN_FILE: documents[PLAN_FILE],
        VERDICTS_FILE: lambda path: matcher.write_verdicts(path, given, verdicts),
        BOOK_FILE: lambda path: matcher.write_plan_workbook(
            path, given, verdicts, plan, shortages=short, firmness=firm, whole=VERDICTS_FILE, progress=progress
        ),
        ROUND_FILE: documents[ROUND_FILE],
    }
    return matcher.write_together(out, writers, progress)
