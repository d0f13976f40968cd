"""How does a cohort go from application to Award? Values and pure functions for every step of the year."""
