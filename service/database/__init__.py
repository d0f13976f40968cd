"""Where does the service keep its data? SQLite or PostgreSQL, tables, migrations, backup."""
