"""How fast, how lean and how right are we, beside what a user would otherwise take? `python -m benchmarks`."""
