"""How are the goals reached and proven? The only code that touches OR-Tools."""
