"""What does an import take of the processor, from files to findings? On the command line, and as the service reads it.

Whole processes, with that of the guarded child that opens workbooks, in units as in `size`. The service's reading is
measured in a fresh process that does what its child does: files in, findings, counts and a workbook with remarks out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.reading import write_tables
from benchmarks.size import START, UNIT, taken

SIZES = ((400, 900, 3.7), (10_000, 10_000, 22.0))
"""Schools, mentors, and the units promised: 1.0 and 6 seconds where a unit takes 0.27."""

AS_THE_SERVICE = """
import sys
from pathlib import Path
import matcher
from service.imports import reading

files = {one.name: one.read_bytes() for one in map(Path, sys.argv[1:])}
nobody = matcher.Round(schools=(), mentors=())
told = {"policy": matcher.policy_to_document(nobody.policy), "beside": matcher.round_to_document(nobody)}
found = reading.run(
    {"files": list(files.items()), "fixes": [], "mapping": {}, "answers": {}} | told, lambda *_: None, lambda: False
)
assert found["preview"]["given"] is not None
"""


def run(runs: int) -> dict[str, Any]:
    """Measure each size, kind of file and way in turn; the medians in seconds and units."""
    found: dict[str, list[float]] = {"unit": []}
    promised = {}
    with TemporaryDirectory() as name:
        asked = {}
        for schools, mentors, units in SIZES:
            folder = Path(name) / str(schools)
            folder.mkdir()
            sources = write_tables(folder, schools, mentors)
            parts = sorted(str(one) for one in Path(sources["csv"]).iterdir())
            for kind, one, several in (("CSV", sources["csv"], parts), ("XLSX", sources["book"], [sources["book"]])):
                words = f"{schools:,} + {mentors:,} rows, {kind}"
                asked[f"{words}, in2stem check"] = ("-c", START, "check", one)
                asked[f"{words}, the service"] = ("-c", AS_THE_SERVICE, *several)
                promised |= {f"{words}, in2stem check": units, f"{words}, the service": units}
        for _ in range(runs):
            for what, arguments in {"unit": ("-c", UNIT), **asked}.items():
                found.setdefault(what, []).append(taken(*arguments)[0])
                print(f"  {what}: {found[what][-1]:.2f} s", flush=True)
    unit = median(found.pop("unit"))
    rows = [
        {"name": what, "seconds": round(median(each), 3), "units": round(median(each) / unit, 2),
         "promised_units": promised[what]}
        for what, each in found.items()
    ]  # fmt: skip
    return {"unit_seconds": round(unit, 3), "rows": rows}


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1), indent=1))
