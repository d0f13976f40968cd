"""Are all claims true over thousands of random cohorts? `python -m tests.claim_campaign [plans|shortages] [seeds]`.

Counts claims by kind, and the false ones, and writes that part of `benchmarks/results/claims.json`; 1 where one is
false, or where a mentor or an open place is passed over.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING

from tests.claim_asking import all_said, said_of_open_places
from tests.claim_cohorts import a_cohort, a_short_cohort, a_wide_cohort
from tests.claim_oracle import false_claims
from tests.claim_quarrels import QUARRELS, a_quarrel
from tests.claim_said import name_of
from tests.claim_short import said_of_shortages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.claim_said import Said

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results" / "claims.json"
SEEDS = 2000


def of_plans(seed: int) -> Iterator[tuple[Said, bool]]:
    """Give all that is said of a small cohort's plan, and of the open places of a wide one."""
    yield from all_said(a_cohort(seed), seed)
    yield from said_of_open_places(a_wide_cohort(seed), seed)


def of_shortages(seed: int) -> Iterator[tuple[Said, bool]]:
    """Give all that is said where no plan fills every place, or where there is none."""
    roomy = 4 * seed + 3
    quarrels = (a_quarrel(len(QUARRELS) * seed + number) for number in range(len(QUARRELS)))
    for given in (a_cohort(seed), a_short_cohort(seed), a_short_cohort(roomy), *quarrels):
        yield from said_of_shortages(given)


PARTS = {"plans": (of_plans, 2), "shortages": (of_shortages, 3 + len(QUARRELS))}
"""What is said, and of how many cohorts a seed."""


def judged(part: str, seed: int) -> tuple[Counter[str], list[str]]:
    """Ask all about the cohorts of a seed; give the counts and what is not true."""
    counts: Counter[str] = Counter()
    wrong = []
    for said, passed_over in PARTS[part][0](seed):
        counts.update(name_of(one) for one in said.claims)
        wrong += [f"{seed}: {one}" for one in false_claims(said)]
        wrong += [f"{seed}: passed over in {said.claims}"] if passed_over else []
    return counts, wrong


def main() -> int:
    """Judge the cohorts of all seeds, on two processes."""
    part = sys.argv[1] if len(sys.argv) > 1 else "plans"
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else SEEDS
    counts: Counter[str] = Counter()
    wrong = []
    with Pool(2) as pool:
        for number, (found, lies) in enumerate(pool.imap_unordered(partial(judged, part), range(seeds)), start=1):
            counts.update(found)
            wrong += lies
            sys.stdout.writelines(f"{one}\n" for one in lies)
            if number % 100 == 0:
                sys.stdout.write(f"{number} seeds, {counts.total()} claims, {len(wrong)} false\n")
                sys.stdout.flush()
    commit = subprocess.run(("git", "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=False)  # noqa: S607
    told = {
        "commit": commit.stdout.strip(),
        "cohorts": PARTS[part][1] * seeds,
        "claims": counts.total(),
        "false": len(wrong),
        "by_kind": dict(sorted(counts.items())),
    }
    written = json.loads(RESULTS.read_text(encoding="utf-8"))
    RESULTS.write_text(json.dumps(written | {part: told}, indent=1) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
