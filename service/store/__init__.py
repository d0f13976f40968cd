"""Where does the service keep its data? One file per aggregate, on SQLite and PostgreSQL alike."""
