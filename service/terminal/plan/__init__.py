"""Commands about a plan: `round`, `check`, `why`, `price`, `rerun` and so on."""
