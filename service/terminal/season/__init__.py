"""Commands about a year of sessions."""
