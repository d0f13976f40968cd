"""Reads every calendar of a folder with six parsers and tells where they differ: `python -m benchmarks.calendars`.

    python -m benchmarks.calendars KALENDERS --python PYTHON --node FOLDER

KALENDERS holds the files of `in2stem sessions`; PYTHON is an interpreter with icalendar, ical, ics and vobject; FOLDER
has `node_modules` with ical.js and node-ical. What icalendar reads is what the others are held against. Writes
`benchmarks/results/calendars.json`; 1 where a parser reads an event otherwise, or not at all.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "calendars.json"
PYTHON, NODE = ("icalendar", "ical", "ics", "vobject"), ("ical.js", "node-ical")
NEAR = 1e-6
"""Degrees: parsers write them with more or fewer digits."""


def read(parser: str, file: Path, asked: argparse.Namespace) -> Any:  # noqa: ANN401 - JSON
    """Give the events of a file by their uid, as a parser reads them."""
    node = ["node", str(HERE / "events.mjs"), parser, str(file.resolve())]
    python = [asked.python, str(HERE / "events.py"), parser, str(file.resolve())]
    told = subprocess.run(  # noqa: S603 - our own programs
        node if parser in NODE else python, cwd=asked.node, capture_output=True, text=True, check=False
    )
    if told.returncode:
        return told.stderr.strip().splitlines()[-1]
    return {one["uid"]: one for one in json.loads(told.stdout)}


def differences(expected: Any, found: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Say what is read otherwise."""
    if not isinstance(found, dict):
        return [str(found)]
    told = [f"event {uid} is missing or more" for uid in sorted(expected.keys() ^ found.keys())]
    for uid in expected.keys() & found.keys():
        for name, value in expected[uid].items():
            other = found[uid][name]
            near = name == "geo" and len(value) == len(other)
            same = near and all(abs(a - b) < NEAR for a, b in zip(value, other, strict=True))
            if value != other and not same:
                told.append(f"{uid} {name}: {other!r} for {value!r}")
    return told


def versions(asked: argparse.Namespace) -> dict[str, str]:
    """Give the version of each parser."""
    code = f"from importlib import metadata; print(*(metadata.version(one) for one in {PYTHON!r}))"
    told = subprocess.run([asked.python, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    found = dict(zip(PYTHON, told.stdout.split(), strict=True))
    for one in NODE:
        package = json.loads((asked.node / "node_modules" / one / "package.json").read_text())
        found[one] = package["version"]
    return found


def main() -> int:
    """Read, compare and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calendars", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", required=True)
    parser.add_argument("--node", type=Path, required=True)
    asked = parser.parse_args()
    files = sorted(asked.folder.rglob("*.ics"))
    events, wrong = 0, list[str]()
    for file in files:
        expected = read("icalendar", file, asked)
        if not isinstance(expected, dict):
            wrong.append(f"{file.name}, icalendar: {expected}")
            continue
        events += len(expected)
        for one in (*PYTHON[1:], *NODE):
            wrong += [f"{file.name}, {one}: {told}" for told in differences(expected, read(one, file, asked))]
    told = {
        "in2stem": metadata.version("in2stem"),
        "parsers": versions(asked),
        "files": len(files),
        "events": events,
        "wrong": wrong,
    }
    RESULTS.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(files)} files, {events} events, {len(wrong)} read otherwise")
    return int(bool(wrong) or not files)


if __name__ == "__main__":
    raise SystemExit(main())
