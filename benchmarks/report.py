"""What does a reader see of a run? Tables in Markdown, and time against size as a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from benchmarks.targets import targets

if TYPE_CHECKING:
    from pathlib import Path

mpl.use("svg")
mpl.rcParams |= {"svg.hashsalt": "in2stem", "svg.fonttype": "none"}
COLUMNS = (
    "engine", "answers", "seconds", "x bare flow", "MB", "places", "worst pair", "points", "minutes", "same as ours",
    "remarks",
)  # fmt: skip


def markdown(results: dict[str, Any]) -> str:
    """Write the results down: the promises first, then a table per problem."""
    lines = ["# Benchmarks", ""]
    lines += [f"- {question}: {_machine(machine)}" for question, machine in results["machines"].items()]
    lines += ["", "## Promises", ""]
    lines += ["| promise | measured | kept |", "|---|---|---|"]
    words = {True: "kept", False: "**not kept**", None: "-"}
    lines += [f"| {one.promise} | {one.measured} | {words[one.kept]} |" for one in targets(results)]
    for entry in results.get("engines", []):
        lines += ["", *_problem(entry)]
    if results.get("verdicts"):
        lines += [
            "",
            "## Verdicts",
            "",
            "| schools x mentors | pairs | seconds | x bare flow | MB |",
            "|---|---|---|---|---|",
        ]
        lines += [_verdict_row(entry) for entry in results["verdicts"]]
    if results.get("command"):
        lines += ["", "## The whole command on the sample cohort", "", "| process | seconds | MB |", "|---|---|---|"]
        lines += [f"| {name} | {_figure(one, 'seconds', '.2f')} | {_figure(one, 'megabytes', '.0f')} |"
                  for name, one in results["command"].items()]  # fmt: skip
    if results.get("portal"):
        lines += ["", "## The portal's suggestions", "", "| address | requests a second | p50 ms | p99 ms |"]
        lines += ["|---|---|---|---|"]
        lines += [
            f"| {name} | {one['a_second']:.0f} | {one['p50']:.1f} | {one['p99']:.1f} |"
            for name, one in results["portal"].items()
            if isinstance(one, dict)
        ]
    tables = {"console": _pages, "plan_page": _beside_before, "plan_crowd": _crowd, "reading": _reading, "size": _sizes}
    tables |= {"imports": _imports, "growth": _growth, "workers": _workers}
    for name, write in tables.items():
        lines += ["", *write(results[name])] if results.get(name) else []
    for entry in results.get("asked", []):
        lines += ["", *_questions(entry)]
    return "\n".join(lines) + "\n"


def _pages(results: dict[str, Any]) -> list[str]:
    """Write the table of the console's pages, as a first visit of Chromium finds them."""
    names = {"static": "static page", "plan_20": "plan, 20 schools", "plan_400": "plan, 400 schools"}
    rows = []
    for name, words in names.items():
        painted, requests, kilobytes = (f"{results[name][one]:.0f}" for one in ("painted", "requests", "kilobytes"))
        rows.append(f"| {words} | {painted} | {requests} | {kilobytes} |")
    lock = f"A lock among 400 schools shows after {results['lock_400']:.0f} ms (Chromium {results['browser']})."
    return ["## The console", "", "| page | painted ms | requests | kB |", "|---|---|---|---|", *rows, "", lock]


def _sizes(results: dict[str, Any]) -> list[str]:
    """Write what whole commands take at size."""
    rows = [
        f"| {one['name']} | {one['seconds']:.2f} | {one['units']:.1f} | {one['megabytes']} |"
        for one in results["commands"]
    ]
    second = f"{results['unit_seconds']:.2f} s here"
    unit = (
        f"Processor seconds of whole processes. A unit, {second}, is Python that loads openpyxl, numpy and two solvers."
    )
    head = ["| command | seconds | units | MB |", "|---|---|---|---|"]
    return ["## Whole commands at size", "", unit, "", *head, *rows]


def _imports(results: dict[str, Any]) -> list[str]:
    """Write what an import takes of the processor."""
    rows = [f"| {one['name']} | {one['seconds']:.2f} | {one['units']:.1f} |" for one in results["rows"]]
    told = (
        f"Processor seconds of whole processes, from files to findings; a unit is {results['unit_seconds']:.2f} s here."
    )
    return ["## Imports", "", told, "", "| import | seconds | units |", "|---|---|---|", *rows]


