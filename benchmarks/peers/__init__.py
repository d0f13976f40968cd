"""Which engines are compared? One file each, with `solve(problem, seconds) -> Answer`."""
