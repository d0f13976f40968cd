"""How do bytes become tables of text, safely? CSV, XLSX and TOML."""