def _growth(results: dict[str, Any]) -> list[str]:
    """Write how time and memory grow with the cohort."""
    words = {True: "the same plan", False: "**another plan**", None: "not tried"}
    rows = [
        f"| {one['schools']:,} x {one['mentors']:,} | {one['possible_pairs']:,} | {one['seconds']:.2f} "
        f"| {one['of_finding_pairs']:.2f} | {one['megabytes']:,} | {'all' if one['proven'] else '**not all**'} "
        f"| {words[one['same_as_on_all_pairs']]} |"
        for one in results["rows"]
    ]
    told = (
        "Regions like Flanders beside each other; processor seconds from the round to the plan's pairs, pairs found by "
        f"place, goals reached on the pairs that matter. From 10,000 possible pairs on, time grows with their number "
        f"to the power {results['slope_seconds']}, memory to the power {results['slope_megabytes']}: see `growth.svg`."
    )
    head = [
        "| schools x mentors | possible pairs | seconds | of them finding pairs | MB | proven | on all pairs |",
        "|---|---|---|---|---|---|---|",
    ]
    return ["## Growth", "", told, "", *head, *rows]


def _workers(results: dict[str, Any]) -> list[str]:
    """Write what workers do of what waits, and when the job came that was asked last."""
    rows = [
        f"| {one['workers']} | {one['jobs']} | {one['seconds']:.0f} | {one['jobs_a_second']:.2f} "
        f"| {one['processor_seconds']:.0f} | {one['begun_before_the_last']} of {one['asked_before_the_last']} "
        f"| {one['seconds_until_the_last_began']:.0f} |"
        for one in results["rows"]
    ]
    told = (
        f"`in2stem work` on one PostgreSQL, two jobs at once a worker: {results['imports']} imports of one cohort, "
        f"then a round and a year of {results['cohorts'] - 2} others, then one round of the last; studies follow "
        "from rounds. Seconds on the clock, all processes on the same cores."
    )
    head = [
        "| workers | jobs | seconds | jobs a second | processor seconds | before the last asked | after seconds |",
        "|---|---|---|---|---|---|---|",
    ]
    return ["## Many at once", "", told, "", *head, *rows]


def _beside_before(results: dict[str, Any]) -> list[str]:
    """Write what a plan page takes of the processor, beside the program of an earlier revision."""
    other = f"revision {results['revision'][:7]}" if results["revision"] else "the other checkout"
    told = (
        f"{results['now']:.1f} ms of processor time a request, {results['before']:.1f} ms at {other}: "
        f"{results['ratio']:.2f} times (median of the runs, {results['requests']} requests each)."
    )
    return ["## The plan page beside an earlier program", "", told]


def _crowd(results: dict[str, Any]) -> list[str]:
    """Write how long the plan page waits in a crowd, and how heavy it is for many schools."""
    few, many = results["schools_20"], results["schools_400"]
    told = (
        f"{results['at_once']} at once ask for the plan of 20 schools: p50 {few['p50']:.0f} ms, "
        f"p99 {few['p99']:.0f} ms, {few['a_second']:.0f} a second; one alone waits {few['p50_alone']:.0f} ms. "
        f"At 400 schools: {many['milliseconds']:.0f} ms ({many['of_static']:.0f} times a page without data), "
        f"{many['kilobytes']:.0f} kB, {many['kilobytes_sent']:.0f} kB over the wire."
    )
    return ["## The plan page in a crowd, and of many schools", "", told]


def _reading(results: dict[str, Any]) -> list[str]:
    """Write what reading many rows takes of the processor, beside the program of an earlier revision."""
    other = f"revision {results['revision'][:7]}" if results["revision"] else "the other checkout"
    rows = [
        f"| {kind} | {results[kind]['now']:.2f} | {results[kind]['before']:.2f} | {results[kind]['times_faster']:.1f} |"
        for kind in ("csv", "xlsx")
    ]
    title = f"## Reading {results['csv']['rows']:,} rows beside an earlier program"
    head = ["", f"| file | seconds of processor | at {other} | times faster |", "|---|---|---|---|"]
    return [title, *head, *rows]


