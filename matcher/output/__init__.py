"""Where does data leave? Workbooks, calendars and records."""
