"""How does the learning network meet? A year of sessions, questions about it, calendars."""