def _questions(entry: dict[str, Any]) -> list[str]:
    """Write the questions' table of one size."""
    solve = entry["results"]["one solve"]["seconds"]
    title = f"## Questions about a plan, {entry['schools']:,} schools x {entry['mentors']:,} mentors"
    head = ["", f"{entry['possible']:,} possible pairs.", "", "| question | seconds | x one solve |", "|---|---|---|"]
    rows = [
        f"| {name} | {one['seconds']:.4f} | {one['seconds'] / solve:.2f} |" for name, one in entry["results"].items()
    ]
    return [title, *head, *rows]


def draw(entries: list[dict[str, Any]], path: Path) -> None:
    """Draw the median time of every engine against the number of possible pairs, both on a log scale."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 - after the settings above

    figure, axes = plt.subplots(figsize=(9, 6))
    first = [one for one in entries if one["scenario"] == "first"]
    for name in dict.fromkeys(name for one in first for name in one["results"]):
        points = [
            (one["possible_pairs"], one["results"][name]["seconds"])
            for one in first
            if "seconds" in one["results"].get(name, {})
        ]
        if points:
            bold = {"linewidth": 3, "color": "black"} if name == "ours" else {"linewidth": 1.2}
            axes.plot(*zip(*points, strict=True), marker="o", label=name, **bold)
    axes.set(xscale="log", yscale="log", xlabel="possible pairs", ylabel="seconds (median)")
    axes.set_title("Time against size, same problems in one run")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)


def _machine(machine: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    changed = " with changes since" if machine["changed_since_commit"] else ""
    return (
        f"{machine['date']}, commit {machine['commit']}{changed}. {machine['cpu']}, {machine['cores']} cores, "
        f"{machine['memory_gb']} GB, {machine['system']}, Python {machine['python']}; {versions}."
    )


def _problem(entry: dict[str, Any]) -> list[str]:
    """Write one problem's table."""
    what = "a first round" if entry["scenario"] == "first" else "after a mentor left"
    title = f"## {entry['schools']:,} schools x {entry['mentors']:,} mentors, {what}"
    about = (
        f"{entry['places']:,} places; {entry['possible_pairs']:,} possible pairs, "
        f"{100 * entry['density']:.1f} % of all."
    )
    floor = entry["results"]["bare flow"].get("seconds")
    rows = [_row(name, one, floor) for name, one in entry["results"].items()]
    return [title, "", about, "", f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|", *rows]


def _row(name: str, one: dict[str, Any], floor: float | None) -> str:
    if "failure" in one:
        return f"| {name} | | - | | | | | | | | {one['failure'].replace('|', '/')} |"
    values = one["values"]
    changes = f"{values['changes']} changes" if values["changes"] else ""
    broken = ", ".join(f"breaks {rule} {count} times" for rule, count in one["broken"].items())
    same = {True: "so far" if one["note"] else "yes", False: "**no**", None: ""}[one["equal"]]
    remarks = "; ".join(part for part in (changes, broken, one["note"]) if part)
    ratio = f"{one['seconds'] / floor:.1f}" if floor else ""
    places = " + ".join(map(str, values["places_filled"]))
    return (
        f"| {name} | {one['answers']} | {one['seconds']:.4f} | {ratio} | {one['megabytes']:.0f} | {places} "
        f"| {values['worst_pair']} | {values['points']:,} | {values['travel_minutes']:,} | {same} | {remarks} |"
    )


def _verdict_row(entry: dict[str, Any]) -> str:
    ours, floor = entry["results"]["verdicts"], entry["results"]["bare flow"]
    size = f"| {entry['schools']:,} x {entry['mentors']:,} | {entry['pairs']:,} |"
    if "failure" in ours or "failure" in floor:
        return f"{size} {ours.get('failure', '')} {floor.get('failure', '')} | | |"
    return f"{size} {ours['seconds']:.3f} | {ours['seconds'] / floor['seconds']:.1f} | {ours['megabytes']:.0f} |"


def _figure(one: dict[str, Any], name: str, shape: str) -> str:
    return f"{one[name]:{shape}}" if name in one else one["failure"]
