"""Are all claims true over thousands of random cohorts? `python -m tests.claim_campaign [seeds]`.

Counts claims by kind, and the false ones, and writes `benchmarks/results/claims.json`; 1 where one is false, or where a
mentor is passed over.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

from tests.claim_asking import all_said, said_of_open_places
from tests.claim_cohorts import a_cohort, a_short_cohort, a_wide_cohort
from tests.claim_oracle import CHECKS, false_claims
from tests.claim_quarrels import a_quarrel
from tests.claim_said import name_of
from tests.claim_short import said_of_shortages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.claim_said import Said

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results" / "claims.json"
SEEDS = 2000


def said_of(seed: int) -> Iterator[tuple[Said, bool]]:
    """Give all that is said of a small cohort, of a wide one's open places, and of shortages and contradictions."""
    yield from all_said(a_cohort(seed), seed)
    yield from said_of_open_places(a_wide_cohort(seed), seed)
    for given in (a_cohort(seed), a_short_cohort(seed), a_quarrel(2 * seed), a_quarrel(2 * seed + 1)):
        yield from said_of_shortages(given)


def judged(seed: int) -> tuple[Counter[str], list[str]]:
    """Ask all about one cohort, and some about others of the seed; give the counts and what is not true."""
    counts: Counter[str] = Counter()
    wrong = []
    for said, passed_over in said_of(seed):
        counts.update(name_of(one) for one in said.claims)
        wrong += [f"{seed}: {one}" for one in false_claims(said)]
        wrong += [f"{seed}: passed over in {said.claims}"] if passed_over else []
    return counts, wrong


def main() -> int:
    """Judge the cohorts of all seeds, on two processes."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS
    counts, wrong = Counter(dict.fromkeys(CHECKS, 0)), []
    with Pool(2) as pool:
        for number, (found, lies) in enumerate(pool.imap_unordered(judged, range(seeds), chunksize=4), start=1):
            counts.update(found)
            wrong += lies
            sys.stdout.writelines(f"{one}\n" for one in lies)
            if number % 100 == 0:
                sys.stdout.write(f"{number} seeds, {counts.total()} claims, {len(wrong)} false\n")
                sys.stdout.flush()
    commit = subprocess.run(("git", "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=False)  # noqa: S607
    told = {
        "commit": commit.stdout.strip(),
        "cohorts": 5 * seeds,
        "claims": counts.total(),
        "false": len(wrong),
        "by_kind": dict(sorted(counts.items())),
    }
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
